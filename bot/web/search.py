"""Finds entries by the words in them, for the public page and the desk. Nothing is learned or guessed here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.faq import FaqEntry
from bot.domain.questions import same_words

_STOP_WORDS: Final = """
    aan al als bij ben bent daar dan dat de den der deze die dit doe doen door dus een eens en er ga gaan gaat
    geen goed graag had heb hebben heeft heel het hier hij hoe hoeveel ik in is ja je jullie kan komen komt
    kunnen maar me mee meer men met mij mijn moet moeten na naar niet niks nog nou nu of om omdat onder ons onze
    ook op over straks te tegen toch toe tot u uit uw van veel voor vind vinden waar waarom wanneer want waren
    was wat we weer wel welke werd wie wij wil willen word worden wordt ze zal zich zij zijn zit zo zou zouden
"""
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())
"""Words that do not tell one question from another."""

IN_QUESTION: Final = 1.0
IN_PHRASING: Final = 0.9
IN_REST: Final = 0.5
MIN_PREFIX: Final = 4
"""Letters from which a word also finds longer words: 'park' finds 'parkeren'."""
STEM_CHARS: Final = 5
"""Letters at the start of a word that may stand anywhere in another one."""
ENOUGH: Final = 0.3
"""Part of what was asked, weighed by how rare the words are, that an entry must hold to be shown (0-1)."""


@dataclass(frozen=True)
class _Words:
    """The words of an entry, by where they stand."""

    question: frozenset[str]
    phrasings: frozenset[str]
    rest: frozenset[str]

    def holds(self, word: str) -> float:
        """How well the entry holds this word (0-1): it counts once, where it weighs most."""
        return max(
            IN_QUESTION * _match(word, self.question),
            IN_PHRASING * _match(word, self.phrasings),
            IN_REST * _match(word, self.rest),
        )


def words_of(text: str) -> tuple[str, ...]:
    """The words that tell one question from another; all words when none do."""
    words = tuple(dict.fromkeys(same_words(text).split()))
    return tuple(word for word in words if word not in STOP_WORDS) or words


def find_entries(entries: Iterable[FaqEntry], text: str, limit: int = 50) -> Sequence[FaqEntry]:
    """The entries that hold enough of the words in `text`, best first; equals in order of id."""
    wanted = words_of(text)
    pairs = [(entry, _words(entry)) for entry in entries]
    weights = _weights(wanted, [words for _, words in pairs])
    total = sum(weights.values())
    scored = [(sum(weights[word] * words.holds(word) for word in wanted), entry) for entry, words in pairs]
    found = [each for each in scored if each[0] > 0 and each[0] >= ENOUGH * total]
    found.sort(key=lambda each: (-each[0], each[1].id))
    return [entry for _, entry in found[:limit]]


def _words(entry: FaqEntry) -> _Words:
    return _Words(
        question=frozenset(same_words(entry.question).split()),
        phrasings=frozenset(same_words(" ".join(entry.phrasings)).split()),
        rest=frozenset(same_words(f"{entry.answer} {entry.topic} {entry.owner}").split()),
    )


def _weights(wanted: Sequence[str], known: Sequence[_Words]) -> Mapping[str, float]:
    """Rare words say more; one that stands nowhere says that the question is about something else."""
    holders = {word: sum(words.holds(word) > 0 for words in known) for word in wanted}
    return {word: math.log(1 + (len(known) + 1) / (count + 0.5)) for word, count in holders.items()}


def _match(word: str, words: frozenset[str]) -> float:
    if word in words:
        return 1.0
    if len(word) >= MIN_PREFIX and any(other.startswith(word) for other in words):
        return 0.7
    # 'parkeerplaatsen' and 'geparkeerd' are both about 'parke…'. Four letters would take 'woningen' for 'wonen'.
    if len(word) >= STEM_CHARS and any(word[:STEM_CHARS] in other for other in words):
        return 0.5
    return 0.0
