"""An official's own talks: looking back on one, all of them in a row, a document to take along, and erasing."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.domain.dutch_days import local
from bot.domain.practice import report
from bot.domain.practice.goals import GOAL_NAMES, Goal
from bot.domain.practice.skills import Mark, Skill
from bot.domain.replies import FORGET
from bot.services import own_talks
from bot.services.own_talks import OwnTalk
from bot.storage.rasa_conversations import erase_conversation
from bot.web.debrief import DebriefView, read_debrief
from bot.web.debrief_document import as_document
from bot.web.pages import render
from bot.web.practice import speaker_of_account
from bot.web.visit import Visit

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ERASED: Final = {"een": "Het gesprek is gewist.", "alle": "Al je gesprekken zijn gewist."}


def look_back(visit: Visit) -> Response:
    """GET /oefenen/terugblik and /oefenen/terugblik/{talk}: one debrief. Needs no Rasa; for this official alone."""
    return render(visit, "look_back.html", latest=_debrief(visit), term=own_talks.TERM)


def document(visit: Visit) -> Response:
    """GET /oefenen/terugblik/{talk}/nabespreking.docx"""
    found = _debrief(visit)
    if found is None:
        raise HTTPException(404)
    day = f"{local(found.held_at):%Y-%m-%d}" if found.held_at else "gesprek"
    name = quote(f"nabespreking-{day}.docx")
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(as_document(found, visit.site.municipality.name), media_type=DOCX, headers=headers)


def _debrief(visit: Visit) -> DebriefView | None:
    """The debrief the address names, or the last one. Raises HTTPException 404 for a talk that is not theirs."""
    talk_id = str(visit.request.path_params.get("talk", ""))
    site, conversation = visit.site, speaker_of_account(visit).sender_id
    record = own_talks.finished_talk(site.store, site.scenarios, conversation, talk_id)
    if record is None and talk_id:
        raise HTTPException(404)
    return read_debrief(own_talks.debrief_data(record, site.scenarios[record.scenario])) if record else None


def show_progress(visit: Visit) -> Response:
    """GET /oefenen/voortgang: all finished talks, latest first."""
    site = visit.site
    talks = own_talks.own_talks(site.store, site.scenarios, speaker_of_account(visit).sender_id)
    return render(
        visit,
        "progress.html",
        talks=tuple(reversed(talks)),
        skills=[(report.SKILLS[skill], _row(talks, skill), _summary(talks, skill)) for skill in Skill],
        goals={goal: "" if goal is Goal.ALL else GOAL_NAMES[goal] for goal in Goal},
        marks=report.MARKS,
        skill_names=report.SKILLS,
        term=own_talks.TERM,
        done=ERASED.get(visit.query.get("gewist", ""), ""),
    )


def _row(talks: tuple[OwnTalk, ...], skill: Skill) -> list[tuple[datetime | None, Mark]]:
    """The marks of one skill, oldest first, where it was needed."""
    return [(each.held_at, each.marks[skill]) for each in talks if each.marks[skill] is not Mark.NOT_NEEDED]


def _summary(talks: tuple[OwnTalk, ...], skill: Skill) -> str:
    marks = [mark for _, mark in _row(talks, skill)]
    return f"{marks.count(Mark.GOOD)} van de {len(marks)} keer goed" if marks else "nog niet nodig geweest"


def erase(visit: Visit) -> Response:
    """POST /oefenen/voortgang: one talk, or all of them, and what Rasa remembers of them."""
    store, conversation = visit.site.store, speaker_of_account(visit).sender_id
    every, talk_id = visit.value("actie") == "alle", visit.value("gesprek")
    if not every and not talk_id:
        raise HTTPException(400)
    said = own_talks.forget_talks(store, conversation) if every else own_talks.erase_talk(store, conversation, talk_id)
    if any((each.data or {}).get(FORGET) for each in said):
        erase_conversation(visit.site.settings.conversations_url, conversation)
    return RedirectResponse(f"/oefenen/voortgang?gewist={'alle' if every else 'een'}", status_code=303)
