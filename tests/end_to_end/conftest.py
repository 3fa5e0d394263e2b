"""The web process as it really runs, on free ports, with a browser in front of it.

`rasa_port` gives the port of whatever plays Rasa. A test module that wants the real server overrides that one fixture
(and finds in `var_dir` the secret that both sides share); the rest stays as it is.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from bot.bootstrap import now_utc
from bot.channels.client import RasaClient
from bot.domain.accounts import AccountRole
from bot.services.accounts import issue_login_link
from bot.settings import Settings
from bot.storage.migrate import upgrade
from bot.storage.store import SqlStore
from bot.web.app import create_app
from bot.web.assets import ROOT, are_copied, copy_assets
from bot.web.serve import make_server
from tests.end_to_end.browsers import chromium
from tests.web.stand_in_rasa import StandInRasa, running
from tests.web.town import Town, build_town, town_settings

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
"""What WCAG 1.4.10 asks for: a phone, or 1280 pixels at a zoom of 400%."""


@dataclass(frozen=True)
class RunningSite:
    """Where the pages are, and what is behind them."""

    address: str
    settings: Settings
    store: SqlStore
    town: Town


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes share."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def assistant(var_dir: Path) -> Iterator[StandInRasa]:
    """The stand-in for Rasa."""
    with running(town_settings(var_dir, 5005).secret("channel")) as rasa:
        yield rasa


@pytest.fixture(scope="module")
def rasa_port(assistant: StandInRasa) -> int:
    """The port of what plays Rasa; override this to put the real server in its place."""
    return assistant.port


@pytest.fixture(scope="module")
def site(var_dir: Path, rasa_port: int) -> Iterator[RunningSite]:
    """The web process, with the example municipality in its store."""
    if not are_copied():
        if not (ROOT / "node_modules").is_dir():
            pytest.skip("The style sheets are not here: npm ci")
        copy_assets()
    settings = town_settings(var_dir, rasa_port, WEB_PORT=str(free_port()), REPLY_TIMEOUT_SECONDS="20")
    upgrade(settings.database_url)
    store = SqlStore(settings.database_url)
    town = build_town(store, settings)
    rasa = RasaClient(settings.rasa_url, settings.secret("channel"), settings.reply_timeout_seconds)
    server = make_server(create_app(settings, store, rasa, now_utc), settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started, "the web server")
    yield RunningSite(settings.public_url, settings, store, town)
    server.should_exit = True
    thread.join(10)
    store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def open_page(browser: Browser, site: RunningSite) -> Iterator[Callable[..., Page]]:
    """Opens a page: `open_page('/bureau', role=…, viewport=NARROW, script=False)`.

    A role signs in with a link, as a colleague does. What the browser complains about in its console fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        path: str, *, role: AccountRole | None = None, viewport: ViewportSize = WIDE, script: bool = True
    ) -> Page:
        context = browser.new_context(viewport=viewport, java_script_enabled=script, locale="nl-NL")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if role is not None:
            sign_in(page, site, role)
        page.goto(site.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    # A status of 4xx or 5xx is what some tests are about; Chromium reports each as a complaint.
    assert [each for each in complaints if "Failed to load resource" not in each] == []


def sign_in(page: Page, site: RunningSite, role: AccountRole) -> None:
    """Press the button behind a fresh login link."""
    token = issue_login_link(site.store, account_id=site.town.accounts[role].id, now=now_utc())
    page.goto(f"{site.address}/inloggen?sleutel={token}")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_role("button", name="Uitloggen").wait_for()


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 20) -> None:
    """Wait for something that another thread brings about."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not start in {seconds} s")
        time.sleep(0.02)
