"""Words as residents type them."""

from __future__ import annotations

import pytest

from bot.domain.matching.words import stem, terms, words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hoevl man wnr", ["hoeveel", "man", "wanneer"]),
        ("INGEËNT?!", ["ingeent"]),
        ("'s nachts 22.30 uur", ["s", "nachts", "22.30", "uur"]),
    ],
)
def test_hasty_spelling_capitals_and_accents_do_not_matter(typed: str, meant: list[str]) -> None:
    assert words(typed) == meant


@pytest.mark.parametrize(
    "forms",
    [
        ("woning", "woningen", "woninkje"),
        ("huur", "huren"),
        ("boom", "bomen"),
        ("brief", "brieven"),
        ("huis", "huizen"),
        ("auto", "auto's"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_terms_leave_out_what_says_nothing_and_keep_numbers() -> None:
    assert terms("Hoeveel van de 160 bewoners zijn er dan?") == ["160", stem("bewoners")]


@pytest.mark.parametrize("text", ["", "😡😡", "???", "   "])
def test_a_message_without_words_has_none(text: str) -> None:
    assert words(text) == []
