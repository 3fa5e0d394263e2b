"""Talks that were read and found good stay as they are, to the last word; `golden` says how to renew them."""

from __future__ import annotations

import json

import pytest

from tests.domain.practice.conftest import SCENARIOS as ALL
from tests.domain.practice.golden import FOLDER, OFFICIALS, SCENARIOS, file_of, whole_trace

KNOWN = {each.id: each for each in ALL}


@pytest.mark.parametrize("official", OFFICIALS)
@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_talk_goes_as_it_went(scenario_id: str, official: str) -> None:
    kept = json.loads(file_of(scenario_id, official).read_text(encoding="utf-8"))
    assert json.loads(json.dumps(whole_trace(KNOWN[scenario_id], official))) == kept


def test_no_file_is_left_over() -> None:
    assert len(list(FOLDER.glob("*.json"))) == len(SCENARIOS) * len(OFFICIALS) == 10
