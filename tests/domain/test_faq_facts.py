"""What answers state, and when two of them cannot both be true."""

from __future__ import annotations

import pytest

from bot.domain.faq_facts import Fact, differing, facts_of

ALL = frozenset(Fact)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("Er komen 160 mensen.", "Er is plek voor 150 bewoners.", "160 mensen tegenover 150 mensen"),
        ("De opvang blijft vijf jaar.", "De opvang duurt 3 jaar.", "5 jaar tegenover 3 jaar"),
        ("Ja, dat mag.", "Nee, dat mag niet.", "ja tegenover nee"),
        ("Op 14 juni 2027.", "Het begint op 1 juli 2027.", "14 juni 2027 tegenover 1 juli 2027"),
        (
            "De verbouwing kost 2,9 miljoen euro.",
            "Dat kost € 3.100.000.",
            "2,9 miljoen euro tegenover 3,1 miljoen euro",
        ),
        ("Bel 088-000 45 00.", "Bel 088 000 12 34.", "0880004500 tegenover 0880001234"),
    ],
)
def test_a_contradiction_is_named(first: str, second: str, clash: str) -> None:
    assert differing(facts_of(first), facts_of(second), ALL) == clash


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Er komen hoogstens 160 mensen.", "Honderdzestig? Er komen 160 bewoners."),
        ("Vijf jaar.", "Het is voor 5 jaar."),
        ("Ja.", "Ja, vanaf 17 mei."),
        ("Op 14 juni 2027 gaat het open.", "De eerste bewoners komen op maandag 14 juni."),
        ("Bel 088-000 45 00.", "Het nummer is 0880004500, of mail a@example.nl."),
        ("Er komen 60 kinderen.", "Er komen 35 gezinnen."),
        ("Het kost 40.000 euro per jaar.", "Er is 40000 euro."),
        ("", "Er komen 160 mensen."),
        ("Van 19.00 tot 21.00 uur.", "Om 20.00 uur."),
        ("Er komt een hek.", "Er komen twee hekken."),
    ],
)
def test_what_can_both_be_true_is_left_alone(first: str, second: str) -> None:
    assert differing(facts_of(first), facts_of(second), ALL) == ""


def test_only_what_is_asked_for_is_compared() -> None:
    first, second = facts_of("160 mensen, besloten op 6 oktober 2026."), facts_of("160, besloten op 17 september 2026.")
    assert differing(first, second, {Fact.NUMBER}) == ""
    assert differing(first, second, {Fact.DAY}) == "6 oktober 2026 tegenover 17 september 2026"
