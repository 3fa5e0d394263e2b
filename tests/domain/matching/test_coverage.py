"""Whether an answer names what is asked for."""

from __future__ import annotations

import pytest

from bot.domain.matching.concepts import Concepts
from bot.domain.matching.coverage import Vocabulary, coverage
from bot.domain.matching.words import words

VOCABULARY = Vocabulary(
    Concepts({"care": ["huisarts*", "tandarts*", "dokter*"]}),
    Concepts({"doctor": ["huisarts*", "dokter*"], "dentist": ["tandarts*"]}),
    {"kom": 0.1},
)
ANSWER = VOCABULARY.read("Er komen twee huisartsen in een zorgpost op het terrein.")


@pytest.mark.parametrize("asked", ["huisarts", "dokter", "zorgposten", "terrein"])
def test_the_same_thing_in_other_words_is_named(asked: str) -> None:
    assert VOCABULARY.covered(asked, ANSWER) >= 0.8


def test_a_neighbouring_thing_is_not_named() -> None:
    assert VOCABULARY.covered("tandarts", ANSWER) < 0.5
    assert (
        coverage(words("welke tandarts"), ANSWER, VOCABULARY).missing
        > coverage(words("welke huisarts"), ANSWER, VOCABULARY).missing
    )


def test_a_number_counts_what_stands_behind_it() -> None:
    assert VOCABULARY.counts(("huisartsen",), ANSWER)
    assert not VOCABULARY.counts(("tandartsen",), ANSWER)


def test_a_question_of_common_words_lacks_nothing() -> None:
    assert coverage(words("hoe zit dat dan"), ANSWER, VOCABULARY).share == 1
