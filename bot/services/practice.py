"""Practising with a resident: one function per thing an official can do. A talk is private to its conversation."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from bot.domain.moves import TaggedMessage
from bot.domain.practice import report
from bot.domain.practice.coach import cue, hint
from bot.domain.practice.debrief import debrief
from bot.domain.practice.deeds import Deed
from bot.domain.practice.records import TalkRecord, TalkState, TurnRecord, words_said
from bot.domain.practice.scenario import Scenario
from bot.domain.practice.skills import judge
from bot.domain.practice.talk import Talk, TurnResult, replay, respond, start
from bot.domain.replies import Button, Say, payload

MOST_SEEDS = 2**31

Scenarios = Mapping[str, Scenario]
"""Scenarios by id, the default first."""


class TalkRepository(Protocol):
    """Practice talks. Retention counts from the last `save`."""

    def add(self, talk: TalkRecord, now: datetime) -> None:
        """Keep a new talk."""

    def save(self, talk: TalkRecord, now: datetime) -> None:
        """Write state, cues and turns of a talk that exists; turns are only ever added or marked."""

    def current(self, conversation: str) -> TalkRecord | None:
        """The talk of this conversation that is running or paused; there is at most one."""

    def latest(self, conversation: str) -> TalkRecord | None:
        """The talk of this conversation that was added last, whatever its state."""

    def of_conversation(self, conversation: str) -> Sequence[TalkRecord]:
        """Oldest first."""

    def forget(self, conversation: str) -> int:
        """Erase every talk of this conversation; how many."""


class TalkUnit(Protocol):
    """The part of a unit of work that practising needs."""

    @property
    def talks(self) -> TalkRepository:
        """The practice talks."""

    def commit(self) -> None:
        """Keep everything that was done in this unit."""


class TalkStore(Protocol):
    """Where talks are kept."""

    def unit(self) -> AbstractContextManager[TalkUnit]:
        """A unit that may write. Leaving it without `commit()` undoes everything."""

    def view(self) -> AbstractContextManager[TalkUnit]:
        """A unit that only reads."""


def list_scenarios(scenarios: Scenarios) -> tuple[Say, ...]:
    """What can be practised, one button each."""
    rows = [f"- {scenario.title}. {_first_sentence(scenario.persona)}" for scenario in scenarios.values()]
    return (Say("Je kunt deze gesprekken oefenen:\n" + "\n".join(rows), buttons=_start_buttons(scenarios)),)


def start_talk(
    store: TalkStore,
    scenarios: Scenarios,
    conversation: str,
    now: datetime,
    scenario_id: str | None = None,
    *,
    cues: bool = False,
    seed: int | None = None,
) -> tuple[Say, ...]:
    """Begin a talk; one that was going on is closed and kept. seed: for a talk that can be repeated; else by chance."""
    scenario = scenarios.get(scenario_id or next(iter(scenarios)))
    if scenario is None:
        return (Say("Dat gesprek ken ik niet."), *list_scenarios(scenarios))
    talk = start(scenario, secrets.randbelow(MOST_SEEDS) if seed is None else seed)
    record = TalkRecord(uuid4().hex, conversation, scenario.id, talk.seed, talk.opening, cues=cues)
    with store.unit() as work:
        before = work.talks.current(conversation)
        if before:
            work.talks.save(replace(before, state=TalkState.FINISHED), now)
        work.talks.add(record, now)
        work.commit()
    return (_introduction(scenario, cues), _resident(scenario, talk.opening, 0, _during()))


def say(
    store: TalkStore, scenarios: Scenarios, conversation: str, message: TaggedMessage, now: datetime
) -> tuple[Say, ...]:
    """One turn: what the official said, what the resident says back, and a cue when those are on."""
    with store.unit() as work:
        record = work.talks.current(conversation)
        if record is None or record.scenario not in scenarios:
            return _nothing_going_on(scenarios)
        if record.state is TalkState.PAUSED:
            return (_paused(),)
        if not message.text.strip():
            return (Say("Zeg iets, dan reageert de bewoner."),)
        talk = _talk_of(record, scenarios[record.scenario])
        turn = respond(talk, message)
        kept = TurnRecord(turn.number, message.text, message.moves, message.unsure, turn.reply)
        work.talks.save(replace(record, turns=(*record.turns, kept)), now)
        work.commit()
    return (_answer(talk, turn), *_cue(talk, turn, record.cues))


def give_hint(store: TalkStore, scenarios: Scenarios, conversation: str) -> tuple[Say, ...]:
    """What would help now, with a sentence that fits the resident's last words."""
    with store.view() as work:
        record = work.talks.current(conversation)
    if record is None or record.scenario not in scenarios:
        return _nothing_going_on(scenarios)
    talk = _talk_of(record, scenarios[record.scenario])
    return (Say(hint(talk).text, data={"speaker": "coach", "turn": len(record.turns)}),)


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
    """End the talk and look back on it."""
    with store.unit() as work:
        record = work.talks.current(conversation)
        if record is None:
            return _nothing_going_on(scenarios)
        finished = replace(record, state=TalkState.FINISHED)
        work.talks.save(finished, now)
        work.commit()
    return _debriefed(finished, scenarios)


