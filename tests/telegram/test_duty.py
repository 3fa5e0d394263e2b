"""Two Telegram processes: one answers and sends, the other takes over when it is gone."""

from __future__ import annotations

import logging
import os
import signal
import time

import pytest
from sqlalchemy import text

from bot.services.ports import Duty
from bot.settings import Settings
from bot.storage.engine import make_engine
from bot.storage.store import SqlStore
from tests.bot_api import BotApi
from tests.telegram.crash import start
from tests.telegram.town import NOBODY, Town
from tests.web.stand_in_rasa import StandInRasa

pytestmark = pytest.mark.both_databases

ANNA = 7
TEXT = "Uw vraag is beantwoord."


def test_one_at_a_time_has_the_duty_and_hands_it_on(store: SqlStore, database_url: str) -> None:
    other = SqlStore(database_url)
    held = store.take_duty(Duty.TELEGRAM)
    assert held is not None
    assert held.is_held()
    assert other.take_duty(Duty.TELEGRAM) is None
    held.release()
    taken = other.take_duty(Duty.TELEGRAM)
    assert taken is not None
    taken.release()
    other.close()


def test_with_the_connection_to_the_database_goes_the_duty(store: SqlStore, database_url: str) -> None:
    if not database_url.startswith("postgresql"):
        pytest.skip("a file has no connection")
    held = store.take_duty(Duty.TELEGRAM)
    assert held is not None
    engine = make_engine(database_url)
    with engine.connect() as connection:
        ours = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        assert connection.execute(text(ours)).scalars().all() == [True]
    engine.dispose()
    assert not held.is_held()
    held.release()
    again = store.take_duty(Duty.TELEGRAM)
    assert again is not None
    again.release()


def test_two_processes_keep_to_the_limits_of_one(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    town = Town(settings, store, api)
    with town.open(sends_per_second=20), town.open(sends_per_second=20):
        for chat_id in range(1, 31):
            town.queue(chat_id, TEXT, f"notice:{chat_id}")
        api.types(ANNA, "Hallo")
        api.wait_for(lambda: len(api.sent) == 31 and town.all_settled())
    times = [each.at for each in api.sent]
    assert times[-1] - times[0] >= 0.4, "they sent as much as two may"
    assert len(rasa.heard) == 1, "both asked the assistant"
    assert "stands by" in caplog.text
    assert not any("same token" in record.message for record in caplog.records)


def test_when_the_one_on_duty_is_killed_the_other_takes_over(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], settings: Settings, store: SqlStore
) -> None:
    process = start(environment)
    api.wait_for(lambda: api.called("getUpdates"))
    with Town(settings, store, api).open() as town:
        api.types(ANNA, "Bent u daar?")
        api.wait_for(lambda: api.sent_to(ANNA))
        os.kill(process.pid, signal.SIGKILL)
        api.types(ANNA, "En nu?")
        api.wait_for(lambda: len(api.sent_to(ANNA)) == 2)
        api.wait_for(town.all_settled)
        time.sleep(NOBODY)
    assert api.texts(ANNA) == ["Ik hoorde: Bent u daar?", "Ik hoorde: En nu?"]
