"""How a talk ended for the resident, and the score that goes with it."""

from __future__ import annotations

from enum import Enum

from bot.domain.practice import numbers
from bot.domain.practice.mood import Mood
from bot.domain.practice.phases import HOT


class Ending(str, Enum):
    """How the resident leaves. Nobody is ever won over: HEARD is as good as it gets (40)."""

    HEARD = "heard"
    ENDED_WELL = "ended_well"
    CALMER = "calmer"
    UNHEARD = "unheard"
    BROKEN_OFF = "broken_off"
    ESCALATED = "escalated"


GOOD = frozenset({Ending.HEARD, Ending.ENDED_WELL})


def ending_of(mood: Mood, opening: float, ended_well: bool, broken_off: bool) -> Ending:
    """The ending that goes with a mood.

    opening: the tension at the start (0-100). ended_well: stopped after aggression, with limits and another moment
    (43, 44). broken_off: the official left while there was nothing to stop for.
    """
    if ended_well:
        return Ending.ENDED_WELL
    if mood.phase in HOT:
        return Ending.ESCALATED
    calmed = mood.tension <= opening - numbers.CALMED_AT_END
    heard = mood.heard >= numbers.HEARD_AT_END and mood.breadth >= numbers.BROAD_AT_END
    heard = heard and mood.turn >= numbers.LEAST_TURNS
    if calmed and heard and not mood.promises:
        return Ending.HEARD
    if broken_off:
        return Ending.BROKEN_OFF
    return Ending.CALMER if calmed else Ending.UNHEARD


def score_of(mood: Mood) -> int:
    """How well the resident was served, 0-100: heard and calm, less what was promised and cannot be kept."""
    served = numbers.HEARD_WEIGHT * mood.heard + numbers.CALM_WEIGHT * (100 - mood.tension)
    return round(max(0.0, min(100.0, served - numbers.PROMISE_COST * mood.promises)))
