"""The store on SQLite or PostgreSQL: units of work around the repositories."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot.services.ports import Duty, HeldDuty, Subject
from bot.storage.accounts import SqlAccounts
from bot.storage.audit import SqlAudit
from bot.storage.clusters import SqlClusters
from bot.storage.contacts import SqlContacts
from bot.storage.disputes import SqlDisputes
from bot.storage.duty import take_file, take_server
from bot.storage.engine import make_engine, parsed
from bot.storage.failures import translated
from bot.storage.faq import SqlFaq
from bot.storage.follow_ups import SqlFollowUps
from bot.storage.gaps import SqlGaps
from bot.storage.news import SqlNews
from bot.storage.outgoing import SqlOutgoing
from bot.storage.practice_counts import SqlPracticeCounts
from bot.storage.questions import SqlQuestions
from bot.storage.reply_wishes import SqlReplyWishes
from bot.storage.retention import SqlRetention
from bot.storage.subscriptions import SqlSubscriptions
from bot.storage.talks import SqlTalks
from bot.storage.updates import SqlUpdates
from bot.storage.vectors import SqlVectors

LOCK_SPACE = 0x44494131
"""First half of our PostgreSQL advisory locks, so that another program in the same database does not share them."""


class SqlUnit:
    """A transaction with the repositories on it; see `bot.services.ports.Unit`."""

    def __init__(self, connection: Connection, writing: bool) -> None:
        self._connection = connection
        self._writing = writing

    @cached_property
    def questions(self) -> SqlQuestions:
        """Questions."""
        return SqlQuestions(self._connection)

    @cached_property
    def clusters(self) -> SqlClusters:
        """The desk's rows."""
        return SqlClusters(self._connection)

    @cached_property
    def faq(self) -> SqlFaq:
        """The municipality's answers."""
        return SqlFaq(self._connection)

    @cached_property
    def vectors(self) -> SqlVectors:
        """Embeddings computed before."""
        return SqlVectors(self._connection)

    @cached_property
    def outgoing(self) -> SqlOutgoing:
        """The outbox."""
        return SqlOutgoing(self._connection)

    @cached_property
    def contacts(self) -> SqlContacts:
        """Chats."""
        return SqlContacts(self._connection)

    @cached_property
    def subscriptions(self) -> SqlSubscriptions:
        """Who wants news."""
        return SqlSubscriptions(self._connection)

    @cached_property
    def updates(self) -> SqlUpdates:
        """The inbox."""
        return SqlUpdates(self._connection)

    @cached_property
    def accounts(self) -> SqlAccounts:
        """Accounts, links, sessions."""
        return SqlAccounts(self._connection)

    @cached_property
    def follow_ups(self) -> SqlFollowUps:
        """Steps taken with by-catch."""
        return SqlFollowUps(self._connection)

    @cached_property
    def reply_wishes(self) -> SqlReplyWishes:
        """Who wants to be called or mailed back."""
        return SqlReplyWishes(self._connection)

    @cached_property
    def news(self) -> SqlNews:
        """Progress news."""
        return SqlNews(self._connection)

    @cached_property
    def gaps(self) -> SqlGaps:
        """Gaps in the guides."""
        return SqlGaps(self._connection)

    @cached_property
    def talks(self) -> SqlTalks:
        """Practice talks; see `bot.services.talk_ports.TalkUnit`."""
        return SqlTalks(self._connection, self._writing)

    @cached_property
    def practice_counts(self) -> SqlPracticeCounts:
        """How often is practised."""
        return SqlPracticeCounts(self._connection)

    @cached_property
    def disputes(self) -> SqlDisputes:
        """Remarks of the coach that were not agreed with."""
        return SqlDisputes(self._connection)

    @cached_property
    def audit(self) -> SqlAudit:
        """Who changed what."""
        return SqlAudit(self._connection)

    @cached_property
    def retention(self) -> SqlRetention:
        """What is past its term."""
        return SqlRetention(self._connection)

    def lock(self, subject: Subject) -> None:
        """See the port. SQLite's BEGIN IMMEDIATE locked everything already."""
        if self._connection.dialect.name == "postgresql":
            number = list(Subject).index(subject) + 1
            self._connection.execute(
                text("SELECT pg_advisory_xact_lock(:space, :number)"), {"space": LOCK_SPACE, "number": number}
            )

    def commit(self) -> None:
        """Keep everything. Raises RuntimeError in a view, which must not change anything."""
        if not self._writing:
            raise RuntimeError("a view only reads: open the store with unit() to write")
        self._connection.commit()


class SqlStore:
    """Where everything is kept; see `bot.services.ports.Store`. Threads may share it, a forked process may not.

    url: 'sqlite:////absolute/path.db' or 'postgresql://user:password@host:port/name'. Connects when first used, and
    expects the tables to be there: call `bot.storage.migrate.upgrade(url)` before.
    """

    def __init__(self, url: str) -> None:
        self._address = parsed(url)
        self._engine = make_engine(url)

    @contextmanager
    def unit(self) -> Iterator[SqlUnit]:
        """See the port."""
        with self._opened(writing=True) as work:
            yield work

    @contextmanager
    def view(self) -> Iterator[SqlUnit]:
        """See the port."""
        with self._opened(writing=False) as work:
            yield work

    def ping(self) -> None:
        """Return when the database answers; raise StoreUnavailable when not."""
        with translated(self._address), self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def take_duty(self, duty: Duty) -> HeldDuty | None:
        """See the port."""
        if self._address.get_backend_name() == "sqlite":
            return take_file(Path(self._address.database), duty)
        with translated(self._address):
            return take_server(self._engine, LOCK_SPACE, duty)

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()

    @contextmanager
    def _opened(self, writing: bool) -> Iterator[SqlUnit]:
        with translated(self._address), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql" and not writing:
                # Several statements see one moment, as they do in SQLite.
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            connection = connection.execution_options(writing=writing)
            connection.begin()
            yield SqlUnit(connection, writing)
            # Closing the connection rolls back what was not committed.
