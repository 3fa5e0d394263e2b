"""Who is on duty: one process at a time, and the next one as soon as the first is gone, however it went."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.services.ports import Duty

FIRST_NUMBER = 100
"""Of the second half of our PostgreSQL advisory locks; lower ones belong to migrations and subjects."""


class FileDuty:
    """A locked file beside the SQLite database. The kernel unlocks it when the process ends, also after SIGKILL."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def is_held(self) -> bool:
        """Always: nobody can take a lock from a process that lives."""
        return True

    def release(self) -> None:
        """Let another process have it."""
        os.close(self._descriptor)


class ServerDuty:
    """A PostgreSQL advisory lock of one connection. The server unlocks it when the connection ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_held(self) -> bool:
        """Whether the connection still stands."""
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def release(self) -> None:
        """Let another process have it. A connection that went back to the pool would keep the lock."""
        with suppress(SQLAlchemyError):  # a lost connection holds nothing any more
            self._connection.execute(text("SELECT pg_advisory_unlock_all()"))
        self._connection.invalidate()
        self._connection.close()


def take_file(database: Path, duty: Duty) -> FileDuty | None:
    """The duty over a SQLite file, or None when another process has it."""
    descriptor = os.open(f"{database}.{duty.value}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return FileDuty(descriptor)


def take_server(engine: Engine, space: int, duty: Duty) -> ServerDuty | None:
    """The same over a PostgreSQL database."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    number = FIRST_NUMBER + list(Duty).index(duty)
    query = text("SELECT pg_try_advisory_lock(:space, :number)")
    if connection.execute(query, {"space": space, "number": number}).scalar():
        return ServerDuty(connection)
    connection.close()
    return None
