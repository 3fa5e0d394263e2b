"""The Telegram process between a Bot API and a Rasa of our own, both over real HTTP, and a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from bot.storage.store import SqlStore
from tests.bot_api import BotApi, running_bot_api
from tests.telegram.town import Town
from tests.web.stand_in_rasa import StandInRasa, running


@pytest.fixture
def api() -> Iterator[BotApi]:
    """Telegram."""
    with running_bot_api() as opened:
        yield opened


@pytest.fixture
def environment(api: BotApi, database_url: str, tmp_path: Path) -> dict[str, str]:
    """The settings of the process; Rasa's port is still to come."""
    return {
        "DIALOOGCOACH_VAR_DIR": str(tmp_path),
        "DIALOOGCOACH_DATABASE_URL": database_url,
        "DIALOOGCOACH_TELEGRAM_TOKEN": api.token,
        "DIALOOGCOACH_TELEGRAM_API_URL": api.url,
        "DIALOOGCOACH_MUNICIPALITY_DIR": "bot/content/municipality",
    }


@pytest.fixture
def rasa(environment: dict[str, str]) -> Iterator[StandInRasa]:
    """The assistant; its port joins the environment."""
    with running(read_settings(environment).secret("channel")) as opened:
        environment["DIALOOGCOACH_RASA_PORT"] = str(opened.port)
        yield opened


@pytest.fixture
def settings(rasa: StandInRasa, environment: dict[str, str]) -> Settings:
    """The settings, with a Rasa that runs."""
    return read_settings(environment)


@pytest.fixture
def town(settings: Settings, store: SqlStore, api: BotApi) -> Iterator[Town]:
    """The Telegram process, running."""
    with Town(settings, store, api).open() as opened:
        yield opened
