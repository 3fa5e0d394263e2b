"""Several questions in one message, and questions that lean on what came before."""

from __future__ import annotations

import pytest

from bot.domain.guides_questions import leans_back, questions_in


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "Hoe nodig ik mensen uit en wat doe ik als iemand agressief wordt?",
            ("Hoe nodig ik mensen uit", "wat doe ik als iemand agressief wordt?"),
        ),
        (
            "Wie nodig ik uit? En hoe groot mag de groep zijn?",
            ("Wie nodig ik uit?", "En hoe groot mag de groep zijn?"),
        ),
        (
            "Er komen 300 man. Hoeveel collega's heb ik nodig? De politie wil in uniform komen. Is een uniform verstandig?",
            (
                "Er komen 300 man. Hoeveel collega's heb ik nodig?",
                "De politie wil in uniform komen. Is een uniform verstandig?",
            ),
        ),
    ],
)
def test_questions_part_with_the_situation_that_belongs_to_them(text: str, questions: tuple[str, ...]) -> None:
    assert questions_in(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "Er staan 40 insprekers op de lijst. Wat nu?",
        "Mag ik statafels neerzetten? Of is dat ouderwets?",
        "Wat doe ik als iemand schreeuwt? En als hij doorgaat?",
        "wie doet wat en hoe leg ik dat vast",
        "hoe en wanneer vertel ik het de raad",
        "Iemand vroeg: wie betaalt dat? Wat zeg ik dan als ik het niet weet?",
        "wat nu",
        "",
        "Wat? Wie? Waar? Wanneer? Hoe? Waarom? Welke? Hoeveel?",
    ],
)
def test_one_question_in_several_sentences_stays_one(text: str) -> None:
    assert questions_in(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "en als hij doorgaat?",
        "en bij een groep?",
        "En als het een wethouder is?",
        "is dat altijd goed?",
        "wat moet er zeker in?",
        "wat als ze gaan slaan",
    ],
)
def test_a_short_question_that_points_back_leans_on_the_topic(text: str) -> None:
    assert leans_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "wat doe ik als iemand mij uitscheldt",
        "moet de politie in uniform komen?",
        "Ik heb straks driehonderd mensen in de zaal die allemaal iets willen zeggen over dat besluit, wat doe ik?",
        "",
    ],
)
def test_a_question_of_its_own_does_not_lean(text: str) -> None:
    assert not leans_back(text)
