"""The weights by which an entry is chosen; see `python -m bot.nlu.train_matching` for how they came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.matching.coverage import Vocabulary
from bot.domain.matching.space import Space

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """A linear model over named features.

    names: the features it was fitted on, in order; means, scales: shape (f,), to standardise them.
    weights: shape (outputs, f); bias: shape (outputs,).
    """

    names: tuple[str, ...]
    means: Numbers
    scales: Numbers
    weights: Numbers
    bias: Numbers

    def scores(self, rows: Numbers) -> Numbers:
        """Shape (n, f) → (n, outputs)."""
        result: Numbers = ((rows - self.means) / self.scales) @ self.weights.T + self.bias
        return result

    def checked(self, names: Sequence[str], what: str) -> Weights:
        """Itself when it was fitted on these very features; otherwise ValueError that says what to run."""
        if tuple(names) != self.names:
            raise ValueError(
                f"the weights for {what} were fitted on other features than the code has now: "
                "run 'python -m bot.nlu.train_matching'"
            )
        return self


@dataclass(frozen=True)
class MatchModel:
    """All that matching needs besides the entries.

    ranker: scores a candidate entry. right: the chance that the best candidate answers.
    kind: what kind of message it is, one output for each of `kinds`.
    """

    space: Space
    vocabulary: Vocabulary
    ranker: Weights
    right: Weights
    kind: Weights
    kinds: tuple[str, ...]


def sigmoid(score: float) -> float:
    """A score as a chance."""
    return float(1.0 / (1.0 + np.exp(-np.clip(score, -30, 30))))


def shares(scores: Numbers) -> Numbers:
    """Scores as chances that sum to 1, shape (n,)."""
    powers = np.exp(scores - scores.max())
    result: Numbers = powers / powers.sum()
    return result


def row(values: Mapping[str, float], names: Sequence[str]) -> Numbers:
    """Named features in the order a model wants them, shape (1, f)."""
    return np.array([[values[name] for name in names]], dtype=np.float64)
