"""Recognises what is meant by the nearest phrasings: who asks something like it gets the same answer.

A class is judged by three things, each by meaning and by letters: its three phrasings nearest to the text, its centre,
and the nearest sentence of the text it stands for, if it has one (an entry of a guide). The scores become probabilities
by one temperature, fitted on the training phrasings with each left out in turn. docs/language.md has what else was tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
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
    normalise,
    rows_from_store,
    rows_to_store,
    softmax,
)

NEIGHBOURS: Final = 3
LETTERS_WEIGHT: Final = 0.4
"""Letters count for 0.4 of meaning; anything from 0.2 to 1 did equally well."""
CENTRE_WEIGHT: Final = 0.4
SENTENCE_WEIGHT: Final = 0.4
"""What the centre, and the best sentence of a class's own text, count beside the nearest phrasings."""
TEMPERATURES: Final = np.geomspace(0.01, 0.3, 24)
JUDGED: Final = 1000
"""Phrasings that the temperature is fitted on; with more it stays the same."""
NOT_COUNTED: Final = -8.0
SPAN: Final = 20.0
"""Room for the similarities of one class, and for one that is not counted."""
SENTENCE: Final = "sentence_"
"""Before the names of the arrays that hold the sentences, in a model file."""


@dataclass(frozen=True)
class Texts:
    """n texts of known classes, ready to be compared with.

    classes: shape (n,), index of each text's class, ascending, so that a class is a run of rows.
    by_meaning: shape (n, d); by_letters: shape (n, HASHES); both with rows of length 1.
    """

    classes: NDArray[np.int64]
    by_meaning: Matrix
    by_letters: sparse.csr_matrix

    @classmethod
    def of(cls, texts: Sequence[str], vectors: Matrix, classes: Sequence[int], views: tuple[Meaning, Letters]) -> Texts:
        """From texts and their embeddings, shape (n, d), in any order."""
        order = np.argsort(classes, kind="stable")
        meaning, letters = views
        by_letters = letters.of([texts[at] for at in order])
        return cls(np.array(classes, dtype=np.int64)[order], meaning.of(vectors[order]), by_letters)

    def similarities(self, by_meaning: Matrix, by_letters: sparse.csr_matrix) -> tuple[Matrix, Matrix]:
        """Of m others with each of these, by meaning and by letters; both of shape (m, n)."""
        # By column: only the n-grams that a message holds are looked at.
        letters = [row.data @ self._columns[row.indices] for row in by_letters]
        return by_meaning @ self.by_meaning.T, np.stack(letters)

    @cached_property
    def _columns(self) -> Any:
        return self.by_letters.T.tocsr()

    def best(self, similarities: Matrix, labels: int, count: int) -> Matrix:
        """Mean of the `count` nearest of each class; shapes (m, n) → (m, labels). -inf stands for 'not to be counted'.

        A class without texts gets what the others get on average: nothing for it, nothing against it.
        """
        starts = np.searchsorted(self.classes, np.arange(labels + 1))
        # One sort does all classes: similarities lie within -1..1, so a class stays between its own multiples of SPAN.
        bases = SPAN * self.classes.astype(np.float64)
        keys = np.sort(bases - np.maximum(similarities, NOT_COUNTED), axis=1)
        sums = np.zeros((len(keys), labels))
        counted = np.zeros((len(keys), labels))
        for rank in range(count):
            has = np.flatnonzero(np.diff(starts) > rank)
            values = SPAN * has - keys[:, starts[has] + rank]
            real = values > NOT_COUNTED / 2
            sums[:, has] += np.where(real, values, 0)
            counted[:, has] += real
        scores = sums / np.maximum(counted, 1)
        empty = np.diff(starts) == 0
        if empty.any():
            scores[:, empty] = scores[:, ~empty].mean(axis=1, keepdims=True)
        result: Matrix = scores.astype(np.float32)
        return result

    def score(self, similarities: tuple[Matrix, Matrix], labels: int, count: int) -> Matrix:
        """`best` by meaning and by letters together."""
        meaning, letters = (self.best(each, labels, count) for each in similarities)
        result: Matrix = meaning + LETTERS_WEIGHT * letters
        return result

    def to_store(self, prefix: str = "") -> dict[str, Any]:
        """Arrays for an npz file."""
        return {
            f"{prefix}classes": self.classes,
            f"{prefix}by_meaning": self.by_meaning.astype(np.float16),
            **rows_to_store(f"{prefix}by_letters", self.by_letters),
        }

    @classmethod
    def from_store(cls, stored: Stored, prefix: str = "") -> Texts:
        """Read what `to_store` gave."""
        by_letters = rows_from_store(stored, f"{prefix}by_letters")
        return cls(stored[f"{prefix}classes"], stored[f"{prefix}by_meaning"].astype(np.float32), by_letters)


