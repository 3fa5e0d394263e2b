"""Signing in and out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.client import RasaClient
from bot.domain.accounts import AccountRole
from bot.services.accounts import issue_login_link
from bot.services.audit import note
from bot.settings import Settings
from bot.storage.store import SqlStore
from bot.web.app import create_app
from tests.services.test_sign_in import QUICK
from tests.web.browser import Browser, words
from tests.web.town import NOW, Clock, Town, town_settings


@pytest.fixture
def link(store: SqlStore, town: Town, clock: Clock) -> str:
    """A fresh link for the official."""
    account = town.accounts[AccountRole.OFFICIAL]
    return f"/inloggen?sleutel={quote(issue_login_link(store, account_id=account.id, now=clock()))}"


def redeem(browser: Browser, link: str) -> int:
    """Press the button on the login page; the status of the answer."""
    token = link.partition("=")[2]
    response = browser.post("/inloggen", {"sleutel": token}, page=link, follow_redirects=False)
    return response.status_code


def test_a_link_signs_in_once(new_browser: Callable[[], Browser], link: str) -> None:
    first, second = new_browser(), new_browser()
    assert redeem(first, link) == 303
    assert "Ömer Aydın" in first.get("/").text
    assert redeem(second, link) == 403
    assert second.client.get("/oefenen", follow_redirects=False).status_code == 303


def test_opening_the_link_does_not_use_it_up(new_browser: Callable[[], Browser], link: str) -> None:
    for _ in range(3):
        assert "Inloggen" in new_browser().get(link).text
    assert redeem(new_browser(), link) == 303


def test_a_link_that_is_too_old_is_refused_with_advice(visitor: Browser, link: str, clock: Clock) -> None:
    clock.forward(minutes=61)
    response = visitor.post("/inloggen", {"sleutel": link.partition("=")[2]}, page=link)
    assert response.status_code == 403
    assert "niet meer geldig" in response.text


def test_signing_out_ends_the_session_itself(official: Browser) -> None:
    session = official.client.cookies["dialoogcoach"]
    official.post("/uitloggen", {}, page="/")
    official.client.cookies.set("dialoogcoach", session)
    assert official.client.get("/oefenen", follow_redirects=False).status_code == 303


def test_twenty_colleagues_behind_one_address_can_all_sign_in(
    new_browser: Callable[[], Browser], store: SqlStore, town: Town, clock: Clock
) -> None:
    account = town.accounts[AccountRole.OFFICIAL]
    links = [f"/inloggen?sleutel={issue_login_link(store, account_id=account.id, now=clock())}" for _ in range(20)]
    assert {redeem(new_browser(), link) for link in links} == {303}


def test_after_ten_wrong_links_it_takes_a_pause(visitor: Browser, clock: Clock) -> None:
    statuses = [redeem(visitor, f"/inloggen?sleutel=guess{n}") for n in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    clock.forward(minutes=10)
    assert redeem(visitor, "/inloggen?sleutel=guess") == 403


def test_the_session_cookie_is_out_of_reach_of_scripts(visitor: Browser, link: str) -> None:
    token = link.partition("=")[2]
    response = visitor.post("/inloggen", {"sleutel": token}, page=link, follow_redirects=False)
    cookie = response.headers["set-cookie"].lower()
    assert cookie.startswith("dialoogcoach=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_over_https_the_cookie_is_bound_to_this_host(store: SqlStore, town: Town, tmp_path: Path, clock: Clock) -> None:
    settings = town_settings(tmp_path, 5999, PUBLIC_URL="https://vragen.oudervaart.example")
    app = create_app(settings, store, RasaClient(settings.rasa_url, "x", 1), clock)
    account = town.accounts[AccountRole.OFFICIAL]
    token = issue_login_link(store, account_id=account.id, now=clock())
    with TestClient(app, base_url="https://vragen.oudervaart.example") as client:
        response = Browser(client).post(
            "/inloggen", {"sleutel": token}, page="/inloggen?sleutel=x", follow_redirects=False
        )
        assert response.headers["strict-transport-security"]
        cookie = response.headers["set-cookie"]
        assert cookie.startswith("__Host-dialoogcoach=")
        assert "Secure" in cookie
        assert client.get("/oefenen").status_code == 200


def test_the_administrator_makes_an_account_and_hands_over_a_link(
    administrator: Browser, new_browser: Callable[[], Browser]
) -> None:
    fields = {"actie": "nieuw", "naam": "Sanne Kok", "email": "sanne@oudervaart.example", "rol": "communications"}
    page = administrator.post("/beheer", fields).text
    link = page.partition('<code class="copy">')[2].partition("</code>")[0]
    assert link.startswith("http://127.0.0.1:8080/inloggen?sleutel=")
    colleague = new_browser()
    assert redeem(colleague, link.removeprefix("http://127.0.0.1:8080")) == 303
    assert colleague.get("/bureau").status_code == 200
    assert link not in administrator.get("/beheer").text


def test_an_address_that_is_taken_keeps_what_was_filled_in(administrator: Browser) -> None:
    fields = {"actie": "nieuw", "naam": "Dubbel", "email": "official@oudervaart.example", "rol": "official"}
    response = administrator.post("/beheer", fields)
    assert response.status_code == 422
    assert "al een account" in response.text
    assert 'value="Dubbel"' in response.text


def test_closing_an_account_signs_it_out(administrator: Browser, official: Browser, town: Town) -> None:
    account = town.accounts[AccountRole.OFFICIAL]
    fields = {"actie": "wijzig", "account": str(account.id), "rol": "official", "actief": "nee"}
    administrator.post("/beheer", fields)
    assert official.client.get("/oefenen", follow_redirects=False).status_code == 303


def test_the_last_administrator_cannot_be_closed(administrator: Browser, town: Town) -> None:
    account = town.accounts[AccountRole.ADMINISTRATOR]
    fields = {"actie": "wijzig", "account": str(account.id), "rol": "official", "actief": "ja"}
    response = administrator.post("/beheer", fields)
    assert response.status_code == 422
    assert "ten minste één beheerder" in response.text


PASSWORD = "vier koeien op stal"


def choose(browser: Browser, **changed: str) -> str:
    """Fill in the password page; what it then says."""
    fields = {"nieuw": PASSWORD, "nogmaals": PASSWORD, **changed}
    return words(browser.post("/wachtwoord", fields).text)


def enter(browser: Browser, password: str = PASSWORD, email: str = "official@oudervaart.example") -> httpx.Response:
    """Fill in the login page."""
    return browser.post("/inloggen", {"email": email, "wachtwoord": password}, follow_redirects=False)


def test_who_was_invited_chooses_a_password_and_comes_back_with_it(
    new_browser: Callable[[], Browser], link: str
) -> None:
    first, later = new_browser(), new_browser()
    response = first.post("/inloggen", {"sleutel": link.partition("=")[2]}, page=link, follow_redirects=False)
    assert response.headers["location"] == "/wachtwoord"
    assert "Je wachtwoord van nu" not in first.get("/wachtwoord").text
    assert "opgeslagen" in choose(first)
    response = enter(later)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "Ömer Aydın" in later.get("/").text
    assert "Je wachtwoord van nu" in later.get("/wachtwoord").text


def test_a_wrong_password_keeps_the_address_and_not_the_password(visitor: Browser, town: Town) -> None:
    response = enter(visitor, "verkeerd <b>woord</b>")
    assert response.status_code == 403
    assert 'value="official@oudervaart.example"' in response.text
    assert "verkeerd" not in response.text
    assert "klopt niet" in response.text


def test_a_password_that_is_too_easy_is_refused_with_advice(official: Browser) -> None:
    assert "Een zin van vier woorden" in choose(official, nieuw="kort", nogmaals="kort")
    assert "niet hetzelfde" in choose(official, nogmaals="vier koeien")
    assert PASSWORD not in official.post("/wachtwoord", {"nieuw": PASSWORD, "nogmaals": "x"}).text


def test_guessing_takes_a_pause_for_every_process_at_once(
    visitor: Browser, new_browser: Callable[[], Browser], app: Starlette, store: SqlStore, settings: Settings, clock: Clock,
    town: Town,
) -> None:  # fmt: skip
    assert [enter(visitor).status_code for _ in range(11)] == [403] * 10 + [429]
    other = create_app(settings, store, RasaClient(settings.rasa_url, "x", 1), clock, QUICK)
    with TestClient(other) as client:
        assert enter(Browser(client)).status_code == 429
    clock.forward(minutes=11)
    assert enter(visitor).status_code == 403


def test_the_administrator_reads_who_did_what(administrator: Browser, official: Browser, town: Town) -> None:
    choose(official)
    fields = {"actie": "nieuw", "naam": "Sanne Kok", "email": "sanne@oudervaart.example", "rol": "communications"}
    administrator.post("/beheer", fields)
    page = words(administrator.get("/beheer/logboek").text)
    assert "Ömer Aydın: koos een wachtwoord" in page
    assert "Joost Veenstra: maakte een account Accounts en inloggen Sanne Kok rol: Communicatieteam" in page
    assert "logde in met een inloglink" in page
    mine = words(administrator.get(f"/beheer/logboek?wie={town.accounts[AccountRole.OFFICIAL].id}&over=account").text)
    assert "koos een wachtwoord" in mine
    assert "maakte een account" not in mine


def test_the_log_has_pages(administrator: Browser, store: SqlStore, town: Town) -> None:
    with store.unit() as work:
        for n in range(150):
            note(work, NOW, None, "registered", f"question:{n}")
        work.commit()
    first = administrator.get("/beheer/logboek?over=question").text
    older = html.unescape(re.findall(r'href="(/beheer/logboek[^"]*voor=[^"]*)"', first)[0])
    second = administrator.get(older).text
    assert first.count("<tr>") == 101  # with the head
    assert 50 < second.count("<tr>") < 101
    assert administrator.get("/beheer/logboek?wie=x&over=y&voor=99999999999999999999").status_code == 200