def show_debrief(store: TalkStore, scenarios: Scenarios, conversation: str) -> tuple[Say, ...]:
    """Look back once more on the last talk that was finished."""
    with store.view() as work:
        finished = [t for t in work.talks.of_conversation(conversation) if t.state is TalkState.FINISHED]
    return _debriefed(finished[-1], scenarios) if finished else _nothing_going_on(scenarios)


def retry_talk(store: TalkStore, scenarios: Scenarios, conversation: str, turn: int, now: datetime) -> tuple[Say, ...]:
    """Do the last talk again from a turn (1-based) on, as a talk of its own; everything before it stays as it was."""
    with store.unit() as work:
        old = work.talks.current(conversation) or work.talks.latest(conversation)
        if old is None or old.scenario not in scenarios:
            return _nothing_going_on(scenarios)
        if not 1 <= turn <= len(old.turns) + 1:
            return (Say(f"Kies een beurt van 1 tot en met {max(1, len(old.turns))}."),)
        work.talks.save(replace(old, state=TalkState.FINISHED), now)
        again = replace(old, id=uuid4().hex, state=TalkState.RUNNING, turns=old.turns[: turn - 1], retry_of=old.id)
        work.talks.add(again, now)
        work.commit()
    last = again.turns[-1].reply if again.turns else again.opening
    scenario = scenarios[again.scenario]
    return (Say(f"Opnieuw vanaf beurt {turn}."), _resident(scenario, last, turn - 1, _during()))


def disagree(store: TalkStore, scenarios: Scenarios, conversation: str, turn: int, now: datetime) -> tuple[Say, ...]:
    """Keep that the official does not agree with the remark on a turn of the last talk."""
    with store.unit() as work:
        record = work.talks.current(conversation) or work.talks.latest(conversation)
        if record is None or turn not in {each.number for each in record.turns}:
            return _nothing_going_on(scenarios)
        turns = tuple(replace(each, disagreed=each.disagreed or each.number == turn) for each in record.turns)
        work.talks.save(replace(record, turns=turns), now)
        work.commit()
    return (Say("Genoteerd: je bent het niet eens met die opmerking. Jij was erbij, de coach leest alleen mee."),)


def show_progress(store: TalkStore, scenarios: Scenarios, conversation: str) -> tuple[Say, ...]:
    """How the finished talks went, oldest first. For this official alone."""
    with store.view() as work:
        records = [t for t in work.talks.of_conversation(conversation) if t.state is TalkState.FINISHED and t.turns]
    known = [record for record in records if record.scenario in scenarios]
    if not known:
        return (Say("Je hebt nog geen gesprek afgerond.", buttons=_start_buttons(scenarios)),)
    rows = [_progress_row(place, record, scenarios) for place, record in enumerate(known, 1)]
    return (
        Say("Je gesprekken tot nu toe:\n" + "\n".join(text for text, _ in rows), data={"talks": [d for _, d in rows]}),
    )


