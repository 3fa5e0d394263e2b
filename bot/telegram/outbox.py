"""Sends what the outbox holds, within Telegram's limits, and reports what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from telegram import Bot

from bot.domain.outgoing import Outgoing
from bot.services import notices
from bot.services.ports import Store, StoreUnavailable
from bot.telegram.duty import OnDuty
from bot.telegram.outline import outline
from bot.telegram.pace import Pace
from bot.telegram.sending import send_message
from bot.telegram.sparing import Sparing
from bot.telegram.timing import Timing
from bot.telegram.verdicts import Outcome, Verdict
from bot.telegram.waiting import pause

logger = logging.getLogger(__name__)


class Outbox:
    """The sending worker. Set `queued` when something was put in the outbox: it looks at once."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        now: Callable[[], datetime],
        timing: Timing,
        queued: asyncio.Event,
        duty: OnDuty,
    ) -> None:
        self._bot = bot
        self._store = store
        self._now = now
        self._timing = timing
        self._queued = queued
        self._duty = duty
        self._pace = Pace(timing.sends_per_second, timing.chat_gap_seconds)
        self._sparing = Sparing(logger)
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._unreached = 0
        self._expire_at = now()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until the stop, and then finish what is in hand."""
        try:
            while not stop.is_set():
                self._queued.clear()
                try:
                    await self._expire()
                    await self._take()
                except StoreUnavailable as error:
                    self._sparing.warn("Nothing can be sent: %s", error)
                await pause(self._pace.opens_in(self._timing.look_seconds), stop, self._queued)
            await asyncio.gather(*self._in_hand.values())
        finally:
            for task in self._in_hand.values():
                task.cancel()

    async def _expire(self) -> None:
        if self._now() >= self._expire_at:
            self._expire_at = self._now() + timedelta(seconds=self._timing.look_seconds)
            expired = await asyncio.to_thread(notices.expire_leases, self._store, now=self._now())
            if expired:
                logger.warning("%d messages may or may not have arrived: a sender stopped half-way", expired)

    async def _take(self) -> None:
        """Lease what may leave now, and start sending it."""
        room = min(self._pace.room(), self._timing.sending - len(self._in_hand))
        if room <= 0 or not self._duty.is_on:
            return
        busy = self._pace.closed_chats() | self._in_hand.keys()
        taken = await asyncio.to_thread(
            notices.lease_next,
            self._store,
            now=self._now(),
            lease_seconds=self._timing.lease_seconds,
            limit=room,
            skip_chats=busy,
        )
        for outgoing in taken:
            chat_id = outgoing.chat_id
            assert chat_id is not None, "the store leases messages with a chat only"
            self._in_hand[chat_id] = asyncio.create_task(self._send(outgoing, chat_id))

    async def _send(self, outgoing: Outgoing, chat_id: int) -> None:
        try:
            verdict = await send_message(self._bot, chat_id, outgoing.message, self._timing, self._leaves)
            self._adjust(chat_id, verdict)
            await self._report(outgoing, verdict)
        except Exception as error:
            # Nobody knows what became of it; when the lease runs out it is uncertain.
            logger.error("Message %d met a mistake of ours: %s", outgoing.id, outline(error))
        finally:
            del self._in_hand[chat_id]
            self._queued.set()

    async def _leaves(self) -> None:
        """Wait for room under the overall limit, and take it."""
        while self._pace.room() <= 0:
            await asyncio.sleep(max(0.01, self._pace.opens_in(self._timing.look_seconds)))
        self._pace.leaves()

    def _adjust(self, chat_id: int, verdict: Verdict | None) -> None:
        """Learn from what happened who may be sent something, and when."""
        self._pace.arrived(chat_id)
        if verdict is None:
            self._unreached = 0
        elif verdict.outcome is Outcome.FLOODED:
            self._pace.flooded(chat_id, verdict.wait_seconds)
        elif verdict.outcome is Outcome.UNREACHED:
            # The way itself is closed, whoever it is for. Messages that left together count as one failure.
            if self._pace.is_open():
                self._unreached += 1
                self._pace.close_all(self._timing.network.after(self._unreached))
            self._sparing.warn("Telegram cannot be reached (%s); messages wait", verdict.reason)

    async def _report(self, outgoing: Outgoing, verdict: Verdict | None) -> None:
        """Keep what became of it; after a while without a store the lease runs out, which makes it uncertain."""
        deadline = asyncio.get_running_loop().time() + self._timing.lease_seconds
        while True:
            try:
                await asyncio.to_thread(self._write, outgoing, verdict)
                return
            except StoreUnavailable as error:
                self._sparing.warn("A delivery cannot be written down yet: %s", error)
                if asyncio.get_running_loop().time() > deadline:
                    return
                await asyncio.sleep(self._timing.look_seconds)

    def _write(self, outgoing: Outgoing, verdict: Verdict | None) -> None:
        if verdict is None:
            notices.mark_sent(self._store, outgoing.id, now=self._now())
        elif verdict.outcome is Outcome.BLOCKED:
            notices.mark_blocked(self._store, outgoing.id)
        elif verdict.outcome is Outcome.REFUSED:
            logger.warning("Message %d was refused: %s", outgoing.id, verdict.reason)
            notices.mark_failed(self._store, outgoing.id, error=verdict.reason)
        elif verdict.outcome is Outcome.UNKNOWN:
            logger.warning("Message %d may or may not have arrived: %s", outgoing.id, verdict.reason)
            notices.mark_uncertain(self._store, outgoing.id, error=verdict.reason)
        else:
            wait = verdict.wait_seconds or self._timing.network.after(outgoing.attempts)
            again = self._now() + timedelta(seconds=wait)
            notices.retry_later(self._store, outgoing.id, not_before=again, error=verdict.reason)
