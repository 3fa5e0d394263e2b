"""Whatever process falls in the middle of a talk, the talk is still there: same words, same resident, same debrief."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.domain.practice.goals import Goal
from bot.domain.practice.records import words_said
from bot.domain.practice.talk import replay
from bot.domain.replies import Say
from bot.services import practice
from bot.storage.migrate import upgrade
from bot.storage.scenarios import load_scenarios
from bot.storage.store import SqlStore
from tests.end_to_end.conftest import free_port
from tests.services.residents import NOW

ROOT = Path(__file__).resolve().parents[2]
ME = "official:web:1"
SCENARIOS = {each.id: each for each in load_scenarios()}
SAID = (
    ("Ik hoor hoe bang u bent, meneer Van Dongen.", Move.ACKNOWLEDGE_EMOTION),
    ("Hoe gaan de avonden nu bij u?", Move.EXPLORE),
    ("Dus vooral de nachten zijn moeilijk, klopt dat?", Move.SUMMARIZE),
    ("Dat weet ik niet; ik vraag het de projectleider en bel u vrijdag.", Move.DEFER_ANSWER),
)


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A database file that outlives every process."""
    url = f"sqlite:///{tmp_path / 'dialoogcoach.db'}"
    upgrade(url)
    return url


def tagged(text: str, move: Move) -> TaggedMessage:
    return TaggedMessage(text, (TaggedMove(move, 0, len(text), 0.95),))


@contextmanager
def reopened(address: str) -> Iterator[SqlStore]:
    """A store as a new process opens it."""
    store = SqlStore(address)
    yield store
    store.close()


def test_every_step_on_a_store_that_was_just_opened_is_the_same_talk(address: str) -> None:
    told: list[str] = []
    with reopened(address) as store:
        opening = practice.start_talk(store, SCENARIOS, ME, NOW, "telefoon", seed=9, goal=Goal.DEFER, cues=True)
        told.append(opening[-1].text)
    for place, (text, move) in enumerate(SAID):
        with reopened(address) as store:
            told.append(practice.say(store, SCENARIOS, ME, tagged(text, move), NOW, f"m{place}")[0].text)
        if place == 1:
            with reopened(address) as store:
                practice.pause_talk(store, SCENARIOS, ME, NOW)
            with reopened(address) as store:
                assert practice.resume_talk(store, SCENARIOS, ME, NOW)[-1].text == told[-1]
    at_once = replay(SCENARIOS["telefoon"], 9, [tagged(*each) for each in SAID])
    assert told == [at_once.opening, *(turn.reply for turn in at_once.turns)]
    with reopened(address) as store:
        debrief = practice.stop_talk(store, SCENARIOS, ME, NOW)[0]
    assert_complete(debrief)


def assert_complete(debrief: Say) -> None:
    """All turns are in it, and the goal comes first."""
    assert debrief.data is not None
    assert [line.get("official") for line in debrief.data["transcript"][1:]] == [text for text, _ in SAID]
    assert debrief.data["skills"][0]["skill"] == "defer"


# The action server itself, killed between turns


class ActionServer:
    """`rasa_sdk` as the launcher starts it."""

    def __init__(self, var_dir: Path) -> None:
        self._environment = {
            **os.environ,
            "DIALOOGCOACH_VAR_DIR": str(var_dir),
            "SANIC_HOST": "127.0.0.1",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        }
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(self._port)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 90
        while True:
            assert self._process.poll() is None, "the action server stopped by itself"
            assert time.monotonic() < until, "the action server did not start"
            try:
                httpx.get(f"http://127.0.0.1:{self._port}/health", trust_env=False).raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.2)
            else:
                return

    def kill(self) -> None:
        """As a power cut does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def run(
        self, action: str, text: str = "", entities: Sequence[dict[str, Any]] = (), slots: dict[str, Any] | None = None
    ) -> tuple[list[str], list[dict[str, Any]]]:
        """Run an action as Rasa asks for it: the texts said, and the events."""
        latest = {"text": text, "entities": list(entities), "intent": {"name": "x"}, "unsure_moves": False}
        tracker = {
            "sender_id": ME, "slots": slots or {}, "latest_message": latest, "events": [], "paused": False,
            "active_loop": {}, "latest_action_name": None, "followup_action": None, "latest_input_channel": "web",
        }  # fmt: skip
        body = {"next_action": action, "sender_id": ME, "tracker": tracker, "domain": {}, "version": "3.6.21"}
        response = httpx.post(f"http://127.0.0.1:{self._port}/webhook", json=body, timeout=60, trust_env=False)
        response.raise_for_status()
        found = response.json()
        return [each["text"] for each in found["responses"] if each.get("text")], found["events"]

    def say(self, text: str, move: Move) -> str:
        """One turn of the talk."""
        entity = {"entity": "move", "value": move.value, "start": 0, "end": len(text), "confidence_entity": 0.95}
        texts, events = self.run("validate_practice_form", text, [entity], {"said": text})
        assert {"event": "slot", "timestamp": None, "name": "said", "value": None} in events
        return texts[0]


@pytest.fixture
def server(tmp_path: Path, address: str) -> Iterator[ActionServer]:
    """An action server on that database, ended whatever happens."""
    made = ActionServer(tmp_path)
    made.start()
    yield made
    made.kill()


def test_an_action_server_that_is_killed_between_turns_goes_on_where_it_was(server: ActionServer, address: str) -> None:
    start = [{"entity": "scenario", "value": "telefoon"}, {"entity": "goal", "value": "defer"}]
    told = [server.run("action_start_practice", entities=start)[0][-1]]
    told += [server.say(*each) for each in SAID[:2]]
    server.kill()
    server.start()
    _, events = server.run("action_session_start")
    assert {"event": "active_loop", "timestamp": None, "name": "practice_form"} in events
    told += [server.say(*each) for each in SAID[2:]]
    with reopened(address) as store, store.view() as work:
        record = work.talks.current(ME)
    assert record is not None
    talk = replay(SCENARIOS["telefoon"], record.seed, words_said(record.turns))
    assert told == [talk.opening, *(turn.reply for turn in talk.turns)]
    assert record.goal is Goal.DEFER
    texts, _ = server.run("action_stop_practice")
    assert texts[0].startswith("NABESPREKING")
