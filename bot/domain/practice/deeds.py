"""What a move amounts to, said at this moment to this resident: the vocabulary of numbers, lines and feedback."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.domain.moves import TaggedMove


class Deed(str, Enum):
    """One thing that happened to the resident in a turn. The comment names the guide's point it rests on.

    The same move can be different deeds: a limit after an insult is SET_LIMIT, a limit on plain criticism is
    UNNEEDED_LIMIT. Scenarios use these values as keys for the resident's reactions.
    """

    ACKNOWLEDGE = "acknowledge_emotion"  # 42: names or mirrors the emotion, and leaves it standing
    FORMULA = "formula"  # 42: 'snap ik', and nothing that shows it
    CANCELLED = "cancelled"  # 42: acknowledges, then argues it away after 'maar'
    REPEATED = "repeated"  # 39: the same sentence as before
    APOLOGIZE = "apologize"  # 21: admits that it went wrong
    SUMMARIZE = "summarize"  # 41
    EXPLORE = "explore"  # 38, 39: a question that leaves room
    CLOSED_QUESTION = "closed_question"  # 39: a question that only wants a yes or no
    APPRECIATE = "appreciate"  # 19, 27
    SET_LIMIT = "set_limit"  # 43: calm, after the resident got personal
    UNNEEDED_LIMIT = "unneeded_limit"  # 37: a limit on criticism or on the emotion itself
    HARSH_LIMIT = "harsh_limit"  # 43: a limit with a snarl or a discussion in it
    LET_PASS = "let_pass"  # 43: got personal, and nobody said anything about it
    ADJOURN = "adjourn"  # 44
    EARLY_ADJOURN = "early_adjourn"  # 39: another moment while there was nothing to stop for
    CALL_SUPPORT = "call_support"  # 43
    NEEDLESS_SUPPORT = "needless_support"  # 43: security for somebody who is only angry
    FULL_DEFERRAL = "full_deferral"  # 6: says who and when, and that it is not known or how you hear
    PARTIAL_DEFERRAL = "partial_deferral"  # 6: something to hold on to, not all of it
    VAGUE_DEFERRAL = "vague_deferral"  # 6: 'daar komen we op terug'
    CLARIFY_ROOM = "clarify_room"  # 24, 40, 41
    BROKEN_PROMISE = "broken_promise"  # 41: the room that was promised turns out not to be there
    FACTS_LANDED = "facts_landed"  # 42: facts after the emotion dropped
    FACTS_BOUNCED = "facts_bounced"  # 42: facts to somebody who cannot hear them yet
    SPECULATE = "speculate"  # 6
    OVERPROMISE = "overpromise"  # 40
    DISMISS = "dismiss"  # 37
    ARGUE = "argue"  # 42, 43
    RETALIATE = "retaliate"  # 43
    GREETING = "greeting"
    FAREWELL = "farewell"
    UNCLEAR = "unclear"  # not recognised: changes nothing and is not judged


HARMS = frozenset({Deed.DISMISS, Deed.ARGUE, Deed.RETALIATE, Deed.HARSH_LIMIT, Deed.CANCELLED})
"""What spoils the rest of the message it stands in: the resident answers to this, and hardly hears the remainder."""

CONTENT = frozenset({Deed.CLARIFY_ROOM, Deed.FULL_DEFERRAL, Deed.PARTIAL_DEFERRAL, Deed.FACTS_LANDED})
"""What needs a resident who can listen (point 42)."""

LIMITS = frozenset({Deed.SET_LIMIT, Deed.ADJOURN, Deed.CALL_SUPPORT})
"""The good answers to somebody who got personal (43, 44)."""


COUNTS_FROM = 0.2
COUNTS_FULL = 0.55
"""Confidence (0-1) of the tagger from which a move counts at all, and from which it counts in full."""


@dataclass(frozen=True)
class Done:
    """A deed with the move it was read from; `tagged` is None for what was read from the whole message.

    confirmed: the words or the moment leave no doubt, whatever the tagger's confidence.
    """

    deed: Deed
    tagged: TaggedMove | None = None
    confirmed: bool = False

    @property
    def weight(self) -> float:
        """How much it counts, 0-1: what was half understood works half."""
        if self.tagged is None or self.confirmed:
            return 1.0
        share = (self.tagged.confidence - COUNTS_FROM) / (COUNTS_FULL - COUNTS_FROM)
        return max(0.0, min(1.0, share))
