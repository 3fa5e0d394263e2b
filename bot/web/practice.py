"""The practice room: officials ask the guides and practise with a resident. Rasa keeps the conversation."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.domain.people import Role, Speaker
from bot.domain.replies import Button, payload
from bot.web.conversation import MAX_TYPED_CHARS, Exchange, take_turn
from bot.web.pages import render
from bot.web.visit import Visit


TOOLS: Final = (
    Button("Geef een hint", payload("ask_hint")),
    Button("Tips tijdens het gesprek aan", payload("cues_on")),
    Button("Tips uit", payload("cues_off")),
    Button("Pauze", payload("pause_practice")),
    Button("Ga verder", payload("resume_practice")),
    Button("Stop en bespreek na", payload("stop_practice")),
)
EXAMPLES: Final = (
    "Wat doe ik als iemand begint te schreeuwen?",
    "Hoe vertel ik eerlijk waar mensen nog over mogen meedenken?",
    "Wanneer kan ik beter stoppen met een gesprek?",
)


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
    return render(
        visit,
        "practice.html",
        status=exchange.status,
        exchange=exchange,
        scenarios=visit.site.scenarios,
        tools=TOOLS,
        examples=EXAMPLES,
        max_typed=MAX_TYPED_CHARS,
    )
