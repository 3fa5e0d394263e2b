"""The whole product as `make run` starts it, on free ports with a folder of its own and Telegram on loopback."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import PREFIX, Settings, read_settings
from tests.bot_api import BotApi

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 240
STOP_SECONDS = 40
NAMES = {"rasa_sdk": "actions", "bot.cli web": "web", "bot.cli telegram": "telegram", "rasa run": "rasa"}


@dataclass(frozen=True)
class Product:
    """What runs: its launcher, what that printed, its settings, and Telegram beside it."""

    process: subprocess.Popen[bytes]
    output: Path
    settings: Settings
    telegram: BotApi

    @property
    def printed(self) -> str:
        return self.output.read_text(encoding="utf-8")

    @property
    def login(self) -> str:
        found = re.search(r"Log in once\s+(\S+)", self.printed)
        assert found, self.printed
        return found[1]

    @property
    def address(self) -> str:
        return self.settings.public_url

    def processes(self) -> dict[str, int]:
        """The process number of each part that runs now."""
        return {name: number for number in children(self.process.pid) if (name := name_of(number))}


def children(number: int) -> list[int]:
    """The processes that this one started."""
    try:
        return [int(each) for each in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    except FileNotFoundError:
        return []


def name_of(number: int) -> str:
    """Which part of the product a process is; '' for none."""
    try:
        command = Path(f"/proc/{number}/cmdline").read_bytes().decode().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return next((name for part, name in NAMES.items() if part in command), "")


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_product(var: Path, telegram: BotApi, **changed: str) -> Iterator[Product]:
    """`dialoogcoach run` until the block ends, and then as Ctrl-C ends it. `changed`: settings, without the prefix."""
    values = {
        "VAR_DIR": str(var),
        "MODEL_DIR": str(ROOT / "models"),
        "RASA_PORT": str(free_port()),
        "ACTIONS_PORT": str(free_port()),
        "WEB_PORT": str(free_port()),
        "REPLY_TIMEOUT_SECONDS": "60",
        "TELEGRAM_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,
        **changed,
    }
    ours = {PREFIX + name: value for name, value in values.items()}
    # Which wording a resident reads follows from the pseudonym. Every wording should do, and with this secret each run
    # reads the same: a fault shows at once, or never.
    (var / "secrets").mkdir(mode=0o700)
    (var / "secrets" / "telegram").write_text("the same in every run", encoding="utf-8")
    output = var / "printed.txt"
    with output.open("wb") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run"],
            cwd=ROOT,
            env={**os.environ, **ours, "COLUMNS": "200"},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
    product = Product(process, output, read_settings(ours, ROOT), telegram)
    try:
        deadline = time.monotonic() + START_SECONDS
        while "Telegram " not in product.printed:
            assert process.poll() is None, product.printed
            assert time.monotonic() < deadline, product.printed
            time.sleep(0.3)
        yield product
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)
