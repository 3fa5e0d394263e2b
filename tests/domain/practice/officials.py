"""Officials for the tests: the sentences of `bot.domain.practice.rehearsal`, at random and put together."""

from __future__ import annotations

import random

from bot.domain.moves import TaggedMessage, TaggedMove
from bot.domain.practice.rehearsal import MOVES, doing, loop, message, sentence

__all__ = ["MOVES", "adding", "doing", "loop", "message", "sentence", "somebody"]


def somebody(rng: random.Random, turns: int) -> list[TaggedMessage]:
    """Any official at all: one to three moves a turn."""
    return [doing(*rng.sample(MOVES, rng.randint(1, 3)), turn=rng.randrange(10_000)) for _ in range(turns)]


def adding(extra: TaggedMessage, to: TaggedMessage, front: bool) -> TaggedMessage:
    """One message with another said before or after it."""
    first, second = (extra, to) if front else (to, extra)
    shift = len(first.text) + 1
    moved = tuple(TaggedMove(t.move, t.start + shift, t.end + shift, t.confidence) for t in second.moves)
    return TaggedMessage(f"{first.text} {second.text}", first.moves + moved, to.unsure)
