"""What people read when the assistant is not there: the truth, and their own words back."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.client import RasaClient
from bot.storage.store import SqlStore
from bot.web.app import create_app
from tests.web.browser import Browser, words
from tests.web.stand_in_rasa import StandInRasa
from tests.web.town import Clock, Town, town_settings

LONG = "Ik woon hier veertig jaar en niemand vroeg ons iets. " * 20


def box(page: str) -> str:
    """What stands in the box to type in."""
    return page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].strip()


def test_while_rasa_starts_it_says_so_and_keeps_the_text(
    store: SqlStore, town: Town, clock: Clock, tmp_path: Path
) -> None:
    settings = town_settings(tmp_path, 1)  # nothing listens on port 1
    app: Starlette = create_app(settings, store, RasaClient(settings.rasa_url, "x", 1), clock)
    with TestClient(app) as client:
        response = Browser(client).post("/vragen", {"tekst": LONG})
        assert response.status_code == 503
        assert "start nog op. Probeer het over een halve minuut opnieuw." in response.text
        assert box(response.text) == LONG.strip()
        health = client.get("/gezond")
        assert (health.status_code, health.json()["rasa"]) == (503, "unavailable")


def test_when_rasa_is_slow_it_says_so_and_keeps_the_text(official: Browser, rasa: StandInRasa) -> None:
    rasa.delay_seconds = 1.5
    response = official.post("/oefenen", {"tekst": LONG})
    assert response.status_code == 504
    assert "doet er langer over dan anders" in response.text
    assert "Wat je typte, staat nog in het vak." in words(response.text)
    assert box(response.text) == LONG.strip()


def test_when_rasa_fails_it_says_so_and_keeps_the_text(official: Browser, rasa: StandInRasa) -> None:
    rasa.status = 500
    response = official.post("/oefenen", {"tekst": "Wat zegt punt 42?"})
    assert response.status_code == 502
    assert "door een storing" in response.text
    assert box(response.text) == "Wat zegt punt 42?"


def test_a_script_gets_the_same_sentence(official: Browser, rasa: StandInRasa) -> None:
    rasa.status = 500
    response = official.fragment("/oefenen", {"tekst": "Wat zegt punt 42?"})
    assert response.status_code == 502
    assert words(response.text).startswith("De assistent kon hier niets mee doen door een storing.")


def test_a_script_gets_only_what_is_new(official: Browser, rasa: StandInRasa) -> None:
    response = official.fragment("/oefenen", {"tekst": "Wat zegt punt 42?"})
    assert response.status_code == 200
    assert "<html" not in response.text
    assert words(response.text) == "Assistent Ik hoorde: Wat zegt punt 42?"


def test_an_official_speaks_as_themselves(official: Browser, rasa: StandInRasa, town: Town) -> None:
    official.post("/oefenen", {"tekst": "Wat zegt punt 42?"})
    official.post("/oefenen", {"knop": "/list_scenarios", "titel": "Situaties"})
    [account] = [each for each in town.accounts.values() if each.role.value == "official"]
    assert rasa.heard == [
        {"sender": f"official:web:{account.id}", "text": "Wat zegt punt 42?"},
        {"sender": f"official:web:{account.id}", "payload": "/list_scenarios"},
    ]


def test_an_empty_message_is_not_sent(official: Browser, rasa: StandInRasa) -> None:
    response = official.post("/oefenen", {"tekst": "  \n "})
    assert response.status_code == 422
    assert "Typ eerst een bericht." in response.text
    assert rasa.heard == []


def test_who_sends_very_much_is_slowed_down(official: Browser, rasa: StandInRasa, clock: Clock) -> None:
    statuses = [official.post("/oefenen", {"tekst": "hoi"}).status_code for _ in range(22)]
    assert statuses == [200] * 20 + [429] * 2
    clock.forward(seconds=60)
    assert official.post("/oefenen", {"tekst": "hoi"}).status_code == 200


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_what_is_typed_or_answered_never_becomes_code(official: Browser, rasa: StandInRasa, text: str) -> None:
    rasa.answer = lambda heard: [{"text": heard["text"], "buttons": [{"title": text, "payload": "/greet"}]}]
    page = official.post("/oefenen", {"tekst": text}).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "49" not in words(page).replace(text, "")
