"""Databases for tests: a SQLite file, and a PostgreSQL server of our own on a free loopback port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.storage.migrate import upgrade
from bot.storage.tables import metadata

_numbers: Iterator[int] = count(1)


def sqlite_template(folder: Path) -> Path:
    """A migrated file to copy: a copy takes a millisecond, the migrations a hundred times that."""
    file = folder / "template.db"
    upgrade(f"sqlite:///{file}")
    return file


def sqlite_copy(template: Path, folder: Path) -> str:
    """The address of a fresh SQLite database. A template that nobody has open is one file: its log is folded in."""
    shutil.copy(template, folder / "test.db")
    return f"sqlite:///{folder / 'test.db'}"


class Postgres:
    """A running server, with one migrated database that is wiped for each test: a fresh one costs ten times that."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._migrated = self.empty()
        upgrade(self._migrated)

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def empty(self) -> str:
        """The address of a fresh database without tables."""
        name = f"test_{next(_numbers)}"
        _execute(self.url("postgres"), f"CREATE DATABASE {name}")
        return self.url(name)

    def wiped(self) -> str:
        """The address of the database with tables, as the migrations left it."""
        emptied = [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)]
        restarted = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
        seeded = "INSERT INTO counters (name, value) VALUES ('faq_revision', 0)"
        _execute(self._migrated, "; ".join([*emptied, restarted, seeded]))
        return self._migrated


@contextmanager
def postgres_server(durable: bool = False) -> Iterator[Postgres]:
    """A PostgreSQL server that lives as long as the block; skips the test where PostgreSQL is not installed.

    durable: survive a power cut, as a test need not and a measurement must.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="dialoogcoach-pg-"))
    data, port = folder / "data", _free_port()
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # PostgreSQL refuses to run as root
    if user:
        shutil.chown(folder, "postgres")
    options = ["--auth=trust", "--username=postgres", "--no-sync", "--locale=C.UTF-8"]
    _run([*user, programs / "initdb", *options, "-D", data])
    # Nothing here has to survive a power cut.
    fast = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
    command = [*user, programs / "postgres", "-D", data, "-p", port, "-h", "127.0.0.1", "-k", folder]
    command += [] if durable else fast
    server = subprocess.Popen([str(part) for part in command], stderr=subprocess.DEVNULL, cwd="/")
    try:
        _wait_for(port, server)
        yield Postgres(port)
    finally:
        # runuser hands the signal on; SIGINT is PostgreSQL's fast shutdown.
        _run([*user, programs / "pg_ctl", "stop", "-D", data, "-m", "immediate", "-w"])
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _execute(url: str, statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", future=True)
    with engine.connect() as connection:
        connection.exec_driver_sql(statements)
    engine.dispose()


def _programs() -> Path:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name.split(".")[0]))
    for folder in [*reversed(folders), *map(Path, os.get_exec_path())]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    pytest.skip("PostgreSQL is not here: apt-get install postgresql")


def in_processes(count: int, task: Callable[..., None], *arguments: object) -> list[int | None]:
    """Run `task(*arguments, n)` in processes of their own, n from 0; their exit codes."""
    # Forked: a new interpreter would spend seconds importing. The task has to open a store of its own.
    processes = [get_context("fork").Process(target=task, args=(*arguments, n)) for n in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    return [process.exitcode for process in processes]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, cwd="/")


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    engine = create_engine(f"postgresql://postgres@127.0.0.1:{port}/postgres", future=True)
    until = time.monotonic() + 20
    while True:
        try:
            engine.connect().close()
            break
        except Exception:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
    engine.dispose()
