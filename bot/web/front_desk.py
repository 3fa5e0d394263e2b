"""The front desk: staff with a caller on the line find the same answers as the bot, and write down what is not there.

Everything goes by keyboard: Enter searches, F2 writes the question down, Escape begins with the next caller.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.client import ConversationUnavailable
from bot.domain.faq import FaqEntry
from bot.domain.people import Role, Speaker
from bot.domain.questions import Question
from bot.domain.replies import payload
from bot.domain.reply_wishes import ReplyMeans
from bot.services.answers import published_entries
from bot.services.errors import NotFound, NotPossible
from bot.services.front_desk import CALL_CHANNEL, write_down
from bot.services.questions import my_questions
from bot.services.reply_wishes import ask_reply
from bot.web.pages import render
from bot.web.search import find_entries
from bot.web.visit import Visit

logger = logging.getLogger(__name__)

MAX_SEARCH_CHARS: Final = 1000
SHOWN: Final = 8
ALERTS: Final = {
    ("emergency", "danger"): "Is er nu gevaar? Zeg de beller om 112 te bellen.",
    ("emergency", "self_harm"): "Denkt de beller aan zelfdoding? Blijf rustig, luister, en noem 113: bel 113 of gratis "
    "0800-0113. Bij direct gevaar: 112.",
}


@dataclass(frozen=True)
class Call:
    """One caller. key: names the conversation; nothing leads from it to a person."""

    key: str
    text: str = ""

    @property
    def speaker(self) -> Speaker:
        """As Rasa knows the caller."""
        return Speaker(Role.RESIDENT, CALL_CHANNEL, self.key)


@dataclass(frozen=True)
class Found:
    """What there is to say. entries: best first; the first `answers` of them are what the bot would answer.

    by_words: the assistant was not there, so only words were compared. alert, owner: what the bot knows besides.
    """

    entries: tuple[FaqEntry, ...] = ()
    answers: int = 0
    by_words: bool = False
    alert: str = ""
    outcome: str = ""
    owner: str = ""


def show(visit: Visit) -> Response:
    """GET /balie"""
    return _page(visit, _new_call())


async def act(visit: Visit) -> Response:
    """POST /balie: `actie` says what."""
    actions = {"zoek": _search, "noteer": _write_down, "terugbellen": _call_back}
    action = actions.get(visit.value("actie"))
    if action is None:
        raise HTTPException(400)
    return await action(visit)


async def _search(visit: Visit) -> Response:
    text = visit.value("zoek")[:MAX_SEARCH_CHARS]
    if not text:
        return await run_in_threadpool(_page, visit, _new_call())
    call = Call(_new_call().key, text)
    data = await _ask_bot(visit, call)
    found = await run_in_threadpool(_found, visit, text, data)
    return await run_in_threadpool(_page, visit, call, found)


async def _write_down(visit: Visit) -> Response:
    call = _call_of(visit)
    if not call.text:
        return await run_in_threadpool(_page, visit, call, Found(), "Typ eerst de vraag van de beller.", 422)
    try:
        await visit.site.rasa.send(call.speaker, payload=payload("none_of_these"))
    except ConversationUnavailable as error:
        logger.warning("A caller's question is registered without the assistant: %s", error.reason)
    question = await run_in_threadpool(_written_down, visit, call)
    return await run_in_threadpool(_noted, visit, call, question)


async def _call_back(visit: Visit) -> Response:
    return await run_in_threadpool(_keep_number, visit, _call_of(visit))


def _keep_number(visit: Visit, call: Call) -> Response:
    known = my_questions(visit.site.store, call.speaker.sender_id)
    if not known:
        raise HTTPException(400)
    try:
        ask_reply(
            visit.site.store,
            number=known[-1].number,
            conversation=call.speaker.sender_id,
            means=ReplyMeans.PHONE,
            address=visit.value("telefoon"),
            name=visit.value("naam"),
            now=visit.now,
            by=visit.account.id,
        )
    except (NotFound, NotPossible) as error:
        return _noted(visit, call, known[-1], problem=str(error), status=422)
    return _noted(visit, call, known[-1], kept=True)


def _written_down(visit: Visit, call: Call) -> Question:
    return write_down(
        visit.site.store,
        text=call.text,
        conversation=call.speaker.sender_id,
        municipality=visit.site.municipality,
        holidays=visit.site.holidays,
        account_id=visit.account.id,
        now=visit.now,
    )


async def _ask_bot(visit: Visit, call: Call) -> Mapping[str, Any] | None:
    """What the bot makes of it; None when it is not there or made something else of it than a question."""
    try:
        bubbles = await visit.site.rasa.send(call.speaker, text=call.text)
    except ConversationUnavailable as error:
        logger.warning("The front desk searches by words only: %s", error.reason)
        return None
    return next((each.data["front_desk"] for each in bubbles if each.data and "front_desk" in each.data), None)


def _found(visit: Visit, text: str, data: Mapping[str, Any] | None) -> Found:
    entries = published_entries(visit.site.store)
    by_words = find_entries(entries, text, SHOWN)
    if data is None:
        return Found(entries=tuple(by_words), by_words=True)
    by_id = {entry.id: entry for entry in entries}
    best = [by_id[each] for each in data["entries"] if each in by_id]
    return Found(
        entries=_together(best, by_words),
        answers=int(data["answers"]),
        alert=ALERTS.get((data["outcome"], data["detail"]), ""),
        outcome=data["outcome"],
        owner=data["owner"],
    )


def _together(best: Sequence[FaqEntry], by_words: Sequence[FaqEntry]) -> tuple[FaqEntry, ...]:
    """The bot's own first; what holds the same words after, since a person can see at once whether it fits."""
    ids = {entry.id for entry in best}
    return (*best, *(entry for entry in by_words if entry.id not in ids))[:SHOWN]


def _new_call() -> Call:
    return Call(secrets.token_urlsafe(24))


def _call_of(visit: Visit) -> Call:
    """The call that the form goes on with. Raises HTTPException 400 for one that this page did not begin."""
    key = visit.value("gesprek")
    if not hmac.compare_digest(visit.value("zegel").encode(), visit.site.sign("call", key).encode()):
        raise HTTPException(400)
    return Call(key, visit.value("vraag")[:MAX_SEARCH_CHARS])


def _noted(
    visit: Visit, call: Call, question: Question, *, kept: bool = False, problem: str = "", status: int = 200
) -> Response:
    return render(
        visit,
        "front_desk_noted.html",
        status=status,
        call=call,
        seal=visit.site.sign("call", call.key),
        question=question,
        kept=kept,
        problem=problem,
        phone=visit.value("telefoon"),
        name=visit.value("naam"),
    )


def _page(visit: Visit, call: Call, found: Found | None = None, problem: str = "", status: int = 200) -> Response:
    return render(
        visit,
        "front_desk.html",
        status=status,
        call=call,
        seal=visit.site.sign("call", call.key),
        found=found,
        problem=problem,
        max_chars=MAX_SEARCH_CHARS,
    )
