"""The practice room: officials ask the guides and practise with a resident. Rasa keeps the conversation."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.domain.people import Role, Speaker
from bot.web.conversation import MAX_TYPED_CHARS, Exchange, take_turn
from bot.web.pages import render
from bot.web.visit import Visit


def speaker_of_account(visit: Visit) -> Speaker:
    """The official who is signed in."""
    return Speaker(Role.OFFICIAL, "web", str(visit.account.id))


def show_practice(visit: Visit) -> Response:
    """GET /oefenen"""
    return _page(visit, Exchange())


async def say(visit: Visit) -> Response:
    """POST /oefenen: a turn with the assistant."""
    exchange = await take_turn(visit, speaker_of_account(visit))
    if visit.wants_fragment:
        return render(
            visit,
            "fragments/exchange.html",
            status=exchange.status,
            exchange=exchange,
            address="/oefenen",
            bot_name="Assistent",
        )
    return await run_in_threadpool(_page, visit, exchange)


def _page(visit: Visit, exchange: Exchange) -> Response:
    return render(visit, "practice.html", status=exchange.status, exchange=exchange, max_typed=MAX_TYPED_CHARS)
