"""Shared words and letters."""

from __future__ import annotations

import numpy as np

from bot.domain.matching.lexical import LetterIndex, TermIndex
from bot.domain.matching.words import terms

TEXTS = ["Komt er een referendum?", "Waar kan ik kleding brengen?", "Wie bewaakt de Havenkade?"]


def test_a_name_finds_its_entry() -> None:
    assert int(np.argmax(TermIndex([terms(text) for text in TEXTS]).scores(terms("iets over de havenkade")))) == 2


def test_letters_forgive_typing_errors() -> None:
    assert int(np.argmax(LetterIndex(TEXTS).scores("komter nog n rferendum"))) == 0


def test_words_that_nobody_used_score_nothing() -> None:
    assert TermIndex([terms(text) for text in TEXTS]).scores(["zwembad"]).tolist() == [0, 0, 0]
    assert LetterIndex(TEXTS).scores("").tolist() == [0, 0, 0]
