"""Recognises what is meant by the nearest phrasings: who asks something like it gets the same answer.

A class scores the mean of its three nearest phrasings, by meaning and by letters. The scores become probabilities by
one temperature, fitted on the training phrasings with each left out in turn. docs/language.md has what else was tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from bot.nlu.features import (
    Letters,
    Matrix,
    Meaning,
    Stored,
    rows_from_store,
    rows_to_store,
    softmax,
)

NEIGHBOURS: Final = 3
LETTERS_WEIGHT: Final = 0.4
"""Letters count for 0.4 of meaning; anything from 0.2 to 1 did equally well."""
TEMPERATURES: Final = np.geomspace(0.01, 0.3, 24)


@dataclass
class NearestPhrasings:
    """The model: all phrasings, ready to be compared with.

    labels: name of each class.
    classes: shape (n,), index of each phrasing's class, ascending, so that a class is a run of rows.
    by_meaning: shape (n, d); by_letters: shape (n, HASHES); both with rows of length 1.
    """

    labels: list[str]
    classes: NDArray[np.int64]
    meaning: Meaning
    letters: Letters
    by_meaning: Matrix
    by_letters: sparse.csr_matrix
    temperature: float

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], vectors: Matrix) -> NearestPhrasings:
        """Learn from n labelled phrasings and their embeddings, shape (n, d). At least two labels are needed."""
        names = sorted(set(labels))
        if len(names) < 2:
            raise ValueError(f"phrasings of at least two intents are needed to tell them apart, not {len(names)}")
        index = {name: number for number, name in enumerate(names)}
        order = np.argsort([index[label] for label in labels], kind="stable")
        classes = np.array([index[labels[at]] for at in order], dtype=np.int64)
        sorted_texts = [texts[at] for at in order]
        meaning, letters = Meaning.fit(vectors[order], classes), Letters.fit(sorted_texts)
        model = cls(names, classes, meaning, letters, meaning.of(vectors[order]), letters.of(sorted_texts), 1.0)
        model.temperature = model._fit_temperature()
        return model

    def _class_scores(self, similarities: Matrix) -> Matrix:
        """Mean of the three nearest of each class; shapes (m, n) → (m, labels). -inf stands for 'not to be counted'."""
        starts = np.searchsorted(self.classes, np.arange(len(self.labels) + 1))
        scores = np.empty((similarities.shape[0], len(self.labels)), dtype=np.float32)
        for label, (start, end) in enumerate(zip(starts, starts[1:])):
            run = similarities[:, start:end]
            if end - start > NEIGHBOURS:
                run = np.partition(run, end - start - NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
            counted = np.isfinite(run)
            scores[:, label] = np.where(counted, run, 0).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
        return scores

    def probabilities(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        """How likely each label is for each text, shape (m, labels); rows sum to 1."""
        meaning = self.meaning.of(vectors) @ self.by_meaning.T
        # One dense column at a time: a product of two sparse matrices costs more than a message has time for.
        letters = np.stack([self.by_letters @ row.toarray().ravel() for row in self.letters.of(texts)])
        return softmax(self._scores(meaning, letters) / self.temperature)

    def _scores(self, meaning: Matrix, letters: Matrix) -> Matrix:
        return self._class_scores(meaning) + LETTERS_WEIGHT * self._class_scores(letters)

    def left_out_scores(self) -> Matrix:
        """The scores of the training phrasings themselves, each judged by the others only; shape (n, labels)."""
        meaning = self.by_meaning @ self.by_meaning.T
        letters = np.asarray((self.by_letters @ self.by_letters.T).todense())
        np.fill_diagonal(meaning, -np.inf)
        np.fill_diagonal(letters, -np.inf)
        return self._scores(meaning, letters)

    def _fit_temperature(self) -> float:
        """The temperature under which each phrasing's own label is likeliest, judged by the other phrasings."""
        scores = self.left_out_scores()
        rows = np.arange(len(self.classes))
        losses = [-np.log(softmax(scores / t)[rows, self.classes] + 1e-9).mean() for t in TEMPERATURES]
        return float(TEMPERATURES[int(np.argmin(losses))])

    def to_store(self) -> dict[str, Any]:
        """Arrays for an npz file."""
        return {
            "labels": np.array(self.labels),
            "classes": self.classes,
            "by_meaning": self.by_meaning.astype(np.float16),
            "temperature": np.array(self.temperature),
            **self.meaning.to_store("meaning"),
            **self.letters.to_store("letters"),
            **rows_to_store("by_letters", self.by_letters),
        }

    @classmethod
    def from_store(cls, stored: Stored) -> NearestPhrasings:
        """Read what `to_store` gave."""
        return cls(
            labels=[str(label) for label in stored["labels"]],
            classes=stored["classes"],
            meaning=Meaning.from_store(stored, "meaning"),
            letters=Letters.from_store(stored, "letters"),
            by_meaning=stored["by_meaning"].astype(np.float32),
            by_letters=rows_from_store(stored, "by_letters"),
            temperature=float(stored["temperature"]),
        )

    def save(self, path: Path) -> None:
        """Write as npz: nothing in it runs when it is read."""
        np.savez_compressed(path, **self.to_store())

    @classmethod
    def load(cls, path: Path) -> NearestPhrasings:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            return cls.from_store(dict(stored))
