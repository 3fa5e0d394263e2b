"""What an update from Telegram means for us. It decides nothing yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import telegram
from telegram.constants import ChatMemberStatus, ChatType

from bot.domain.signs import clean

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for."""

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


@dataclass(frozen=True)
class Typed:
    """Somebody typed, forwarded or captioned something."""

    chat_id: int
    message_id: int
    text: str


@dataclass(frozen=True)
class Edited:
    """Somebody changed the words of an earlier message."""

    chat_id: int
    message_id: int
    text: str


@dataclass(frozen=True)
class Pressed:
    """Somebody pressed a button under the message `message_id`. `data`: what the button carries."""

    chat_id: int
    message_id: int
    query_id: str
    data: str


@dataclass(frozen=True)
class Wordless:
    """A photo, voice message, sticker or the like without words. `album`: the same for all photos sent at once."""

    chat_id: int
    album: str | None


@dataclass(frozen=True)
class InGroup:
    """Something in a group, where the bot does not work."""

    chat_id: int


@dataclass(frozen=True)
class Blocked:
    """Somebody blocked the bot."""

    chat_id: int


@dataclass(frozen=True)
class Ignored:
    """Nothing for us: a channel, another bot, a pinned message, an empty text."""


Event = Typed | Edited | Pressed | Wordless | InGroup | Blocked | Ignored


def chat_of(raw: Mapping[str, Any]) -> int | None:
    """The chat that an update belongs to, found without understanding the rest of it."""
    for name, body in raw.items():
        if name != "update_id" and isinstance(body, Mapping):
            holder = body.get("message", body)
            chat = holder.get("chat") if isinstance(holder, Mapping) else None
            chat_id = chat.get("id") if isinstance(chat, Mapping) else None
            if isinstance(chat_id, int):
                return chat_id
    return None


def read_event(raw: Mapping[str, Any]) -> Event:
    """Understand an update. Raises whatever python-telegram-bot raises for one that it cannot read."""
    update = telegram.Update.de_json(dict(raw), None)
    chat = update.effective_chat
    if chat is None or chat.type == ChatType.CHANNEL:
        return Ignored()
    if update.my_chat_member is not None:
        return _membership(chat, update.my_chat_member)
    if chat.type in GROUPS:
        return _in_group(chat.id, update)
    if update.callback_query is not None:
        return _pressed(chat.id, update.callback_query)
    if update.edited_message is not None:
        return _edited(update.edited_message)
    return _message(update.message) if update.message is not None else Ignored()


def _membership(chat: telegram.Chat, change: telegram.ChatMemberUpdated) -> Event:
    status = change.new_chat_member.status
    gone = status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
    if chat.type in GROUPS:
        return Ignored() if gone else InGroup(chat.id)
    return Blocked(chat.id) if gone else Ignored()


def _in_group(chat_id: int, update: telegram.Update) -> Event:
    message = update.message
    if message is None or _is_of_bot(message) or message.migrate_to_chat_id or message.migrate_from_chat_id:
        return Ignored()
    return Ignored() if message.left_chat_member else InGroup(chat_id)


def _pressed(chat_id: int, query: telegram.CallbackQuery) -> Event:
    if query.message is None or query.data is None:
        return Ignored()
    return Pressed(chat_id, query.message.message_id, query.id, query.data)


def _edited(message: telegram.Message) -> Event:
    words = _words(message)
    return Edited(message.chat_id, message.message_id, words) if words and not _is_of_bot(message) else Ignored()


def _message(message: telegram.Message) -> Event:
    if _is_of_bot(message):
        return Ignored()
    words = _words(message)
    if words:
        return Typed(message.chat_id, message.message_id, words)
    return Wordless(message.chat_id, message.media_group_id) if message.effective_attachment else Ignored()


def _words(message: telegram.Message) -> str:
    return clean(message.text or message.caption or "").strip()


def _is_of_bot(message: telegram.Message) -> bool:
    return message.from_user is not None and message.from_user.is_bot
