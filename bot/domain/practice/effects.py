"""What the deeds of one turn do to the mood. The numbers stand in `numbers`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.domain.practice import numbers
from bot.domain.practice.deeds import CONTENT, HARMS, LIMITS, Deed, Done
from bot.domain.practice.mood import Mood
from bot.domain.practice.numbers import EFFECTS, Quality
from bot.domain.practice.phases import Phase, next_phase

_RELIEF = frozenset({Deed.EARLY_ADJOURN, Deed.NEEDLESS_SUPPORT})
"""Out of place with somebody who is merely tense, and the more in place the nearer they come to losing all control."""

_PLACE = {phase: place for place, phase in enumerate(Phase)}


@dataclass(frozen=True)
class Felt:
    """What one deed did: points of tension (below zero is calmer) and of heard."""

    deed: Deed
    tension: float
    heard: float


def feel(mood: Mood, deeds: Iterable[Done]) -> tuple[Mood, tuple[Felt, ...]]:
    """The mood after a turn, and what each deed had to do with it. UNCLEAR changes nothing but the turn's number."""
    weights = {done.deed: done.weight for done in deeds}
    if Deed.UNCLEAR in weights:
        return replace(mood, turn=mood.turn + 1), (Felt(Deed.UNCLEAR, 0.0, 0.0),)
    tension = _tension_changes(mood, weights)
    qualities, heard = _quality_changes(mood, weights)
    felt = tuple(Felt(deed, tension[deed], heard[deed]) for deed in weights)
    after = _remember(replace(mood, qualities=qualities), frozenset(weights))
    after = _trust_in_promises(replace(after, tension=_bounded(mood, mood.tension + sum(tension.values()))))
    return replace(after, phase=next_phase(mood.phase, after.tension, after.under_attack)), felt


def attack(mood: Mood) -> Mood:
    """The resident gets personal: the tension jumps, and somebody has to answer to it."""
    tension = _bounded(mood, max(mood.tension + numbers.ATTACK_JUMP, numbers.ATTACK_LEVEL))
    return replace(
        mood,
        tension=tension,
        phase=next_phase(mood.phase, tension, attacked=True),
        attacks=mood.attacks + 1,
        last_attack=mood.turn,
        under_attack=True,
    )


def _bounded(mood: Mood, tension: float) -> float:
    return max(mood.floor, min(100.0, tension))


Weights = Mapping[Deed, float]
"""The deeds of a turn in order, with how much each counts (0-1)."""


def _tension_changes(mood: Mood, done: Weights) -> dict[Deed, float]:
    raw = {deed: _raw_tension(mood, deed) * weight for deed, weight in done.items()}
    harm = {deed: points * mood.temper * _crowding(mood.tension) for deed, points in raw.items() if points > 0}
    calm = {deed: points * _share(mood, deed, done) for deed, points in raw.items() if points <= 0}
    total = -sum(calm.values())
    scale = min(1.0, numbers.MOST_CALM_PER_TURN / total) if total else 1.0
    # The worst thing counts in full, what comes on top of it by half: one message is one message.
    worst = max(harm, key=lambda deed: harm[deed], default=None)
    return {d: harm[d] * (1.0 if d is worst else 0.5) if d in harm else calm[d] * scale for d in done}


def _crowding(tension: float) -> float:
    """The share of harm that still adds tension, 1 at first and less near the top."""
    above = max(0.0, tension - numbers.CROWDED_FROM)
    return max(numbers.LEAST_CROWDED, 1 - above / numbers.CROWDED_OVER)


def _raw_tension(mood: Mood, deed: Deed) -> float:
    effect = EFFECTS[deed]
    points = effect.tension[_PLACE[mood.phase]]
    if deed is Deed.CLOSED_QUESTION:
        return numbers.CLOSED_ROW[min(mood.closed_row, len(numbers.CLOSED_ROW) - 1)]
    if deed is Deed.LET_PASS:
        return points * (1 + numbers.TAUGHT * min(mood.let_pass, numbers.MOST_TAUGHT))
    if deed in _RELIEF and mood.phase is Phase.LOSING_CONTROL:
        height = (mood.tension - numbers.LOSING_FROM) / (numbers.OUT_FROM - numbers.LOSING_FROM)
        return -numbers.MOST_RELIEF * min(1.0, max(0.0, height))
    if points >= 0:
        return points
    return points * effect.fade ** mood.times.get(deed, 0) / (1 + numbers.SORE_BRAKE * mood.sore)


