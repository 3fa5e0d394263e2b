"""From message to decision."""

from __future__ import annotations

import pytest

from bot.domain.matching.index import FaqIndex
from bot.domain.resident.decision import Outcome
from bot.domain.resident.predicting import judge, predict_faq
from bot.domain.understanding import Understanding
from tests.domain.matching.test_finding import ENTRIES, built, embed


@pytest.fixture(scope="module")
def index() -> FaqIndex:
    return built(ENTRIES)


def hear(index: FaqIndex, text: str) -> Understanding:
    vector = embed([text])[0]
    return Understanding(text, index.model.space.intents_of(vector), vector)


def test_a_prediction_has_the_shape_that_is_measured(index: FaqIndex) -> None:
    predicted = predict_faq(hear(index, "Wanneer is het buurtoverleg over het klooster?"), index, embed)
    assert set(predicted) == {"decision", "ids", "confidence", "emotion"}
    assert predicted["decision"] == "answer"
    assert predicted["ids"][0] == "d17" and len(predicted["ids"]) <= 5


def test_a_short_question_leans_on_the_entry_shown_before(index: FaqIndex) -> None:
    decision = judge(hear(index, "en hoe laat is dat?"), index, embed, last_entry="d17")
    assert (decision.outcome, decision.ids[0]) == (Outcome.ANSWER, "d17")
    assert judge(hear(index, "en hoe laat is dat?"), index, embed).outcome is not Outcome.ANSWER


def test_a_new_question_does_not_lean_on_the_entry_before(index: FaqIndex) -> None:
    decision = judge(hear(index, "Wat betaalt het COA aan huur voor het klooster?"), index, embed, last_entry="d17")
    assert decision.ids[0] == "d22"


@pytest.mark.parametrize("text", ["", "😡", "x" * 10_000, "a " * 5_000, "\u0000", "?" * 300])
def test_strange_messages_are_survived(index: FaqIndex, text: str) -> None:
    assert judge(hear(index, text), index, embed).outcome in set(Outcome)
