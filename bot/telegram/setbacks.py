"""When a message cannot be answered now: say so once, try again, and hand it to people in the end."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.incoming import Update
from bot.domain.outgoing import Message, NewOutgoing, OutgoingKind
from bot.services.inbox import fail_update, finish_update
from bot.services.notices import enqueue
from bot.services.ports import Store
from bot.telegram.commands import asks_of
from bot.telegram.parking import Parking
from bot.telegram.reading import Edited, Pressed, Typed
from bot.telegram.texts import DELAYED, TRY_AGAIN
from bot.telegram.timing import Timing

logger = logging.getLogger(__name__)


def words_of(event: Typed | Edited | Pressed) -> str:
    """What somebody said in words of their own; '' for a button and a command."""
    asks = () if isinstance(event, Pressed) else asks_of(event.text)
    return "\n".join(each.text for each in asks if each.text)


class Setbacks:
    """`queued` is set when there is something to send. All methods may raise StoreUnavailable."""

    def __init__(
        self, store: Store, parking: Parking, now: Callable[[], datetime], timing: Timing, queued: asyncio.Event
    ) -> None:
        self._store = store
        self._parking = parking
        self._now = now
        self._timing = timing
        self._queued = queued
        self._told: dict[int, float] = {}

    async def tell_delay(self, update: Update, conversation: str) -> None:
        """Tell the chat that the answer comes later: once per message however often it fails, also after a restart,
        and not for every message in a bad patch."""
        if update.chat_id is None or not self._may_tell(update.chat_id):
            return
        message, key = Message(DELAYED), f"delayed:{update.update_id}"
        new = NewOutgoing(OutgoingKind.REPLY, conversation, update.chat_id, message, key)
        await asyncio.to_thread(enqueue, self._store, new, now=self._now())
        self._queued.set()

    async def failed(self, update: Update, event: Typed | Edited | Pressed, conversation: str, reason: str) -> None:
        """The assistant is there but cannot handle this one: again later, or to people when that was tried enough."""
        if update.attempts + 1 >= self._timing.max_attempts:
            await asyncio.to_thread(self._give_up, update, event, conversation, reason)
            self._queued.set()
            return
        again = self._now() + timedelta(seconds=self._timing.message.after(update.attempts + 1))
        await asyncio.to_thread(
            fail_update, self._store, update.update_id, error=reason, retry_at=again, now=self._now()
        )
        await self.tell_delay(update, conversation)

    def _give_up(self, update: Update, event: Typed | Edited | Pressed, conversation: str, reason: str) -> None:
        logger.error("Update %d failed %d times (%s)", update.update_id, update.attempts + 1, reason)
        words = words_of(event)
        kept = self._parking.keep_wish(conversation, event.data) if isinstance(event, Pressed) else None
        if kept is not None:
            finish_update(self._store, update.update_id, [kept], conversation=conversation, now=self._now())
            return
        if not words:
            fail_update(
                self._store,
                update.update_id,
                error=reason,
                retry_at=None,
                now=self._now(),
                apology=Message(TRY_AGAIN),
                conversation=conversation,
            )
            return
        # The words are at the review desk now, so the update need not keep them.
        receipt = self._parking.park(conversation, words, event.message_id)
        finish_update(self._store, update.update_id, [receipt], conversation=conversation, now=self._now())

    def _may_tell(self, chat_id: int) -> bool:
        now = time.monotonic()
        self._told = {chat: at for chat, at in self._told.items() if at > now - self._timing.again_told_seconds}
        return self._told.setdefault(chat_id, now) == now
