"""A debrief as it comes over the channel (`bot.domain.practice.report.as_data`), read for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.domain.practice.remarks import named
from bot.web.graph import Spot, line_graph


@dataclass(frozen=True)
class Words:
    """The official's own words in a turn; `quote` may be ''."""

    turn: int
    quote: str


@dataclass(frozen=True)
class SkillView:
    """One learning goal. mark: 'good', 'poor', 'absent' or 'not_needed', for the look; points: 'punt 42 en 39'.

    chosen: this is what the official wanted to practise.
    """

    name: str
    mark: str
    mark_text: str
    why: str
    points: str
    evidence: tuple[Words, ...]
    chosen: bool = False


@dataclass(frozen=True)
class ImprovementView:
    """Something to try next time. made: a mistake that was made, and not something that was missing."""

    turn: int
    text: str
    points: str
    quote: str
    better: str
    made: bool = False


@dataclass(frozen=True)
class CommitmentView:
    """Something that was promised. within: False when it is beyond the official's mandate."""

    turn: int
    quote: str
    who: str
    when: str
    within: bool


@dataclass(frozen=True)
class LineView:
    """One turn of the transcript. turn: 0 is the opening, where the official had said nothing yet."""

    turn: int
    official: str
    resident: str
    disagreed: bool = False


@dataclass(frozen=True)
class DebriefView:
    """All that the page shows. graph: '' for a talk without turns.

    talk: its id. name: the resident's. goal: '' when everything was practised. held_at: aware, UTC.
    turning_turn: None where there was no turning point.
    """

    talk: str
    title: str
    name: str
    goal: str
    held_at: datetime | None
    ending_name: str
    ending_text: str
    spots: tuple[Spot, ...]
    graph: Markup
    turning_turn: int | None
    turning: str
    turning_quote: str
    skills: tuple[SkillView, ...]
    room: str
    listening: str
    strength: str
    improvements: tuple[ImprovementView, ...]
    commitments: tuple[CommitmentView, ...]
    unanswered: tuple[str, ...]
    not_judged: tuple[int, ...]
    transcript: tuple[LineView, ...]

    @property
    def disagreed(self) -> frozenset[int]:
        """Turns with a remark that the official does not agree with."""
        return frozenset(each.turn for each in self.transcript if each.disagreed)


def read_debrief(data: Mapping[str, Any] | None) -> DebriefView | None:
    """The debrief in a bubble's data; None when the data are something else, so that the bubble's text is shown."""
    if not data or "series" not in data or "skills" not in data:
        return None
    try:
        return _view(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        # Two versions of the programs side by side, as during an update: the text says the same.
        return None


def _view(data: Mapping[str, Any]) -> DebriefView:
    spots = tuple(Spot(int(each["turn"]), int(each["tension"]), int(each["heard"])) for each in data["series"])
    turning = data.get("turning_point") or {}
    goal = str(data.get("goal", "all"))
    held_at = str(data.get("held_at", ""))
    return DebriefView(
        talk=str(data.get("talk", "")),
        title=str(data["title"]),
        name=str(data.get("name", "")),
        goal="" if goal == "all" else str(data["goal_name"]),
        held_at=datetime.fromisoformat(held_at) if held_at else None,
        ending_name=str(data["ending_name"]),
        ending_text=str(data["ending_text"]),
        spots=spots,
        graph=line_graph(spots, turning.get("turn")) if len(spots) > 1 else Markup(""),
        turning_turn=turning.get("turn"),
        turning=str(turning.get("text", "")),
        turning_quote=str(turning.get("quote", "")),
        skills=tuple(_skill(each, goal) for each in data["skills"]),
        room=str(data["room"]),
        listening=str(data["listening"]),
        strength=str(data["strength"]),
        improvements=tuple(_improvement(each) for each in data["improvements"]),
        commitments=tuple(_commitment(each) for each in data["commitments"]),
        unanswered=tuple(str(each) for each in data["unanswered"]),
        not_judged=tuple(int(each) for each in data["not_judged"]),
        transcript=tuple(
            LineView(
                int(each["turn"]),
                str(each.get("official", "")),
                str(each["resident"]),
                bool(each.get("disagreed", False)),
            )
            for each in data.get("transcript", ())
        ),
    )


def _skill(raw: Mapping[str, Any], goal: str) -> SkillView:
    return SkillView(
        name=str(raw["name"]),
        mark=str(raw["mark"]),
        mark_text=str(raw["mark_text"]),
        why=str(raw["why"]),
        points=named(tuple(raw["points"])),
        evidence=tuple(Words(int(each["turn"]), str(each["quote"])) for each in raw["evidence"]),
        chosen=raw["skill"] == goal,
    )


def _improvement(raw: Mapping[str, Any]) -> ImprovementView:
    return ImprovementView(
        turn=int(raw["turn"]),
        text=str(raw["text"]),
        points=named(tuple(raw["points"])),
        quote=str(raw["quote"]),
        better=str(raw["better"]),
        made=bool(raw.get("made", False)),
    )


def _commitment(raw: Mapping[str, Any]) -> CommitmentView:
    return CommitmentView(
        turn=int(raw["turn"]),
        quote=str(raw["quote"]),
        who=str(raw["who"]),
        when=str(raw["when"]),
        within=bool(raw["within"]),
    )
