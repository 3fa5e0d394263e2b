"""What matching finds for a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from bot.domain.matching.index import FaqIndex
from bot.domain.matching.judging import judge_features, kind_features
from bot.domain.matching.message import Message
from bot.domain.matching.model import row, shares, sigmoid
from bot.domain.matching.ranking import rank_features
from bot.domain.understanding import Scored

SHOWN = 5
SAME_WORDS = 0.98
"""How right an entry is whose own question, or a phrasing that the team linked to it, is asked to the letter."""


@dataclass(frozen=True)
class Finding:
    """candidates: at most five entries, best first, each with its share among all entries.

    right: chance (0-1) that the first candidate answers what is asked.
    kinds: chance of each kind of message ('faq', 'political_question', 'side_issue', 'abuse', 'smalltalk', …).
    """

    candidates: tuple[Scored, ...] = ()
    right: float = 0.0
    kinds: Mapping[str, float] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """Best first."""
        return tuple(candidate.id for candidate in self.candidates)


def find(index: FaqIndex, message: Message) -> Finding:
    """Rank the entries, and judge the first. An index without entries finds nothing, but still tells the kind."""
    model = index.model
    kinds = kinds_of(index, message)
    if not len(index):
        return Finding(kinds=kinds)
    rows = rank_features(index, message)
    scores = model.ranker.scores(rows)[:, 0]
    literal = index.asked_literally(message.text)
    if literal is not None:
        scores[literal] = scores.max() + 1.0
    order = np.argsort(-scores, kind="stable")[:SHOWN]
    each = shares(scores)
    features = judge_features(index, message, rows, scores)
    right = sigmoid(float(model.right.scores(row(features, model.right.names))[0, 0]))
    if literal is not None:
        right = max(right, SAME_WORDS)
    return Finding(tuple(Scored(index.entries[at].id, float(each[at])) for at in order), right, kinds)


def kinds_of(index: FaqIndex, message: Message) -> dict[str, float]:
    """Chance of each kind of message; they sum to 1."""
    model = index.model
    chances = shares(model.kind.scores(row(kind_features(index, message), model.kind.names))[0])
    return dict(zip(model.kinds, (float(chance) for chance in chances)))
