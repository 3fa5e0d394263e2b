"""The desk's overview of a period, and the questions as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Final

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.domain.dutch_days import local
from bot.domain.overview import Overview, Pace
from bot.domain.questions import ClusterOrder, Question
from bot.services.clusters import open_clusters
from bot.services.overview import export_questions, overview
from bot.web.charts import Bar, Column, bars, columns
from bot.web.desk.listing import askers_of
from bot.web.desk.workbook import as_xlsx, safe_cell
from bot.web.dutch import KINDS, MONTHS_SHORT, STATES, counted, topic_word
from bot.web.pages import render
from bot.web.visit import Visit

PERIODS: Final = {"30": "Laatste 30 dagen", "90": "Laatste 90 dagen", "365": "Laatste jaar"}
SHOWN: Final = 10
HEADER: Final = (
    "nummer", "gevraagd op", "vraag", "soort", "thema", "wie antwoordt", "beloofd voor", "status", "beantwoord op",
    "antwoord", "rij",
)  # fmt: skip
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show_overview(visit: Visit) -> Response:
    """GET /bureau/overzicht?dagen=90"""
    days = visit.query.get("dagen", "90")
    if days not in PERIODS:
        raise HTTPException(400)
    found = overview(visit.site.store, days=int(days), now=visit.now, day_of=lambda moment: local(moment).date())
    most = open_clusters(visit.site.store, state=None, order=ClusterOrder.MOST_ASKED, limit=SHOWN)
    return render(
        visit,
        "desk/overview.html",
        found=found,
        days=days,
        periods=PERIODS,
        themes=found.themes[:SHOWN],
        most_asked=[(each, askers_of(each)) for each in most],
        kinds=KINDS,
        unit="maand" if found.by_month else "week",
        name_of=lambda day: _name(found, day.begins),
        share=share_in_time,
        charts={
            "themes": _themes(found),
            "feelings": _feelings(found),
            "paces": _paces(found),
            "owners": _owners(found),
        },
    )


def export(visit: Visit) -> Response:
    """GET /bureau/overzicht/vragen.csv and …/vragen.xlsx: personal data masked, askers left out."""
    kind = visit.request.path_params["kind"]
    if kind not in TYPES:
        raise HTTPException(404)
    name = f"vragen-{visit.site.today.isoformat()}.{kind}"
    found = export_questions(visit.site.store, account_id=visit.account.id, file=kind, now=visit.now)
    rows = [_row(each) for each in found]
    data = as_xlsx("Vragen", HEADER, rows) if kind == "xlsx" else _as_csv(rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=TYPES[kind], headers=headers)


def share_in_time(pace: Pace) -> str:
    """Such as '80%'; a dash where nothing was answered."""
    return f"{100 * pace.in_time / pace.answered:.0f}%" if pace.answered else "–"


def _row(question: Question) -> tuple[str | int, ...]:
    answered = local(question.answered_at).date().isoformat() if question.answered_at else ""
    return (
        question.number, local(question.asked_at).date().isoformat(), question.text, KINDS[question.kind],
        question.topic, question.owner, question.due_on.isoformat(), STATES[question.state], answered,
        question.answered_by or "", question.cluster_id,
    )  # fmt: skip


def _as_csv(rows: Sequence[Sequence[str | int]]) -> bytes:
    """As Dutch Excel opens it: byte order mark, semicolons."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows([[safe_cell(cell) for cell in row] for row in rows])
    return out.getvalue().encode()


def _name(found: Overview, day: date) -> str:
    month = MONTHS_SHORT[day.month - 1]
    return f"{month} {day.year % 100:02d}" if found.by_month else f"{day.day} {month}"


def _themes(found: Overview) -> Markup:
    rows = [
        Bar(topic_word(each.topic), each.askers, counted(each.askers, "vrager", "vragers"), each.askers)
        for each in found.themes[:SHOWN]
    ]
    return bars(rows, f"Staafdiagram van de {len(rows)} meest gevraagde thema's. De cijfers staan in de tabel.")


def _feelings(found: Overview) -> Markup:
    points = [Column(_name(found, each.begins), each.emotional, each.questions) for each in found.feelings]
    return columns(
        points, "Kolommen per periode: alle vragen, en daarvan met veel gevoel. De cijfers staan in de tabel."
    )


def _paces(found: Overview) -> Markup:
    points = [Column(_name(found, each.begins), round(each.median_days or 0, 1)) for each in found.paces]
    return columns(points, "Kolommen per periode: na hoeveel dagen er antwoord was. De cijfers staan in de tabel.")


def _owners(found: Overview) -> Markup:
    rows = [Bar(each.owner, each.open, f"{each.open} open, {each.late} te laat", each.late) for each in found.owners]
    return bars(rows, "Staafdiagram van open vragen per afdeling, donker wat te laat is. De cijfers staan in de tabel.")
