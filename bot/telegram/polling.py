"""Takes updates in: kept in the store first, forgotten by Telegram after that."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.services.ports import Store, StoreUnavailable
from bot.telegram.api import TokenRefused, Updates, until_done
from bot.telegram.duty import OnDuty
from bot.telegram.intake import id_of, keep_update
from bot.telegram.sparing import Sparing
from bot.telegram.timing import Timing
from bot.telegram.verdicts import seconds_of
from bot.telegram.waiting import pause, unless_stopped

logger = logging.getLogger(__name__)


class Polling:
    """The loop around getUpdates. `arrived` is set whenever something new is kept.

    Only the process on duty polls: Telegram lets no two do so.
    """

    def __init__(
        self,
        bot: Bot,
        updates: Updates,
        store: Store,
        now: Callable[[], datetime],
        timing: Timing,
        arrived: asyncio.Event,
        duty: OnDuty,
    ) -> None:
        self._bot = bot
        self._updates = updates
        self._duty = duty
        self._store = store
        self._now = now
        self._timing = timing
        self._arrived = arrived
        self._sparing = Sparing(logger)
        self._offset: int | None = None
        self._failures = 0

    async def run(self, stop: asyncio.Event) -> None:
        """End a webhook that would keep updates away, then poll until the stop. Raises TokenRefused.

        What waits at Telegram stays: people wrote it while we were away.
        """
        await until_done(lambda: self._bot.delete_webhook(drop_pending_updates=False), stop, self._timing)
        while not stop.is_set():
            if not self._duty.is_on:
                await pause(self._timing.look_seconds, stop)
                continue
            try:
                batch = await unless_stopped(self._updates.after(self._offset), stop)
                kept = await asyncio.to_thread(self._keep, batch) if batch else 0
                if kept:
                    self._arrived.set()
                elif batch:  # nothing in it that could be forgotten: Telegram gives it again at once
                    await pause(self._timing.network.longest_seconds, stop)
                self._failures = 0
            except InvalidToken:
                raise TokenRefused from None
            except (TelegramError, StoreUnavailable) as error:
                await pause(self._wait_after(error), stop)

    def _keep(self, batch: Sequence[Mapping[str, Any]]) -> int:
        """Commit one by one; the offset follows what is kept, so that Telegram gives the rest again. How many."""
        kept = 0
        for raw in batch:
            try:
                keep_update(self._store, raw, self._now())
            except ValueError as error:
                self._sparing.warn("Telegram sent something that is passed over: %s", error)
                continue
            self._offset = id_of(raw) + 1
            kept += 1
        return kept

    def _wait_after(self, error: Exception) -> float:
        self._failures += 1
        if isinstance(error, RetryAfter):
            return seconds_of(error)
        if isinstance(error, Conflict):
            self._sparing.warn(
                "Another program takes updates with the same token, by polling or by a webhook: stop it, or give it "
                "another token."
            )
        elif isinstance(error, StoreUnavailable):
            self._sparing.warn("No updates are taken in: %s", error)
        elif not isinstance(error, TimedOut) or self._failures > 1:
            self._sparing.warn("Telegram cannot be reached (%s); trying again", type(error).__name__)
        return self._timing.network.after(self._failures)
