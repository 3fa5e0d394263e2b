"""The practice room: officials ask the guides and practise with a resident. Rasa keeps the conversation."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.channels.client import Bubble
from bot.domain.people import Role, Speaker
from bot.domain.replies import Button, Say, payload
from bot.services.practice import show_debrief, show_progress
from bot.web.bubbles import Shown, shown, talk_so_far
from bot.web.conversation import MAX_TYPED_CHARS, Exchange, take_turn
from bot.web.pages import render
from bot.web.visit import Visit

TOOLS: Final = (
    Button("Hint", payload("ask_hint")),
    Button("Pauze", payload("pause_practice")),
    Button("Stoppen en nabespreken", payload("stop_practice")),
    Button("Coach aan", payload("cues_on")),
    Button("Coach uit", payload("cues_off")),
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
    """GET /oefenen: with the talk that was going on, if any."""
    return _page(visit, Exchange(), _talk_going_on(visit))


async def say(visit: Visit) -> Response:
    """POST /oefenen: a turn with the assistant."""
    if visit.wants_fragment:
        exchange = await take_turn(visit, speaker_of_account(visit))
        return render(
            visit,
            "fragments/exchange.html",
            status=exchange.status,
            exchange=exchange,
            address="/oefenen",
            bot_name="Assistent",
            registered=0,
        )
    # Read before the turn, since the turn itself comes back from Rasa and would stand there twice.
    earlier = await run_in_threadpool(_talk_going_on, visit)
    exchange = await take_turn(visit, speaker_of_account(visit))
    return await run_in_threadpool(_page, visit, exchange, earlier)


def look_back(visit: Visit) -> Response:
    """GET /oefenen/terugblik: the last debrief, and the talks before it. Needs no Rasa; for this official alone."""
    store, scenarios = visit.site.store, visit.site.scenarios
    conversation = speaker_of_account(visit).sender_id
    latest = shown(_as_bubble(each) for each in show_debrief(store, scenarios, conversation))
    return render(
        visit,
        "look_back.html",
        latest=next((each.debrief for each in latest if each.debrief), None),
        progress=show_progress(store, scenarios, conversation)[0].text,
        forget=payload("forget_talks"),
    )


def _as_bubble(said: Say) -> Bubble:
    return Bubble(said.text, said.buttons, said.data)


def _talk_going_on(visit: Visit) -> tuple[Shown, ...]:
    with visit.site.store.view() as work:
        record = work.talks.current(speaker_of_account(visit).sender_id)
    scenario = visit.site.scenarios.get(record.scenario) if record else None
    return talk_so_far(record, scenario) if record and scenario else ()


def _page(visit: Visit, exchange: Exchange, earlier: tuple[Shown, ...]) -> Response:
    return render(
        visit,
        "practice.html",
        status=exchange.status,
        exchange=exchange,
        earlier=earlier,
        scenarios=visit.site.scenarios.values(),
        tools=TOOLS,
        examples=EXAMPLES,
        max_typed=MAX_TYPED_CHARS,
    )
