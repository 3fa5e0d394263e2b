"""Where the product keeps its things: SQLite, or PostgreSQL and Redis with two workers of Rasa."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

from tests.databases import postgres_server
from tests.product import free_port

WORKERS: Final = 2


class Missing(Exception):
    """A program that is not installed; the message names its package."""


@contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    """Nothing to start."""
    yield {}


@contextmanager
def postgres_and_redis() -> Iterator[dict[str, str]]:
    """Servers of our own on free loopback ports, that keep what they are told as those of a municipality do."""
    try:
        with postgres_server(durable=True) as postgres, redis_server() as redis:
            database = postgres.empty()
            yield {"DATABASE_URL": database, "REDIS_URL": redis, "RASA_WORKERS": str(WORKERS)}
    except pytest.skip.Exception as error:
        raise Missing(str(error)) from None


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis server that lives as long as the block. Raises Missing."""
    program = os.environ.get("REDIS_SERVER") or shutil.which("redis-server")
    if program is None:
        raise Missing("Redis is not here: apt-get install redis-server (or name the program in REDIS_SERVER)")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


def wait_for_port(port: int, server: subprocess.Popen[bytes], seconds: float = 10.0) -> None:
    """Wait until Redis answers."""
    import redis

    until = time.monotonic() + seconds
    while True:
        try:
            redis.Redis(port=port).ping()
            return
        except redis.ConnectionError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


STACKS: Final = {"sqlite": sqlite, "postgres": postgres_and_redis}
