"""The sentences residents read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.resident.talk import Talk
from bot.domain.resident.wording import Wording, acknowledgement_of
from bot.storage.municipality import load_municipality
from bot.storage.wording import load_wording


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording(load_municipality(Path("bot/content/municipality")))


def test_the_same_turn_of_the_same_talk_gives_the_same_words(wording: Wording) -> None:
    assert wording.pick(Talk(4), "resident:page:1", "helped") == wording.pick(Talk(4), "resident:page:1", "helped")


@pytest.mark.parametrize("key", ["acknowledge_anger", "helped", "registered", "dated", "sourced", "understood"])
def test_no_sentence_comes_twice_in_any_three(wording: Wording, key: str) -> None:
    talk, said = Talk(), []
    values = dict.fromkeys(("number", "owner", "Owner", "date", "source", "question"), "x")
    for _ in range(40):
        text, talk = wording.pick(talk.next_turn(), "resident:page:1", key, **values)
        assert text not in said[-2:]
        said.append(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ik ben zo bang dat het misgaat", "acknowledge_fear"),
        ("Schandalig dit!!", "acknowledge_anger"),
        ("Ik ben er kapot van", "acknowledge_grief"),
        ("we worden altijd belazerd", "acknowledge_distrust"),
        ("Dit had ik niet verwacht", "acknowledge"),
    ],
)
def test_the_acknowledgement_fits_the_emotion(text: str, kind: str) -> None:
    assert acknowledgement_of(text) == kind


def test_nobody_is_told_that_it_will_be_fine_or_has_to_calm_down(wording: Wording) -> None:
    soothing = ("komt goed", "rustig", "geen zorgen", "valt mee", " maar ")
    for key, variants in wording.variants.items():
        if key.startswith("acknowledge"):
            assert not [text for text in variants for words in soothing if words in text.lower()]


def test_danger_is_told_112_and_nothing_else(wording: Wording) -> None:
    assert wording.variants["emergency_danger"] == ("Bel nu 112.",)
    for kind in ("emergency_self_harm", "after_self_harm"):
        assert all("113" in text and "0800-0113" in text and "112" in text for text in wording.variants[kind])
