"""Scores texts by the words and the letters they share: what carries names, numbers and typos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.matching.words import letter_grams, terms

Scores = NDArray[np.float64]


class TermIndex:
    """BM25 over a few dozen short texts, scaled to 0-1: the share of the question's weight that a text holds."""

    K1 = 1.2
    B = 0.5

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        """documents: the terms of each text."""
        self._counts = [Counter(document) for document in documents]
        lengths = [max(1, len(document)) for document in documents]
        mean = sum(lengths) / max(1, len(lengths))
        self._norms = [1 - self.B + self.B * length / mean for length in lengths]
        seen = Counter(term for counts in self._counts for term in counts)
        total = len(documents)
        self._rarity = {term: float(np.log(1 + (total - n + 0.5) / (n + 0.5))) for term, n in seen.items()}
        self._unseen = float(np.log(1 + (total + 0.5) / 0.5))

    def rarity(self, term: str) -> float:
        """How telling a term is among these texts; highest for one that none of them holds."""
        return self._rarity.get(term, self._unseen)

    def known(self, term: str) -> bool:
        """Whether any text holds it."""
        return term in self._rarity

    def scores(self, asked: Sequence[str]) -> Scores:
        """One score for each text, 0-1."""
        total = sum(self.rarity(term) for term in set(asked)) or 1.0
        found = np.zeros(len(self._counts))
        for at, counts in enumerate(self._counts):
            for term in set(asked):
                n = counts.get(term, 0)
                if n:
                    found[at] += (
                        self._rarity[term] * n * (self.K1 + 1) / (n + self.K1 * self._norms[at]) / (self.K1 + 1)
                    )
        return found / total


class LetterIndex:
    """Cosine of letter runs, weighed by rarity: finds 'refferendum' and compounds such as 'beveiligingsbedrijf'."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [letter_grams(text) for text in texts]
        self._column: dict[str, int] = {}
        for each in counts:
            for gram in each:
                self._column.setdefault(gram, len(self._column))
        seen = Counter(gram for each in counts for gram in each)
        self._rarity = np.array([np.log((1 + len(texts)) / (1 + seen[gram])) + 1 for gram in self._column])
        self._rows = np.stack([self._vector(each) for each in counts]) if counts else np.zeros((0, 0))

    def scores(self, text: str) -> Scores:
        """One cosine for each text, 0-1."""
        scores: Scores = self._rows @ self._vector(letter_grams(text))
        return scores

    def _vector(self, counts: Mapping[str, int]) -> Scores:
        vector = np.zeros(len(self._column))
        unknown = 0.0
        for gram, n in counts.items():
            if gram in self._column:
                at = self._column[gram]
                vector[at] = (1 + np.log(n)) * self._rarity[at]
            else:
                unknown += 1.0
        length = float(np.sqrt(vector @ vector + unknown))
        return vector / length if length else vector


def terms_of_all(texts: Sequence[str]) -> list[str]:
    """The terms of several texts together."""
    return [term for text in texts for term in terms(text)]
