"""How askers hear that their question is answered."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.faq import MAX_ANSWER_CHARS, FaqEntry
from bot.domain.notices import answer_notice, changed_notice, shortened
from bot.domain.questions import QuestionKind, same_words


def entry(answer: str = "240 mensen.", published_on: date | None = date(2026, 5, 3)) -> FaqEntry:
    """An answer."""
    return FaqEntry("z", "Hoeveel?", answer, QuestionKind.FACTUAL, "t", "COA", published_on=published_on)


def test_a_notice_repeats_the_question_and_dates_the_answer() -> None:
    assert answer_notice("Hoeveel\n mensen?", [12], entry()).text == (
        "U stelde ons vraag 12: ‘Hoeveel mensen?’\n\n240 mensen.\n\n(Antwoord van 3 mei 2026)"
    )


def test_several_numbers_are_named_together() -> None:
    assert answer_notice("Hoeveel?", [3, 5, 8], entry(published_on=None)).text == (
        "U stelde ons de vragen 3, 5 en 8: ‘Hoeveel?’\n\n240 mensen."
    )
    assert changed_notice("Hoeveel?", [3, 5], entry()).text.startswith("Het antwoord op uw vragen 3 en 5 is veranderd.")


def test_the_longest_notice_fits_in_one_telegram_message() -> None:
    numbers = list(range(1000, 1020))
    longest = answer_notice("vraag " * 1000, numbers, entry("x" * MAX_ANSWER_CHARS))
    assert len(longest.text) <= 4096


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kort", "kort"),
        ("een twee drie", "een twee…"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaa…"),
        ("een, tweedrie", "een…"),
    ],
)
def test_a_long_question_is_cut_between_words(text: str, expected: str) -> None:
    assert shortened(text, 10) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Komt er een café?", "komt er een cafe"), ("Auto's?", "AUTO S"), ("  a   b ", "a b"), ("😡", "😡 ")],
)
def test_capitals_accents_and_signs_do_not_make_another_question(one: str, other: str) -> None:
    assert same_words(one) == same_words(other)


def test_signs_alone_stay_what_they_are() -> None:
    assert same_words("😡") != same_words("🎉")
