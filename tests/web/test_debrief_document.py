"""The debrief as a Word document: opened again with the library, as a word processor would."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as Doc

from bot.domain.moves import Move
from bot.services import disputes, practice
from bot.storage.store import SqlStore
from tests.web.browser import Browser
from tests.web.test_practice_page import ARGUES, LISTENS, SCENARIOS, hold_talk, said
from tests.web.town import NOW, Town

DEFERS = "Dat weet ik niet; ik vraag het de projectleider en bel u vrijdag."
PROMISES = "Ik beloof u dat er alleen gezinnen komen."


@pytest.fixture
def document(official: Browser, store: SqlStore, town: Town) -> Doc:
    """The document of a talk with a bit of everything, downloaded."""
    conversation = hold_talk(store, town)
    practice.say(store, SCENARIOS, conversation, said(DEFERS, Move.DEFER_ANSWER), NOW)
    practice.say(store, SCENARIOS, conversation, said(PROMISES, Move.OVERPROMISE), NOW)
    data = practice.stop_talk(store, SCENARIOS, conversation, NOW)[0].data
    assert data is not None
    disputes.disagree(store, SCENARIOS, conversation, 1, NOW)
    response = official.get(f"/oefenen/terugblik/{data['talk']}/nabespreking.docx")
    assert response.status_code == 200
    assert response.headers["content-disposition"] == "attachment; filename=nabespreking-2026-11-23.docx"
    assert response.headers["cache-control"] == "no-store"
    opened: Doc = Document(BytesIO(response.content))
    return opened


def headings(document: Doc) -> list[str]:
    return [each.text for each in document.paragraphs if each.style is not None and each.style.name == "Heading 1"]


def everything(document: Doc) -> str:
    """All words, tables included."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_it_reads_as_a_trainers_report(document: Doc) -> None:
    assert document.paragraphs[0].text == "Nabespreking oefengesprek"
    assert headings(document) == [
        "Het verloop", "Leerdoelen", "Dit ging goed", "Dit kan anders", "Toezeggingen die je deed", "Wat neem ik mee?",
        "Bijlage: het hele gesprek",
    ]  # fmt: skip
    facts, skills, promised = document.tables
    assert [row.cells[0].text for row in facts.rows] == [
        "Situatie",
        "Bewoner",
        "Gehouden",
        "Leerdoel",
        "Beurten",
        "Einde",
    ]
    assert [cell.text for cell in skills.rows[0].cells] == ["Leerdoel", "Oordeel", "Waarom, met je eigen woorden"]
    assert len(skills.rows) == 4
    assert [row.cells[0].text for row in promised.rows] == ["Beurt", "3", "4"]
    assert [row.cells[3].text for row in promised.rows[1:]] == ["vrijdag", "niet genoemd"]
    assert "Hier ga je niet over." in promised.rows[2].cells[1].text


def test_the_whole_talk_is_in_it_and_what_was_disputed(document: Doc) -> None:
    text = everything(document)
    for line in (ARGUES, LISTENS, DEFERS, PROMISES):
        assert line in text
    assert "Met deze opmerking was je het niet eens." in text
    assert "{" not in text


def test_the_graph_has_words_for_who_cannot_see_it(document: Doc) -> None:
    (picture,) = document.inline_shapes
    assert "Grafiek van 4 beurten. De spanning ging van 70 naar" in picture._inline.docPr.get("descr")


def test_it_says_whose_it_is_and_in_which_language(document: Doc) -> None:
    foot = document.sections[0].footer.paragraphs[0].text
    assert "niemand anders heeft er toegang toe" in foot
    assert document.core_properties.language == "nl-NL"
    assert document.core_properties.author == "Dialoogcoach"
    assert "Ömer" not in everything(document)
