"""How far a resident is from a conversation about content."""

from __future__ import annotations

from enum import Enum

from bot.domain.practice import numbers


class Phase(str, Enum):
    """What the resident can do now. Comments: the tension (0-100) that goes with it."""

    CALM = "calm"  # below 45: content is possible
    TENSE = "tense"  # 45-78: facts bounce until the resident feels heard
    LOSING_CONTROL = "losing_control"  # from 78, and always right after a personal attack
    OUT_OF_CONTROL = "out_of_control"  # from 94: only stopping, support and another moment work
    RECOVERING = "recovering"  # 50-78 after having lost control: content is possible, pushing relapses


HOT = frozenset({Phase.LOSING_CONTROL, Phase.OUT_OF_CONTROL})
COOL = frozenset({Phase.CALM, Phase.RECOVERING})


def next_phase(previous: Phase, tension: float, attacked: bool) -> Phase:
    """The phase that follows from the tension (0-100), where the resident came from and an attack just made.

    Leaving OUT_OF_CONTROL takes more than slipping under the line that led there: anger has inertia.
    """
    if tension >= numbers.OUT_FROM or (previous is Phase.OUT_OF_CONTROL and tension >= numbers.OUT_UNTIL):
        return Phase.OUT_OF_CONTROL
    if tension >= numbers.LOSING_FROM or attacked:
        return Phase.LOSING_CONTROL
    if tension < numbers.CALM_BELOW:
        return Phase.CALM
    came_down = previous in HOT or previous is Phase.RECOVERING
    return Phase.RECOVERING if came_down and tension >= numbers.RECOVERED_BELOW else Phase.TENSE
