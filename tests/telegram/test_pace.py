"""Telegram's limits are kept, and one chat's limit is nobody else's."""

from __future__ import annotations

import logging

import pytest

from bot.telegram.pace import FLOODED_CHATS, Pace
from bot.telegram.sparing import Sparing
from bot.telegram.timing import Backoff


class Clock:
    """Seconds that go up when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(per_second=30, chat_gap_seconds=1.0, clock=clock)


def test_a_chat_gets_one_message_a_second(pace: Pace, clock: Clock) -> None:
    pace.arrived(7)
    assert pace.closed_chats() == {7}
    assert pace.opens_in(5.0) == pytest.approx(1.0)
    clock.now += 1.0
    assert pace.closed_chats() == frozenset()


def test_no_second_holds_more_than_thirty(pace: Pace, clock: Clock) -> None:
    left: list[float] = []
    for _ in range(400):
        while pace.room():
            pace.leaves()
            left.append(clock.now)
        clock.now += 0.013
    assert len(left) >= 150
    assert max(sum(1 for other in left if at <= other < at + 1.0) for at in left) == 30


def test_a_chat_that_has_to_wait_holds_up_nobody_else(pace: Pace, clock: Clock) -> None:
    pace.flooded(7, 40)
    clock.now += 39
    assert pace.closed_chats() == {7}
    assert pace.room() == 30
    pace.arrived(7)  # a late report does not open it sooner
    clock.now += 1.0
    assert pace.closed_chats() == frozenset()


def test_when_many_chats_have_to_wait_at_once_the_bot_waits(pace: Pace, clock: Clock) -> None:
    for chat_id in range(FLOODED_CHATS):
        assert pace.room() == 30
        pace.flooded(chat_id, 5 + chat_id)
    assert pace.room() == 0
    assert pace.opens_in(60.0) == pytest.approx(5.0)
    clock.now += 5.0
    assert pace.room() == 30


def test_floods_far_apart_stay_each_chats_own(pace: Pace, clock: Clock) -> None:
    for chat_id in range(FLOODED_CHATS * 2):
        pace.flooded(chat_id, 100)
        clock.now += 1.1
    assert pace.room() == 30


@pytest.mark.parametrize(("failures", "seconds"), [(1, 2.0), (2, 4.0), (3, 8.0), (6, 60.0), (5000, 60.0)])
def test_waiting_times_double_up_to_a_bound(failures: int, seconds: float) -> None:
    assert Backoff(2.0, 60.0).after(failures) == seconds


def test_the_log_hears_of_one_trouble_once_a_minute(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    sparing = Sparing(logging.getLogger("test"), clock=clock)
    for _ in range(130):
        sparing.warn("away (%s)", "ConnectError")
        clock.now += 1.0
    sparing.warn("something else")
    assert [record.message for record in caplog.records] == ["away (ConnectError)"] * 3 + ["something else"]
