"""What is remembered of a talk."""

from __future__ import annotations

import json

import pytest

from bot.domain.resident.talk import REMEMBERED, Asked, Talk


def test_a_talk_survives_the_slot_it_is_kept_in() -> None:
    talk = Talk(
        3, True, "e1", (12, 13), "consent",
        {3: Asked("Komt er een hek?", "factual", True, "omgeving", ("e2",), ("e2", "e3"))}, {"helped": (1, 0)},
    )  # fmt: skip
    assert Talk.from_json(json.loads(json.dumps(talk.to_json()))) == talk


def test_only_the_last_questions_are_kept() -> None:
    talk = Talk()
    for _ in range(10):
        _, talk = talk.next_turn().remember(Asked("x", "factual"))
    assert list(talk.asked) == list(range(11 - REMEMBERED, 11))


@pytest.mark.parametrize("stored", [None, {}, {"turn": 1, "unknown": 2}, {"asked": {"x": 1}}, {"asked": 5}])
def test_what_cannot_be_read_is_a_new_talk(stored: dict[str, object] | None) -> None:
    assert Talk.from_json(stored) == Talk()
