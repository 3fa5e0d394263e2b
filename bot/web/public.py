"""The public page: published questions and answers, and the chatbot for people without Telegram."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from bot.domain.faq import FaqEntry
from bot.domain.outgoing import Outgoing
from bot.domain.people import Role, Speaker
from bot.services.answers import published_entries
from bot.services.notices import kept_notices, mark_sent
from bot.web.conversation import MAX_TYPED_CHARS, Exchange, take_turn
from bot.web.pages import render
from bot.web.search import find_entries
from bot.web.visit import Visit

MAX_SEARCH_CHARS: Final = 200


def speaker_of_visitor(visit: Visit) -> Speaker:
    """The resident behind this browser. The store sees a digest: who reads it cannot make the cookie of it."""
    return Speaker(Role.RESIDENT, "page", visit.site.sign("conversation", visit.visitor)[:32])


def show(visit: Visit) -> Response:
    """GET /vragen: everything, or what was searched for, and notices that wait for this visitor."""
    return _page(visit, Exchange(), _notices(visit))


def mark_read(visit: Visit) -> Response:
    """POST /vragen/gelezen: the visitor saw a notice. Showing it is not enough: browsers fetch pages ahead of time."""
    number = visit.whole_number("bericht")
    if any(notice.id == number for notice in _notices(visit)):
        mark_sent(visit.site.store, number, now=visit.now)
    return RedirectResponse("/vragen", status_code=303)


async def ask(visit: Visit) -> Response:
    """POST /vragen: a turn with the chatbot."""
    exchange = await take_turn(visit, speaker_of_visitor(visit))
    if visit.wants_fragment:
        return render(
            visit,
            "fragments/exchange.html",
            status=exchange.status,
            exchange=exchange,
            address="/vragen",
            bot_name="Chatbot",
        )
    return await run_in_threadpool(_page_with_notices, visit, exchange)


def _page_with_notices(visit: Visit, exchange: Exchange) -> Response:
    return _page(visit, exchange, _notices(visit))


def _notices(visit: Visit) -> tuple[Outgoing, ...]:
    return kept_notices(visit.site.store, speaker_of_visitor(visit).sender_id)


def _page(visit: Visit, exchange: Exchange, notices: Sequence[Outgoing]) -> Response:
    entries = published_entries(visit.site.store)
    search = visit.query.get("zoek", "").strip()[:MAX_SEARCH_CHARS]
    topic = visit.query.get("thema", "")
    found: Sequence[FaqEntry] = find_entries(entries, search) if search else entries
    if topic:
        found = [entry for entry in found if entry.topic == topic]
    return render(
        visit,
        "public.html",
        status=exchange.status,
        exchange=exchange,
        notices=notices,
        search=search,
        topic=topic,
        themes=_themes(found),
        topics=sorted({entry.topic for entry in entries}),
        found=found,
        total=len(entries),
        max_typed=MAX_TYPED_CHARS,
    )


def _themes(entries: Sequence[FaqEntry]) -> list[tuple[str, list[FaqEntry]]]:
    """The entries by theme, the themes in the order in which the entries come."""
    themes: dict[str, list[FaqEntry]] = {}
    for entry in entries:
        themes.setdefault(entry.topic, []).append(entry)
    return list(themes.items())
