"""Starts everything a municipality runs, shows what is happening, and stops it cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import httpx
from rich.console import Console

from bot import endpoints
from bot.bootstrap import build, now_utc
from bot.channels.client import WEBHOOK_PATH
from bot.domain.faq_csv import FaqCsvError
from bot.services.accounts import operator_token
from bot.services.ports import StoreUnavailable
from bot.services.retention import DEFAULT_TERMS, clean_up
from bot.settings import PREFIX, Settings, SettingsError
from bot.storage.first_answers import load_first_answers
from bot.storage.migrate import upgrade
from bot.storage.municipality import MunicipalityError, load_municipality
from bot.storage.rasa_conversations import remove_conversations
from bot.training import QUIET, ROOT, TrainingFailed, model_path, train

STOP_SECONDS: Final = 10
CLEAN_EVERY_SECONDS: Final = 24 * 3600
READY_SECONDS: Final = 90
RESTART_PAUSES_SECONDS: Final = (1, 2, 5, 10, 30)
NOT_AGAIN: Final = (0, 78)
"""Exit codes after which a process is left alone: it had nothing to do, or its settings are wrong (EX_CONFIG)."""


class CannotStart(Exception):
    """Something the operator has to mend; the message names it and the cure."""


@dataclass
class Process:
    """One of the four processes, with where its words go."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None
    falls: int = 0
    again_at: float = 0.0
    given_up: bool = False

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it through us only."""
        with self.log.open("ab") as output:
            self.running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **QUIET, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def watch(self, tell: Callable[[str], None]) -> None:
        """Restart it when it fell, a little later each time."""
        if self.given_up or self.running is None:
            return
        code = self.running.poll()
        if code is None:
            return
        if code in NOT_AGAIN:
            self.given_up = True
            if code:
                tell(f"{self.name} stopped: its settings are wrong. Read {self.log}.")
            return
        if not self.again_at:
            pause = RESTART_PAUSES_SECONDS[min(self.falls, len(RESTART_PAUSES_SECONDS) - 1)]
            self.falls, self.again_at = self.falls + 1, time.monotonic() + pause
            tell(f"{self.name} fell (status {code}); it starts again in {pause} s. Read {self.log}.")
        elif time.monotonic() >= self.again_at:
            self.again_at = 0.0
            self.start()

    def stop(self, sign: signal.Signals) -> None:
        """Ask the whole session to end."""
        if self.running is not None and self.running.poll() is None:
            os.killpg(self.running.pid, sign)


@dataclass
class Launcher:
    """What `make run` does, step by step."""

    settings: Settings
    console: Console = field(default_factory=Console)

    def run(self) -> int:
        """Set up, start, watch until Ctrl-C or SIGTERM, stop. Returns the exit status."""
        try:
            self._prepare()
        except (CannotStart, TrainingFailed, StoreUnavailable, SettingsError, MunicipalityError, FaqCsvError) as error:
            self.console.print(f"[bold red]Cannot start.[/] {error}", highlight=False)
            return 1
        processes = self._processes()
        stopping = False

        def stop(*_: object) -> None:
            nonlocal stopping
            stopping = True

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        for process in processes:
            process.start()
        try:
            self._wait_until_ready(processes, lambda: stopping)
            clean_at = 0.0
            while not stopping:
                for process in processes:
                    process.watch(self._tell)
                if time.monotonic() >= clean_at:
                    clean_at = time.monotonic() + CLEAN_EVERY_SECONDS
                    self._clean()
                time.sleep(0.3)
        finally:
            self._stop(processes)
        return 0

    def _prepare(self) -> None:
        self.settings.var_dir.mkdir(parents=True, exist_ok=True)
        self._logs().mkdir(exist_ok=True)
        for name in ("channel", "web", "telegram"):
            self.settings.secret(name)
        for setting, host, port in (
            ("RASA_PORT", "127.0.0.1", self.settings.rasa_port),
            ("ACTIONS_PORT", "127.0.0.1", self.settings.actions_port),
            ("WEB_PORT", self.settings.web_host, self.settings.web_port),
        ):
            check_free(setting, host, port)
        if self.settings.telegram_token and self.settings.telegram_webhook_url:
            check_free(
                "TELEGRAM_WEBHOOK_PORT", self.settings.telegram_webhook_host, self.settings.telegram_webhook_port
            )
        with self.console.status("Database: bringing the tables up to date"):
            upgrade(self.settings.database_url)
            load_municipality(self.settings.municipality_dir)  # a mistake in it should stop the start, not a reply
            imported = load_first_answers(build(self.settings).store, self.settings.municipality_dir, now_utc())
        if imported:
            self._tell(f"Database: {imported} answers of the example municipality loaded")
        self._train()
        with self.console.status("Answers: reading them in"):
            build(self.settings).residents.entries.current()  # keeps the vectors, so that the first asker need not wait
        self._write_endpoints()

    def _train(self) -> None:
        if model_path(self.settings).exists():
            self._tell("Model: up to date")
            return
        started = time.monotonic()
        with self.console.status("Model: training, about a minute on two cores the first time"):
            train(self.settings, self._logs() / "training.log")
        self._tell(f"Model: trained in {time.monotonic() - started:.0f} s")

    def _write_endpoints(self) -> None:
        """Rasa reads ports and places from a file; this one follows the settings."""
        endpoints.write_endpoints(self.settings, self._endpoints())

    def _processes(self) -> list[Process]:
        python = sys.executable
        settings = self.settings
        commands = {
            "actions": [python, "-m", "rasa_sdk", "--actions", "actions", "--port", str(settings.actions_port)],
            "web": [python, "-m", "bot.cli", "web"],
            "telegram": [python, "-m", "bot.cli", "telegram"],
            "rasa": [
                *(python, "-m", "rasa", "run", "-i", "127.0.0.1", "--port", str(settings.rasa_port)),
                *("--model", str(model_path(settings)), "--endpoints", str(self._endpoints())),
                *("--credentials", str(ROOT / "credentials.yml")),
            ],
        }
        # rasa_sdk listens on all addresses unless told otherwise.
        environment = {
            "SANIC_HOST": "127.0.0.1",
            PREFIX + "VAR_DIR": str(settings.var_dir),
            **endpoints.environment(settings),
        }
        return [Process(name, command, environment, self._logs() / f"{name}.log") for name, command in commands.items()]

    def _wait_until_ready(self, processes: list[Process], is_stopping: Callable[[], bool]) -> None:
        checks = {
            "actions": f"{self.settings.actions_url}/health",
            "web": f"http://{self.settings.web_host}:{self.settings.web_port}/gezond",
            "rasa": f"{self.settings.rasa_url}{WEBHOOK_PATH.removesuffix('webhook')}",
        }
        started = time.monotonic()
        with self.console.status("Starting: the language model takes the longest") as status:
            while checks and not is_stopping() and time.monotonic() - started < READY_SECONDS:
                for name in [name for name, url in checks.items() if answers(url)]:
                    del checks[name]
                    status.update(f"Starting: {name} is ready, waiting for {', '.join(checks) or 'nothing'}")
                for process in processes:
                    process.watch(self._tell)
                time.sleep(0.2)
        if is_stopping():
            return
        if checks:
            self._tell(f"Not ready after {READY_SECONDS} s: {', '.join(checks)}. Read the logs in {self._logs()}.")
        self._welcome(time.monotonic() - started)

    def _welcome(self, seconds: float) -> None:
        address = self.settings.public_url
        parts = build(self.settings)
        token = operator_token(parts.store, now_utc(), self.settings.login_link_minutes)
        telegram = (
            "on"
            if self.settings.telegram_token
            else f"off. Ask @BotFather for a token, then: {PREFIX}TELEGRAM_TOKEN=… make run"
        )
        self.console.print(f"\n[bold]Dialoogcoach runs[/] (ready in {seconds:.0f} s). Stop with Ctrl-C.\n")
        for label, value in (
            ("Log in once", f"{address}/inloggen?sleutel={token}"),
            ("Practice and guides", f"{address}/oefenen"),
            ("Review desk", f"{address}/bureau"),
            ("Public page", f"{address}/vragen"),
            ("Telegram", telegram),
            ("Logs", str(self._logs())),
        ):
            self.console.print(f"  {label:<20} {value}", highlight=False, soft_wrap=True)
        self.console.print()

    def _clean(self) -> None:
        """Remove what is past its term. A database that is away for a moment is no reason to stop: tomorrow again."""
        try:
            clean_up(build(self.settings).store, now=now_utc())
            oldest = now_utc() - timedelta(days=DEFAULT_TERMS.conversations_days)
            remove_conversations(self.settings.conversations_url, oldest)
        except StoreUnavailable as error:
            self._tell(f"Not cleaned today: {error}")

    def _stop(self, processes: list[Process]) -> None:
        self._tell("Stopping")
        for process in processes:
            process.stop(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in processes:
            if process.running is not None:
                try:
                    process.running.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    process.stop(signal.SIGKILL)
                    process.running.wait()

    def _tell(self, sentence: str) -> None:
        self.console.print(sentence, highlight=False, soft_wrap=True)

    def _logs(self) -> Path:
        return self.settings.var_dir / "log"

    def _endpoints(self) -> Path:
        return self.settings.var_dir / "endpoints.yml"


def check_free(setting: str, host: str, port: int) -> None:
    """Raise CannotStart when somebody listens on the port already, naming the setting that moves it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} on {host} cannot be used ({error.strerror}). Stop what uses it, or choose another: "
                f"{PREFIX}{setting}={port + 1} make run"
            ) from error


def answers(url: str) -> bool:
    """Whether something answers there now; /gezond may say that a part is still missing."""
    try:
        return httpx.get(url, timeout=1.0, trust_env=False).status_code in (200, 503)
    except httpx.HTTPError:
        return False
