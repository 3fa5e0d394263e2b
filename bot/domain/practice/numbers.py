"""Every number of the resident in one place, with the reason beside it. Change behaviour here, not in the engine.

Tension and heard run from 0 to 100. Tension is fast; heard is slow and is the sum of five qualities, each with a
ceiling: so one trick repeated can never make somebody feel heard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.domain.practice.deeds import Deed

CALM_BELOW = 45.0
LOSING_FROM = 78.0
OUT_FROM = 94.0
OUT_UNTIL = 86.0
RECOVERED_BELOW = 50.0


class Quality(str, Enum):
    """What feeling heard is made of (procedural and interactional justice, the guide's leading principle)."""

    VOICE = "voice"  # was I given room to tell it
    ATTENTION = "attention"  # was it taken in correctly
    EMPATHY = "empathy"  # was it seen what it does to me
    RESPECT = "respect"  # am I treated straight
    COMMON_GROUND = "common_ground"  # do I know where I stand


CEILING: Mapping[Quality, float] = {
    Quality.VOICE: 20,
    Quality.ATTENTION: 20,
    Quality.EMPATHY: 25,
    Quality.RESPECT: 15,
    Quality.COMMON_GROUND: 20,
}
"""The most each quality adds to heard."""


@dataclass(frozen=True)
class Effect:
    """What a deed does.

    tension: change in points for calm, tense, losing_control, out_of_control, recovering; below zero is calmer.
    gains: points per quality, before fading and ceilings.
    fade: the share that is left of the calming each next time, and of a gain per gain already there, 0-1; 1 never
        fades. Harm never fades.
    hurt: soreness added; every calming deed works less while the resident is sore.
    heals: soreness taken away.
    point: the guide's point.
    """

    tension: tuple[float, float, float, float, float]
    point: str
    gains: Mapping[Quality, float] = field(default_factory=dict)
    fade: float = 1.0
    hurt: float = 0.0
    heals: float = 0.0


EFFECTS: Mapping[Deed, Effect] = {
    # What helps. Losing control it helps less, out of control not at all: then nothing comes in.
    Deed.ACKNOWLEDGE: Effect((-4, -8, -6, 0, -8), "42", {Quality.EMPATHY: 8}, fade=0.75, heals=0.5),
    Deed.APOLOGIZE: Effect((-2, -4, -3, 0, -4), "21", {Quality.RESPECT: 4}, fade=0.4, heals=0.5),
    Deed.SUMMARIZE: Effect((-3, -6, -4, 0, -6), "41", {Quality.ATTENTION: 7}, fade=0.8, heals=0.25),
    Deed.EXPLORE: Effect((-2, -4, -3, 0, -4), "39", {Quality.VOICE: 5}, fade=0.85),
    Deed.APPRECIATE: Effect((-1, -2, 0, 0, -1), "27", {Quality.RESPECT: 2}, fade=0.5),
    # A stock phrase is noticed and gains next to nothing; the same sentence twice nothing; one taken back stings.
    Deed.FORMULA: Effect((0, -1, 0, 0, -1), "42", {Quality.EMPATHY: 1}, fade=0.5),
    Deed.REPEATED: Effect((0, 0, 0, 0, 0), "39"),
    Deed.CANCELLED: Effect((2, 4, 4, 4, 5), "42"),
    # Limits: right after an attack they calm and earn respect; on criticism or emotion they are a new offence.
    Deed.SET_LIMIT: Effect((-4, -9, -9, -4, -9), "43", {Quality.RESPECT: 4}, fade=0.8),
    Deed.UNNEEDED_LIMIT: Effect((4, 5, 2, 2, 5), "37", {Quality.RESPECT: -4}),
    Deed.HARSH_LIMIT: Effect((8, 10, 10, 10, 11), "43", {Quality.RESPECT: -6, Quality.EMPATHY: -3}, hurt=0.7),
    Deed.LET_PASS: Effect((3, 4, 4, 4, 5), "43", {Quality.RESPECT: -2}),
    Deed.ADJOURN: Effect((-1, -4, -4, -4, -4), "44", {Quality.RESPECT: 2}, fade=0.5),
    Deed.EARLY_ADJOURN: Effect((1, 3, 0, 0, 3), "39"),
    Deed.CALL_SUPPORT: Effect((0, 0, -3, -4, 0), "43", fade=0.5),
    Deed.NEEDLESS_SUPPORT: Effect((2, 2, 0, 0, 2), "43", {Quality.RESPECT: -3}),
    # Content. A deferral counts by its parts; room honestly told is respected, though nobody likes it.
    Deed.FULL_DEFERRAL: Effect((-2, -5, -1, 0, -5), "6", {Quality.COMMON_GROUND: 6, Quality.RESPECT: 2}, fade=0.7),
    Deed.PARTIAL_DEFERRAL: Effect((-1, -3, 0, 0, -3), "6", {Quality.COMMON_GROUND: 4, Quality.RESPECT: 1}, fade=0.7),
    Deed.VAGUE_DEFERRAL: Effect((1, 3, 3, 3, 3), "6", {Quality.COMMON_GROUND: -1}),
    Deed.CLARIFY_ROOM: Effect((-1, -3, 0, 0, -3), "41", {Quality.COMMON_GROUND: 5, Quality.RESPECT: 3}, fade=0.5),
    Deed.FACTS_LANDED: Effect((-1, -3, 0, 0, -2), "42", {Quality.COMMON_GROUND: 4}, fade=0.7),
    Deed.FACTS_BOUNCED: Effect((1, 2, 3, 3, 3), "42"),
    # People get angriest when they were invited to contribute and it turns out that nothing was open.
    Deed.BROKEN_PROMISE: Effect(
        (27, 25, 22, 22, 25), "41", {Quality.RESPECT: -10, Quality.COMMON_GROUND: -8}, hurt=1.0
    ),
    # What harms.
    Deed.SPECULATE: Effect((1, 2, 2, 2, 2), "6", {Quality.COMMON_GROUND: -3, Quality.RESPECT: -1}),
    Deed.OVERPROMISE: Effect((-3, -6, -3, 0, -5), "40", fade=0.5),  # calm that is bought: see PROMISE_*
    Deed.DISMISS: Effect((6, 7, 8, 8, 9), "37", {Quality.EMPATHY: -4, Quality.ATTENTION: -2}, hurt=0.2),
    Deed.ARGUE: Effect((4, 6, 8, 8, 8), "42", {Quality.ATTENTION: -3, Quality.VOICE: -2}),
    Deed.RETALIATE: Effect((11, 12, 12, 12, 13), "43", {Quality.RESPECT: -8, Quality.EMPATHY: -4}, hurt=1.0),
    # What does nothing.
    Deed.CLOSED_QUESTION: Effect((0, 0, 0, 0, 0), "39"),  # alone; a row of them: see CLOSED_ROW
    Deed.GREETING: Effect((0, 0, 0, 0, 0), ""),
    Deed.FAREWELL: Effect((0, 0, 0, 0, 0), ""),
    Deed.UNCLEAR: Effect((0, 0, 0, 0, 0), ""),
}

SPOILED_SHARE = 0.25
"""Of the good in a message that also harms, this is left (42: after 'maar' only the rest is heard)."""

UNHEARD_SHARE = 0.3
"""Of content said to somebody who cannot hear it yet, this is left (42)."""

HEARD_ENOUGH = 25.0
"""From this much heard on, a resident who is not losing control takes in content (39: who feels heard, listens)."""

HOT_SHARE = 0.6
"""Gains while losing control; out of control they are nothing."""

MOST_CALM_PER_TURN = 11.0
"""No single message calms more: a pile of techniques is not a conversation."""

CLOSED_ROW = (0.0, 2.0, 3.0)
"""Tension for the first, second and every later closed question in a row: asking is not yet listening (39)."""

TAUGHT = 0.5
MOST_TAUGHT = 3
"""Each attack that was let pass makes the next worth half more, three times at most: what pays is repeated (43)."""

MOST_RELIEF = 4.0
"""What stopping or support calms somebody who is just short of losing all control, attack or not (43, 44)."""

CROWDED_FROM = 80.0
CROWDED_OVER = 25.0
LEAST_CROWDED = 0.2
"""Above the first, harm adds less and less (a fifth at least): there is not much further to go."""

ATTACK_JUMP = 6.0
ATTACK_LEVEL = 77.0
"""Somebody who gets personal is at least this tense, and this much tenser than just before."""

PROMISE_CHECK_AFTER = 2
PROMISE_CHECK_EVERY = 3
"""So many turns after the first open promise the resident asks what it is worth, and again so many turns later."""

PROMISE_CHECK_TENSION = 4.0
PROMISE_CHECK_RESPECT = -4.0
"""And has already noticed that nobody puts it on paper (40)."""

MOST_SORE = 3.0
SORE_BRAKE = 0.6
"""Calming is divided by 1 + this × soreness: after a counter-attack, kind words are weighed first (43)."""

OUTBURST_FROM = 80.0
"""Left to themselves, residents with reactive aggression get personal from this tension on."""

OUTBURST_REST = 1
OUTBURST_REST_LIMITED = 3
"""Turns between two outbursts, and between them after a limit was set."""

HEARD_AT_END = 42.0
CALMED_AT_END = 10.0
BROAD_AT_END = 4
BROAD_FROM = 3.0
LEAST_TURNS = 4
"""A talk ended well when this much was heard, the tension fell by this much, so many qualities have so many points and
it took so many turns: nobody is heard in three messages, however full of technique.

Being heard takes more than one or two tricks; it does not take being convinced (40).
"""

PROMISE_COST = 15.0
HEARD_WEIGHT = 0.6
CALM_WEIGHT = 0.4
"""Score 0-100 of a talk: these shares of heard and of calm, less the cost of each promise nobody can keep (40)."""
