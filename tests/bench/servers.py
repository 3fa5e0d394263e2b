"""The Rasa server and the action server of one side, on loopback ports that were free."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from bot.channels.client import WEBHOOK_PATH
from bot.training import ROOT
from tests.bench.processes import Child, Spent, free_ports, running
from tests.bench.sides import Side, write_endpoints

READY_SECONDS: Final = 300
"""Generous: the stock pipeline takes a minute on a quiet machine."""


@dataclass(frozen=True)
class Servers:
    """What runs for a side. start: from the Rasa process's start until its health address answered."""

    side: Side
    rasa: Child
    actions: Child
    rasa_url: str
    start: Spent
    actions_start_seconds: float


@contextmanager
def serving(side: Side) -> Iterator[Servers]:
    """Both servers of a side for as long as the block lasts. Raises Failed when one does not come up."""
    rasa_port, actions_port = free_ports(2)
    write_endpoints(side, actions_port)
    python, url = sys.executable, f"http://127.0.0.1:{rasa_port}"
    actions_command = [python, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)]
    rasa_command = [
        *(python, "-m", "rasa", "run", "-i", "127.0.0.1", "--port", str(rasa_port), "--model", str(side.model)),
        *("--endpoints", str(side.endpoints), "--credentials", str(ROOT / "credentials.yml")),
    ]
    # One after the other: on two cores they would be in each other's way, and only Rasa's start is compared.
    with running(f"{side.name} actions", actions_command, side.environment, side.log("actions")) as actions:
        actions_seconds = actions.wait_until_ready(f"http://127.0.0.1:{actions_port}/health", READY_SECONDS)
        with running(f"{side.name} rasa", rasa_command, side.environment, side.log("rasa")) as rasa:
            seconds = rasa.wait_until_ready(url + WEBHOOK_PATH.removesuffix("webhook"), READY_SECONDS)
            start = Spent(seconds, rasa.processor_seconds())
            yield Servers(side, rasa, actions, url, start, actions_seconds)
