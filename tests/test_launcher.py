"""What the operator meets when something is in the way, and what the launcher does when a process falls."""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path

import pytest

from bot import launcher
from bot.launcher import CannotStart, Process, check_free


def process(tmp_path: Path, code: str) -> Process:
    return Process("proef", [sys.executable, "-c", code], {}, tmp_path / "proef.log")


def until(done: object, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_busy_port_is_named_with_the_setting_that_moves_ours() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"Port {port} .*DIALOOGCOACH_WEB_PORT={port + 1}"):
            check_free("WEB_PORT", "127.0.0.1", port)


def test_a_free_port_is_fine() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    check_free("WEB_PORT", "127.0.0.1", port)


def test_a_process_that_falls_is_started_again_and_the_operator_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "RESTART_PAUSES_SECONDS", (0.05,))
    marker = tmp_path / "starts"
    falling = process(tmp_path, f"open({str(marker)!r}, 'a').write('x'); raise SystemExit(3)")
    told: list[str] = []
    falling.start()

    def started_twice() -> bool:
        falling.watch(told.append)
        return marker.exists() and len(marker.read_text()) >= 2

    until(started_twice)
    assert told[0].startswith("proef fell (status 3)")
    assert "proef.log" in told[0]


@pytest.mark.parametrize(("status", "said"), [(0, 0), (78, 1)])
def test_a_process_with_nothing_to_do_or_wrong_settings_is_left_alone(tmp_path: Path, status: int, said: int) -> None:
    ended, told = process(tmp_path, f"raise SystemExit({status})"), []
    ended.start()

    def given_up() -> bool:
        ended.watch(told.append)
        return ended.given_up

    until(given_up)
    assert len(told) == said


def test_a_process_is_stopped_with_everything_it_started(tmp_path: Path) -> None:
    child = tmp_path / "child"
    code = (
        "import subprocess, sys, time, pathlib;"
        "started = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"pathlib.Path({str(child)!r}).write_text(str(started.pid)); time.sleep(60)"
    )
    parent = process(tmp_path, code)
    parent.start()
    until(lambda: child.exists() and child.read_text())
    parent.stop(launcher.signal.SIGTERM)
    assert parent.running is not None
    parent.running.wait(10)
    status = Path(f"/proc/{child.read_text()}/status")
    until(lambda: not status.exists() or "zombie" in status.read_text())
