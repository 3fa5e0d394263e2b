"""Counts and times for a monitor, and logs that tell nothing of anybody."""

from __future__ import annotations

import io
import json
import logging
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.channels.client import RasaClient
from bot.logs import JsonLines
from bot.storage.store import SqlStore
from bot.web.app import create_app
from tests.web.test_desk import TAXI
from tests.web.town import Clock, Town, town_settings


def client(store: SqlStore, folder: Path, clock: Clock, address: str, **changed: str) -> TestClient:
    settings = town_settings(folder, 5999, **changed)
    app = create_app(settings, store, RasaClient(settings.rasa_url, "x", 1), clock)
    return TestClient(app, client=(address, 5000), raise_server_exceptions=False)


@pytest.fixture
def here(store: SqlStore, town: Town, tmp_path: Path, clock: Clock) -> TestClient:
    """Somebody on this machine."""
    return client(store, tmp_path, clock, "127.0.0.1")


def test_the_monitor_reads_counts_and_times(here: TestClient) -> None:
    here.get("/vragen")
    here.get("/bureau/vraag/17", follow_redirects=False)
    here.get("/nergens/geheim")
    text = here.get("/metrics").text
    for line in (
        'dialoogcoach_questions{kind="factual",state="open"} 3',
        "dialoogcoach_questions_late 1",
        "dialoogcoach_published_answers",
        'dialoogcoach_http_request_seconds_count{method="GET",route="/vragen",status="200"} 1',
        'dialoogcoach_http_request_seconds_count{method="GET",route="/bureau/vraag/{number}",status="303"} 1',
        'route="unknown",status="404"} 1',
        'le="+Inf"} 1',
    ):
        assert line in text
    assert "geheim" not in text
    assert all(
        re.fullmatch(r"# (HELP|TYPE) .+|[a-z_]+(\{[^}]*(\{[a-z]+\}[^}]*)*\})? [0-9.e-]+", line)
        for line in text.splitlines()
    )


def test_times_add_up(here: TestClient) -> None:
    for _ in range(3):
        here.get("/privacy")
    counts = re.findall(r'route="/privacy",status="200",le="([^"]+)"\} (\d+)', here.get("/metrics").text)
    values = [int(count) for _, count in counts]
    assert values == sorted(values)
    assert values[-1] == 3


@pytest.mark.parametrize(
    ("address", "changed", "token", "status"),
    [
        ("127.0.0.1", {}, "", 200),
        ("203.0.113.9", {}, "", 404),
        ("127.0.0.1", {"PUBLIC_URL": "https://vragen.oudervaart.example"}, "", 404),
        ("203.0.113.9", {"METRICS_TOKEN": "geheim"}, "geheim", 200),
        ("127.0.0.1", {"METRICS_TOKEN": "geheim"}, "", 404),
        ("127.0.0.1", {"METRICS_TOKEN": "geheim"}, "raad", 404),
    ],
)
def test_only_this_machine_or_a_token_reads_them(
    store: SqlStore, town: Town, tmp_path: Path, clock: Clock, address: str, changed: dict[str, str], token: str, status: int
) -> None:  # fmt: skip
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    assert client(store, tmp_path, clock, address, **changed).get("/metrics", headers=headers).status_code == status


def test_a_request_is_logged_without_what_was_typed_or_who_typed_it(
    here: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        here.get("/vragen?zoek=mijn+geheime+ziekte")
        here.post(TAXI, data={"antwoord": "geheim"})
        here.get("/gezond")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records if record.name == "bot.web.requests"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/vragen", 200), ("POST", "/bureau/vraag/{number}", 401),
    ]  # fmt: skip
    assert "geheim" not in json.dumps(lines)
    assert "127.0.0.1" not in json.dumps(lines)


def test_a_line_of_the_log_is_json_and_an_error_comes_without_its_words() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.Logger("bot.test")
    logger.addHandler(handler)
    try:
        raise ValueError("wat iemand typte")
    except ValueError:
        logger.exception("Het ging mis bij rij %s", 3, extra={"seconds": 0.5})
    line = json.loads(stream.getvalue())
    assert (line["level"], line["logger"], line["message"], line["seconds"]) == (
        "error", "bot.test", "Het ging mis bij rij 3", 0.5,
    )  # fmt: skip
    assert line["error"] == "ValueError"
    assert "test_metrics.py" in line["at"][0]
    assert "wat iemand typte" not in stream.getvalue()
