"""Answers in and out as a CSV file, for whoever keeps them in a spreadsheet."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.domain.faq import ImportReport
from bot.domain.faq_csv import OPTIONAL, REQUIRED, FaqCsvError, decode_csv, parse_faq_csv
from bot.services.answers import export_entries, import_entries
from bot.web.pages import render
from bot.web.visit import Visit

MAX_PROBLEMS: Final = 50
"""Faults shown at once; whoever has more has probably chosen the wrong file."""


def export_file(visit: Visit) -> Response:
    """GET /bureau/antwoorden/antwoorden.csv"""
    name = f"antwoorden-{visit.site.today.isoformat()}.csv"
    return Response(
        export_entries(visit.site.store).encode(),
        media_type="text/csv; charset=utf-8",
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
        return _page(visit, problems=("Kies eerst een CSV-bestand. Dit bestand is leeg of niet gekozen.",))
    return await run_in_threadpool(_import, visit, data)


def _import(visit: Visit, data: bytes) -> Response:
    try:
        rows = parse_faq_csv(decode_csv(data))
    except FaqCsvError as error:
        return _page(visit, problems=tuple(str(each) for each in error.problems))
    return _page(visit, report=import_entries(visit.site.store, rows, now=visit.now, account_id=visit.account.id))


def _page(visit: Visit, *, problems: tuple[str, ...] = (), report: ImportReport | None = None) -> Response:
    return render(
        visit,
        "desk/import.html",
        status=422 if problems else 200,
        problems=problems[:MAX_PROBLEMS],
        more=max(0, len(problems) - MAX_PROBLEMS),
        report=report,
        required=REQUIRED,
        optional=OPTIONAL,
    )
