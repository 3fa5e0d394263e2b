"""Asks the assistant on behalf of a resident, and makes messages of what it says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.client import Bubble, ConversationUnavailable, RasaClient
from bot.domain.outgoing import Message
from bot.domain.people import Speaker
from bot.telegram.commands import Ask
from bot.telegram.splitting import split_message
from bot.telegram.texts import CHOOSE
from bot.telegram.timing import Timing


async def ask(
    rasa: RasaClient, speaker: Speaker, asks: Sequence[Ask], message_id: str | None = None
) -> tuple[Message, ...]:
    """Say these things one after another; the answers in parts that Telegram takes.

    message_id: of the message they stand in, so that an edit of it finds the question it became, and so does the message
    itself when it has to be asked once more.

    Raises ConversationUnavailable, also when there is no word in answer: Rasa keeps silent when its action server is
    away, and a resident who asked something must not be left with silence.
    """
    said: list[Bubble] = []
    for each in asks:
        bubbles = await rasa.send(speaker, text=each.text, payload=each.payload, message_id=message_id)
        if not messages_of(bubbles):
            raise ConversationUnavailable("failed", "no answer; is the action server up?")
        said.extend(bubbles)
    return messages_of(said)


def messages_of(bubbles: Iterable[Bubble]) -> tuple[Message, ...]:
    """What Telegram shows of the bubbles; what only a page can show is left out.

    Bubbles up to one with buttons become one message with a paragraph each: a chat gets one message a second, and
    all chats together thirty.
    """
    whole: list[Message] = []
    for each in bubbles:
        text = each.text.strip() or (CHOOSE if each.buttons else "")
        if whole and not whole[-1].buttons and text:
            whole[-1] = Message(f"{whole[-1].text}\n\n{text}", each.buttons)
        elif text:
            whole.append(Message(text, each.buttons))
    return tuple(part for message in whole for part in split_message(message))


@asynccontextmanager
async def typing(bot: Bot, chat_id: int, timing: Timing) -> AsyncIterator[None]:
    """Show 'typing…' in the chat for as long as the block lasts, if that is more than a moment."""
    ended = asyncio.Event()
    shown = asyncio.create_task(_keep_typing(bot, chat_id, timing, ended))
    try:
        yield
    finally:
        ended.set()
        # Cancelled in the middle of a request, httpcore may swallow that (seen in 1 of 100 under load): the answer
        # must not wait for it.
        shown.cancel()


async def _keep_typing(bot: Bot, chat_id: int, timing: Timing, ended: asyncio.Event) -> None:
    await asyncio.sleep(timing.typing_after_seconds)
    while not ended.is_set():
        try:
            await bot.send_chat_action(chat_id, ChatAction.TYPING)
        except (TelegramError, RuntimeError):  # or the process is stopping
            return  # a nicety; the answer itself goes through the outbox
        await asyncio.sleep(timing.typing_every_seconds)
