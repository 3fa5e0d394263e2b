"""Sentence vectors made comparable, and what kind of question a vector looks like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

NEIGHBOURS: Final = 3
"""So many of a type's phrasings, those nearest to a text, speak for it."""
CENTRE_WEIGHT: Final = 0.4
"""What the middle of the type's phrasings counts beside them."""
TYPE_TEMPERATURE: Final = 0.03
"""Makes chances of likenesses; the one under which messages kept aside by voice find their own type likeliest."""


@dataclass(frozen=True)
class Space:
    """Learned from residents' phrasings and example FAQs; see `python -m bot.nlu.train_matching`.

    Raw cosines crowd in 0.75-0.90, and questions sit elsewhere than answers do: each side is centred on its own mean.

    query_mean, entry_mean: shape (d,), the middle of what residents ask and of what entries say.
    types: names of the question types; type_phrasings (n, d): what residents say for each, whitened and of length 1,
    one type after the other, the first of each at type_starts (types,). type_mean (d,), type_matrix (d, d): the
    whitening, within types.
    groups: names of the kinds of message ('faq', 'political_question', …), with weights and bias alike.
    """

    query_mean: Matrix
    entry_mean: Matrix
    types: tuple[str, ...]
    type_mean: Matrix
    type_matrix: Matrix
    type_phrasings: Matrix
    type_starts: NDArray[np.int64]
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
        """How likely each question type is by the phrasings most like it, shape (n, types); rows sum to 1.

        A plain question is like few of the stories around it: the middle of a type alone would not know it.
        """
        whitened = _normalised((vectors - self.type_mean) @ self.type_matrix)
        like = whitened @ self.type_phrasings.T
        ends = [*self.type_starts[1:], len(self.type_phrasings)]
        nearest = [_top_mean(like[:, start:end]) for start, end in zip(self.type_starts, ends)]
        return _softmax(
            (np.stack(nearest, axis=1) + CENTRE_WEIGHT * whitened @ self._type_centres.T) / TYPE_TEMPERATURE
        )

    @cached_property
    def _type_centres(self) -> Matrix:
        return _normalised(np.add.reduceat(self.type_phrasings, self.type_starts, axis=0))

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


def _top_mean(likenesses: Matrix) -> Matrix:
    """The mean of the highest of each row, shape (n, m) → (n,)."""
    result: Matrix = np.sort(likenesses, axis=1)[:, -NEIGHBOURS:].mean(axis=1)
    return result


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Matrix = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return result
