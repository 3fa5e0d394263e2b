"""Rasa's own record of conversations (its SQL tracker store): erased from there too, by term and on request.

It is a SQLite file of its own, or a table beside ours in PostgreSQL; see `bot.settings.Settings.conversations_url`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Column, Float, MetaData, String, Table, delete, func, inspect, select
from sqlalchemy.engine import Connection

from bot.storage.engine import make_engine, parsed
from bot.storage.failures import translated

EVENTS: Final = Table("events", MetaData(), Column("sender_id", String), Column("timestamp", Float))
"""Rasa's table, as far as it is needed here. Rasa makes it: it is none of ours to migrate."""


def remove_conversations(url: str, before: datetime) -> int:
    """Erase every conversation in which nothing was said since then; how many. A database without them has none.

    Raises bot.services.ports.StoreUnavailable.
    """
    silent = select(EVENTS.c.sender_id).group_by(EVENTS.c.sender_id)
    silent = silent.having(func.max(EVENTS.c.timestamp) < before.timestamp())
    with _record(url) as connection:
        if connection is None:
            return 0
        names = connection.execute(silent).scalars().all()
        # Asked once more, row by row: somebody may have begun to talk again by now.
        connection.execute(delete(EVENTS).where(EVENTS.c.sender_id.in_(silent)))
        connection.commit()
        return len(names)


def erase_conversation(url: str, conversation: str) -> bool:
    """Erase what Rasa remembers of one conversation; whether there was anything. Raises StoreUnavailable.

    Rasa writes back what it holds in memory, so this is for a moment at which it handles no message of theirs.
    """
    with _record(url) as connection:
        if connection is None:
            return False
        erased = connection.execute(delete(EVENTS).where(EVENTS.c.sender_id == conversation)).rowcount
        connection.commit()
        return bool(erased)


@contextmanager
def _record(url: str) -> Iterator[Connection | None]:
    """A connection that may write; None where Rasa has kept nothing yet."""
    address = parsed(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database).is_file():
        yield None
        return
    engine = make_engine(url)
    try:
        with translated(address), engine.connect().execution_options(writing=True) as connection:
            yield connection if inspect(connection).has_table(EVENTS.name) else None
    finally:
        engine.dispose()
