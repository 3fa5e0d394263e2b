"""The weights of FAQ matching that come with the source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.storage.matching_model import WEIGHTS, MatchingModelError, load_matching_model

AT_LEAST = {
    "right_after_one": 0.80,
    "political_recognised": 0.70,
    "side_issue_recognised": 0.60,
    "emergency_recognised": 1.0,
    "abuse_recognised": 0.80,
    "smalltalk_recognised": 0.90,
}
AT_MOST = {"wrong_answer": 0.12, "unanswerable_answered": 0.30, "false_emergency": 0.01}


def test_the_weights_fit_the_code() -> None:
    model = load_matching_model()
    assert len(model.space.types) == len(model.space.type_starts) <= len(model.space.type_phrasings)


def test_a_municipality_that_nothing_was_fitted_on_is_served_well_enough() -> None:
    figures = json.loads(WEIGHTS.read_text(encoding="utf-8"))["about"]["held_out"]
    assert {name: figures[name] for name, bound in AT_LEAST.items() if figures[name] < bound} == {}
    assert {name: figures[name] for name, bound in AT_MOST.items() if figures[name] > bound} == {}


def test_missing_weights_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(MatchingModelError, match="train_matching"):
        load_matching_model(weights=tmp_path / "none.json")


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    stored["ranker"]["features"].pop("whole")
    (tmp_path / "faq_matching.json").write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(MatchingModelError, match="other features"):
        load_matching_model(weights=tmp_path / "faq_matching.json")
