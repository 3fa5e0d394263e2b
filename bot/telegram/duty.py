"""Of several Telegram processes one answers and sends; the others stand by, and only take in what a webhook brings.

Telegram's limits and the order within a chat then hold however many processes there are, and when the one on duty
falls, the next takes over within a second.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from bot.services.ports import Duty, HeldDuty, SharedStore, StoreUnavailable
from bot.telegram.sparing import Sparing
from bot.telegram.timing import Timing
from bot.telegram.waiting import pause

logger = logging.getLogger(__name__)


class OnDuty:
    """Whether this process is the one. `begun`: set when it becomes so, for whoever waits for that."""

    def __init__(self, store: SharedStore, timing: Timing, begun: Sequence[asyncio.Event]) -> None:
        self._store = store
        self._timing = timing
        self._begun = begun
        self._held: HeldDuty | None = None
        self._stood_by = False
        self._sparing = Sparing(logger)

    @property
    def is_on(self) -> bool:
        """Whether this process answers and sends."""
        return self._held is not None

    async def watch(self, stop: asyncio.Event) -> None:
        """Take the duty when it is free, and keep it until the stop."""
        while not stop.is_set():
            await self._look()
            await pause(self._timing.look_seconds, stop)

    async def _look(self) -> None:
        if self._held is not None:
            if await asyncio.to_thread(self._held.is_held):
                return
            logger.warning("The database let go of this process; another may answer and send now")
            await self.release()
        try:
            taken = await asyncio.to_thread(self._store.take_duty, Duty.TELEGRAM)
        except StoreUnavailable as error:
            self._sparing.warn("Nothing is answered or sent: %s", error)
            return
        if taken is None:
            self._stood_by = True
            self._sparing.warn("Another Telegram process answers and sends; this one stands by")
            return
        if self._stood_by:
            logger.info("This process answers and sends from now on")
            # What the other sent in its last second counts for Telegram's limits too.
            await asyncio.sleep(self._timing.chat_gap_seconds)
        self._held, self._stood_by = taken, False
        for event in self._begun:
            event.set()

    async def release(self) -> None:
        """Let another process take over."""
        held, self._held = self._held, None
        if held is not None:
            await asyncio.to_thread(held.release)
