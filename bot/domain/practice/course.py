"""The course of a talk: the line of tension and heard, and the turn that changed its direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.practice.coach import quote_of
from bot.domain.practice.talk import Talk, TurnResult

TURNS_MATTER_FROM = 6.0
"""A change of course smaller than this (points of tension) is no turning point."""


@dataclass(frozen=True)
class Point:
    """One place in the graph. turn: 0 is the opening. tension, heard: 0-100, after that turn and the reply to it."""

    turn: int
    tension: int
    heard: int
    phase: str


@dataclass(frozen=True)
class TurningPoint:
    """The turn after which the tension went the other way. better: for the better or the worse; quote: own words."""

    turn: int
    better: bool
    quote: str
    text: str


def series(talk: Talk) -> tuple[Point, ...]:
    """The graph, opening included."""
    moods = [talk.opening_mood, *(turn.mood for turn in talk.turns)]
    return tuple(Point(i, round(m.tension), round(m.heard), m.phase.value) for i, m in enumerate(moods))


def turning_point(talk: Talk) -> TurningPoint | None:
    """The turn from which it went up after going down, or down after going up, by the most.

    The turn that is named is the official's own: the first one after the peak or the lowest point.
    """
    line = [point.tension for point in series(talk)]
    best, found = TURNS_MATTER_FROM, None
    for place in range(1, len(line) - 1):
        turn = talk.turns[place]
        swing = _swing(line, place)
        fits = turn.judged and (turn.change < 0 if swing < 0 else turn.change > 0)
        if fits and abs(swing) > best:
            best, found = abs(swing), (turn, swing)
    return _named_turning_point(talk, *found) if found else None


def _swing(line: Sequence[int], place: int) -> float:
    """How sharply the line turns: the lesser of the way there and the way back; below zero is for the better."""
    here, before, after = line[place], line[:place], line[place + 1 :]
    if here >= max(before) and here > min(after):
        return -min(here - min(before), here - min(after)) if here > min(before) else 0.0
    if here <= min(before) and here < max(after):
        return min(max(before) - here, max(after) - here)
    return 0.0


def _named_turning_point(talk: Talk, turn: TurnResult, swing: float) -> TurningPoint:
    better = swing < 0
    felt = sorted(turn.felt, key=lambda each: each.tension, reverse=not better)
    done = turn.reading.find(felt[0].deed)
    quote = quote_of(turn, done) if done else ""
    return TurningPoint(turn.number, better, quote, f"Beurt {turn.number}: {_COURSE[better]}.")


_COURSE = {
    True: "daarvoor liep de spanning op, vanaf hier zakte die",
    False: "tot hier ging het de goede kant op, daarna liep de spanning op",
}
