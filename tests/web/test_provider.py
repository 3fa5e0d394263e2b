"""Signing in through the municipality's own OpenID Connect provider: a real exchange with one on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from bot.channels.client import RasaClient
from bot.domain.accounts import AccountRole
from bot.services.accounts import list_accounts
from bot.settings import SettingsError, read_settings
from bot.storage.store import SqlStore
from bot.web.app import create_app
from tests.web.browser import Browser, words
from tests.web.oidc_provider import Claims, Provider, running_provider
from tests.web.town import Clock, Town, town_settings

SANNE: Claims = {
    "sub": "7f3", "name": "Sanne Kok", "email": "Sanne@Oudervaart.example", "groups": ["iedereen", "desk-team"],
}  # fmt: skip
ROLES = "official=iedereen,communications=desk-team,administrator=beheer"


@pytest.fixture
def provider(clock: Clock) -> Iterator[Provider]:
    with running_provider() as running:
        running.person = dict(SANNE)
        running.now = lambda: clock().timestamp()
        yield running


@pytest.fixture
def employee(provider: Provider, store: SqlStore, town: Town, clock: Clock, tmp_path: Path) -> Iterator[Browser]:
    """Somebody's browser, in front of a site that knows the provider."""
    settings = town_settings(
        tmp_path, 5999, PUBLIC_URL="https://vragen.oudervaart.example", OIDC_ISSUER=provider.issuer,
        OIDC_CLIENT_ID=provider.client_id, OIDC_CLIENT_SECRET=provider.client_secret, OIDC_ROLES=ROLES,
    )  # fmt: skip
    app = create_app(settings, store, RasaClient(settings.rasa_url, "x", 1), clock)
    with TestClient(app, base_url=settings.public_url, raise_server_exceptions=False) as client:
        yield Browser(client)


def go_away(browser: Browser) -> str:
    """Press the button; where the provider sends the browser back to, as path and query."""
    leaving = browser.client.get("/inloggen/werkaccount", follow_redirects=False)
    assert leaving.status_code == 303, words(leaving.text)
    back = httpx.get(leaving.headers["location"], follow_redirects=False, trust_env=False).headers["location"]
    parts = urlsplit(back)
    return f"{parts.path}?{parts.query}"


def sign_in(browser: Browser) -> httpx.Response:
    return browser.client.get(go_away(browser), follow_redirects=False)


def test_a_colleague_signs_in_and_gets_the_role_of_the_highest_group(employee: Browser, store: SqlStore) -> None:
    assert "Inloggen met je werkaccount" in employee.get("/inloggen").text
    response = sign_in(employee)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert employee.get("/bureau").status_code == 200
    assert employee.get("/beheer").status_code == 403
    [made] = [each for each in list_accounts(store) if each.external]
    assert (made.name, made.email, made.role) == (
        "Sanne Kok", "sanne@oudervaart.example", AccountRole.COMMUNICATIONS,
    )  # fmt: skip
    assert "wachtwoord is hier niet nodig" in words(employee.get("/wachtwoord").text)


def test_another_group_at_the_next_sign_in_is_another_role(employee: Browser, provider: Provider) -> None:
    sign_in(employee)
    provider.person["groups"] = "iedereen"
    sign_in(employee)
    assert employee.get("/bureau").status_code == 403
    assert employee.get("/oefenen").status_code == 200


