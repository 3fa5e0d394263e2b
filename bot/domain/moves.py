"""What an official does in a message, clause by clause: the moves that the guides praise or warn about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Move(str, Enum):
    """One thing an official does with words. The comment names the guide's point it rests on."""

    ACKNOWLEDGE_EMOTION = "acknowledge_emotion"  # 42: names, recognises or mirrors the emotion
    SUMMARIZE = "summarize"  # 41, VNG 6.4: paraphrases, checks understanding
    EXPLORE = "explore"  # 38, 39: open or follow-up question
    SET_LIMIT = "set_limit"  # 43: limit on aggressive or personal behaviour
    ADJOURN = "adjourn"  # 44: another moment
    DEFER_ANSWER = "defer_answer"  # 6: no substantive answer; who, when and how instead
    CLARIFY_ROOM = "clarify_room"  # 24, 40, 41: honest about what is open and what is not
    INFORM = "inform"  # 42: certain facts, of use once the emotion has dropped
    APPRECIATE = "appreciate"  # 19, 27: thanks, welcomes, values
    CALL_SUPPORT = "call_support"  # 43: brings in a colleague, the chair, security
    DISMISS = "dismiss"  # 37: soothes away or ignores the emotion
    ARGUE = "argue"  # 42, 43: debates, corrects, persuades
    OVERPROMISE = "overpromise"  # 40: promises beyond the mandate
    RETALIATE = "retaliate"  # 43: counter-attack, blame, sarcasm
    SPECULATE = "speculate"  # 6: a substantive answer while showing it isn't known
    OTHER = "other"  # greeting, off-topic, unintelligible; stands alone


@dataclass(frozen=True)
class TaggedMove:
    """A move found in a message.

    start, end: character positions in the message, end exclusive, so that feedback can quote the words.
    confidence: 0-1, calibrated.
    """

    move: Move
    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class TaggedMessage:
    """An official's message with its moves; `unsure` when the tagger's word should not be relied on."""

    text: str
    moves: tuple[TaggedMove, ...]
    unsure: bool = False

    def words_of(self, tagged: TaggedMove) -> str:
        """The official's own words that carry the move."""
        return self.text[tagged.start : tagged.end].strip()

    def has(self, move: Move) -> bool:
        """Whether the message holds this move."""
        return any(tagged.move is move for tagged in self.moves)
