"""A resident's message as matching sees it: as a whole, and the parts that may hold its question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.domain.matching.asked import Request, request_of
from bot.domain.matching.sentences import MAX_CHARS, windows
from bot.domain.matching.space import Matrix
from bot.domain.matching.words import words
from bot.domain.understanding import Understanding, Vector

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts in, vectors out: shape (n, 384), L2-normalised."""


@dataclass(frozen=True)
class Message:
    """text: the message, at most `MAX_CHARS`.

    vector: of the whole. parts: what may hold the question, likeliest first; part_vectors: shape (parts, 384).
    intents: probability by full intent name, as in `Understanding`.
    """

    text: str
    vector: Vector
    parts: tuple[str, ...]
    part_vectors: Matrix
    intents: Mapping[str, float] = field(default_factory=dict)

    @property
    def asking(self) -> str:
        """The part that most looks like the question; the whole when it is short."""
        return self.parts[0] if self.parts else self.text

    @property
    def request(self) -> Request:
        """What is asked for."""
        return request_of(self.asking)

    @property
    def all_vectors(self) -> Matrix:
        """Of the parts, or of the whole when there are none; shape (n, 384), n ≥ 1."""
        return self.part_vectors if self.parts else self.vector[None, :]


def read_message(understanding: Understanding, embed: Embed) -> Message | None:
    """Prepare a message for matching; None for one without words. Only the parts still need embedding."""
    text = understanding.text[:MAX_CHARS].strip()
    if not words(text):
        return None
    parts = windows(text)
    wanted = parts if understanding.embedding is not None else [text, *parts]
    made = np.asarray(embed(wanted), dtype=np.float32) if wanted else np.zeros((0, 384), dtype=np.float32)
    if understanding.embedding is not None:
        return Message(text, understanding.embedding, tuple(parts), made, understanding.intents)
    return Message(text, made[0], tuple(parts), made[1:], understanding.intents)
