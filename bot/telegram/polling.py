"""Takes updates in: kept in the store first, forgotten by Telegram after that."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.services.inbox import receive_update
from bot.services.ports import Store, StoreUnavailable
from bot.telegram.api import TokenRefused, Updates
from bot.telegram.reading import chat_of
from bot.telegram.sparing import Sparing
from bot.telegram.timing import Timing
from bot.telegram.verdicts import seconds_of
from bot.telegram.waiting import pause, unless_stopped

logger = logging.getLogger(__name__)


def keep_update(store: Store, raw: Mapping[str, Any], now: datetime) -> bool:
    """Commit one update as Telegram sent it; False when it is known. Raises StoreUnavailable."""
    return receive_update(store, int(raw["update_id"]), raw, chat_id=chat_of(raw), now=now)


class Polling:
    """The loop around getUpdates. `arrived` is set whenever something new is kept."""

    def __init__(
        self, updates: Updates, store: Store, now: Callable[[], datetime], timing: Timing, arrived: asyncio.Event
    ) -> None:
        self._updates = updates
        self._store = store
        self._now = now
        self._timing = timing
        self._arrived = arrived
        self._sparing = Sparing(logger)
        self._offset: int | None = None
        self._failures = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until the stop. Raises TokenRefused when the token is withdrawn."""
        while not stop.is_set():
            try:
                batch = await unless_stopped(self._updates.after(self._offset), stop)
                if batch:
                    await asyncio.to_thread(self._keep, batch)
                    self._arrived.set()
                self._failures = 0
            except InvalidToken:
                raise TokenRefused from None
            except (TelegramError, StoreUnavailable) as error:
                await pause(self._wait_after(error), stop)

    def _keep(self, batch: Sequence[Mapping[str, Any]]) -> None:
        """Commit one by one; the offset follows what is kept, so that Telegram gives the rest again."""
        for raw in batch:
            keep_update(self._store, raw, self._now())
            self._offset = int(raw["update_id"]) + 1

    def _wait_after(self, error: Exception) -> float:
        self._failures += 1
        if isinstance(error, RetryAfter):
            return seconds_of(error)
        if isinstance(error, Conflict):
            self._sparing.warn("Another program takes updates with the same token: stop it, or give it another token.")
        elif isinstance(error, StoreUnavailable):
            self._sparing.warn("No updates are taken in: %s", error)
        elif not isinstance(error, TimedOut) or self._failures > 1:
            self._sparing.warn("Telegram cannot be reached (%s); trying again", type(error).__name__)
        return self._timing.network.after(self._failures)
