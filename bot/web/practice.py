"""The practice room: officials ask the guides and practise with a resident. Rasa keeps the conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.domain.people import Role, Speaker
from bot.domain.practice.choosing import EMOTIONS, LEVELS, level
from bot.domain.practice.goals import GOAL_NAMES, Goal
from bot.domain.practice.scenario import Scenario
from bot.domain.replies import Button, payload
from bot.web.bubbles import Shown, talk_so_far
from bot.web.conversation import MAX_TYPED_CHARS, Exchange, message_id, take_turn
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
    """POST /oefenen: a turn with the assistant, or the start of a talk."""
    if "start" in visit.form:
        visit = _as_button(visit)
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


def _as_button(visit: Visit) -> Visit:
    """The choice of a talk (`start`: its id, or '' for any) and of what to practise (`doel`), as one button."""
    goals = {each.value for each in Goal}
    scenario_id, goal = visit.value("start"), visit.value("doel") or Goal.ALL.value
    if goal not in goals or scenario_id not in {"", *visit.site.scenarios}:
        raise HTTPException(400)
    chosen = {"scenario": scenario_id} if scenario_id else {}
    title = f"Ik wil oefenen: {visit.site.scenarios[scenario_id].title}" if scenario_id else "Verras me"
    pressed = {"knop": payload("start_practice", **chosen, goal=goal), "titel": title}
    return replace(visit, form={**visit.form, **pressed})


def kind_of(scenario: Scenario) -> str:
    """Emotion and how hard, in a few words."""
    return f"{EMOTIONS[scenario.emotion].capitalize()}, {LEVELS[level(scenario)]}"


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
        scenarios=tuple(visit.site.scenarios.values()),
        kind_of=kind_of,
        goals=[(goal.value, GOAL_NAMES[goal].capitalize()) for goal in Goal],
        goal=visit.value("doel") or Goal.ALL.value,
        message_id=message_id(visit, exchange),
        tools=TOOLS,
        examples=EXAMPLES,
        max_typed=MAX_TYPED_CHARS,
    )
