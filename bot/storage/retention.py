"""What is past its term."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.incoming import UpdateState
from bot.domain.outgoing import Delivery
from bot.domain.personal_data import mask_personal_data
from bot.domain.questions import QuestionState, same_words
from bot.storage.questions import FORGOTTEN
from bot.storage.tables import (
    accounts,
    audit_log,
    clusters,
    coach_disputes,
    faq_phrasings,
    guide_gaps,
    login_links,
    outgoing,
    questions,
    sessions,
    sign_in_attempts,
    telegram_updates,
)
from bot.storage.tables import contacts as contacts_table
from bot.storage.tables import reply_wishes as wishes_table
from bot.storage.tables import subscriptions as subscriptions_table
from bot.storage.tables import talks as talks_table
from bot.storage.talks import erase_talks
from bot.storage.writing import digest

UNDECIDED = [state.value for state in (Delivery.PENDING, Delivery.SENDING, Delivery.UNCERTAIN)]

NOBODY = "@nobody.invalid"
"""How the e-mail address of an account ends that nobody has any more."""


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
        # What is kept for a visitor of the page goes too: by then nobody has the cookie any more that shows it.
        settled = outgoing.c.state.not_in(UNDECIDED)
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
        self._mask(numbers)
        return len(numbers)

    def _mask(self, numbers: Sequence[int]) -> None:
        """What somebody said of themselves goes with their name, wherever their words are kept."""
        rows = self._connection.execute(
            select(questions.c.number, questions.c.text, questions.c.cluster_id).where(questions.c.number.in_(numbers))
        )
        for number, text, cluster_id in rows.all():
            masked = mask_personal_data(text)
            if masked == text:
                continue
            words = same_words(masked)
            spelt = {"text": masked, "words": words, "words_digest": digest(words), "embedding": None}
            self._connection.execute(update(questions).where(questions.c.number == number).values(**spelt))
            title = clusters.c.id == cluster_id, clusters.c.title == text
            self._connection.execute(update(clusters).where(*title).values(title=masked))
            linked = update(faq_phrasings).where(faq_phrasings.c.question_number == number)
            self._connection.execute(linked.values(text=masked, words_digest=digest(words, str(number))))

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

    def attempts(self, before: datetime) -> int:
        """See the port."""
        return self._remove(sign_in_attempts, sign_in_attempts.c.at < before)

    def closed_accounts(self, before: datetime) -> int:
        """See the port."""
        named = accounts.c.active.is_(False), accounts.c.closed_at < before, ~accounts.c.email.endswith(NOBODY)
        ids = self._connection.execute(select(accounts.c.id).where(*named)).scalars().all()
        for number in ids:
            loose = {"name": "Oud-collega", "email": f"{number}{NOBODY}", "password": None, "subject": None}
            self._connection.execute(update(accounts).where(accounts.c.id == number).values(**loose))
        return len(ids)

    def gaps(self, before: datetime) -> int:
        """See the port."""
        disputes = self._remove(coach_disputes, coach_disputes.c.last_at < before)
        return disputes + self._remove(guide_gaps, guide_gaps.c.last_at < before)

    def reply_wishes(self, before: datetime) -> int:
        """See the port."""
        settled = func.coalesce(questions.c.answered_at, questions.c.asked_at) < before
        numbers = select(questions.c.number).where(questions.c.state != QuestionState.OPEN.value, settled)
        return self._remove(
            wishes_table, wishes_table.c.question_number.in_(numbers), wishes_table.c.created_at < before
        )

    def _remove(self, table: Any, *conditions: Any) -> int:
        return int(self._connection.execute(delete(table).where(*conditions)).rowcount)
