"""Practising with a resident: one function per thing an official can do. A talk is private to its conversation."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.moves import TaggedMessage
from bot.domain.practice import choosing, report
from bot.domain.practice.coach import cue, hint
from bot.domain.practice.debrief import debrief
from bot.domain.practice.deeds import Deed
from bot.domain.practice.goals import GOAL_NAMES, Goal
from bot.domain.practice.records import TalkRecord, TalkState, TurnRecord
from bot.domain.practice.scenario import Scenario
from bot.domain.practice.talk import Talk, TurnResult, respond, start
from bot.domain.replies import Button, Say, payload
from bot.services.own_talks import as_data, finished_talk, found_talk, keep_or_erase, talk_of
from bot.services.practice_counts import count_talk
from bot.services.talk_ports import Scenarios, TalkStore

MOST_SEEDS = 2**31


def list_scenarios(scenarios: Scenarios, goal: Goal = Goal.ALL, only: Sequence[Scenario] = ()) -> tuple[Say, ...]:
    """What can be practised, one line and one button each; what suits the goal first. only: some of them."""
    shown = tuple(only) or choosing.best_first(scenarios.values(), goal)
    rows = [f"{place}. {choosing.one_line(scenario)}" for place, scenario in enumerate(shown, 1)]
    which = "Welke bedoel je?" if only else "Deze gesprekken kun je oefenen. Kies er een, of typ een naam of nummer:"
    buttons = (*_start_buttons(shown), *([] if only else [Button("Verras me", payload("start_practice"))]))
    return (*([] if only else [_about_goal(goal)]), Say("\n".join([which, *rows]), buttons=buttons))


def choose_talk(
    store: TalkStore, scenarios: Scenarios, conversation: str, text: str, now: datetime, goal: Goal = Goal.ALL
) -> tuple[Say, ...]:
    """Start the talk that a short answer names. Several fit: ask which. None: nothing, it was about something else."""
    named = choosing.chosen(text, choosing.best_first(scenarios.values(), goal))
    return _start_named(store, scenarios, conversation, named, now, goal)


def wish_talk(
    store: TalkStore, scenarios: Scenarios, conversation: str, text: str, now: datetime, goal: Goal = Goal.ALL
) -> tuple[Say, ...]:
    """Start the talk that a wish in free words names; otherwise say what there is."""
    named = choosing.mentioned_in(text, tuple(scenarios.values()))
    return _start_named(store, scenarios, conversation, named, now, goal) or list_scenarios(scenarios, goal)


def _start_named(
    store: TalkStore, scenarios: Scenarios, conversation: str, named: Sequence[Scenario], now: datetime, goal: Goal
) -> tuple[Say, ...]:
    if len(named) == 1:
        return start_talk(store, scenarios, conversation, now, named[0].id, goal=goal)
    return list_scenarios(scenarios, goal, only=named) if named else ()


def surprise(
    store: TalkStore, scenarios: Scenarios, conversation: str, now: datetime, goal: Goal = Goal.ALL
) -> tuple[Say, ...]:
    """'Verras me': any talk but the last one."""
    with store.view() as work:
        played = [each.scenario for each in work.talks.of_conversation(conversation)]
    found = choosing.surprise(tuple(scenarios.values()), conversation, played, goal)
    return start_talk(store, scenarios, conversation, now, found.id, goal=goal)


def choose_goal(
    store: TalkStore, scenarios: Scenarios, conversation: str, goal: Goal, now: datetime
) -> tuple[Say, ...]:
    """What to practise from now on: in the talk that goes on, or in the next."""
    with store.unit() as work:
        record = work.talks.current(conversation)
        if record is not None:
            work.talks.save(replace(record, goal=goal), now)
            work.commit()
    said = _about_goal(goal)
    return (replace(said, buttons=()),) if record is not None else list_scenarios(scenarios, goal)


def start_talk(
    store: TalkStore,
    scenarios: Scenarios,
    conversation: str,
    now: datetime,
    scenario_id: str | None = None,
    *,
    goal: Goal = Goal.ALL,
    cues: bool = False,
    seed: int | None = None,
) -> tuple[Say, ...]:
    """Begin a talk; one that was going on is closed and kept. seed: for a talk that can be repeated; else by chance."""
    scenario = scenarios.get(scenario_id or next(iter(scenarios)))
    if scenario is None:
        return (Say("Dat gesprek ken ik niet."), *list_scenarios(scenarios, goal))
    talk = start(scenario, secrets.randbelow(MOST_SEEDS) if seed is None else seed)
    record = TalkRecord(secrets.token_hex(8), conversation, scenario.id, talk.seed, talk.opening, cues=cues, goal=goal)
    with store.unit() as work:
        before = work.talks.current(conversation)
        if before:
            work.talks.save(replace(before, state=TalkState.FINISHED), now)
        work.talks.add(record, now)
        work.commit()
    return (_introduction(scenario, cues, goal), _resident(scenario, talk.opening, 0, _during()))


def say(
    store: TalkStore,
    scenarios: Scenarios,
    conversation: str,
    message: TaggedMessage,
    now: datetime,
    message_id: str | None = None,
) -> tuple[Say, ...]:
    """One turn: what the official said, what the resident says back, and a cue when those are on.

    message_id: the channel's own. A message that comes in once more, because the reply to it got lost on the way, gets
    the same reply and is not a turn again.
    """
    with store.unit() as work:
        record = work.talks.current(conversation)
        if record is None or record.scenario not in scenarios:
            return _nothing_going_on(scenarios)
        if record.state is TalkState.PAUSED:
            return (_paused(),)
        if not message.text.strip():
            return (Say("Zeg iets, dan reageert de bewoner."),)
        last = record.turns[-1] if record.turns else None
        if last and message_id and last.message_id == message_id:
            talk = talk_of(replace(record, turns=record.turns[:-1]), scenarios[record.scenario])
            return _turn_taken(talk, respond(talk, last.message), record)
        talk = talk_of(record, scenarios[record.scenario])
        turn = respond(talk, message)
        kept = TurnRecord(turn.number, message.text, message.moves, message.unsure, turn.reply, message_id=message_id)
        work.talks.save(replace(record, turns=(*record.turns, kept)), now)
        if not record.turns and record.retry_of is None:
            count_talk(work, record.scenario, now)
        work.commit()
    return _turn_taken(talk, turn, record)


def _turn_taken(talk: Talk, turn: TurnResult, record: TalkRecord) -> tuple[Say, ...]:
    return (_answer(talk, turn), *_cue(talk, turn, record))


def give_hint(store: TalkStore, scenarios: Scenarios, conversation: str) -> tuple[Say, ...]:
    """What would help now, with a sentence that fits the resident's last words."""
    with store.view() as work:
        record = work.talks.current(conversation)
    if record is None or record.scenario not in scenarios:
        return _nothing_going_on(scenarios)
    talk = talk_of(record, scenarios[record.scenario])
    return (Say(hint(talk, record.goal).text, data={"speaker": "coach", "turn": len(record.turns)}),)