def forget_talks(store: TalkStore, conversation: str) -> tuple[Say, ...]:
    """Erase every talk of this official."""
    with store.unit() as work:
        count = work.talks.forget(conversation)
        work.commit()
    return (Say(f"Gewist: {count} {'gesprek' if count == 1 else 'gesprekken'}. Er is niets van bewaard."),)


# What is said


def _talk_of(record: TalkRecord, scenario: Scenario) -> Talk:
    return replay(scenario, record.seed, words_said(record.turns))


def _introduction(scenario: Scenario, cues: bool) -> Say:
    text = (
        f"{scenario.title}\n\n{scenario.setting}\n\n{scenario.persona}\n\nGoed genoeg: {scenario.norm}\n\n"
        "Praat gewoon zoals je zou doen. Niemand anders kan dit gesprek lezen. "
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


def _cue(talk: Talk, turn: TurnResult, on: bool) -> tuple[Say, ...]:
    if not on:
        return ()
    data = {"speaker": "coach", "turn": turn.number}
    if not turn.judged:
        return (Say("Coach: deze zin herkende ik niet zeker genoeg. De beurt telt niet mee.", data=data),)
    remark = cue(talk, turn)
    if remark is None:
        return ()
    button = Button("Oneens", payload("disagree", turn=turn.number))
    return (Say(f"Coach: {remark.text}", buttons=(button,), data={**data, "praise": remark.praise}),)


def _debriefed(record: TalkRecord, scenarios: Scenarios) -> tuple[Say, ...]:
    if record.scenario not in scenarios:
        return (Say("Dit gesprek hoort bij een situatie die er niet meer is."), *list_scenarios(scenarios))
    if not record.turns:
        return (Say("Je hebt nog niets gezegd, dus er valt niets na te bespreken.", buttons=_start_buttons(scenarios)),)
    found = debrief(_talk_of(record, scenarios[record.scenario]))
    data = {**report.as_data(found), "speaker": "coach", "talk": record.id, "transcript": _transcript(record)}
    turns = list(dict.fromkeys(each.turn for each in found.improvements))
    again = tuple(Button(f"Opnieuw vanaf beurt {turn}", payload("retry_from", turn=turn)) for turn in sorted(turns))
    fresh = Button("Nieuw gesprek", payload("start_practice", scenario=record.scenario))
    return (Say(report.as_text(found), buttons=(*again, fresh), data=data),)


def _transcript(record: TalkRecord) -> list[dict[str, object]]:
    said: list[dict[str, object]] = [{"turn": 0, "resident": record.opening}]
    for turn in record.turns:
        said.append({"turn": turn.number, "official": turn.text, "resident": turn.reply, "disagreed": turn.disagreed})
    return said


def _progress_row(place: int, record: TalkRecord, scenarios: Scenarios) -> tuple[str, dict[str, object]]:
    talk = _talk_of(record, scenarios[record.scenario])
    found = debrief(talk)
    marks = {each.skill: each.mark for each in judge(talk)}
    skills = ", ".join(f"{report.SKILLS[skill].lower()} {report.MARKS[mark]}" for skill, mark in marks.items())
    text = f"{place}. {found.title}: {report.ENDINGS[found.ending]}; {skills}; {found.score} van 100."
    data: dict[str, object] = {
        "talk": record.id,
        "scenario": record.scenario,
        "ending": found.ending.value,
        "score": found.score,
        "skills": {skill.value: mark.value for skill, mark in marks.items()},
    }
    return text, data


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


def _start_buttons(scenarios: Scenarios) -> tuple[Button, ...]:
    return tuple(Button(each.title, payload("start_practice", scenario=each.id)) for each in scenarios.values())


def _nothing_going_on(scenarios: Scenarios) -> tuple[Say, ...]:
    return (Say("Er loopt nu geen oefengesprek. Wil je er een beginnen?", buttons=_start_buttons(scenarios)),)


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "."
