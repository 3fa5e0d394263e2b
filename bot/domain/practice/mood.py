"""The resident's mood: everything that decides how the next message is taken. Numbers only, no words, no chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.practice import numbers
from bot.domain.practice.deeds import Deed
from bot.domain.practice.numbers import Quality
from bot.domain.practice.phases import HOT, Phase, next_phase
from bot.domain.practice.scenario import Start


@dataclass(frozen=True)
class Mood:
    """How the resident stands in the talk.

    turn: official's turns so far. tension, floor: 0-100. base: heard at the start, 0-100.
    temper: how much of any harm is felt, 0.5-1.5.
    qualities: points per quality, each from 0 to its ceiling. sore: 0-3, brakes whatever calms.
    times: how often each deed was done. attacks: personal attacks so far; last_attack: the turn before the last one.
    under_attack: the last one is not answered yet; limited: it was answered well; let_pass: how many were not.
    promises, broken: made beyond the mandate, and found out; promised_at: turn of the first that is open.
    closed_row: closed questions in a row.
    """

    tension: float
    base: float
    floor: float
    phase: Phase
    temper: float = 1.0
    turn: int = 0
    qualities: Mapping[Quality, float] = field(default_factory=dict)
    sore: float = 0.0
    times: Mapping[Deed, int] = field(default_factory=dict)
    attacks: int = 0
    last_attack: int = -9
    under_attack: bool = False
    limited: bool = False
    let_pass: int = 0
    promises: int = 0
    broken: int = 0
    promised_at: int = -9
    closed_row: int = 0

    @property
    def heard(self) -> float:
        """How much the resident feels heard, 0-100."""
        return min(100.0, self.base + sum(self.qualities.values()))

    @property
    def breadth(self) -> int:
        """How many of the five qualities were really felt."""
        return sum(points >= numbers.BROAD_FROM for points in self.qualities.values())

    @property
    def can_hear(self) -> bool:
        """Whether content comes in: calm, or heard enough while not losing control (42)."""
        return self.phase is Phase.CALM or (self.phase not in HOT and self.heard >= numbers.HEARD_ENOUGH)

    @property
    def open_promise(self) -> bool:
        """Whether a promise stands that nobody has taken back."""
        return self.promises > self.broken


def mood_at(start: Start) -> Mood:
    """The mood before anything was said."""
    phase = next_phase(Phase.TENSE, start.tension, attacked=False)
    return Mood(start.tension, start.heard, start.floor, phase, start.temper)
