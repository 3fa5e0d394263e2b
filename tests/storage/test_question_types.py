"""Every type of question has Dutch words for colleagues."""

from __future__ import annotations

import pytest

from bot.storage.matching_model import load_matching_model
from bot.storage.question_types import load_question_types


def test_every_type_that_matching_knows_has_words() -> None:
    types = load_question_types()
    assert len(types) >= 80
    assert set(load_matching_model().space.types) <= set(types)
    assert all(words and words[0].isupper() and not words.endswith(".") for words in types.values())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("duration_of_stay", "Hoe lang de opvang blijft"),
        ("families_and_children", "Of er gezinnen en kinderen komen"),
    ],
)
def test_the_words_are_those_by_which_residents_see_that_they_were_understood(name: str, words: str) -> None:
    assert load_question_types()[name] == words
