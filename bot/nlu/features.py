"""Two ways of seeing a text, both learned from the training phrasings: by its meaning and by its letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer

Matrix = NDArray[np.float32]
Stored = Mapping[str, Any]
"""What is read from an npz file: numbers and strings, nothing that runs."""

SHRINKAGE: Final = 0.3
"""Share of the identity in the within-class covariance: with some 20 phrasings a class it can't be trusted whole."""
HASHES: Final = 2**18

_vectorizer = HashingVectorizer(
    analyzer="char_wb", ngram_range=(2, 5), n_features=HASHES, alternate_sign=False, norm=None, lowercase=True
)


def normalise(rows: Matrix) -> Matrix:
    """Rows of length 1; a row of zeros stays one. Shape (n, d) → (n, d)."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Matrix = (rows / np.maximum(lengths, 1e-6)).astype(np.float32)
    return result


@dataclass(frozen=True)
class Meaning:
    """Whitens sentence embeddings within classes: what all phrasings of one thing share no longer drowns the rest.

    mean: shape (d,); matrix: shape (d, d).
    """

    mean: Matrix
    matrix: Matrix

    @classmethod
    def fit(cls, vectors: Matrix, classes: NDArray[np.int64]) -> Meaning:
        """From n embeddings, shape (n, d), and the class 0..k-1 of each; every class must occur."""
        centres = np.stack([vectors[classes == each].mean(axis=0) for each in range(int(classes.max()) + 1)])
        rest = vectors - centres[classes]
        spread = rest.T @ rest / len(rest)
        size = spread.shape[0]
        spread = (1 - SHRINKAGE) * spread + SHRINKAGE * np.trace(spread) / size * np.eye(size)
        values, directions = np.linalg.eigh(spread)
        matrix = directions @ np.diag(values**-0.5) @ directions.T
        return cls(vectors.mean(axis=0).astype(np.float32), matrix.astype(np.float32))

    def of(self, vectors: Matrix) -> Matrix:
        """Whitened vectors of length 1, shape (n, d): their products are cosines."""
        return normalise((vectors - self.mean) @ self.matrix)

    def to_store(self, prefix: str) -> dict[str, Any]:
        """Arrays for an npz file."""
        return {f"{prefix}_mean": self.mean, f"{prefix}_matrix": self.matrix}

    @classmethod
    def from_store(cls, stored: Stored, prefix: str) -> Meaning:
        """Read what `to_store` gave."""
        return cls(stored[f"{prefix}_mean"], stored[f"{prefix}_matrix"])


@dataclass(frozen=True)
class Letters:
    """Weighs character 2- to 5-grams within words: they forgive typos and know names and numbers.

    rarity: shape (HASHES,), the inverse document frequency of each hashed n-gram.
    """

    rarity: Matrix

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Letters:
        """From the training phrasings."""
        seen = np.asarray((_counts(texts) > 0).sum(axis=0)).ravel()
        return cls((np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32))

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Rows of length 1, shape (n, HASHES); a text without words gives a row of zeros."""
        rows = _counts(texts)
        rows.data = (1 + np.log(rows.data)) * self.rarity[rows.indices]
        squares = np.add.reduceat(np.append(rows.data**2, 0), rows.indptr[:-1])
        squares[np.diff(rows.indptr) == 0] = 0  # reduceat gives an empty row its neighbour's first number
        rows.data /= np.repeat(np.sqrt(np.maximum(squares, 1e-12)), np.diff(rows.indptr))
        return rows.astype(np.float32)

    def to_store(self, prefix: str) -> dict[str, Any]:
        """Arrays for an npz file."""
        return {f"{prefix}_rarity": self.rarity.astype(np.float16)}

    @classmethod
    def from_store(cls, stored: Stored, prefix: str) -> Letters:
        """Read what `to_store` gave."""
        return cls(stored[f"{prefix}_rarity"].astype(np.float32))


def _counts(texts: Sequence[str]) -> sparse.csr_matrix:
    return _vectorizer.transform(texts).astype(np.float32)


def rows_to_store(prefix: str, rows: sparse.csr_matrix) -> dict[str, Any]:
    """A sparse matrix of width HASHES as arrays for an npz file."""
    return {
        f"{prefix}_data": rows.data.astype(np.float16),
        f"{prefix}_indices": rows.indices,
        f"{prefix}_indptr": rows.indptr,
    }


def rows_from_store(stored: Stored, prefix: str) -> sparse.csr_matrix:
    """Read what `rows_to_store` gave."""
    pointers = stored[f"{prefix}_indptr"]
    data = stored[f"{prefix}_data"].astype(np.float32)
    return sparse.csr_matrix((data, stored[f"{prefix}_indices"], pointers), shape=(len(pointers) - 1, HASHES))


def softmax(scores: Matrix) -> Matrix:
    """Rows that sum to 1; shape kept."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return result
