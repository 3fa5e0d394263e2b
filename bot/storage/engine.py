"""The way to the database, the same in use on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.engine.url import URL
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 30
"""How long a SQLite connection waits for another writer. Units take milliseconds; a migration a second."""

CONNECT_SECONDS = 5


def parsed(url: str) -> URL:
    """The address, with the driver that SQLAlchemy 1.4 can use. Raises ValueError for a database it cannot."""
    address = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    if address.drivername in ("postgresql", "postgresql+psycopg2"):
        return address.set(drivername="postgresql+psycopg2")
    if address.drivername in ("sqlite", "sqlite+pysqlite"):
        if address.database in (None, "", ":memory:"):
            raise ValueError(f"{url}: SQLite in memory cannot be shared by threads; name a file, sqlite:///var/x.db")
        return address
    raise ValueError(
        f"{address.render_as_string(hide_password=True)}: SQLAlchemy 1.4 cannot use this driver;"
        " write sqlite:///path/to/file or postgresql://user:password@host/name"
    )


def make_engine(url: str) -> Engine:
    """An engine that connects when it is first used. Its errors never hold values: those may be what somebody wrote."""
    address = parsed(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(
            address, future=True, hide_parameters=True, pool_size=5, max_overflow=5, pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "dialoogcoach"},
        )  # fmt: skip
    engine = create_engine(
        address, future=True, hide_parameters=True, poolclass=QueuePool, pool_size=5, max_overflow=10,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )  # fmt: skip
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # pysqlite would begin transactions by itself, too late and not around DDL: we say BEGIN ourselves.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # WAL with the default synchronous=FULL: a commit survives a power cut, which 'never silently lost' asks for.


def _begin_sqlite(connection: Any) -> None:
    # A unit that may write takes the one write lock at once, where busy_timeout makes it wait its turn. A read that
    # turns into a write half-way would fail with 'database is locked' without waiting.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
