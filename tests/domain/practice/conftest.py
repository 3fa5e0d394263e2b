"""The scenarios that come with the product."""

from __future__ import annotations

import pytest

from bot.domain.practice.scenario import Scenario
from bot.storage.scenarios import load_scenarios

SCENARIOS = load_scenarios()


@pytest.fixture(params=SCENARIOS, ids=lambda each: each.id)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Each scenario in turn."""
    found: Scenario = request.param
    return found


@pytest.fixture
def evening() -> Scenario:
    """The default scenario."""
    return SCENARIOS[0]
