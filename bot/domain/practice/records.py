"""A talk as it is kept. Everything else is built again by replaying it, so that a restart loses nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.domain.moves import TaggedMessage, TaggedMove
from bot.domain.practice.goals import Goal


class TalkState(str, Enum):
    """Whether a talk goes on."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


@dataclass(frozen=True)
class TurnRecord:
    """One message of the official as it was understood then, and what the resident said back.

    number: 1-based. moves, unsure: the tagger's word at the time; a newer model never changes an old talk.
    disagreed: the official does not agree with the coach's remark on this turn. shared: and let the content keeper
        read these words, without a name.
    message_id: the channel's own id of the message, so that the same message sent again is not a turn again.
    """

    number: int
    text: str
    moves: tuple[TaggedMove, ...]
    unsure: bool
    reply: str
    disagreed: bool = False
    shared: bool = False
    message_id: str | None = None

    @property
    def message(self) -> TaggedMessage:
        """What the engine takes."""
        return TaggedMessage(self.text, self.moves, self.unsure)


@dataclass(frozen=True)
class TalkRecord:
    """A practice talk of one official. Private: nobody else may read it (principle 7).

    id: 16 hexadecimal digits, short enough for the data behind a button. conversation: the official's conversation id.
    scenario: its id. seed: 0 to 2**31 - 1.
    cues: whether the coach speaks during the talk. opening: the resident's first words as they were said.
    retry_of: id of the talk this one branched off from. goal: what the official practises.
    saved_at: the last change, aware, UTC; None for a talk that was not kept yet.
    """

    id: str
    conversation: str
    scenario: str
    seed: int
    opening: str
    state: TalkState = TalkState.RUNNING
    cues: bool = False
    turns: tuple[TurnRecord, ...] = ()
    retry_of: str | None = None
    goal: Goal = Goal.ALL
    saved_at: datetime | None = field(default=None, compare=False)


def words_said(turns: Collection[TurnRecord]) -> tuple[TaggedMessage, ...]:
    """The official's messages of a talk, oldest first."""
    return tuple(turn.message for turn in sorted(turns, key=lambda each: each.number))
