"""Long sentences are found, short ones and lists are left alone."""

from __future__ import annotations

from bot.domain.readability import long_sentences

LONG = "Dit is een zin " + "die maar doorgaat " * 7 + "en pas hier ophoudt."


def test_only_long_sentences_are_named() -> None:
    assert long_sentences(f"Kort. {LONG} Ook kort!") == (LONG,)


def test_lists_and_lines_count_as_sentences_of_their_own() -> None:
    assert long_sentences("Neem mee:\n" + "\n".join(f"- ding {n}" for n in range(30))) == ()


def test_nothing_in_an_empty_text() -> None:
    assert long_sentences("") == ()
    assert long_sentences("🙂") == ()
