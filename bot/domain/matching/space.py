"""Sentence vectors made comparable, and what kind of question a vector looks like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Space:
    """Learned from residents' phrasings and example FAQs; see `python -m bot.nlu.train_matching`.

    Raw cosines crowd in 0.75-0.90, and questions sit elsewhere than answers do: each side is centred on its own mean.

    query_mean, entry_mean: shape (d,), the middle of what residents ask and of what entries say.
    types: names of the question types; type_weights (types, d) and type_bias (types,) give their log-odds.
    groups: names of the kinds of message ('faq', 'political_question', …), with weights and bias alike.
    """

    query_mean: Matrix
    entry_mean: Matrix
    types: tuple[str, ...]
    type_weights: Matrix
    type_bias: Matrix
    groups: tuple[str, ...]
    group_weights: Matrix
    group_bias: Matrix

    def asked(self, vectors: Matrix) -> Matrix:
        """What residents say, centred; rows of length 1, shape (n, d)."""
        return _normalised(vectors - self.query_mean)

    def told(self, vectors: Matrix) -> Matrix:
        """What entries say, centred; rows of length 1, shape (n, d)."""
        return _normalised(vectors - self.entry_mean)

    def type_shares(self, vectors: Matrix) -> Matrix:
        """How likely each question type is, shape (n, types); rows sum to 1."""
        return _softmax(vectors @ self.type_weights.T + self.type_bias)

    def group_shares(self, vectors: Matrix) -> Matrix:
        """How likely each kind of message is, shape (n, groups); rows sum to 1."""
        return _softmax(vectors @ self.group_weights.T + self.group_bias)

    def intents_of(self, vector: Matrix) -> dict[str, float]:
        """A rough understanding of a text that the classifier did not see, shape (d,): chances by full intent name."""
        groups = dict(zip(self.groups, self.group_shares(vector[None, :])[0].tolist()))
        faq = groups.pop("faq", 0.0)
        types = zip(self.types, self.type_shares(vector[None, :])[0].tolist())
        return {**groups, **{f"faq/{name}": faq * share for name, share in types}}


def stacked(vectors: list[Matrix], dimension: int = 384) -> Matrix:
    """Vectors as rows; shape (0, dimension) for none."""
    return np.stack(vectors).astype(np.float32) if vectors else np.zeros((0, dimension), dtype=np.float32)


def _normalised(rows: Matrix) -> Matrix:
    result: Matrix = (rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-6)).astype(np.float32)
    return result


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Matrix = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return result