@dataclass
class NearestPhrasings:
    """The model. labels: name of each class. sentences: of the texts that classes stand for, if any do."""

    labels: list[str]
    meaning: Meaning
    letters: Letters
    phrasings: Texts
    sentences: Texts | None
    temperature: float

    def __post_init__(self) -> None:
        sums = self._sums()
        self._centres = normalise(sums)

    def _sums(self) -> Matrix:
        """The phrasings of each class added up, shape (labels, d)."""
        starts = np.searchsorted(self.phrasings.classes, np.arange(len(self.labels)))
        result: Matrix = np.add.reduceat(self.phrasings.by_meaning, starts, axis=0)
        return result

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Matrix,
        sentences: tuple[Sequence[str], Sequence[str], Matrix] | None = None,
    ) -> NearestPhrasings:
        """Learn from n labelled phrasings and their embeddings, shape (n, d). At least two labels are needed.

        sentences: texts, labels and embeddings of what the labels stand for; those of unknown labels are passed over.
        """
        names = sorted(set(labels))
        if len(names) < 2:
            raise ValueError(f"phrasings of at least two intents are needed to tell them apart, not {len(names)}")
        index = {name: number for number, name in enumerate(names)}
        classes = np.array([index[label] for label in labels], dtype=np.int64)
        views = Meaning.fit(vectors, classes), Letters.fit(texts)
        own = None
        if sentences:
            lines, line_labels, line_vectors = sentences
            known = [at for at, label in enumerate(line_labels) if label in index]
            if known:
                of_labels = [index[line_labels[at]] for at in known]
                own = Texts.of([lines[at] for at in known], line_vectors[known], of_labels, views)
        model = cls(names, *views, Texts.of(texts, vectors, classes.tolist(), views), own, 1.0)
        model.temperature = model._fit_temperature()
        return model

    def probabilities(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        """How likely each label is for each text, shape (m, labels); rows sum to 1."""
        by_meaning, by_letters = self.meaning.of(vectors), self.letters.of(texts)
        scores = self._near(self.phrasings.similarities(by_meaning, by_letters))
        scores += CENTRE_WEIGHT * by_meaning @ self._centres.T
        return softmax((scores + self._sentence_scores(by_meaning, by_letters)) / self.temperature)

    def _near(self, similarities: tuple[Matrix, Matrix]) -> Matrix:
        return self.phrasings.score(similarities, len(self.labels), NEIGHBOURS)

    def _sentence_scores(self, by_meaning: Matrix, by_letters: sparse.csr_matrix) -> Matrix:
        if self.sentences is None:
            return np.zeros((1, len(self.labels)), dtype=np.float32)
        similar = self.sentences.similarities(by_meaning, by_letters)
        result: Matrix = SENTENCE_WEIGHT * self.sentences.score(similar, len(self.labels), 1)
        return result

    def left_out_scores(self, rows: NDArray[np.int64]) -> Matrix:
        """The scores of some training phrasings, each judged by all others but itself; shape (rows, labels)."""
        own, classes = np.arange(len(rows)), self.phrasings.classes[rows]
        by_meaning, by_letters = self.phrasings.by_meaning[rows], self.phrasings.by_letters[rows]
        meaning, letters = self.phrasings.similarities(by_meaning, by_letters)
        meaning[own, rows] = letters[own, rows] = -np.inf
        centres = by_meaning @ self._centres.T
        others = normalise(self._sums()[classes] - by_meaning)
        centres[own, classes] = (others * by_meaning).sum(axis=1)
        return self._near((meaning, letters)) + CENTRE_WEIGHT * centres + self._sentence_scores(by_meaning, by_letters)

    def _fit_temperature(self) -> float:
        """The temperature under which a phrasing's own label is likeliest, judged by the other phrasings."""
        classes = self.phrasings.classes
        rows = np.arange(0, len(classes), max(1, len(classes) // JUDGED))
        scores = self.left_out_scores(rows)
        losses = [-np.log(softmax(scores / t)[np.arange(len(rows)), classes[rows]] + 1e-9).mean() for t in TEMPERATURES]
        return float(TEMPERATURES[int(np.argmin(losses))])

    def to_store(self) -> dict[str, Any]:
        """Arrays for an npz file."""
        return {
            "labels": np.array(self.labels),
            "temperature": np.array(self.temperature),
            **self.meaning.to_store("meaning"),
            **self.letters.to_store("letters"),
            **self.phrasings.to_store(),
            **(self.sentences.to_store(SENTENCE) if self.sentences else {}),
        }

    @classmethod
    def from_store(cls, stored: Stored) -> NearestPhrasings:
        """Read what `to_store` gave."""
        return cls(
            labels=[str(label) for label in stored["labels"]],
            meaning=Meaning.from_store(stored, "meaning"),
            letters=Letters.from_store(stored, "letters"),
            phrasings=Texts.from_store(stored),
            sentences=Texts.from_store(stored, SENTENCE) if f"{SENTENCE}classes" in stored else None,
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
