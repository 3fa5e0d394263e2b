"""What is past its term."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.incoming import UpdateState
from bot.domain.outgoing import Delivery
from bot.domain.questions import QuestionState
from bot.storage.questions import FORGOTTEN
from bot.storage.tables import audit_log, login_links, outgoing, questions, sessions, telegram_updates
from bot.storage.tables import contacts as contacts_table
from bot.storage.tables import subscriptions as subscriptions_table
from bot.storage.tables import talks as talks_table
from bot.storage.talks import erase_talks

UNDECIDED = [state.value for state in (Delivery.PENDING, Delivery.SENDING, Delivery.UNCERTAIN)]


class SqlRetention:
    """See `bot.services.ports.Retention`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def updates(self, before: datetime) -> int:
        """See the port."""
        settled = telegram_updates.c.state != UpdateState.NEW.value
        return self._remove(telegram_updates, settled, telegram_updates.c.received_at < before)

    def messages(self, before: datetime) -> int:
        """See the port."""
        settled = outgoing.c.state.not_in([*UNDECIDED, Delivery.KEPT.value])
        return self._remove(outgoing, settled, func.coalesce(outgoing.c.sent_at, outgoing.c.created_at) < before)

    def contacts(self, before: datetime) -> int:
        """See the port."""
        conversation = contacts_table.c.conversation
        asks = and_(questions.c.conversation == conversation, questions.c.state == QuestionState.OPEN.value)
        waits = and_(outgoing.c.conversation == conversation, outgoing.c.state.in_(UNDECIDED))
        follows = subscriptions_table.c.conversation == conversation
        owed = or_(exists().where(asks), exists().where(waits), exists().where(follows))
        return self._remove(contacts_table, contacts_table.c.seen_at < before, ~owed)

    def subscriptions(self, before: datetime) -> int:
        """See the port."""
        theirs = contacts_table.c.conversation == subscriptions_table.c.conversation
        seen_since = exists().where(theirs, contacts_table.c.seen_at >= before)
        return self._remove(subscriptions_table, subscriptions_table.c.since < before, ~seen_since)

    def askers(self, before: datetime) -> int:
        """See the port."""
        settled = questions.c.state != QuestionState.OPEN.value
        old = func.coalesce(questions.c.answered_at, questions.c.asked_at) < before
        known = ~questions.c.conversation.startswith(FORGOTTEN)
        numbers = self._connection.execute(select(questions.c.number).where(settled, old, known)).scalars().all()
        for number in numbers:
            # A name for each question: not even that the same person asked two is kept.
            loose = {"conversation": f"{FORGOTTEN}{secrets.token_hex(8)}", "message_id": None, "wants_notice": False}
            self._connection.execute(update(questions).where(questions.c.number == number).values(**loose))
        return len(numbers)

    def talks(self, before: datetime) -> int:
        """See the port."""
        return erase_talks(self._connection, talks_table.c.saved_at < before)

    def audit_rows(self, before: datetime) -> int:
        """See the port."""
        return self._remove(audit_log, audit_log.c.at < before)

    def sign_ins(self, now: datetime) -> int:
        """See the port."""
        spent = or_(login_links.c.expires_at <= now, login_links.c.used_at.is_not(None))
        return self._remove(login_links, spent) + self._remove(sessions, sessions.c.expires_at <= now)

    def _remove(self, table: Any, *conditions: Any) -> int:
        return int(self._connection.execute(delete(table).where(*conditions)).rowcount)
