"""Chance that can be repeated: the same seed and the same words give the same line, in every process."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from hashlib import blake2b

from bot.domain.practice.scenario import Line


def dice(seed: int, *parts: object) -> random.Random:
    """A generator that hangs on nothing but the seed and these parts. (Python's own hash() differs per process.)"""
    key = "\x1f".join([str(seed), *map(str, parts)])
    return random.Random(int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big"))


def pick(lines: Sequence[Line], used: Collection[str], rng: random.Random) -> Line | None:
    """A line that was not said yet, or None when all were."""
    fresh = [line for line in lines if line.text not in used]
    return fresh[rng.randrange(len(fresh))] if fresh else None
