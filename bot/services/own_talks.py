"""What an official can do with the talks that were held: look back, compare, keep or erase. For their eyes only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.practice import report
from bot.domain.practice.debrief import Debrief, debrief
from bot.domain.practice.goals import GOAL_NAMES, Goal
from bot.domain.practice.records import TalkRecord, TalkState, words_said
from bot.domain.practice.scenario import Scenario
from bot.domain.practice.skills import Mark, Skill, judge
from bot.domain.practice.talk import Talk, replay
from bot.domain.replies import FORGET, Button, Say, payload
from bot.domain.retention import Terms
from bot.services.talk_ports import Scenarios, TalkStore, TalkUnit

TERM = "een jaar" if Terms().talks_days == 365 else f"{Terms().talks_days} dagen"
"""How long a talk is kept when nothing is chosen."""

DEFAULT = f"Kies je niets, dan bewaren we het {TERM}, alleen voor jou. Daarna wordt het vanzelf gewist."

NOTHING_YET = "Je hebt nog geen gesprek afgerond."


@dataclass(frozen=True)
class OwnTalk:
    """One finished talk in the list of an official. held_at: aware, UTC. score: 0-100."""

    id: str
    scenario: str
    title: str
    goal: Goal
    held_at: datetime | None
    turns: int
    ending: str
    ending_name: str
    score: int
    marks: Mapping[Skill, Mark]


def talk_of(record: TalkRecord, scenario: Scenario) -> Talk:
    """The talk as it was held: same scenario, seed and messages, same talk."""
    return replay(scenario, record.seed, words_said(record.turns))


def own_talks(store: TalkStore, scenarios: Scenarios, conversation: str) -> tuple[OwnTalk, ...]:
    """The finished talks with at least one turn, oldest first."""
    with store.view() as work:
        records = work.talks.of_conversation(conversation)
    return tuple(_own(each, scenarios[each.scenario]) for each in records if _can_be_seen(each, scenarios))


def _can_be_seen(record: TalkRecord, scenarios: Scenarios) -> bool:
    return record.state is TalkState.FINISHED and bool(record.turns) and record.scenario in scenarios


def _own(record: TalkRecord, scenario: Scenario) -> OwnTalk:
    talk = talk_of(record, scenario)
    found = debrief(talk, record.goal)
    return OwnTalk(
        id=record.id,
        scenario=record.scenario,
        title=found.title,
        goal=record.goal,
        held_at=record.saved_at,
        turns=len(record.turns),
        ending=found.ending.value,
        ending_name=report.ENDINGS[found.ending],
        score=found.score,
        marks={each.skill: each.mark for each in judge(talk)},
    )


def finished_talk(store: TalkStore, scenarios: Scenarios, conversation: str, talk_id: str = "") -> TalkRecord | None:
    """A finished talk of this official that can be looked back on; without an id the last one."""
    with store.view() as work:
        records = work.talks.of_conversation(conversation)
    fitting = [each for each in records if _can_be_seen(each, scenarios) and talk_id in {"", each.id}]
    return fitting[-1] if fitting else None


def found_talk(work: TalkUnit, conversation: str, talk_id: str = "") -> TalkRecord | None:
    """A talk of this official in whatever state; without an id the one going on, or else the last."""
    if not talk_id:
        return work.talks.current(conversation) or work.talks.latest(conversation)
    return next((each for each in work.talks.of_conversation(conversation) if each.id == talk_id), None)


def debrief_data(record: TalkRecord, scenario: Scenario) -> dict[str, Any]:
    """The debrief of a talk for a page or a document: `report.as_data`, with the talk itself written out."""
    return as_data(debrief(talk_of(record, scenario), record.goal), record, scenario)


def as_data(found: Debrief, record: TalkRecord, scenario: Scenario) -> dict[str, Any]:
    """The same for a debrief that was made already."""
    held = record.saved_at.isoformat() if record.saved_at else ""
    more = {"talk": record.id, "name": scenario.name, "held_at": held, "transcript": _transcript(record)}
    return {**report.as_data(found), **more, "speaker": "coach"}


def _transcript(record: TalkRecord) -> list[dict[str, object]]:
    said: list[dict[str, object]] = [{"turn": 0, "resident": record.opening}]
    for turn in record.turns:
        said.append({"turn": turn.number, "official": turn.text, "resident": turn.reply, "disagreed": turn.disagreed})
    return said


def show_progress(store: TalkStore, scenarios: Scenarios, conversation: str) -> tuple[Say, ...]:
    """How the finished talks went, oldest first."""
    talks = own_talks(store, scenarios, conversation)
    if not talks:
        return (Say(NOTHING_YET, buttons=(Button("Oefenen", payload("list_scenarios")),)),)
    rows = [_progress_row(place, each) for place, each in enumerate(talks, 1)]
    text = "Je gesprekken tot nu toe:\n" + "\n".join([*rows, "", *skill_lines(talks)])
    return (Say(text, data={"talks": [each.id for each in talks]}),)


def _progress_row(place: int, talk: OwnTalk) -> str:
    skills = ", ".join(f"{report.SKILLS[skill].lower()} {report.MARKS[mark]}" for skill, mark in talk.marks.items())
    goal = f" (leerdoel: {GOAL_NAMES[talk.goal]})" if talk.goal is not Goal.ALL else ""
    return f"{place}. {talk.title}{goal}: {talk.ending_name}; {skills}; {talk.score} van 100."


def skill_lines(talks: Sequence[OwnTalk]) -> tuple[str, ...]:
    """Per skill how often it went well, of the times it was needed."""
    lines = []
    for skill, name in report.SKILLS.items():
        marks = [each.marks[skill] for each in talks if each.marks[skill] is not Mark.NOT_NEEDED]
        if marks:
            lines.append(f"{name}: {marks.count(Mark.GOOD)} van de {len(marks)} keer goed.")
    return tuple(lines)


def keep_or_erase(record: TalkRecord) -> Say:
    """The question at the end of a talk."""
    buttons = (Button("Bewaren", payload("keep_talk")), Button("Nu wissen", payload("erase_talk", talk=record.id)))
    text = f"Dit gesprek en de scores zijn van jou; niemand anders kan erbij. {DEFAULT}"
    return Say(text, buttons=buttons, data={"speaker": "coach"})


def keep_talk(store: TalkStore, conversation: str) -> tuple[Say, ...]:
    """Keeping is what happens anyway; it is confirmed, with the term."""
    with store.view() as work:
        known = work.talks.latest(conversation) is not None
    if not known:
        return (Say(NOTHING_YET),)
    return (Say(f"Goed, het blijft {TERM} bewaard, alleen voor jou. Eerder wissen kan altijd: typ ‘wis dit gesprek’."),)


def erase_talk(store: TalkStore, conversation: str, talk_id: str = "") -> tuple[Say, ...]:
    """Erase one talk; without an id the one going on, or else the last."""
    with store.unit() as work:
        record = found_talk(work, conversation, talk_id)
        erased = record is not None and work.talks.erase(conversation, record.id)
        others = len(work.talks.of_conversation(conversation))
        goes_on = work.talks.current(conversation) is not None
        work.commit()
    forget = {} if goes_on else {FORGET: True}  # a talk that goes on needs Rasa's memory of it
    if not erased:
        return (Say("Dat gesprek is er niet meer.", data=forget),)
    rest = f" Er staan er nog {others}: typ ‘mijn gesprekken’." if others else ""
    return (Say(f"Dit gesprek is gewist, met de scores en opmerkingen erbij.{rest}", data=forget),)


def forget_talks(store: TalkStore, conversation: str) -> tuple[Say, ...]:
    """Erase every talk of this official."""
    with store.unit() as work:
        count = work.talks.forget(conversation)
        work.commit()
    talks = "gesprek" if count == 1 else "gesprekken"
    return (Say(f"Gewist: {count} {talks}. Er is niets van bewaard.", data={FORGET: True}),)
