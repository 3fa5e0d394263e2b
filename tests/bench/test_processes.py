"""That nothing is left running, whatever happens."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.bench.processes import Failed, free_ports, running

PYTHON = sys.executable
WITH_A_CHILD = "import subprocess, time; subprocess.Popen(['sleep', '60']); print('up', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def members(session: int) -> list[str]:
    """Processes of a session that live."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == session:
                found.append((entry / "stat").read_text().rpartition(")")[2].split()[0])
        except OSError:
            continue
    return [state for state in found if state != "Z"]


def wait_until_up(log: Path) -> None:
    """Until the process has said so."""
    until = time.monotonic() + 20
    while "up" not in log.read_text():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_process_ends_with_all_it_started_also_by_ctrl_c(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(KeyboardInterrupt), running("test", [PYTHON, "-c", WITH_A_CHILD], os.environ, log) as child:
        wait_until_up(log)
        session = child._process.pid
        assert len(members(session)) == 2
        assert child.memory() > 1_000_000
        assert child.processor_seconds() >= 0
        raise KeyboardInterrupt
    assert members(session) == []


def test_a_process_that_does_not_listen_is_ended_anyway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.processes.STOP_SECONDS", 0.2)
    log = tmp_path / "log"
    with running("test", [PYTHON, "-c", DEAF], os.environ, log) as child:
        wait_until_up(log)
    assert child._process.returncode == -signal.SIGKILL


def test_a_process_that_fails_says_where_to_read_why(tmp_path: Path) -> None:
    command, log = [PYTHON, "-c", "raise SystemExit(3)"], tmp_path / "log"
    with running("training", command, os.environ, log) as child, pytest.raises(Failed, match="status 3. Read .*log"):
        child.wait()
    with running("rasa", command, os.environ, log) as child, pytest.raises(Failed, match="rasa stopped with status 3"):
        child.wait_until_ready("http://127.0.0.1:9/", 20)


def test_the_time_of_a_process_is_measured(tmp_path: Path) -> None:
    with running("test", [PYTHON, "-c", "sum(range(3_000_000))"], os.environ, tmp_path / "log") as child:
        spent = child.wait()
    assert spent.seconds > 0
    assert spent.processor_seconds > 0


def test_free_ports_differ() -> None:
    assert len(set(free_ports(5))) == 5
