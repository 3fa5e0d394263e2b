"""The decision table, row by row."""

from __future__ import annotations

import pytest

from bot.domain.matching.finding import Finding
from bot.domain.resident.decision import Outcome, decide
from bot.domain.understanding import Scored, Understanding


def found(right: float, kind: str = "faq", chance: float = 0.9, ids: tuple[str, ...] = ("e1", "e2", "e3")) -> Finding:
    rest = {
        name: (1 - chance) / 4
        for name in ("faq", "political_question", "side_issue", "abuse", "smalltalk")
        if name != kind
    }
    return Finding(tuple(Scored(each, 0.3) for each in ids), right, {**rest, kind: chance})


def said(text: str = "Hoeveel mensen komen er?", emotion: float = 0.0, **intents: float) -> Understanding:
    return Understanding(text, {name.replace("__", "/"): p for name, p in intents.items()}, emotion=emotion)


@pytest.mark.parametrize(
    ("finding", "outcome"),
    [
        (found(0.9), Outcome.ANSWER),
        (found(0.2), Outcome.SUGGEST),
        (found(0.01), Outcome.REGISTER),
        (found(0.001, ids=()), Outcome.REGISTER),
        (found(0.1, "political_question"), Outcome.POLITICAL),
        (found(0.9, "political_question"), Outcome.ANSWER),
        (found(0.1, "side_issue"), Outcome.SIDE_ISSUE),
        (found(0.9, "side_issue"), Outcome.SIDE_ISSUE),
        (found(0.9, "abuse"), Outcome.ABUSE),
        (found(0.9, "smalltalk"), Outcome.SMALLTALK),
    ],
)
def test_each_finding_has_its_outcome(finding: Finding, outcome: Outcome) -> None:
    assert decide(said(), finding).outcome is outcome


def test_danger_goes_before_a_sure_answer() -> None:
    decision = decide(said("er is brand in het gebouw, waar kan ik dat melden?"), found(0.99))
    assert (decision.outcome, decision.detail) == (Outcome.EMERGENCY, "danger")


def test_thoughts_of_suicide_that_only_the_model_sees_count() -> None:
    understanding = said("voor mij is het klaar", emergency__self_harm=0.8, emergency__danger=0.1)
    decision = decide(understanding, found(0.1, "emergency", 0.9))
    assert (decision.outcome, decision.detail) == (Outcome.EMERGENCY, "self_harm")


def test_a_standing_text_about_a_choice_is_offered_before_the_question_is_passed_on() -> None:
    finding = found(0.3, "political_question")
    assert decide(said("waarom hier"), finding, frozenset({"e1"})).outcome is Outcome.SUGGEST
    assert decide(said("waarom hier"), finding, frozenset({"e2"})).outcome is Outcome.POLITICAL


@pytest.mark.parametrize("text", ["", "😡😡😡", "?!"])
def test_a_message_without_words_is_asked_for_words(text: str) -> None:
    decision = decide(said(text), None)
    assert (decision.outcome, decision.detail) == (Outcome.SMALLTALK, "nothing")


def test_another_language_is_named() -> None:
    decision = decide(said("When does it open and where is it?"), found(0.9))
    assert (decision.outcome, decision.detail) == (Outcome.OTHER_LANGUAGE, "en")


def test_strong_emotion_is_passed_on_with_the_rest_of_the_table() -> None:
    decision = decide(said(emotion=0.9), found(0.9))
    assert (decision.outcome, decision.emotion) == (Outcome.ANSWER, True)


def test_a_second_question_is_answered_only_when_it_is_sure_and_another() -> None:
    others = (found(0.9, ids=("e1",)), found(0.9, ids=("e7",)), found(0.3, ids=("e8",)))
    assert decide(said(), found(0.9), others=others).further == ("e7",)


def test_the_kind_of_small_talk_is_named() -> None:
    understanding = said("dank je", smalltalk__thanks=0.8, smalltalk__bye=0.1)
    assert decide(understanding, found(0.1, "smalltalk")).detail == "thanks"