def set_cues(store: TalkStore, scenarios: Scenarios, conversation: str, on: bool, now: datetime) -> tuple[Say, ...]:
    """Let the coach speak during the talk, or only afterwards."""
    with store.unit() as work:
        record = work.talks.current(conversation)
        if record is None:
            return _nothing_going_on(scenarios)
        work.talks.save(replace(record, cues=on), now)
        work.commit()
    text = (
        "De coach zegt nu na een beurt wat opviel, als dat zeker genoeg is."
        if on
        else "De coach zwijgt tot de nabespreking."
    )
    return (Say(text, buttons=(_cues_button(on),)),)


def pause_talk(store: TalkStore, scenarios: Scenarios, conversation: str, now: datetime) -> tuple[Say, ...]:
    """Put the talk aside, to ask something in between."""
    with store.unit() as work:
        record = work.talks.current(conversation)
        if record is None:
            return _nothing_going_on(scenarios)
        work.talks.save(replace(record, state=TalkState.PAUSED), now)
        work.commit()
    return (_paused(),)


def resume_talk(store: TalkStore, scenarios: Scenarios, conversation: str, now: datetime) -> tuple[Say, ...]:
    """Go on where the talk was put aside; the resident's last words are said again."""
    with store.unit() as work:
        record = work.talks.current(conversation)
        if record is None or record.scenario not in scenarios:
            return _nothing_going_on(scenarios)
        work.talks.save(replace(record, state=TalkState.RUNNING), now)
        work.commit()
    last = record.turns[-1].reply if record.turns else record.opening
    scenario = scenarios[record.scenario]
    return (Say("We gaan verder."), _resident(scenario, last, len(record.turns), _during()))


