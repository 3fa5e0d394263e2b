"""The audit log, for the administrator: who did what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from bot.domain.audit import AuditRow
from bot.services.audit import audit_page
from bot.services.ports import AuditFilter
from bot.web.desk.choices import names_of_colleagues
from bot.web.dutch import AREAS, ROLES, log_words
from bot.web.pages import render
from bot.web.visit import Visit, number_in

ROWS: Final = 100
SHOWN_DETAILS: Final[dict[str, str]] = {
    "role": "rol", "active": "toegang", "version": "versie", "notices": "berichten", "questions": "vragen",
    "entry": "antwoord", "into": "naar", "rows": "rijen", "step": "stap", "file": "bestand",
}  # fmt: skip
"""What of a row's detail says something to a reader."""


@dataclass(frozen=True)
class Line:
    """One row as it is shown. link: where its subject can be seen, '' for nowhere."""

    row: AuditRow
    who: str
    what: str
    about: str
    detail: str
    link: str


def show_logbook(visit: Visit) -> Response:
    """GET /beheer/logboek"""
    who, area, before = (visit.query.get(name, "") for name in ("wie", "over", "voor"))
    names = names_of_colleagues(visit.site)
    chosen = AuditFilter(
        account_id=number_in(who),
        area=f"{area}" if area in AREAS else "",
        before=number_in(before),
        limit=ROWS + 1,
    )
    rows = audit_page(visit.site.store, chosen)
    older = urlencode({"wie": who, "over": area, "voor": rows[ROWS - 1].id}) if len(rows) > ROWS else ""
    return render(
        visit,
        "logbook.html",
        lines=[_line(row, names) for row in rows[:ROWS]],
        older=older,
        who=who,
        area=area,
        who_options=[("", "Iedereen"), *((str(number), name) for number, name in names.items())],
        area_options=[("", "Alles"), *AREAS.items()],
    )


def _line(row: AuditRow, names: Mapping[int, str]) -> Line:
    area, _, subject = row.subject.partition(":")
    who = "Dialoogcoach" if row.account_id is None else names.get(row.account_id, "Een oud-collega")
    about = names.get(number_in(subject) or 0, subject) if area == "account" else subject
    details = [f"{words}: {_said(row.detail[key])}" for key, words in SHOWN_DETAILS.items() if key in row.detail]
    link = {"cluster": f"/bureau/vraag/{subject}", "entry": f"/bureau/antwoorden/antwoord/{subject}"}.get(area, "")
    return Line(row, who, log_words(row), f"{AREAS.get(area, area)} {about}".strip(), ", ".join(details), link)


def _said(value: str | int | bool | None) -> str:
    roles = {role.value: words for role, words in ROLES.items()}
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return roles.get(str(value), str(value))
