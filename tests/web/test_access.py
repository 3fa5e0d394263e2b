"""Who may open what, and which forms are refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.domain.accounts import AccountRole
from bot.domain.faq import EntryState
from bot.services.answers import all_entries
from bot.services.clusters import open_clusters
from bot.storage.store import SqlStore
from tests.web.browser import Browser
from tests.web.town import Clock, Town

PUBLIC = ("/", "/vragen", "/privacy", "/inloggen")
ADMIN = ("/beheer", "/beheer/logboek")
DESK = (
    "/bureau",
    "/bureau/vraag/1",
    "/bureau/berichten",
    "/bureau/handreiking",
    "/bureau/antwoorden",
    "/bureau/antwoorden/antwoorden.csv",
    "/bureau/antwoorden/inlezen",
    "/bureau/antwoorden/nakijken",
    "/bureau/antwoorden/nieuw",
    "/bureau/antwoorden/antwoord/e01",
)


def posting_routes(app: Starlette) -> list[str]:
    """An address for every route that takes a POST."""
    routes = [route for route in app.routes if isinstance(route, Route) and "POST" in (route.methods or ())]
    return [re.sub(r"\{[^}]+\}", "1", route.path) for route in routes]


@pytest.mark.parametrize("address", PUBLIC)
def test_anybody_reads_the_public_pages(visitor: Browser, town: Town, address: str) -> None:
    assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/oefenen", "/wachtwoord", *ADMIN, *DESK])
def test_a_resident_is_sent_to_the_login_page(visitor: Browser, town: Town, address: str) -> None:
    response = visitor.client.get(address, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/inloggen")


@pytest.mark.parametrize("address", [*ADMIN, *DESK])
def test_an_official_cannot_open_the_desk_or_the_accounts(official: Browser, address: str) -> None:
    response = official.get(address)
    assert response.status_code == 403
    assert "niet voor jouw account" in response.text


@pytest.mark.parametrize("address", ["/oefenen", *DESK])
def test_the_communications_team_opens_desk_and_practice(communications: Browser, address: str) -> None:
    assert communications.get(address).status_code == 200


def test_the_communications_team_cannot_open_the_accounts(communications: Browser) -> None:
    assert {communications.get(address).status_code for address in ADMIN} == {403}


def test_the_administrator_opens_everything(administrator: Browser) -> None:
    assert {administrator.get(address).status_code for address in ("/oefenen", "/wachtwoord", *ADMIN, *DESK)} == {200}


def test_every_form_without_its_token_is_refused(app: Starlette, signed_in: Callable[[AccountRole], Browser]) -> None:
    browser = signed_in(AccountRole.ADMINISTRATOR)
    addresses = posting_routes(app)
    assert len(addresses) >= 9
    refused = {address: browser.client.post(address, data={"csrf": "guess", "actie": "x"}) for address in addresses}
    assert {address: response.status_code for address, response in refused.items()} == dict.fromkeys(addresses, 403)
    assert "verlopen" in refused["/bureau"].text


def test_a_token_of_somebody_else_is_refused(official: Browser, communications: Browser) -> None:
    token = re.search(r'name="csrf" value="([^"]+)"', communications.get("/").text)
    assert token
    assert official.client.post("/oefenen", data={"csrf": token[1], "tekst": "hoi"}).status_code == 403


def test_a_visitor_without_an_account_needs_the_token_of_their_own_cookie(visitor: Browser, town: Town) -> None:
    visitor.get("/vragen")
    assert visitor.client.post("/vragen", data={"csrf": "x", "tekst": "hoi"}).status_code == 403
    assert visitor.client.post("/vragen", data={"tekst": "hoi"}).status_code == 403


def test_an_official_cannot_change_anything_at_the_desk(official: Browser, store: SqlStore) -> None:
    entries, rows = all_entries(store), open_clusters(store)
    for address, fields in (
        ("/bureau/vraag/1", {"actie": "wegleggen", "versie": "1", "reden": "zomaar"}),
        ("/bureau/antwoorden/antwoord/e01", {"actie": "intrekken", "versie": "1"}),
        ("/beheer", {"actie": "nieuw", "naam": "Ik", "email": "ik@x.nl", "rol": "administrator"}),
    ):
        assert official.post(address, fields, page="/oefenen").status_code == 403
    assert (all_entries(store), open_clusters(store)) == (entries, rows)
    assert {entry.state for entry in entries} == {EntryState.PUBLISHED}


def test_whose_session_ended_gets_their_words_back(communications: Browser) -> None:
    communications.get("/bureau/vraag/1")
    communications.client.cookies.clear()
    typed = {"csrf": "old", "actie": "publiceren", "versie": "1", "antwoord": "Een lang antwoord <b>met</b> moeite."}
    typed["soort"] = "political"
    response = communications.client.post("/bureau/vraag/1", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 401
    assert "Een lang antwoord &lt;b&gt;met&lt;/b&gt; moeite." in response.text
    assert "political" not in response.text, "nobody typed that"
    assert 'href="/inloggen">Inloggen</a></p>' in response.text


def test_words_that_another_site_sends_are_not_shown(visitor: Browser, town: Town) -> None:
    response = visitor.client.post(
        "/bureau/vraag/1", data={"antwoord": "Koop nu"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 401
    assert "Koop nu" not in response.text


def test_a_session_ends_after_its_hours(official: Browser, clock: Clock) -> None:
    assert official.get("/oefenen").status_code == 200
    clock.forward(hours=13)
    assert official.client.get("/oefenen", follow_redirects=False).status_code == 303


def test_the_menu_offers_only_what_the_role_may_open(
    visitor: Browser, official: Browser, communications: Browser, administrator: Browser
) -> None:
    offered = {
        "visitor": visitor.get("/").text, "official": official.get("/").text,
        "communications": communications.get("/").text, "administrator": administrator.get("/").text,
    }  # fmt: skip
    assert [name for name, page in offered.items() if 'href="/oefenen"' in page] == [
        "official", "communications", "administrator",
    ]  # fmt: skip
    assert [name for name, page in offered.items() if 'href="/bureau"' in page] == ["communications", "administrator"]
    assert [name for name, page in offered.items() if 'href="/beheer"' in page] == ["administrator"]
