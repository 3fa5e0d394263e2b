"""Runs the Telegram process in a thread with a loop of its own, with times that suit a test."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from bot.channels.client import RasaClient
from bot.domain.incoming import UpdateState
from bot.domain.outgoing import Delivery, Message, NewOutgoing, Outgoing, OutgoingKind
from bot.services.notices import enqueue, outbox_counts
from bot.services.ports import Store
from bot.settings import Settings
from bot.storage.store import SqlStore
from bot.telegram.process import serve
from bot.telegram.pseudonym import resident_of
from bot.telegram.timing import Backoff, Timing
from tests.bot_api import BotApi

QUICK = Timing(
    poll_seconds=1,
    silence_seconds=4.0,
    look_seconds=0.05,
    network=Backoff(0.05, 0.2),
    message=Backoff(0.05, 0.1),
    probe=Backoff(0.05, 0.1),
    max_attempts=3,
    chat_gap_seconds=0.02,
    lease_seconds=1.0,
    typing_after_seconds=0.05,
    typing_every_seconds=0.1,
    stop_seconds=3.0,
)

NOBODY = 0.4
"""Seconds after which something that did not happen is taken not to happen."""


def now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass
class Town:
    """A store and the process on it. `error`: what the process ended with."""

    settings: Settings
    store: SqlStore
    api: BotApi
    timing: Timing = QUICK
    reply_seconds: float = 8.0
    error: BaseException | None = None

    @contextmanager
    def open(self, **timing: object) -> Iterator[Town]:
        """Run the process as long as the block lasts; `timing` changes some of its times."""
        loop, stop, ready = asyncio.new_event_loop(), asyncio.Event(), threading.Event()
        town = replace(self, timing=replace(self.timing, **timing))  # type: ignore[arg-type]
        thread = threading.Thread(target=lambda: loop.run_until_complete(town._run(stop, ready)), daemon=True)
        thread.start()
        assert ready.wait(20)
        try:
            yield town
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(20)
            assert not thread.is_alive(), "the process does not stop"
            loop.close()

    async def _run(self, stop: asyncio.Event, ready: threading.Event) -> None:
        rasa = RasaClient(self.settings.rasa_url, self.settings.secret("channel"), self.reply_seconds)
        ready.set()
        try:
            await serve(self.settings, self.store, rasa, now, stop, self.timing)
        except Exception as error:
            self.error = error
        finally:
            await rasa.close()

    def conversation(self, chat_id: int) -> str:
        """The conversation id of a chat."""
        return resident_of(chat_id, self.settings.secret("telegram")).sender_id

    def queue(self, chat_id: int, text: str, key: str, conversation: str = "") -> None:
        """Another process puts a notice in the outbox."""
        receiver = conversation or self.conversation(chat_id)
        new = NewOutgoing(OutgoingKind.NOTICE, receiver, chat_id, Message(text), key)
        assert enqueue(self.store, new, now=now())

    def outbox(self, state: Delivery) -> tuple[Outgoing, ...]:
        """What is in this state."""
        with self.store.view() as work:
            return work.outgoing.in_state(state)

    def all_settled(self) -> bool:
        """Whether nothing waits any more: not at Telegram, nor in the inbox, nor in the outbox."""
        return not self.api.unconfirmed and inbox_is_empty(self.store) and outbox_is_settled(self.store)


def inbox_is_empty(store: Store) -> bool:
    """Whether every update that came in was finished."""
    with store.view() as work:
        return not work.updates.heads(datetime.max.replace(tzinfo=timezone.utc), 1, ())


def outbox_is_settled(store: Store) -> bool:
    """Whether nothing is on its way."""
    under_way = (Delivery.PENDING, Delivery.SENDING)
    return not any(n for (_, state), n in outbox_counts(store).items() if state in under_way)


def state_of(store: Store, update_id: int) -> UpdateState | None:
    """How far an update is; None when it is not known."""
    with store.view() as work:
        found = work.updates.get(update_id)
        return found.state if found else None
