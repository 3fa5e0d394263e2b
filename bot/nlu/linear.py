"""Logistic regression that is kept as plain numbers: no pickle in a model archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.nlu.features import Matrix, Stored, softmax

Rows = Any
"""A Matrix, or scipy's csr_matrix, which brings no types."""
MAX_ITERATIONS = 400


@dataclass(frozen=True)
class Linear:
    """weights: shape (features, outputs), sparse where the rows are; bias: shape (outputs,)."""

    weights: Rows
    bias: Matrix

    @classmethod
    def fit_one_of(cls, rows: Rows, classes: NDArray[np.int64], strength: float) -> Linear:
        """For outputs of which exactly one holds; classes 0..k-1, k > 2. `strength` is scikit-learn's C."""
        used = _columns_in_use(rows)
        model = LogisticRegression(C=strength, max_iter=MAX_ITERATIONS, multi_class="multinomial")
        model.fit(rows[:, used], classes)
        return cls(_spread(model.coef_.T, used, rows.shape[1]), model.intercept_.astype(np.float32))

    @classmethod
    def fit_any_of(cls, rows: Rows, holds: NDArray[np.int64], strength: float) -> Linear:
        """For outputs of which several may hold; `holds` has shape (n, outputs) with 0 and 1, both in each column."""
        used = _columns_in_use(rows)
        models = [
            LogisticRegression(C=strength, max_iter=MAX_ITERATIONS, solver="liblinear").fit(rows[:, used], column)
            for column in holds.T
        ]
        weights = np.concatenate([model.coef_ for model in models]).T
        bias = np.concatenate([model.intercept_ for model in models])
        return cls(_spread(weights, used, rows.shape[1]), bias.astype(np.float32))

    def one_of(self, rows: Rows) -> Matrix:
        """Probabilities that sum to 1, shape (n, outputs)."""
        return softmax(self._scores(rows))

    def any_of(self, rows: Rows) -> Matrix:
        """A probability for each output by itself, shape (n, outputs)."""
        result: Matrix = 1 / (1 + np.exp(-self._scores(rows)))
        return result

    def _scores(self, rows: Rows) -> Matrix:
        product = rows @ self.weights
        dense = product.toarray() if sparse.issparse(product) else np.asarray(product)
        result: Matrix = dense + self.bias
        return result

    def to_store(self, prefix: str) -> dict[str, Any]:
        """Arrays for an npz file."""
        if sparse.issparse(self.weights):
            weights = {
                f"{prefix}_data": self.weights.data.astype(np.float16),
                f"{prefix}_indices": self.weights.indices,
                f"{prefix}_indptr": self.weights.indptr,
            }
        else:
            weights = {f"{prefix}_weights": self.weights}
        return {**weights, f"{prefix}_bias": self.bias}

    @classmethod
    def from_store(cls, stored: Stored, prefix: str) -> Linear:
        """Read what `to_store` gave."""
        bias = stored[f"{prefix}_bias"]
        if f"{prefix}_weights" in stored:
            return cls(stored[f"{prefix}_weights"], bias)
        data, pointers = stored[f"{prefix}_data"].astype(np.float32), stored[f"{prefix}_indptr"]
        shape = (len(pointers) - 1, len(bias))
        return cls(sparse.csr_matrix((data, stored[f"{prefix}_indices"], pointers), shape=shape), bias)


def _columns_in_use(rows: Rows) -> NDArray[np.int64]:
    """The columns that at least three rows share: of 262,144 hashed n-grams some 17,000. Fitting all takes minutes."""
    if not sparse.issparse(rows):
        return np.arange(rows.shape[1])
    return np.flatnonzero(rows.getnnz(axis=0) >= 3)


def _spread(weights: NDArray[np.float64], used: NDArray[np.int64], features: int) -> Rows:
    """Put weights of the columns in use, shape (used, outputs), back among all features."""
    small: Matrix = weights.astype(np.float32)
    if len(used) == features:
        return small
    place = sparse.csr_matrix((np.ones(len(used), np.float32), (used, np.arange(len(used)))), (features, len(used)))
    return sparse.csr_matrix(place @ sparse.csr_matrix(small))
