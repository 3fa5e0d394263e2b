"""Askers who want to be called or mailed back: whom, where, and what to tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from bot.domain.faq import EntryState, FaqEntry
from bot.domain.questions import QuestionState
from bot.domain.reply_wishes import ReplyWish
from bot.services.answers import all_entries
from bot.services.errors import NotFound, NotPossible
from bot.services.reply_wishes import fulfil_reply, reply_tasks
from bot.web.pages import render
from bot.web.visit import Visit


@dataclass(frozen=True)
class Task:
    """A wish with the answer to pass on, if there is one."""

    wish: ReplyWish
    answer: FaqEntry | None


def show_tasks(visit: Visit) -> Response:
    """GET /bureau/terugbellen"""
    return _page(visit)


def tick_off(visit: Visit) -> Response:
    """POST /bureau/terugbellen: it was done, so the address goes."""
    try:
        fulfil_reply(visit.site.store, wish_id=visit.whole_number("taak"), account_id=visit.account.id, now=visit.now)
    except (NotFound, NotPossible) as error:
        return _page(visit, problem=str(error), status=409)
    return RedirectResponse("/bureau/terugbellen?gedaan=ja", status_code=303)


def _page(visit: Visit, problem: str = "", status: int = 200) -> Response:
    wishes = reply_tasks(visit.site.store)
    entries = {entry.id: entry for entry in all_entries(visit.site.store) if entry.state is EntryState.PUBLISHED}
    waiting = [wish for wish in wishes if wish.question.state is QuestionState.OPEN]
    return render(
        visit,
        "desk/replies.html",
        status=status,
        problem=problem,
        done="Gedaan. Het adres is gewist." if visit.query.get("gedaan") and not problem else "",
        ready=_tasks((wish for wish in wishes if wish not in waiting), entries),
        waiting=_tasks(waiting, entries),
    )


def _tasks(wishes: Iterable[ReplyWish], entries: dict[str, FaqEntry]) -> list[Task]:
    return [Task(wish, entries.get(wish.question.answered_by or "")) for wish in wishes]
