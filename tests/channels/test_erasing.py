"""After /vergeetmij Rasa's own record of the conversation is gone as well."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.erasing import erase_conversation


def stores(folder: Path) -> list[TrackerStore]:
    domain = Domain.empty()
    return [
        SQLTrackerStore(domain, dialect="sqlite", db=str(folder / "conversations.db")),
        FailSafeTrackerStore(SQLTrackerStore(domain, dialect="sqlite", db=str(folder / "wrapped.db"))),
        InMemoryTrackerStore(domain),
    ]


async def keep(store: TrackerStore, sender: str) -> None:
    tracker = DialogueStateTracker.from_events(sender, [UserUttered("Ik heet Anna en woon op nummer 3")])
    await store.save(tracker)


@pytest.mark.parametrize("which", [0, 1, 2], ids=["sql", "wrapped", "memory"])
def test_one_conversation_is_erased_and_the_others_stay(which: int, tmp_path: Path) -> None:

    store = stores(tmp_path)[which]

    async def scene() -> list[str]:
        for sender in ("resident:telegram:anna", "resident:telegram:bram"):
            await keep(store, sender)
        assert erase_conversation(store, "resident:telegram:anna")
        assert erase_conversation(store, "resident:telegram:anna")
        return sorted(await store.keys())

    assert asyncio.run(scene()) == ["resident:telegram:bram"]


def test_a_store_that_cannot_erase_says_so(caplog: pytest.LogCaptureFixture) -> None:
    assert not erase_conversation(object(), "resident:telegram:anna")
    assert "cannot erase" in caplog.text
