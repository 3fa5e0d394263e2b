"""Danger now and thoughts of suicide; fears, memories and manners of speaking."""

from __future__ import annotations

import pytest

from bot.domain.resident.emergency import Emergency, emergency_in


@pytest.mark.parametrize(
    "text",
    [
        "er is brand in de hal",
        "HELP brand!!",
        "er staat een man met een mes bij de poort",
        "mijn buurman ademt niet meer",
        "Ze zijn aan het vechten en er wordt iemand in elkaar geslagen",
        "ik ruik een gaslucht bij de kazerne",
        "er ligt een kind in het water",
        "ik word bedreigd door iemand voor mijn deur",
        "bel de politie, ze trappen de deur in",
        "112",
    ],
)
def test_danger_now_is_seen(text: str) -> None:
    assert emergency_in(text) is Emergency.DANGER


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet meer leven",
        "Ik wil dood",
        "ik denk er steeds vaker over om een eind aan mijn leven te maken",
        "mijn vrouw wil dood en ik weet niet wat ik moet doen",
        "ik heb gisteren alle pillen geteld",
        "Jullie zijn beter af zonder mij",
        "soms denk ik aan zelfmoord",
    ],
)
def test_thoughts_of_suicide_are_seen(text: str) -> None:
    assert emergency_in(text) is Emergency.SELF_HARM


@pytest.mark.parametrize(
    "text",
    [
        "Straks komt er brand van en dan?",
        "Hoe zit het met de brandveiligheid?",
        "ik schrik me dood van die plannen",
        "Ik ben doodsbang dat het misgaat",
        "Vorig jaar is er iemand neergestoken bij het station",
        "Wat doen jullie als er een vechtpartij is?",
        "ik wil hier nog niet dood gevonden worden",
        "Kunnen jullie een eind maken aan die overlast?",
        "mijn buurman stookt zijn houtkachel en ik zit in de rook",
        "de wethouder pleegt politieke zelfmoord",
        "Komt er een rookverbod?",
        "hoeveel mensen komen er",
    ],
)
def test_a_fear_a_memory_or_a_manner_of_speaking_is_no_emergency(text: str) -> None:
    assert emergency_in(text) is None


def test_the_model_is_believed_about_what_no_rule_knows() -> None:
    assert emergency_in("d'r steet ne kearl mit een geweer", danger=0.9) is Emergency.DANGER
    assert emergency_in("wil der nait meer wezen", self_harm=0.9) is Emergency.SELF_HARM


@pytest.mark.parametrize(
    "text",
    ["Ik woon hier mijn hele leven al", "Ik woon hier al veertig jaar en ik heb er altijd met plezier gewoond."],
)
def test_the_model_is_not_believed_about_the_years_behind_somebody(text: str) -> None:
    assert emergency_in(text, self_harm=0.99) is None


def test_who_lives_somewhere_and_despairs_is_still_heard() -> None:
    assert emergency_in("ik woon alleen en voor mij is het genoeg geweest", self_harm=0.9) is Emergency.SELF_HARM


def test_half_a_suspicion_of_a_wish_to_die_is_no_emergency() -> None:
    assert emergency_in("ik slaap al weken slecht door dit gedoe", danger=0.1, self_harm=0.35) is None


def test_an_emergency_of_which_it_is_unclear_which_gets_the_number_of_the_likelier() -> None:
    assert emergency_in("hij beweegt niet en ik weet niet wat hij geslikt heeft", 0.5, 0.4) is Emergency.DANGER
    assert emergency_in("hij heeft afscheid genomen en is weg met de auto", 0.3, 0.5) is Emergency.SELF_HARM


def test_the_model_is_not_believed_about_what_may_come() -> None:
    assert emergency_in("straks staat hier alles op zijn kop", danger=0.9) is None
