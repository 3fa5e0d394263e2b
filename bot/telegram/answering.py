"""Takes what is in the inbox: the messages of one chat in order, several chats at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.domain.incoming import Update
from bot.services.inbox import pending_updates
from bot.services.ports import Store, StoreUnavailable
from bot.telegram.duty import OnDuty
from bot.telegram.handling import Handler
from bot.telegram.outage import Outage
from bot.telegram.outline import outline
from bot.telegram.sparing import Sparing
from bot.telegram.timing import Timing
from bot.telegram.waiting import pause

logger = logging.getLogger(__name__)


class Answering:
    """The answering worker. Set `arrived` when something was put in the inbox: it looks at once."""

    def __init__(
        self,
        handler: Handler,
        outage: Outage,
        store: Store,
        now: Callable[[], datetime],
        timing: Timing,
        arrived: asyncio.Event,
        duty: OnDuty,
    ) -> None:
        self._handler = handler
        self._outage = outage
        self._store = store
        self._now = now
        self._timing = timing
        self._arrived = arrived
        self._duty = duty
        self._sparing = Sparing(logger)
        self._in_hand: dict[int, tuple[Update, asyncio.Task[None]]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until the stop, and then finish what is in hand."""
        try:
            while not stop.is_set():
                self._arrived.clear()
                await self._take()
                await pause(self._timing.look_seconds, stop, self._arrived)
            await asyncio.gather(*(task for _, task in self._in_hand.values()))
        finally:
            for _, task in self._in_hand.values():
                task.cancel()

    async def _take(self) -> None:
        free = self._timing.answering - len(self._in_hand)
        if free <= 0 or not self._duty.is_on:
            return
        busy = {update.chat_id for update, _ in self._in_hand.values() if update.chat_id is not None}
        try:
            waiting = await asyncio.to_thread(
                pending_updates, self._store, limit=free, now=self._now(), skip_chats=busy | self._outage.held
            )
        except StoreUnavailable as error:
            self._sparing.warn("Messages cannot be read: %s", error)
            return
        for update in waiting:
            # What belongs to no chat cannot be skipped by chat.
            if update.update_id not in self._in_hand:
                self._in_hand[update.update_id] = update, asyncio.create_task(self._work(update))

    async def _work(self, update: Update) -> None:
        try:
            await self._handler.handle(update)
        except StoreUnavailable as error:
            self._sparing.warn("Messages wait: %s", error)
            await asyncio.sleep(self._timing.look_seconds)
        except Exception as error:
            logger.error("Update %d waits after a mistake of ours: %s", update.update_id, outline(error))
            await asyncio.sleep(self._timing.message.longest_seconds)
        finally:
            del self._in_hand[update.update_id]
            self._arrived.set()
