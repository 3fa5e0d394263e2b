"""What was promised in a talk, and what was asked and left unanswered (6, 31, 35)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.practice.coach import quote_of
from bot.domain.practice.deeds import Deed
from bot.domain.practice.talk import Talk, TurnResult
from bot.domain.practice.topics import Status


@dataclass(frozen=True)
class Commitment:
    """Something that was promised.

    quote, when: as said. who: 'jij', a role or a name; '' when nobody was named.
    within: False when it is beyond the official's mandate.
    """

    turn: int
    quote: str
    who: str
    when: str
    within: bool


def commitments(talk: Talk) -> tuple[Commitment, ...]:
    """What was promised, in the order it was said; one per turn."""
    found = []
    for turn in talk.turns:
        for deed, within in _COMMITS:
            done = turn.reading.find(deed)
            if done and turn.judged:
                quote = quote_of(turn, done)
                found.append(Commitment(turn.number, quote, turn.reading.deferral.person, _when(turn, within), within))
                break
    return tuple(found)


def _when(turn: TurnResult, within: bool) -> str:
    """A promise beyond the mandate only has a moment when it is one of hearing something."""
    return turn.reading.deferral.day if within else turn.reading.deferral.moment


_COMMITS = (
    (Deed.OVERPROMISE, False),
    (Deed.FULL_DEFERRAL, True),
    (Deed.PARTIAL_DEFERRAL, True),
    (Deed.ADJOURN, True),
)


def unanswered(talk: Talk) -> tuple[str, ...]:
    """Questions that were asked and neither answered nor deferred."""
    topics = talk.memory.topics
    return tuple(q.about for q in talk.scenario.questions if topics.of(q.id) in {Status.RAISED, Status.REOPENED})
