"""What Rasa itself remembers of a conversation goes after /vergeetmij, with an official's talks, and after its term."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import text

from bot.channels.erasing import erase_conversation, wants_erasing
from bot.endpoints import endpoints, environment
from bot.settings import read_settings
from bot.storage import rasa_conversations
from bot.storage.engine import make_engine
from bot.storage.rasa_conversations import remove_conversations

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=timezone.utc)
ANNA, BRAM = "resident:telegram:anna", "resident:telegram:bram"

Said = Mapping[str, tuple[int, ...]]
"""By conversation: how many days ago something was said."""


@pytest.fixture
def rasa_url(database: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where Rasa keeps its record under the settings: on PostgreSQL in the database that holds our own tables."""
    url = request.getfixturevalue("postgres").empty() if database == "postgresql" else ""
    settings = read_settings({"DIALOOGCOACH_DATABASE_URL": url, "DIALOOGCOACH_VAR_DIR": str(tmp_path)}, tmp_path)
    monkeypatch.setenv("POSTGRESQL_SCHEMA", "elsewhere")
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    return settings.conversations_url


@pytest.fixture
def rasas_own(rasa_url: str, tmp_path: Path) -> Iterator[TrackerStore]:
    """The tracker store that Rasa opens from the endpoints we write."""
    url = rasa_url if rasa_url.startswith("postgres") else ""
    settings = read_settings({"DIALOOGCOACH_DATABASE_URL": url, "DIALOOGCOACH_VAR_DIR": str(tmp_path)}, tmp_path)
    store = TrackerStore.create(EndpointConfig(**endpoints(settings)["tracker_store"]), Domain.empty())
    yield store
    store.engine.dispose()


def keep(store: TrackerStore, said: Said) -> None:
    """Let Rasa write down these conversations."""
    for sender, days in said.items():
        events = [UserUttered("Hoi", timestamp=(NOW - timedelta(days=ago)).timestamp()) for ago in days]
        asyncio.run(store.save(DialogueStateTracker.from_events(sender, events)))


def senders(store: TrackerStore) -> list[str]:
    """Whom Rasa remembers."""
    return sorted(asyncio.run(store.keys()))


def test_what_was_silent_for_long_goes_whole_and_a_second_run_finds_nothing(
    rasa_url: str, rasas_own: TrackerStore
) -> None:
    keep(rasas_own, {ANNA: (90, 61), BRAM: (90, 2)})
    assert remove_conversations(rasa_url, NOW - timedelta(days=60)) == 1
    assert remove_conversations(rasa_url, NOW - timedelta(days=60)) == 0
    assert senders(rasas_own) == [BRAM]
    engine = make_engine(rasa_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar() == 2
    engine.dispose()


@pytest.mark.parametrize("wrapped", [False, True])
def test_rasa_erases_one_conversation_and_the_others_stay(rasas_own: TrackerStore, wrapped: bool) -> None:
    keep(rasas_own, {ANNA: (1,), BRAM: (1,)})
    for _ in range(2):
        assert erase_conversation(FailSafeTrackerStore(rasas_own) if wrapped else rasas_own, ANNA)
    assert senders(rasas_own) == [BRAM]


def test_another_process_erases_one_conversation_and_rasa_has_forgotten_it(
    rasa_url: str, rasas_own: TrackerStore
) -> None:
    keep(rasas_own, {ANNA: (1,), BRAM: (1,)})
    assert [rasa_conversations.erase_conversation(rasa_url, ANNA) for _ in range(2)] == [True, False]
    assert senders(rasas_own) == [BRAM]
    assert asyncio.run(rasas_own.retrieve(ANNA)) is None


@pytest.mark.parametrize(
    "erase",
    [
        lambda url: remove_conversations(url, NOW),
        lambda url: rasa_conversations.erase_conversation(url, ANNA),
    ],
    ids=["by term", "one"],
)
def test_where_rasa_kept_nothing_yet_there_is_nothing_to_erase(rasa_url: str, erase: Callable[[str], int]) -> None:
    assert not erase(rasa_url)


def test_a_store_in_memory_forgets_too() -> None:
    store = InMemoryTrackerStore(Domain.empty())
    keep(store, {ANNA: (1,), BRAM: (1,)})
    assert erase_conversation(store, ANNA)
    assert senders(store) == [BRAM]


def test_a_store_that_cannot_erase_says_so(caplog: pytest.LogCaptureFixture) -> None:
    assert not erase_conversation(object(), ANNA)
    assert "cannot erase" in caplog.text


@pytest.mark.parametrize(
    ("bubble", "wanted", "sent"),
    [
        ({"text": "Gewist.", "custom": {"forget": True}}, True, [{"text": "Gewist."}]),
        ({"text": "Gewist.", "custom": {"forget": True, "turn": 3}}, True, [{"text": "Gewist."}, {"turn": 3}]),
        (
            {"text": "/forget_me_confirmed", "custom": {"turn": 3}},
            False,
            [{"text": "/forget_me_confirmed"}, {"turn": 3}],
        ),
        ({"text": "Hoi"}, False, [{"text": "Hoi"}]),
    ],
)
def test_an_action_asks_for_it_and_nobody_sees_the_note(
    bubble: dict[str, Any], wanted: bool, sent: list[dict[str, Any]]
) -> None:
    channel = CollectingOutputChannel()
    asyncio.run(channel.send_response(ANNA, BotUttered(text=bubble["text"]).message() | bubble))
    assert wants_erasing(channel.messages) is wanted
    shown = [{"text": m["text"]} if "text" in m else m["custom"] for m in channel.messages]
    assert shown == sent
