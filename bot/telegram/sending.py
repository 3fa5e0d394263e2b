"""Sends one message of the outbox, however many parts it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from telegram import Bot, LinkPreviewOptions
from telegram.error import ChatMigrated

from bot.domain.outgoing import Message
from bot.telegram.keyboards import keyboard
from bot.telegram.splitting import split_message
from bot.telegram.timing import Timing
from bot.telegram.verdicts import Outcome, Verdict, judge

PART_TRIES = 5
"""How often a later part is tried: the first part has arrived, so the message as a whole cannot be queued again."""

MAX_PART_WAIT_SECONDS = 30.0

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""An answer stands on its own; Telegram need not fetch the page behind a link in it."""


async def send_message(
    bot: Bot, chat_id: int, message: Message, timing: Timing, leaves: Callable[[], Awaitable[None]]
) -> Verdict | None:
    """Send a message; None when all of it arrived. `leaves` is awaited before each request, to keep to the limits.

    A first part that was not sent gives its own verdict. When a later part is stopped for good, the outcome is
    unknown: a person decides, for only part of it was read.
    """
    parts = split_message(message)
    if not parts:
        return Verdict(Outcome.REFUSED, "empty text")
    verdict = await _send_part(bot, chat_id, parts[0], leaves)
    if verdict is not None:
        return verdict
    for number, part in enumerate(parts[1:], start=2):
        verdict = await _send_later_part(bot, chat_id, part, timing, leaves)
        if verdict is not None:
            return Verdict(Outcome.UNKNOWN, f"part {number} of {len(parts)}: {verdict.reason}")
    return None


async def _send_later_part(
    bot: Bot, chat_id: int, part: Message, timing: Timing, leaves: Callable[[], Awaitable[None]]
) -> Verdict | None:
    wait, verdict = timing.chat_gap_seconds, None
    for tries in range(1, PART_TRIES + 1):
        await asyncio.sleep(wait)
        verdict = await _send_part(bot, chat_id, part, leaves)
        if verdict is None or verdict.outcome not in (Outcome.FLOODED, Outcome.UNREACHED):
            return verdict
        wait = min(MAX_PART_WAIT_SECONDS, verdict.wait_seconds or timing.network.after(tries))
    return verdict


async def _send_part(bot: Bot, chat_id: int, part: Message, leaves: Callable[[], Awaitable[None]]) -> Verdict | None:
    await leaves()
    try:
        await _request(bot, chat_id, part)
    except ChatMigrated as moved:
        return await _send_part(bot, moved.new_chat_id, part, leaves) if moved.new_chat_id != chat_id else judge(moved)
    except Exception as error:
        return judge(error)
    return None


async def _request(bot: Bot, chat_id: int, part: Message) -> None:
    # Plain text, without parse_mode: nothing that a resident or an entry holds can break it.
    await bot.send_message(chat_id, part.text, reply_markup=keyboard(part.buttons), link_preview_options=NO_PREVIEW)