def _share(mood: Mood, deed: Deed, done: Weights) -> float:
    """What is left of something good: content needs a listener, and harm in the same message drowns the rest."""
    share = 1.0 if deed not in CONTENT or mood.can_hear else numbers.UNHEARD_SHARE
    spoiled = bool(HARMS.intersection(done))
    return share * (numbers.SPOILED_SHARE if spoiled and deed not in LIMITS else 1.0)


def _gain_share(mood: Mood, deed: Deed, done: Weights) -> float:
    by_phase = {Phase.OUT_OF_CONTROL: 0.0, Phase.LOSING_CONTROL: numbers.HOT_SHARE}.get(mood.phase, 1.0)
    return by_phase * _share(mood, deed, done)


def _quality_changes(mood: Mood, done: Weights) -> tuple[dict[Quality, float], dict[Deed, float]]:
    """Points per quality after the turn, and the change in heard per deed."""
    qualities = {quality: mood.qualities.get(quality, 0.0) for quality in Quality}
    heard = {}
    for deed, weight in done.items():
        before = sum(qualities.values())
        share = _gain_share(mood, deed, done) * weight
        for quality, points in EFFECTS[deed].gains.items():
            level = qualities[quality]
            # The more there is of a quality, the less one more of the same adds to it.
            gain = points * share * EFFECTS[deed].fade ** (level / points) if points > 0 else points * weight
            qualities[quality] = max(0.0, min(numbers.CEILING[quality], level + gain))
        heard[deed] = sum(qualities.values()) - before
    return qualities, heard


def _remember(mood: Mood, kinds: frozenset[Deed]) -> Mood:
    return replace(
        mood,
        turn=mood.turn + 1,
        times=_counted(mood.times, kinds),
        sore=_soreness(mood, kinds),
        under_attack=False,
        limited=bool(kinds & LIMITS) if mood.under_attack else mood.limited,
        let_pass=mood.let_pass + (Deed.LET_PASS in kinds) + (Deed.LET_PASS in kinds and Deed.OVERPROMISE in kinds),
        promises=mood.promises + (Deed.OVERPROMISE in kinds),
        broken=mood.promises if Deed.BROKEN_PROMISE in kinds else mood.broken,
        promised_at=mood.turn + 1 if Deed.OVERPROMISE in kinds and not mood.open_promise else mood.promised_at,
        closed_row=mood.closed_row + 1 if Deed.CLOSED_QUESTION in kinds else 0,
    )


def _counted(times: Mapping[Deed, int], kinds: frozenset[Deed]) -> dict[Deed, int]:
    return {**times, **{deed: times.get(deed, 0) + 1 for deed in kinds}}


def _soreness(mood: Mood, kinds: frozenset[Deed]) -> float:
    heals = 0.0 if kinds & HARMS else sum(EFFECTS[deed].heals for deed in kinds)
    sore = mood.sore + sum(EFFECTS[deed].hurt for deed in kinds) - heals
    return max(0.0, min(numbers.MOST_SORE, sore))


def asks_about_promise(mood: Mood) -> bool:
    """Whether the resident now asks what an earlier promise is worth (40)."""
    since = mood.turn - mood.promised_at - numbers.PROMISE_CHECK_AFTER
    return mood.open_promise and since >= 0 and since % numbers.PROMISE_CHECK_EVERY == 0


def _trust_in_promises(mood: Mood) -> Mood:
    if not asks_about_promise(mood):
        return mood
    respect = mood.qualities.get(Quality.RESPECT, 0.0) + numbers.PROMISE_CHECK_RESPECT
    return replace(
        mood,
        tension=_bounded(mood, mood.tension + numbers.PROMISE_CHECK_TENSION),
        qualities={**mood.qualities, Quality.RESPECT: max(0.0, respect)},
    )
