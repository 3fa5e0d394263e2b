"""Updates that Telegram brings itself: over HTTP, with the secret, kept before they are answered with 200."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
from collections.abc import Iterator

import httpx
import pytest

from bot.settings import Settings, SettingsError, read_settings
from bot.storage.store import SqlStore
from bot.telegram.process import EX_CONFIG
from bot.telegram.webhook import MAX_BODY_BYTES, SECRET_HEADER
from tests.bot_api import BotApi
from tests.telegram.crash import Moment, start
from tests.telegram.test_start import run_with
from tests.telegram.town import Town, state_of
from tests.web.stand_in_rasa import StandInRasa

ANNA = 7


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    """The settings, with a webhook on a free port."""
    port = free_port()
    environment["DIALOOGCOACH_TELEGRAM_WEBHOOK_URL"] = f"http://127.0.0.1:{port}/telegram/updates"
    environment["DIALOOGCOACH_TELEGRAM_WEBHOOK_PORT"] = str(port)
    return environment


@pytest.fixture
def town(settings: Settings, store: SqlStore, api: BotApi) -> Iterator[Town]:
    """The process, once Telegram knows its webhook."""
    with Town(settings, store, api).open() as opened:
        api.wait_for(lambda: api.webhook)
        yield opened


def post(town: Town, body: bytes, secret: str | None = None, path: str = "") -> httpx.Response:
    right = town.settings.secret("telegram-webhook")
    headers = {SECRET_HEADER: right if secret is None else secret}
    url = town.settings.telegram_webhook_url + path
    return httpx.post(url, content=body, headers=headers, trust_env=False)


def an_update(api: BotApi, update_id: int = 5) -> bytes:
    return json.dumps({"update_id": update_id, "message": api.message(ANNA, text="Hallo")}).encode()


def test_a_question_comes_in_and_its_answer_goes_out(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    api.types(ANNA, "Hoeveel mensen komen er?")
    api.wait_for(lambda: api.sent_to(ANNA))
    assert api.texts(ANNA) == ["Ik hoorde: Hoeveel mensen komen er?"]
    assert api.unconfirmed == []
    assert api.called("getUpdates") == []


def test_telegram_is_told_the_secret_and_what_to_bring(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    values = api.called("setWebhook")[0].values
    assert len(values["secret_token"]) >= 32
    assert "callback_query" in values["allowed_updates"]
    assert values.get("drop_pending_updates", "False").lower() == "false"


@pytest.mark.parametrize("secret", ["", "raden", "é"])
def test_who_does_not_know_the_secret_is_refused(api: BotApi, rasa: StandInRasa, town: Town, secret: str) -> None:
    headers = {SECRET_HEADER.encode(): secret.encode()}
    answer = httpx.post(town.settings.telegram_webhook_url, content=an_update(api), headers=headers, trust_env=False)
    assert answer.status_code == 401
    assert state_of(town.store, 5) is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"geen json", 400),
        (b"[]", 400),
        (b'{"update_id":"7"}', 400),
        (b'{"update_id":99999999999999999999}', 400),
        (b'{"update_id":1,"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}", 400),
        (b"\xff\xfe", 400),
        (b'{"update_id":6,"message":"\\ud800\\u0000"}', 200),
        (b"x" * (MAX_BODY_BYTES + 1), 413),
    ],
    ids=range(9),
)
def test_what_is_no_update_is_refused_and_stops_nothing(
    api: BotApi, rasa: StandInRasa, town: Town, body: bytes, status: int
) -> None:
    assert post(town, body).status_code == status
    assert post(town, an_update(api)).status_code == 200
    api.wait_for(lambda: api.sent_to(ANNA))


def test_a_body_without_a_length_is_counted(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    secret = {SECRET_HEADER: town.settings.secret("telegram-webhook")}
    answer = httpx.post(town.settings.telegram_webhook_url, content=endless(), headers=secret, trust_env=False)
    assert answer.status_code == 413


def test_there_is_nothing_else_at_this_address(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    assert post(town, an_update(api), path="/x").status_code == 404
    assert httpx.get(town.settings.telegram_webhook_url, trust_env=False).status_code == 405


def test_a_store_that_is_away_leaves_the_update_with_telegram(api: BotApi, rasa: StandInRasa, town: Town) -> None:
    with sqlite3.connect(town.settings.database_url.removeprefix("sqlite:///"), isolation_level=None) as database:
        database.execute("ALTER TABLE telegram_updates RENAME TO elsewhere")
        api.types(ANNA, "Hoeveel mensen?")
        api.wait_for(lambda: 503 in api.refused)
        assert api.unconfirmed
        database.execute("ALTER TABLE elsewhere RENAME TO telegram_updates")
    api.wait_for(town.all_settled)
    assert api.texts(ANNA) == ["Ik hoorde: Hoeveel mensen?"]


@pytest.mark.parametrize("after", [False, True])
def test_killed_around_the_keeping_telegram_brings_it_again_and_it_is_answered_once(
    api: BotApi, rasa: StandInRasa, environment: dict[str, str], settings: Settings, store: SqlStore, after: bool
) -> None:
    process = start(environment, Moment("receive_update", after=after))
    api.types(ANNA, "Hoeveel mensen?")
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert api.unconfirmed, "Telegram was told that it is kept"
    with Town(settings, store, api).open() as town:
        api.wait_for(lambda: api.sent and town.all_settled())
    assert api.texts(ANNA) == ["Ik hoorde: Hoeveel mensen?"]


def test_from_webhook_to_polling_and_back_nothing_is_lost(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore
) -> None:
    polling = Settings(**{**vars(settings), "telegram_webhook_url": ""})
    said = []
    for number, mode in enumerate((settings, polling, settings)):
        api.types(ANNA, f"vraag {number}")
        said.append(f"Ik hoorde: vraag {number}")
        with Town(mode, store, api).open() as town:
            api.wait_for(lambda: len(api.sent) == len(said) and town.all_settled())
            assert bool(api.webhook) is bool(mode.telegram_webhook_url)
    assert api.texts(ANNA) == said


def test_when_another_program_took_the_webhook_away_it_is_set_again(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    with Town(settings, store, api).open(webhook_look_seconds=0.05):
        api.wait_for(lambda: api.webhook)
        api.webhook = {"url": "https://elders.example"}
        api.wait_for(lambda: api.webhook["url"] == settings.telegram_webhook_url)
    assert "Another program changed" in caplog.text


def test_a_webhook_that_telegram_cannot_reach_is_mentioned(
    api: BotApi, rasa: StandInRasa, settings: Settings, store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    with Town(settings, store, api).open(webhook_look_seconds=0.05):
        api.wait_for(lambda: api.webhook)
        api.webhook = {**api.webhook, "secret_token": "verkeerd"}
        api.types(ANNA, "Hallo")
        api.wait_for(lambda: "cannot bring its updates" in caplog.text)
    assert "Wrong response: 401" in caplog.text


@pytest.mark.parametrize("url", ["http://bot.gemeente.nl/x", "bot.gemeente.nl", "ftp://x/", "https://"])
def test_an_address_that_cannot_be_a_webhook_is_named(url: str) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_URL"):
        read_settings({"DIALOOGCOACH_TELEGRAM_WEBHOOK_URL": url})


def test_an_address_that_telegram_refuses_ends_it_with_the_cure(
    environment: dict[str, str], store: SqlStore, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail("setWebhook", 400, description="Bad Request: bad webhook: Failed to resolve host")
    with pytest.raises(SystemExit) as ended:
        run_with(environment, store)
    assert ended.value.code == EX_CONFIG
    assert "failed to resolve host" in caplog.text
    assert "TELEGRAM_WEBHOOK_URL" in caplog.text


def test_a_port_that_is_taken_is_named(
    environment: dict[str, str], store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    port = int(environment["DIALOOGCOACH_TELEGRAM_WEBHOOK_PORT"])
    with socket.create_server(("127.0.0.1", port)), pytest.raises(SystemExit) as ended:
        run_with(environment, store)
    assert ended.value.code == 1
    assert "TELEGRAM_WEBHOOK_PORT" in caplog.text
