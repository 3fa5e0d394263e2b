"""What the language model made of one message, in the words of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.domain.moves import TaggedMove

Vector = NDArray[np.float32]
"""Shape (384,), L2-normalised: a sentence as the embedder sees it."""


@dataclass(frozen=True)
class Scored:
    """Something the model proposes, with a calibrated confidence in 0-1."""

    id: str
    confidence: float


@dataclass(frozen=True)
class Understanding:
    """One message as understood.

    intents: probability of each intent the speaker's role allows, by full name ('faq/parking', 'side_issue',
        'smalltalk/thanks', 'guide/dialoog-42', …); they sum to about 1.
    embedding: None when the model gave none (an empty message).
    emotion: probability 0-1 that the message shows strong emotion.
    moves: only for officials; positions in `text`.
    unsure_moves: the tagger's own doubt about `moves`.
    parts: the separate questions of a message that holds several, each understood on its own; empty for one question.
    subject: what is asked of a guide by name, read without the words about the guide ('wat zegt de VNG over …').
    with_topic: the message read together with what was talked about, for one that leans on it ('en bij een groep?').
    """

    text: str
    intents: Mapping[str, float] = field(default_factory=dict)
    embedding: Vector | None = None
    emotion: float = 0.0
    moves: tuple[TaggedMove, ...] = ()
    unsure_moves: bool = False
    parts: tuple[Understanding, ...] = ()
    with_topic: Understanding | None = None
    subject: Understanding | None = None

    def group(self, name: str) -> float:
        """Probability of an intent with all its parts: group('faq') sums 'faq/parking', 'faq/noise' and so on."""
        return sum(p for full, p in self.intents.items() if full == name or full.startswith(name + "/"))

    def within(self, name: str) -> tuple[Scored, ...]:
        """The parts of a retrieval intent, best first, with their share of the whole: within('faq')."""
        parts = {full.partition("/")[2]: p for full, p in self.intents.items() if full.startswith(name + "/")}
        total = sum(parts.values()) or 1.0
        ranked = sorted(parts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Scored(part, p / total) for part, p in ranked)
