"""Bring a database to the tables this program knows. Every start may call `upgrade`, also several at once."""

from __future__ import annotations

import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from bot.storage.engine import BUSY_SECONDS, make_engine, parsed
from bot.storage.failures import translated
from bot.storage.store import LOCK_SPACE

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(url: str) -> None:
    """Run the migrations this database lacks, all or none; a SQLite file and its folder are made when absent.

    Of two at once the second waits and finds nothing to do. Raises bot.services.ports.StoreUnavailable.
    """
    address = parsed(url)
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(url)
    try:
        with translated(address):
            if sqlite:
                _write_ahead(engine)
            with engine.connect().execution_options(writing=True) as connection:
                connection.begin()
                _alone(connection)
                command.upgrade(_config(connection), "head")
                connection.commit()
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    # Alembic reads '%' as the start of a variable.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _alone(connection: Connection) -> None:
    """Hold off another upgrade until this one is committed; SQLite's BEGIN IMMEDIATE does so already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:space, 0)"), {"space": LOCK_SPACE})


def _write_ahead(engine: Engine) -> None:
    """Let readers read while one process writes. The file remembers it.

    Changing the mode needs the file alone for a moment and does not wait for it as other statements do.
    """
    until = time.monotonic() + BUSY_SECONDS
    connection = engine.raw_connection()
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except engine.dialect.dbapi.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(0.05)
    finally:
        connection.close()
