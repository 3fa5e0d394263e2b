"""Searches for tricks: sequences of moves that reach a good ending without what makes it good.

Each trick is a way of playing that must not work, in any scenario. A beam search plays it as well as it can: of all
messages the trick allows it tries each, and goes on with the most promising talks.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.domain.moves import Move
from bot.domain.practice import numbers
from bot.domain.practice.debrief import GOES_ON, ending_of_talk, provoked
from bot.domain.practice.deeds import Deed
from bot.domain.practice.endings import GOOD
from bot.domain.practice.rehearsal import HARMING, HELPING, LISTENING, MOVES, Moves, doing
from bot.domain.practice.scenario import Scenario
from bot.domain.practice.talk import Talk, respond, start, turn_taken


@dataclass(frozen=True)
class Trick:
    """A way of playing that must not work.

    choices: the messages it may consist of, as moves. turns: how long it may go on. counts: whether a talk that ended
    well really is this trick; the search may wander into a decent talk. guide: which talks look promising.
    """

    name: str
    choices: tuple[Moves, ...]
    turns: int
    counts: Callable[[Talk], bool] = lambda talk: True
    guide: Callable[[Talk], float] = lambda talk: _promise(talk)


def search(scenario: Scenario, trick: Trick, seed: int = 5, width: int = 3) -> Talk | None:
    """A talk that ends well by this trick, or None when none was found. width: talks that are followed at a time."""
    beam = [start(scenario, seed)]
    for turn in range(trick.turns):
        tried = [turn_taken(talk, respond(talk, doing(*moves, turn=turn))) for talk in beam for moves in trick.choices]
        for talk in tried:
            if ending_of_talk(talk) in GOOD and trick.counts(talk):
                return talk
        beam = _best(tried, width, trick.guide)
    return None


def _best(talks: Iterable[Talk], width: int, guide: Callable[[Talk], float]) -> list[Talk]:
    """The most promising, each mood once."""
    ranked = sorted(talks, key=guide, reverse=True)
    kept: dict[tuple[float, ...], Talk] = {}
    for talk in ranked:
        kept.setdefault((round(talk.mood.tension, 2), round(talk.mood.heard, 2), talk.mood.attacks), talk)
        if len(kept) == width:
            break
    return list(kept.values())


def _promise(talk: Talk) -> float:
    """How near a talk is to ending as heard: by what is still missing the most."""
    calm = (talk.opening_mood.tension - talk.mood.tension) / numbers.CALMED_AT_END
    heard = talk.mood.heard / numbers.HEARD_AT_END
    return min(calm, 1.0) + min(heard, 1.0) + talk.mood.breadth / numbers.BROAD_AT_END


def _towards_leaving(talk: Talk) -> float:
    """How near a talk is to a limit and a leave: an attack, a limit on it, and as few turns as that takes."""
    kinds = [turn.reading.kinds for turn in talk.turns]
    limited = any(Deed.SET_LIMIT in each for each in kinds)
    return 2.0 * limited + bool(talk.mood.attacks) + talk.mood.tension / 100


def kinds_of(talk: Talk) -> list[frozenset[Deed]]:
    """The deeds, turn by turn."""
    return [turn.reading.kinds for turn in talk.turns]


def _stopped_too_soon(talk: Talk) -> bool:
    """Left after one attack, or after having asked for it."""
    stops = next((turn for turn in talk.turns if turn.reading.has(Deed.ADJOURN)), None)
    return stops is not None and (stops.before.attacks < GOES_ON or provoked(talk.turns))


def two_moves() -> tuple[Trick, ...]:
    """Nothing but two moves, in whatever order. Without listening nobody ends as heard, so each pair has some."""
    pairs = [pair for pair in itertools.combinations(MOVES, 2) if set(pair) & set(LISTENING)]
    return tuple(
        Trick(f"alleen {one.value} en {other.value}", ((one,), (other,), (one, other)), turns=8) for one, other in pairs
    )


TRICKS: tuple[Trick, ...] = (
    Trick(
        "nooit luisteren",
        tuple((move,) for move in MOVES if move not in LISTENING),
        turns=12,
    ),
    Trick("in elk bericht iets wat schaadt", tuple(itertools.product(HELPING, HARMING)), turns=6),
    Trick(
        "kwaad maken of één aanval afwachten, een grens trekken en weggaan",
        ((Move.DISMISS,), (Move.ARGUE,), (Move.SPECULATE,), (Move.EXPLORE,), (Move.SET_LIMIT,), (Move.ADJOURN,)),
        turns=8,
        counts=_stopped_too_soon,
        guide=_towards_leaving,
    ),
    Trick(
        "alles in één keer, en klaar",
        tuple(itertools.combinations(HELPING, 3)) + (HELPING,),
        turns=3,
    ),
    Trick(
        "kalm kopen met beloftes",
        ((Move.OVERPROMISE,), *((Move.OVERPROMISE, move) for move in LISTENING), *((move,) for move in LISTENING)),
        turns=10,
        counts=lambda talk: any(Deed.OVERPROMISE in kinds for kinds in kinds_of(talk)),
    ),
)
"""Tricks that a quick search can go through; `two_moves` takes longer."""
