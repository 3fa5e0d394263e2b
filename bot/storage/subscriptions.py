"""Who wants progress news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from bot.storage.tables import contacts, subscriptions
from bot.storage.writing import insert_new


class SqlSubscriptions:
    """See `bot.services.ports.SubscriptionRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, conversation: str, now: datetime) -> bool:
        """See the port."""
        return insert_new(self._connection, subscriptions, {"conversation": conversation, "since": now})

    def remove(self, conversation: str) -> bool:
        """See the port."""
        gone = delete(subscriptions).where(subscriptions.c.conversation == conversation)
        return bool(self._connection.execute(gone).rowcount)

    def remove_chat(self, chat_id: int) -> None:
        """See the port."""
        theirs = select(contacts.c.conversation).where(contacts.c.chat_id == chat_id)
        self._connection.execute(delete(subscriptions).where(subscriptions.c.conversation.in_(theirs)))

    def has(self, conversation: str) -> bool:
        """See the port."""
        query = select(subscriptions.c.since).where(subscriptions.c.conversation == conversation)
        return self._connection.execute(query).first() is not None

    def chats(self) -> Mapping[str, int]:
        """See the port."""
        query = select(subscriptions.c.conversation, contacts.c.chat_id)
        joined = query.join(contacts, contacts.c.conversation == subscriptions.c.conversation)
        return {row.conversation: row.chat_id for row in self._connection.execute(joined)}
