"""What every test may ask for.

`store` is a fresh store on SQLite. A module with `pytestmark = pytest.mark.both_databases` runs on PostgreSQL as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.store import SqlStore
from tests.databases import Postgres, postgres_server, sqlite_copy, sqlite_template


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "both_databases: run on SQLite and on PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run marked tests once on each database."""
    if "database" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases") is not None
        metafunc.parametrize("database", ["sqlite", "postgresql"] if both else ["sqlite"], scope="session")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database to copy."""
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests, started when the first asks for it."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def database_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh database with tables."""
    if database == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server.wiped()
    return sqlite_copy(request.getfixturevalue("migrated_file"), tmp_path)


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    """A store on a fresh database."""
    opened = SqlStore(database_url)
    yield opened
    opened.close()
