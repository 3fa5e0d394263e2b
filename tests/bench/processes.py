"""Processes that are certain to end: each in a session of its own, ended as a whole by its id."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from bot.training import ROOT

STOP_SECONDS: Final = 15
POLL_SECONDS: Final = 0.05


class Failed(Exception):
    """A process ended or stayed silent; the message says where to read why."""


@dataclass(frozen=True)
class Spent:
    """seconds: on the clock. processor_seconds: of all processors together, which a busy machine changes little."""

    seconds: float
    processor_seconds: float


class Child:
    """A process with where its words go. Started by `running`, which also ends it."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self.name, self.log, self.started = name, log, time.perf_counter()
        self._process = process

    def wait(self) -> Spent:
        """Until it has ended by itself; what that took since its start. Raises Failed when it did not end well."""
        before = _waited_for()
        status = self._process.wait()
        if status:
            raise Failed(f"{self.name} stopped with status {status}. Read {self.log}.")
        return Spent(time.perf_counter() - self.started, _waited_for() - before)

    def wait_until_ready(self, url: str, seconds: float) -> float:
        """Until `url` answers; seconds since its start. Raises Failed when it ends or takes longer than `seconds`."""
        with httpx.Client(trust_env=False, timeout=5.0) as client:
            while time.perf_counter() - self.started < seconds:
                if self._process.poll() is not None:
                    raise Failed(f"{self.name} stopped with status {self._process.returncode}. Read {self.log}.")
                try:
                    if client.get(url).is_success:
                        return time.perf_counter() - self.started
                except httpx.HTTPError:
                    pass
                time.sleep(POLL_SECONDS)
        raise Failed(f"{self.name} did not answer at {url} within {seconds:.0f} s. Read {self.log}.")

    def processor_seconds(self) -> float:
        """Processor time since its start, all threads and whatever it started together (Linux; in hundredths)."""
        return sum(processor_seconds_of(each) for each in session(self._process.pid))

    def memory(self) -> int:
        """Resident memory in bytes, of the process and whatever it started (Linux)."""
        return sum(resident(each) for each in session(self._process.pid))

    def stop(self) -> None:
        """Ask the whole group to end; make it, when it does not."""
        if self._process.poll() is None:
            _signal(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                _signal(self._process.pid, signal.SIGKILL)
                self._process.wait()
        for left in session(self._process.pid):
            os.kill(left, signal.SIGKILL)


@contextmanager
def running(name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[Child]:
    """A process for as long as the block lasts, also when that ends in an error or by Ctrl-C."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    child = Child(name, process, log)
    try:
        yield child
    finally:
        # A second Ctrl-C must not leave a server behind.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            child.stop()
        finally:
            signal.signal(signal.SIGINT, before)


def free_ports(count: int) -> list[int]:
    """Loopback ports that nobody listens on, all different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _signal(group: int, sign: signal.Signals) -> None:
    try:
        os.killpg(group, sign)
    except ProcessLookupError:
        return  # it ended between the question and the signal


def session(leader: int) -> list[int]:
    """Ids of the living processes in a session: its leader never leaves it, and nor does what it starts."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # Behind the name, which stands in brackets and may hold anything: state, parent, group, session.
                state, _, _, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(session) == leader and state != "Z":
                found.append(int(entry.name))
    return found


def _waited_for() -> float:
    """Processor seconds of all processes that this one started and saw end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def processor_seconds_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    # User and system time, fields 14 and 15 of the whole line, of which this is the part from field 3 on.
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> int:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0
