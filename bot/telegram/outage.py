"""While the assistant is away, messages wait without being tried over and over."""

from __future__ import annotations

import asyncio
import logging

from bot.channels.client import RasaClient
from bot.telegram.timing import Timing
from bot.telegram.waiting import pause

logger = logging.getLogger(__name__)


class Outage:
    """Whether the assistant is away, and whose messages wait for it.

    ended: set when it is back.
    """

    def __init__(self, rasa: RasaClient, timing: Timing, ended: asyncio.Event) -> None:
        self._rasa = rasa
        self._timing = timing
        self._begun = asyncio.Event()
        self._ended = ended
        self._held: set[int] = set()

    @property
    def is_on(self) -> bool:
        """Whether the assistant is away."""
        return self._begun.is_set()

    @property
    def held(self) -> frozenset[int]:
        """Chats whose next message waits until the assistant is back."""
        return frozenset(self._held)

    def hold(self, chat_id: int) -> None:
        """Let this chat wait, unless the assistant came back in the meantime."""
        if self.is_on:
            self._held.add(chat_id)

    async def is_behind(self, reason: str) -> bool:
        """Whether a failure (see ConversationUnavailable) is the assistant's absence, and not the message's doing."""
        if reason != "starting" and await self._rasa.is_ready():
            return False
        if not self.is_on:
            logger.warning("The assistant does not answer: messages wait until it is back")
            self._begun.set()
        return True

    async def watch(self, stop: asyncio.Event) -> None:
        """Look until the stop whether the assistant is back."""
        failures = 0
        while not stop.is_set():
            if not self.is_on:
                await pause(self._timing.look_seconds, stop, self._begun)
                continue
            failures += 1
            await pause(self._timing.probe.after(failures), stop)
            if await self._rasa.is_ready():
                logger.info("The assistant is back: %d chats are answered now", len(self._held))
                failures = 0
                self._begun.clear()
                self._held.clear()
                self._ended.set()