def stop_talk(store: TalkStore, scenarios: Scenarios, conversation: str, now: datetime) -> tuple[Say, ...]:
    """End the talk and look back on it; then whether to keep it."""
    with store.unit() as work:
        record = work.talks.current(conversation)
        if record is None:
            return _nothing_going_on(scenarios)
        finished = replace(record, state=TalkState.FINISHED, saved_at=now)
        work.talks.save(finished, now)
        work.commit()
    return _debriefed(finished, scenarios)


def show_debrief(store: TalkStore, scenarios: Scenarios, conversation: str) -> tuple[Say, ...]:
    """Look back once more on the last talk that was finished."""
    record = finished_talk(store, scenarios, conversation)
    return _debriefed(record, scenarios) if record else _nothing_going_on(scenarios)


def retry_talk(
    store: TalkStore, scenarios: Scenarios, conversation: str, turn: int, now: datetime, talk_id: str = ""
) -> tuple[Say, ...]:
    """Do a talk again from a turn (1-based) on, as a talk of its own; everything before it stays as it was.

    talk_id: '' for the one going on, or else the last.
    """
    with store.unit() as work:
        current = work.talks.current(conversation)
        old = found_talk(work, conversation, talk_id)
        if old is None or old.scenario not in scenarios:
            return _nothing_going_on(scenarios)
        if not 1 <= turn <= len(old.turns) + 1:
            return (Say(f"Kies een beurt van 1 tot en met {max(1, len(old.turns))}."),)
        if current is not None:
            work.talks.save(replace(current, state=TalkState.FINISHED), now)
        again = replace(
            old, id=secrets.token_hex(8), state=TalkState.RUNNING, turns=old.turns[: turn - 1], retry_of=old.id
        )
        work.talks.add(again, now)
        work.commit()
    last = again.turns[-1].reply if again.turns else again.opening
    scenario = scenarios[again.scenario]
    return (Say(f"Opnieuw vanaf beurt {turn}."), _resident(scenario, last, turn - 1, _during()))


# What is said


def _about_goal(goal: Goal) -> Say:
    others = [each for each in Goal if each is not goal]
    buttons = tuple(Button(_capital(GOAL_NAMES[each]), payload("choose_goal", goal=each.value)) for each in others)
    if goal is Goal.ALL:
        return Say("Je leerdoel is nu: alles. Wil je op één ding letten? Kies dan een leerdoel.", buttons=buttons)
    return Say(f"Je leerdoel is nu: {GOAL_NAMES[goal]}. De coach let daar het eerst op.", buttons=buttons)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _introduction(scenario: Scenario, cues: bool, goal: Goal) -> Say:
    aim = "" if goal is Goal.ALL else f"Je leerdoel: {GOAL_NAMES[goal]}. "
    text = (
        f"{scenario.title}\n\n{scenario.setting}\n\n{scenario.persona}\n\nGoed genoeg: {scenario.norm}\n\n"
        f"{aim}Praat gewoon zoals je zou doen. Niemand anders kan dit gesprek lezen. "
        + ("De coach zegt iets als er iets opvalt." if cues else "De coach zwijgt tot de nabespreking.")
    )
    return Say(text, buttons=(_cues_button(cues),), data={"speaker": "coach", "turn": 0})


