"""Rasa remembers what was meant, not what was said."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
import yaml
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.channels.tracker_store import WordlessTrackerStore
from bot.endpoints import endpoints
from bot.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
SECRET = "geheim"
ME = "official:web:1"


def events() -> list[object]:
    """A turn of a practice talk."""
    parsed = {
        "intent": {"name": "guide", "confidence": 0.9},
        "entities": [{"entity": "move", "value": "explore", "start": 0, "end": 6}],
        "intents": [["guide/dialoog-42", 0.7]],
        "embedding": f"{SECRET}-embedding",
    }
    return [
        ActionExecuted("action_listen"),
        UserUttered(f"Mijn {SECRET}", parsed["intent"], parsed["entities"], parsed),
        SlotSet("said", f"Mijn {SECRET}"),
        ActiveLoop("practice_form"),
        BotUttered(f"Je {SECRET}?", {"custom": {"transcript": [SECRET]}}),
        SlotSet("said", None),
        ActionExecuted("action_listen"),
    ]


@pytest.fixture
def tracker(tmp_path: Path) -> DialogueStateTracker:
    """The conversation, written by one process and read by another."""
    domain, file = Domain.load(str(ROOT / "domain.yml")), str(tmp_path / "conversations.db")
    said = DialogueStateTracker.from_events(ME, events(), domain.slots, domain=domain)
    asyncio.run(WordlessTrackerStore(domain, db=file).save(said))
    found = asyncio.run(WordlessTrackerStore(domain, db=file).retrieve(ME))
    assert found is not None
    return found


def test_what_was_meant_is_still_there(tracker: DialogueStateTracker) -> None:
    assert tracker.active_loop_name == "practice_form"
    assert tracker.latest_message is not None
    assert tracker.latest_message.intent["name"] == "guide"
    assert [each["value"] for each in tracker.latest_message.entities] == ["explore"]
    assert tracker.get_slot("said") is None
    assert len(tracker.events) == len(events())


def test_what_was_said_is_nowhere(tracker: DialogueStateTracker, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "conversations.db") as connection:
        rows = [row[0] for row in connection.execute("SELECT data FROM events")]
    assert len(rows) == len(events())
    assert SECRET not in "".join(rows)
    assert SECRET.encode() not in (tmp_path / "conversations.db").read_bytes()


def test_both_ways_to_start_rasa_use_it(tmp_path: Path) -> None:
    by_hand = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))["tracker_store"]
    assert by_hand["type"] == "bot.channels.tracker_store.WordlessTrackerStore"
    config = EndpointConfig(**{**by_hand, "db": str(tmp_path / "x.db")})
    assert isinstance(TrackerStore.create(config), WordlessTrackerStore)
    assert endpoints(read_settings({}, tmp_path))["tracker_store"]["type"] == by_hand["type"]
