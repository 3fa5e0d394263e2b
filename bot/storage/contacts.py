"""Which chat belongs to which conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.storage.tables import contacts
from bot.storage.writing import insert_new


class SqlContacts:
    """See `bot.services.ports.ContactRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, conversation: str, chat_id: int, now: datetime) -> None:
        """See the port."""
        values = {"conversation": conversation, "chat_id": chat_id, "seen_at": now}
        if not insert_new(self._connection, contacts, values):
            self._connection.execute(update(contacts).where(contacts.c.conversation == conversation).values(**values))

    def chat_of(self, conversation: str) -> int | None:
        """See the port."""
        return self.chats_of([conversation]).get(conversation)

    def chats_of(self, conversations: Iterable[str]) -> Mapping[str, int]:
        """See the port."""
        query = select(contacts.c.conversation, contacts.c.chat_id)
        rows = self._connection.execute(query.where(contacts.c.conversation.in_(list(conversations))))
        return {conversation: chat_id for conversation, chat_id in rows}

    def forget(self, conversation: str) -> None:
        """See the port."""
        self._connection.execute(delete(contacts).where(contacts.c.conversation == conversation))