def _resident(scenario: Scenario, text: str, turn: int, buttons: tuple[Button, ...] = ()) -> Say:
    return Say(text, buttons=buttons, data={"speaker": "resident", "name": scenario.name, "turn": turn})


def _answer(talk: Talk, turn: TurnResult) -> Say:
    leaving = turn.reading.leaving or turn.reading.has(Deed.ADJOURN)
    buttons = (Button("Naar de nabespreking", payload("stop_practice")),) if leaving else ()
    said = _resident(talk.scenario, turn.reply, turn.number, buttons)
    return replace(said, data={**(said.data or {}), "judged": turn.judged})


def _cue(talk: Talk, turn: TurnResult, record: TalkRecord) -> tuple[Say, ...]:
    if not record.cues:
        return ()
    data = {"speaker": "coach", "turn": turn.number}
    if not turn.judged:
        return (Say("Coach: deze zin herkende ik niet zeker genoeg. De beurt telt niet mee.", data=data),)
    remark = cue(talk, turn, record.goal)
    if remark is None:
        return ()
    return (Say(f"Coach: {remark.text}", buttons=(_disagree(turn.number),), data={**data, "praise": remark.praise}),)


def _disagree(turn: int, title: str = "Oneens") -> Button:
    return Button(title, payload("disagree", turn=turn))


def _debriefed(record: TalkRecord, scenarios: Scenarios) -> tuple[Say, ...]:
    if record.scenario not in scenarios:
        return (Say("Dit gesprek hoort bij een situatie die er niet meer is."), *list_scenarios(scenarios, record.goal))
    scenario = scenarios[record.scenario]
    if not record.turns:
        empty = "Je hebt nog niets gezegd, dus er valt niets na te bespreken."
        return (Say(empty, buttons=_start_buttons(scenarios.values())),)
    found = debrief(talk_of(record, scenario), record.goal)
    turns = sorted({each.turn for each in found.improvements})
    disputed = sorted({each.turn for each in found.improvements if each.made})
    buttons = (
        *(Button(f"Opnieuw vanaf beurt {turn}", payload("retry_from", turn=turn)) for turn in turns),
        Button("Nieuw gesprek", payload("start_practice", scenario=record.scenario)),
        *(_disagree(turn, f"Oneens met de opmerking bij beurt {turn}") for turn in disputed),
    )
    return (Say(report.as_text(found), buttons=buttons, data=as_data(found, record, scenario)), keep_or_erase(record))


def _during() -> tuple[Button, ...]:
    return (
        Button("Hint", payload("ask_hint")),
        Button("Pauze", payload("pause_practice")),
        Button("Stoppen en nabespreken", payload("stop_practice")),
    )


def _cues_button(on: bool) -> Button:
    return Button("Coach uit", payload("cues_off")) if on else Button("Coach aan", payload("cues_on"))


def _paused() -> Say:
    buttons = (
        Button("Verder met het gesprek", payload("resume_practice")),
        Button("Stoppen en nabespreken", payload("stop_practice")),
    )
    return Say("Het gesprek staat op pauze. Je kunt nu iets aan de handreikingen vragen.", buttons=buttons)


def _start_buttons(scenarios: Iterable[Scenario]) -> tuple[Button, ...]:
    return tuple(Button(each.title, payload("start_practice", scenario=each.id)) for each in scenarios)


def _nothing_going_on(scenarios: Scenarios) -> tuple[Say, ...]:
    return (Say("Er loopt nu geen oefengesprek. Wil je er een beginnen?", buttons=_start_buttons(scenarios.values())),)
