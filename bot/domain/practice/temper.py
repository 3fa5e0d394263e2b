"""When the resident gets personal, and how bad it is."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.practice import numbers
from bot.domain.practice.deeds import LIMITS, Deed
from bot.domain.practice.mood import Mood
from bot.domain.practice.phases import Phase
from bot.domain.practice.scenario import Aggression, Scenario

WORST = 3
"""Levels of attack: a sneer, an insult, a threat."""


def attack_level(scenario: Scenario, mood: Mood, kinds: Collection[Deed], provoke: Collection[int] | None) -> int:
    """The level (1-3) of an attack that comes now, before the next turn, or 0 for none.

    provoke: turns (1-based) before which an attack was ordered, and no others; None leaves it to the resident's temper.
    """
    if Deed.UNCLEAR in kinds:
        return 0
    due = mood.turn + 1 in provoke if provoke is not None else _loses_temper(scenario, mood, kinds)
    return _level(mood) if due else 0


def _level(mood: Mood) -> int:
    """A first attack is a sneer, a later one an insult; threats come when nobody stopped it or all control is gone."""
    if mood.attacks >= 2 and (mood.let_pass >= 2 or mood.phase is Phase.OUT_OF_CONTROL):
        return WORST
    return min(2, 1 + mood.attacks)


def _loses_temper(scenario: Scenario, mood: Mood, kinds: Collection[Deed]) -> bool:
    burst = scenario.outburst
    if burst and mood.turn + 1 == burst.turn and not mood.attacks and mood.tension >= burst.from_tension:
        return True
    if LIMITS.intersection(kinds):
        return False
    rest = numbers.OUTBURST_REST_LIMITED if mood.limited else numbers.OUTBURST_REST
    if mood.turn - mood.last_attack <= rest:
        return False
    if Deed.RETALIATE in kinds or mood.tension >= numbers.OUTBURST_FROM:
        return True
    # Aggression that is a means comes back as long as it brings something in, calm or not.
    pays = mood.let_pass > 0 or Deed.OVERPROMISE in kinds
    return scenario.aggression is Aggression.INSTRUMENTAL and bool(mood.attacks) and pays and not mood.limited
