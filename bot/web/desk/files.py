"""Answers in and out as a spreadsheet or CSV file, for whoever keeps them there."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.domain.faq import ImportReport
from bot.domain.faq_sheet import OPTIONAL, REQUIRED, FaqFileError
from bot.services.answers import import_entries, published_entries
from bot.storage.faq_files import XLSX_TYPE, read_faq_file, write_faq_file
from bot.web.desk.looked_over import LookedOver, looked_over
from bot.web.pages import render
from bot.web.visit import Visit

MAX_PROBLEMS: Final = 50
"""Faults shown at once; whoever has more has probably chosen the wrong file."""

NO_FILE: Final = "Kies eerst een spreadsheet (.xlsx) of CSV-bestand. Dit bestand is leeg of niet gekozen."


def export_csv(visit: Visit) -> Response:
    """GET /bureau/antwoorden/antwoorden.csv"""
    return _export(visit, ".csv", "text/csv; charset=utf-8")


def export_xlsx(visit: Visit) -> Response:
    """GET /bureau/antwoorden/antwoorden.xlsx"""
    return _export(visit, ".xlsx", XLSX_TYPE)


def _export(visit: Visit, suffix: str, media_type: str) -> Response:
    name = f"antwoorden-{visit.site.today.isoformat()}{suffix}"
    return Response(
        write_faq_file(published_entries(visit.site.store), suffix),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def show_import(visit: Visit) -> Response:
    """GET /bureau/antwoorden/inlezen"""
    return _page(visit)


async def import_file(visit: Visit) -> Response:
    """POST /bureau/antwoorden/inlezen: all rows or none."""
    file = visit.files.get("bestand")
    data = await file.read() if file is not None else b""
    if not data.strip():
        return _page(visit, problems=(NO_FILE,))
    return await run_in_threadpool(_import, visit, data)


def _import(visit: Visit, data: bytes) -> Response:
    try:
        rows = read_faq_file(data).all_right()
    except FaqFileError as error:
        return _page(visit, problems=tuple(str(each) for each in error.problems))
    report = import_entries(visit.site.store, rows, now=visit.now, account_id=visit.account.id)
    return _page(visit, report=report, checked=looked_over(visit))


def _page(
    visit: Visit,
    *,
    problems: tuple[str, ...] = (),
    report: ImportReport | None = None,
    checked: LookedOver | None = None,
) -> Response:
    return render(
        visit,
        "desk/import.html",
        status=422 if problems else 200,
        problems=problems[:MAX_PROBLEMS],
        more=max(0, len(problems) - MAX_PROBLEMS),
        report=report,
        checked=checked,
        required=REQUIRED,
        optional=OPTIONAL,
    )
