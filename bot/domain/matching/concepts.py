"""Words that residents use for one thing ('dokter', 'huisarts'), so that asker and answer may speak differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from bot.domain.matching.words import plain, stem, words


class Concepts:
    """The concepts a municipality's residents talk about; built once, then only read."""

    def __init__(self, patterns: Mapping[str, Sequence[str]]) -> None:
        """patterns: for each concept its words, 'woord*' for a beginning, '*woord*' for any place in a word."""
        self._matchers: Final = {name: _matcher(forms) for name, forms in patterns.items()}
        self._of_word = lru_cache(maxsize=20_000)(self._look_up)

    def of_word(self, word: str) -> frozenset[str]:
        """The concepts of one word in plain form; most words have none."""
        return self._of_word(word)

    def of(self, text: str) -> frozenset[str]:
        """All concepts that a text touches."""
        found: set[str] = set()
        for word in words(text):
            found |= self._of_word(word)
        return frozenset(found)

    def _look_up(self, word: str) -> frozenset[str]:
        stemmed = stem(word)
        return frozenset(
            name for name, fits in self._matchers.items() if fits.fullmatch(word) or fits.fullmatch(stemmed)
        )


def _matcher(forms: Iterable[str]) -> re.Pattern[str]:
    parts = [re.escape(plain(form)).replace(r"\*", r"[\w']*") for form in forms]
    return re.compile("|".join(parts) or r"(?!)")