def test_the_request_to_the_provider_asks_no_more_than_needed_and_uses_pkce(employee: Browser) -> None:
    address = employee.client.get("/inloggen/werkaccount", follow_redirects=False).headers["location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["scope"] == "openid email profile"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "https://vragen.oudervaart.example/inloggen/werkaccount/terug"


@pytest.mark.parametrize(
    ("spoil", "advice"),
    [
        (lambda claims: {**claims, "groups": ["zwembad"]}, "geen toegang"),
        (lambda claims: {name: value for name, value in claims.items() if name != "groups"}, "geen toegang"),
        (lambda claims: {**claims, "email": ""}, "geen gecontroleerd e-mailadres"),
        (lambda claims: {**claims, "email_verified": False}, "geen gecontroleerd e-mailadres"),
        (lambda claims: {**claims, "aud": "another program"}, "lukt nu niet"),
        (lambda claims: {**claims, "iss": "https://evil.example"}, "lukt nu niet"),
        (lambda claims: {**claims, "nonce": "another errand"}, "lukt nu niet"),
        (lambda claims: {**claims, "exp": claims["iat"] - 120}, "lukt nu niet"),
        (lambda claims: {name: value for name, value in claims.items() if name != "sub"}, "lukt nu niet"),
    ],
    ids=["no group", "no groups", "no mail", "mail unchecked", "audience", "issuer", "nonce", "old", "no subject"],
)
def test_a_token_that_is_not_right_opens_nothing(
    employee: Browser, provider: Provider, store: SqlStore, spoil: Callable[[Claims], Claims], advice: str
) -> None:
    provider.change = spoil
    response = sign_in(employee)
    assert response.status_code == 403
    assert advice in words(response.text)
    assert [each for each in list_accounts(store) if each.external] == []


def test_a_token_that_somebody_else_signed_opens_nothing(employee: Browser, provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, parameters={"kid": "one"})
    assert sign_in(employee).status_code == 403


def test_a_way_back_that_began_elsewhere_or_too_long_ago_is_refused(employee: Browser, clock: Clock) -> None:
    back = go_away(employee)
    employee.client.cookies.clear()
    assert "begon in een ander venster" in words(employee.get(back).text)
    back = go_away(employee)
    clock.forward(minutes=11)
    assert employee.get(back).status_code == 403


def test_a_code_works_once(employee: Browser) -> None:
    back = go_away(employee)
    errand = employee.client.cookies["__Host-onderweg"]
    assert employee.client.get(back, follow_redirects=False).status_code == 303
    employee.client.cookies.set("__Host-onderweg", errand)
    assert employee.client.get(back, follow_redirects=False).status_code == 403


def test_a_cookie_that_was_tampered_with_is_refused(employee: Browser) -> None:
    back = go_away(employee)
    sealed = employee.client.cookies["__Host-onderweg"]
    employee.client.cookies.clear()
    for forged in (sealed[:-1] + "x", "x." + sealed.partition(".")[2], "", "."):
        employee.client.cookies.set("__Host-onderweg", forged)
        assert employee.get(back).status_code == 403


def test_a_provider_that_is_away_is_said_so(employee: Browser, provider: Provider) -> None:
    provider.port = 1  # what it says about itself no longer fits OIDC_ISSUER
    response = employee.client.get("/inloggen/werkaccount", follow_redirects=False)
    assert response.status_code == 403
    assert "lukt nu niet" in words(response.text)


def test_without_a_provider_there_is_no_such_page(visitor: Browser, town: Town) -> None:
    assert "werkaccount" not in visitor.get("/inloggen").text
    assert visitor.get("/inloggen/werkaccount").status_code == 404


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"ISSUER": "http://login.example"}, "OIDC_ISSUER.*https"),
        ({"CLIENT_ID": ""}, "OIDC_CLIENT_ID is empty"),
        ({"ROLES": ""}, "OIDC_ROLES is empty"),
        ({"ROLES": "chef=keuken"}, "OIDC_ROLES is 'chef=keuken'.*roles are official"),
        ({"ROLES": "official"}, "role=group"),
    ],
)
def test_half_a_provider_is_refused_at_the_start(changed: dict[str, str], complaint: str) -> None:
    whole = {"ISSUER": "https://login.example", "CLIENT_ID": "x", "CLIENT_SECRET": "y", "ROLES": ROLES, **changed}
    with pytest.raises(SettingsError, match=complaint):
        read_settings({f"DIALOOGCOACH_OIDC_{name}": value for name, value in whole.items()})
