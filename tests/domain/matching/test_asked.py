"""What a question is after, and what an answer offers."""

from __future__ import annotations

import pytest

from bot.domain.matching.asked import Asked, offers_of, request_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Wat kost de verbouwing?", Asked.PRICE),
        ("hoeveel huur betaal je daar", Asked.PRICE),
        ("Hoeveel huisartsen komen er?", Asked.COUNT),
        ("Hoe hoog wordt de muur?", Asked.SIZE),
        ("Hoe lang duurt het?", Asked.DURATION),
        ("hoeveel jaar blijft dat staan", Asked.DURATION),
        ("Tot wanneer kan ik reageren?", Asked.UNTIL),
        ("Hoe laat begint de avond?", Asked.CLOCK),
        ("wnr komen ze", Asked.WHEN),
        ("Hoe vaak rijdt de bus?", Asked.OFTEN),
        ("Wie beslist hierover?", Asked.WHO),
        ("welk bedrijf doet de schoonmaak", Asked.WHO),
        ("Waar kan ik een klacht melden?", Asked.CONTACT),
        ("Naar welke school gaan de kinderen?", Asked.WHERE),
        ("Waarom hier?", Asked.WHY),
        ("Mogen ze werken?", Asked.WHETHER),
        ("Stopt de gemeente hiermee?", Asked.WHETHER),
    ],
)
def test_the_kind_of_question_is_seen(question: str, kind: Asked) -> None:
    assert request_of(question).main is kind


def test_what_is_counted_is_named() -> None:
    assert request_of("Hoeveel parkeerplaatsen komen er?").head == ("parkeerplaatsen",)


def test_a_statement_asks_nothing() -> None:
    assert request_of("De stoep ligt scheef.").kinds == ()


@pytest.mark.parametrize(
    ("answer", "offered", "lacking"),
    [
        ("De huur is 520 euro per maand.", Asked.PRICE, Asked.CLOCK),
        ("U bent welkom op dinsdag 20 mei, van 19.30 tot 21.00 uur.", Asked.CLOCK, Asked.PRICE),
        ("Meld u aan via hulp@example.nl.", Asked.CONTACT, Asked.WHEN),
        ("Nee, dat mag niet.", Asked.WHETHER, Asked.WHEN),
    ],
)
def test_an_answer_offers_what_its_form_shows(answer: str, offered: Asked, lacking: Asked) -> None:
    assert offered in offers_of(answer)
    assert lacking not in offers_of(answer)
