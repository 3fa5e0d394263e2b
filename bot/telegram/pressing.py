"""What Telegram wants at once when somebody presses a button, and what keeps a button from working twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.reading import Pressed

DOUBLE_TAP_SECONDS = 15.0
"""A second press on the same message within this time is a slip of the thumb; the keyboard was already going."""


class Presses:
    """Remembers what was pressed last."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[tuple[int, int], tuple[int, float]] = {}

    def is_double(self, event: Pressed, update_id: int) -> bool:
        """Whether another update pressed a button of the same message just before this one."""
        now = self._clock()
        self._last = {key: seen for key, seen in self._last.items() if seen[1] > now - DOUBLE_TAP_SECONDS}
        first, _ = self._last.setdefault((event.chat_id, event.message_id), (update_id, now))
        return first != update_id


async def acknowledge(bot: Bot, event: Pressed) -> None:
    """Stop the button's spinner and take the keyboard away. Both are niceties: Telegram may refuse them when late."""
    await asyncio.gather(_quietly(bot, event, answer=True), _quietly(bot, event, answer=False))


async def _quietly(bot: Bot, event: Pressed, answer: bool) -> None:
    try:
        if answer:
            await bot.answer_callback_query(event.query_id)
        else:
            await bot.edit_message_reply_markup(event.chat_id, event.message_id, reply_markup=None)
    except TelegramError:
        pass
