"""What entries are compared by: each sentence of an answer, and what stands out for one message."""

from __future__ import annotations

import numpy as np
import pytest

from bot.domain.faq import FaqEntry
from bot.domain.matching.index import statements, texts_of
from bot.domain.matching.model import Numbers
from bot.domain.matching.ranking import COMPARED, RANK_NAMES, standing_out
from bot.domain.questions import QuestionKind

ENTRY = FaqEntry(
    "p1",
    "Hoe laat is het zwembad open?",
    "Het bad opent om 9 uur. Een kaartje kost 4 euro.",
    QuestionKind.FACTUAL,
    "sport",
    "team Sport",
)


def test_each_sentence_of_an_answer_is_looked_at_behind_its_question() -> None:
    assert statements(ENTRY) == (
        "Hoe laat is het zwembad open? Het bad opent om 9 uur.",
        "Hoe laat is het zwembad open? Een kaartje kost 4 euro.",
    )
    assert set(statements(ENTRY)) <= set(texts_of(ENTRY))


@pytest.mark.parametrize("shift", [0.0, 0.3, -0.2])
def test_a_message_near_to_every_entry_makes_none_stand_out_more(shift: float) -> None:
    rows: Numbers = np.array([[0.2], [0.5], [0.1]])
    assert standing_out(rows + shift) == pytest.approx(standing_out(rows))


def test_what_hardly_differs_between_entries_does_not_stand_out() -> None:
    assert np.abs(standing_out(np.array([[0.500], [0.501], [0.499]]))).max() < 0.1
    assert np.abs(standing_out(np.array([[0.5], [0.9], [0.1]]))).max() > 1.0


def test_one_entry_alone_has_nothing_to_stand_out_from() -> None:
    assert standing_out(np.array([[0.4, 0.7]])).tolist() == [[0.0, 0.0]]


def test_whatever_is_compared_counts_by_itself_and_by_standing_out() -> None:
    assert len(RANK_NAMES) == 2 * len(COMPARED) == len(set(RANK_NAMES))
