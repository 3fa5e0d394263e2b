"""What an FAQ is looked over for, on the example municipality with the real embedder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from bot.domain.faq import FaqEntry
from bot.domain.faq_check import Attention, Pointer, check_entries, texts_to_embed
from bot.domain.faq_csv import decode_csv, parse_faq_csv
from bot.domain.questions import QuestionKind
from bot.domain.understanding import Vector
from bot.storage.matching_model import load_matching_model
from bot.storage.municipality import load_municipality
from tests.domain.matching.test_finding import embed

EXAMPLE = Path("bot/content/municipality")
ENTRIES = parse_faq_csv(decode_csv((EXAMPLE / "faq.csv").read_bytes()))
BY_ID = {entry.id: entry for entry in ENTRIES}
TODAY = date(2026, 11, 22)


@lru_cache(maxsize=1)
def vectors() -> dict[str, Vector]:
    texts = texts_to_embed(ENTRIES)
    return dict(zip(texts, embed(texts)))


def look(entries: Sequence[FaqEntry], today: date = TODAY) -> tuple[Pointer, ...]:
    known = vectors()
    missing = [text for text in texts_to_embed(entries) if text not in known]
    if missing:
        known.update(zip(missing, embed(missing)))
    return check_entries(entries, known, load_matching_model(), load_municipality(EXAMPLE), today)


def another(entry_id: str, question: str, answer: str) -> FaqEntry:
    return replace(BY_ID[entry_id], id="nieuw", question=question, answer=answer)


def about(found: Sequence[Pointer], *kinds: Attention) -> list[Pointer]:
    return [pointer for pointer in found if pointer.about in kinds]


def test_the_example_has_no_answers_that_repeat_or_contradict_each_other() -> None:
    assert about(look(ENTRIES), Attention.CONTRADICTION, Attention.DUPLICATE) == []


@pytest.mark.parametrize(
    ("entry_id", "question", "answer", "clash"),
    [
        (
            "e01",
            "Hoeveel bewoners komen er in Huize Merelweide?",
            "Er is plek voor 150 mensen.",
            "160 mensen tegenover 150 mensen",
        ),
        ("e07", "Op welke datum komen de eerste bewoners?", "Op 1 juli 2027.", "14 juni 2027 tegenover 1 juli 2027"),
        ("e22", "Zijn er beveiligers in het gebouw?", "Nee, die komen er niet.", "ja tegenover nee"),
        ("e09", "Hoeveel jaar blijft de opvang open?", "Tien jaar.", "5 jaar tegenover 10 jaar"),
    ],
)
def test_two_answers_to_one_question_that_disagree_are_pointed_out(
    entry_id: str, question: str, answer: str, clash: str
) -> None:
    found = about(look((*ENTRIES, another(entry_id, question, answer))), Attention.CONTRADICTION)
    assert (entry_id, "nieuw") in [pointer.ids for pointer in found]
    assert any(clash in pointer.what for pointer in found)


@pytest.mark.parametrize(
    ("entry_id", "question"),
    [
        ("e05", "Waar komen de bewoners vandaan?"),
        ("e21", "Bij wie kan ik een klacht over overlast melden?"),
        ("e37", "Waar kan ik kleding en speelgoed inleveren?"),
        ("e28", "Wie is de huisarts van de bewoners?"),
        ("p01", "Waarom is Huize Merelweide gekozen als locatie?"),
    ],
)
def test_the_same_question_in_other_words_is_pointed_out(entry_id: str, question: str) -> None:
    entry = another(entry_id, question, BY_ID[entry_id].answer)
    found = about(look((*ENTRIES, entry)), Attention.DUPLICATE)
    assert (entry_id, "nieuw") in [pointer.ids for pointer in found]


@pytest.mark.parametrize(
    ("entry_id", "question"),
    [
        ("e02", "Hoeveel honden mogen er in de opvang?"),
        ("e07", "Wanneer stopt de opvang in Huize Merelweide?"),
        ("e07", "Wanneer gaat De Zilverbron open?"),
    ],
)
def test_close_questions_about_something_else_are_left_alone(entry_id: str, question: str) -> None:
    entry = another(entry_id, question, "Dat hoort u nog.")
    assert not [p for p in about(look((*ENTRIES, entry)), Attention.CONTRADICTION) if entry_id in p.ids]
    assert not [p for p in about(look((*ENTRIES, entry)), Attention.DUPLICATE) if entry_id in p.ids]


def test_entries_past_their_review_date_are_listed_with_the_date() -> None:
    assert about(look(ENTRIES), Attention.OVERDUE) == []
    late = about(look(ENTRIES, date(2026, 12, 20)), Attention.OVERDUE)
    assert [pointer.ids for pointer in late] == [("e18",)]
    assert "15 december 2026" in late[0].what


@pytest.mark.parametrize(
    ("type_name", "said"),
    [
        (None, "heeft geen type. Bij ‘Waar wordt er geparkeerd?’ past ‘parking’"),
        ("parkng", "type ‘parkng’ bestaat niet. Bedoel je ‘parking’?"),
        ("donating_goods", "type ‘donating_goods’ past niet bij ‘Waar wordt er geparkeerd?’. Bedoel je ‘parking’?"),
    ],
)
def test_a_type_that_is_missing_or_does_not_fit_gets_a_suggestion(type_name: str | None, said: str) -> None:
    (pointer,) = about(look([replace(BY_ID["e25"], type=type_name)]), Attention.TYPE)
    assert said in pointer.what


def test_the_types_of_the_example_fit() -> None:
    typed = [entry for entry in ENTRIES if entry.type]
    assert len(typed) > 45
    assert about(look(typed), Attention.TYPE) == []


def test_a_topic_without_an_owner_says_who_gets_the_questions() -> None:
    (pointer,) = about(look([replace(BY_ID["e25"], topic="vliegveld")]), Attention.TOPIC)
    assert "‘vliegveld’" in pointer.what and "Team Communicatie" in pointer.what
    choice = replace(BY_ID["p01"], topic="vliegveld", kind=QuestionKind.POLITICAL)
    assert "college van burgemeester en wethouders" in about(look([choice]), Attention.TOPIC)[0].what


def test_an_empty_faq_has_nothing_to_look_at() -> None:
    assert look([]) == ()
