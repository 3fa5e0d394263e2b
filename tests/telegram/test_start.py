"""Starting: no token, a wrong token, no network; and what may never stand in a log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.channels.client import RasaClient
from bot.settings import Settings, read_settings
from bot.storage.store import SqlStore
from bot.telegram.process import EX_CONFIG, run
from tests.bot_api import BotApi
from tests.telegram.town import QUICK, Town, now
from tests.web.stand_in_rasa import StandInRasa

ANNA = 7


def run_with(environment: dict[str, str], store: SqlStore) -> None:
    """Run the process in this thread until it ends by itself."""

    async def go() -> None:
        settings = read_settings(environment)
        await run(settings, store, RasaClient("http://127.0.0.1:1", "x", 1.0), now)

    asyncio.run(asyncio.wait_for(go(), 30))


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that is logged, of every library."""
    caplog.set_level(logging.DEBUG)
    return caplog


def test_without_a_token_it_says_how_to_switch_telegram_on(
    environment: dict[str, str], store: SqlStore, log: pytest.LogCaptureFixture, api: BotApi
) -> None:
    run_with({**environment, "DIALOOGCOACH_TELEGRAM_TOKEN": " "}, store)
    assert "DIALOOGCOACH_TELEGRAM_TOKEN" in log.text
    assert "@BotFather" in log.text
    assert api.calls == []


@pytest.mark.parametrize("token", ["999:WRONG-token", "geen token", "123456", "https://x/"])
def test_a_wrong_token_ends_with_the_cure_and_without_the_token(
    environment: dict[str, str], store: SqlStore, log: pytest.LogCaptureFixture, token: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run_with({**environment, "DIALOOGCOACH_TELEGRAM_TOKEN": token}, store)
    assert ended.value.code == EX_CONFIG == 78
    assert "DIALOOGCOACH_TELEGRAM_TOKEN" in log.text
    assert token not in log.text


def test_a_token_that_is_withdrawn_later_ends_it_too(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore
) -> None:
    town = Town(settings, store, api)
    with town.open() as opened:
        api.wait_for(lambda: api.called("getUpdates"))
        api.token = "123456:ANOTHER"
        api.wait_for(lambda: opened.error)
    assert "DIALOOGCOACH_TELEGRAM_TOKEN" in str(opened.error)


def test_a_menu_that_telegram_refuses_is_no_reason_to_stay_away(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore
) -> None:
    api.fail("setMyCommands", 400)
    with Town(settings, store, api).open():
        api.types(ANNA, "Hallo")
        api.wait_for(lambda: api.sent_to(ANNA))


def test_a_network_that_fails_is_tried_again_and_mentioned_once(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore, log: pytest.LogCaptureFixture
) -> None:
    api.fail("getUpdates", 502, times=3)
    api.fail("getUpdates", drop="before", times=2)
    with Town(settings, store, api).open():
        api.types(ANNA, "Hallo")
        api.wait_for(lambda: api.sent_to(ANNA))
    assert sum("cannot be reached" in record.message for record in log.records) == 1


def test_another_program_with_the_same_token_is_named(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore, log: pytest.LogCaptureFixture
) -> None:
    api.fail("getUpdates", 409, description="Conflict: terminated by other getUpdates request", times=2)
    with Town(settings, store, api).open():
        api.types(ANNA, "Hallo")
        api.wait_for(lambda: api.sent_to(ANNA))
    assert sum("same token" in record.message for record in log.records) == 1


@contextmanager
def trouble(api: BotApi, rasa: StandInRasa) -> Iterator[None]:
    """Everything that may go wrong in a conversation, one after another."""
    api.fail("sendMessage", 400, description="Bad Request: x")
    api.fail("sendMessage", 500)
    api.fail("getUpdates", 502)
    rasa.answer = lambda heard: []
    yield


def test_no_log_holds_a_text_or_the_token(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore, log: pytest.LogCaptureFixture
) -> None:
    with trouble(api, rasa), Town(settings, store, api, timing=QUICK).open() as town:
        api.types(ANNA, "Mijn buurman heet Pannenkoek")
        api.types(ANNA, "Pannenkoek woont op nummer 3")
        town.queue(ANNA, "Beste Pannenkoek", "notice:1")
        api.wait_for(town.all_settled)
    assert len(log.records) >= 4
    assert "annenkoek" not in log.text
    assert api.token not in log.text
