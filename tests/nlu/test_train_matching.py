"""How sure an answer is, is read off on municipalities that the weights did not see."""

from __future__ import annotations

import numpy as np
import pytest

from bot.domain.matching.judging import RIGHT_NAMES
from bot.nlu.train_matching import EXAMPLES, Judged, fit_right, read_example

TELLING, MISLEADING = 0, 1


def municipality(seed: int, queries: int = 200) -> Judged:
    """One feature tells which answers are right, loosely; another does so only in this municipality."""
    chance = np.random.default_rng(seed)
    right = chance.random(queries) < 0.6
    rows = chance.normal(size=(queries, len(RIGHT_NAMES)))
    rows[:, TELLING] += 1.5 * right
    rows[:, MISLEADING] += right if seed % 2 else -1.0 * right
    return Judged(rows, right, ~right, np.zeros(queries, bool), np.ones(queries))


def test_the_chance_of_being_right_holds_for_a_municipality_that_was_not_seen() -> None:
    weights = fit_right({str(seed): municipality(seed) for seed in range(6)})
    unseen = municipality(7, queries=2000)
    chances = 1 / (1 + np.exp(-weights.scores(unseen.rows)[:, 0]))
    counted = unseen.weights(unanswerable=2.5)
    sure = chances > 0.7
    assert np.average(unseen.right[sure], weights=counted[sure]) == pytest.approx(
        np.average(chances[sure], weights=counted[sure]), abs=0.12
    )
    assert weights.weights[0, TELLING] > 2 * abs(weights.weights[0, MISLEADING])


def test_questions_that_no_entry_answers_count_for_more() -> None:
    judged = Judged(
        np.zeros((3, len(RIGHT_NAMES))),
        right=np.array([True, False, False]),
        unanswerable=np.array([False, True, False]),
        elsewhere=np.array([False, False, True]),
        weight=np.array([1.0, 1.0, 0.5]),
    )
    assert judged.weights(3.5, 2.0).tolist() == [1.0, 3.5, 1.0]


@pytest.mark.parametrize("name", sorted(folder.name for folder in EXAMPLES.iterdir()))
def test_an_example_asks_for_nearly_all_entries_and_for_what_none_answers(name: str) -> None:
    example = read_example(EXAMPLES / name)
    unasked = {entry.id for entry in example.entries} - {query.entry for query in example.queries}
    assert len(unasked) <= 0.05 * len(example.entries)
    unanswered = {query.kind for query in example.queries if query.entry is None}
    assert {"unanswerable", "political", "bijvangst"} <= unanswered
    assert len({query.text for query in example.queries}) == len(example.queries)
