"""The web application on a real store, with a small HTTP server in the place of Rasa."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.client import RasaClient
from bot.domain.accounts import AccountRole
from bot.services.accounts import issue_login_link, redeem_login_link
from bot.settings import Settings
from bot.storage.store import SqlStore
from bot.web.app import create_app
from tests.databases import sqlite_copy
from tests.services.test_sign_in import QUICK
from tests.web.browser import Browser
from tests.web.stand_in_rasa import StandInRasa, running
from tests.web.town import Clock, Town, build_town, town_settings


@pytest.fixture
def rasa(tmp_path: Path) -> Iterator[StandInRasa]:
    """The stand-in, on a free port."""
    secret = town_settings(tmp_path, 5005).secret("channel")
    with running(secret) as server:
        yield server


@pytest.fixture(scope="session")
def embedder_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedder's graph, made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def settings(tmp_path: Path, rasa: StandInRasa, embedder_cache: Path) -> Settings:
    """Settings that point at the stand-in."""
    (tmp_path / "cache").symlink_to(embedder_cache)
    return town_settings(tmp_path, rasa.port)


@pytest.fixture
def clock() -> Clock:
    """The application's clock."""
    return Clock()


@pytest.fixture
def app(settings: Settings, store: SqlStore, clock: Clock) -> Starlette:
    """The application under test."""
    client = RasaClient(settings.rasa_url, settings.secret("channel"), settings.reply_timeout_seconds)
    return create_app(settings, store, client, clock, QUICK)


@pytest.fixture(scope="session")
def built_town(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Town]:
    """A database with the town in it, to copy for each test, and what is in it."""
    folder = tmp_path_factory.mktemp("town")
    store = SqlStore(sqlite_copy(migrated_file, folder))
    town = build_town(store, town_settings(folder, 5005))
    store.close()
    return folder / "test.db", town


@pytest.fixture
def store(built_town: tuple[Path, Town], tmp_path: Path) -> Iterator[SqlStore]:
    """A store of one's own, with the town in it."""
    opened = SqlStore(sqlite_copy(built_town[0], tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def town(built_town: tuple[Path, Town]) -> Town:
    """Colleagues, answers and questions, as they are in `store`."""
    return built_town[1]


@pytest.fixture
def new_browser(app: Starlette) -> Iterator[Callable[[], Browser]]:
    """Opens browsers that are not signed in."""
    with ExitStack() as stack:

        def opened() -> Browser:
            # As a context manager it keeps one event loop, and the connections to Rasa stay usable.
            return Browser(stack.enter_context(TestClient(app, raise_server_exceptions=False)))

        yield opened


@pytest.fixture
def visitor(new_browser: Callable[[], Browser]) -> Browser:
    """Somebody without an account."""
    return new_browser()


@pytest.fixture
def signed_in(
    new_browser: Callable[[], Browser], store: SqlStore, town: Town, clock: Clock
) -> Callable[[AccountRole], Browser]:
    """Opens browsers in which a colleague is signed in."""

    def as_role(role: AccountRole) -> Browser:
        token = issue_login_link(store, account_id=town.accounts[role].id, now=clock())
        session = redeem_login_link(store, token, now=clock())
        browser = new_browser()
        browser.client.cookies.set("dialoogcoach", session.token)
        return browser

    return as_role


@pytest.fixture
def official(signed_in: Callable[[AccountRole], Browser]) -> Browser:
    """A civil servant."""
    return signed_in(AccountRole.OFFICIAL)


@pytest.fixture
def communications(signed_in: Callable[[AccountRole], Browser]) -> Browser:
    """Somebody of the communications team."""
    return signed_in(AccountRole.COMMUNICATIONS)


@pytest.fixture
def administrator(signed_in: Callable[[AccountRole], Browser]) -> Browser:
    """The administrator."""
    return signed_in(AccountRole.ADMINISTRATOR)
