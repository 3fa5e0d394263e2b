"""Headers, errors, health and static files: what holds for every page."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.domain.outgoing import Message, NewOutgoing, OutgoingKind
from bot.domain.questions import QuestionKind
from bot.services.notices import enqueue
from bot.services.ports import StoreUnavailable
from bot.settings import Settings
from bot.storage.store import SqlStore
from bot.web.headers import CONTENT_SECURITY_POLICY
from tests.web.browser import Browser, csrf_of, words
from tests.web.test_desk import TAXI, editor
from tests.web.town import Clock, Town, ask

ADDRESSES = ("/", "/vragen", "/inloggen", "/privacy", "/gezond", "/nergens", "/bureau", "/static/css/site.css")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_carries_the_security_headers(visitor: Browser, town: Town, address: str) -> None:
    response = visitor.client.get(address, follow_redirects=False)
    assert response.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_no_page_has_script_or_style_inside_it(administrator: Browser) -> None:
    for address in ("/", "/vragen", "/oefenen", "/bureau", TAXI, "/bureau/antwoorden/nieuw", "/beheer"):
        page = administrator.get(address).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page), address
        assert re.findall(r"<script(?![^>]*\ssrc=)", page) == [], address


def test_pages_are_not_kept_and_hashed_files_are(visitor: Browser, town: Town) -> None:
    page = visitor.get("/vragen")
    assert page.headers["cache-control"] == "no-store"
    sheet = re.search(r'href="(/static/css/site\.css\?v=[0-9a-f]{12})"', page.text)
    assert sheet
    assert visitor.get(sheet[1]).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in visitor.get("/static/css/site.css").headers["cache-control"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'\"><svg onload=alert(1)>", "</textarea><b>x</b>", "javascript:alert(1)"]
)
def test_what_residents_and_colleagues_write_never_becomes_code(
    communications: Browser, visitor: Browser, store: SqlStore, text: str
) -> None:
    question = ask(store, f"Klopt dit {text}?", "resident:page:x", kind=QuestionKind.FACTUAL)
    address = f"/bureau/vraag/{question.cluster_id}"
    version = re.search(r'name="versie" value="(\d+)"', communications.get(address).text)
    assert version
    preview = communications.post(address, editor(actie="voorbeeld", versie=version[1], vraag=text, antwoord=text)).text
    communications.post(address, editor(versie=version[1], vraag=text, antwoord=f"{text} https://x.nl/{text}"))
    pages = [
        preview, communications.get("/bureau?status=alle").text, communications.get(address).text,
        communications.get("/bureau/antwoorden").text, visitor.get("/vragen").text,
        visitor.client.get("/vragen", params={"zoek": text, "thema": text}).text,
        communications.client.get("/bureau", params={"zoek": text, "eigenaar": text}).text,
    ]  # fmt: skip
    for page in pages:
        assert "<script>alert" not in page
        assert "<svg onload" not in page
        assert "<b>x</b>" not in page
        assert not re.search(r'href="javascript:', page)


def test_a_page_that_is_not_there_says_what_to_do(visitor: Browser, town: Town) -> None:
    response = visitor.get("/nergens")
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.text
    assert "Ga naar de startpagina" in response.text


def test_an_error_page_keeps_the_menu_of_who_is_signed_in(official: Browser, communications: Browser) -> None:
    for page in (official.get("/bureau"), communications.get("/bureau/vraag/999")):
        assert page.status_code in (403, 404)
        assert "Inloggen voor medewerkers" not in page.text
        assert 'href="/oefenen"' in page.text
    official.client.post("/uitloggen", data={"csrf": csrf_of(official.get("/bureau").text)})
    assert official.get("/oefenen").url.path == "/inloggen"


def test_when_the_database_is_away_people_read_that_and_the_operator_the_cause(
    app: Starlette, store: SqlStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("sqlite:///secret/place cannot be opened: disk full. Free some space.")

    for name in ("view", "unit", "ping"):
        monkeypatch.setattr(store, name, away)
    with TestClient(app, raise_server_exceptions=False) as client, caplog.at_level(logging.ERROR):
        response = client.get("/vragen")
        health = client.get("/gezond")
    assert response.status_code == 503
    assert "We kunnen nu niet bij de gegevens" in response.text
    assert "secret/place" not in response.text
    assert "secret/place" in caplog.text
    assert (health.status_code, health.json()["database"]) == (503, "unavailable")
    assert "secret" not in health.text


def test_a_mistake_of_ours_gives_a_page_too(app: Starlette, store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(store, "view", broken)
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/vragen")
    assert response.status_code == 500
    assert "Er ging iets mis" in response.text
    assert "secret detail" not in response.text
    assert response.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_health_tells_how_long_the_oldest_message_waits(
    visitor: Browser, store: SqlStore, clock: Clock, town: Town
) -> None:
    assert visitor.get("/gezond").json() == {
        "status": "ok", "database": "ok", "rasa": "ok", "oldest_pending_seconds": None,
    }  # fmt: skip
    letter = NewOutgoing(OutgoingKind.NOTICE, "resident:telegram:x", 5, Message("Hoi"), "k1")
    enqueue(store, letter, now=clock())
    clock.forward(seconds=90)
    body = visitor.get("/gezond")
    assert body.json()["oldest_pending_seconds"] == 90.0
    assert "Hoi" not in json.dumps(body.json())


def test_a_body_that_is_too_large_is_refused_also_without_a_length(visitor: Browser, town: Town) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(400):
            yield b"x" * 10_000

    response = visitor.client.post(
        "/vragen",
        content=endless(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert response.status_code == 413
    assert "groter dan 2 MB" in words(response.text)


def test_the_secret_that_signs_forms_is_kept_in_the_settings_folder(settings: Settings, app: Starlette) -> None:
    path = Path(settings.var_dir) / "secrets" / "web"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_text()) >= 32


def test_a_browser_gets_a_cookie_only_where_it_can_say_something(visitor: Browser, town: Town) -> None:
    for address in ("/", "/privacy", "/gezond", "/bureau"):
        assert "set-cookie" not in visitor.client.get(address, follow_redirects=False).headers
    cookie = visitor.client.get("/vragen").headers["set-cookie"].lower()
    assert cookie.startswith("bezoeker=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_style_sheets_travel_compressed_and_pages_do_not(visitor: Browser, town: Town) -> None:
    headers = {"Accept-Encoding": "gzip"}
    assert visitor.client.get("/static/css/site.css", headers=headers).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in visitor.client.get("/vragen", headers=headers).headers
