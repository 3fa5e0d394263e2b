"""The Telegram process as a process of its own, which kills itself at a given step."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.client import RasaClient
from bot.settings import read_settings
from bot.storage.store import SqlStore, SqlUnit
from bot.telegram.process import run, serve
from tests.telegram.town import QUICK, now

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        "tests.telegram.crash",
        "anyio._backends._asyncio",
        "sqlalchemy.dialects.sqlite",
        "sqlalchemy.dialects.postgresql.psycopg2",
    ]
)
"""Forked from a process without threads that has the imports already, also those that libraries put off."""


@dataclass(frozen=True)
class Moment:
    """Just before or after a use case commits."""

    use_case: str
    after: bool = False


class MortalStore(SqlStore):
    """Kills the process, as a power cut would, when the moment is there."""

    def __init__(self, url: str, moment: Moment) -> None:
        super().__init__(url)
        self._moment = moment

    @contextmanager
    def unit(self) -> Iterator[SqlUnit]:
        with super().unit() as work:
            commit = work.commit

            def commit_and_die() -> None:
                if sys._getframe(1).f_code.co_name != self._moment.use_case:
                    commit()
                    return
                if self._moment.after:
                    commit()
                os.kill(os.getpid(), signal.SIGKILL)

            work.commit = commit_and_die  # type: ignore[method-assign]
            yield work


def start(environment: dict[str, str], moment: Moment | None = None) -> Any:
    """A process with times that suit a test. It dies at the moment, or lives until it is killed."""
    process = PROCESSES.Process(target=_live, args=(environment, moment), daemon=True)
    process.start()
    return process


def start_for_real(environment: dict[str, str]) -> Any:
    """A process with the times of production, which listens to signals."""
    process = PROCESSES.Process(target=_live_for_real, args=(environment,), daemon=True)
    process.start()
    return process


def do(environment: dict[str, str], moment: Moment, work: Callable[[SqlStore], object]) -> Any:
    """A process that does one thing with the store, and dies at the moment. `work` is a function of a module."""
    process = PROCESSES.Process(target=_do, args=(environment, moment, work), daemon=True)
    process.start()
    return process


def _do(environment: dict[str, str], moment: Moment, work: Callable[[SqlStore], object]) -> None:
    work(MortalStore(environment["DIALOOGCOACH_DATABASE_URL"], moment))


def _live(environment: dict[str, str], moment: Moment | None) -> None:
    url = environment["DIALOOGCOACH_DATABASE_URL"]
    store = MortalStore(url, moment) if moment else SqlStore(url)
    asyncio.run(_serve(environment, store))


async def _serve(environment: dict[str, str], store: SqlStore) -> None:
    settings = read_settings(environment)
    rasa = RasaClient(settings.rasa_url, settings.secret("channel"), 10.0)
    # It dies anyway: a short lease saves the test from waiting until it runs out.
    await serve(settings, store, rasa, now, asyncio.Event(), replace(QUICK, lease_seconds=0.2))


def _live_for_real(environment: dict[str, str]) -> None:
    asyncio.run(_run(environment))


async def _run(environment: dict[str, str]) -> None:
    settings = read_settings(environment)
    rasa = RasaClient(settings.rasa_url, settings.secret("channel"), 10.0)
    await run(settings, SqlStore(settings.database_url), rasa, now)
    await rasa.close()
