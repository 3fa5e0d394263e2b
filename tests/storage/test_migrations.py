"""The tables come from migrations, on both databases, also when two processes start at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.storage.engine import make_engine
from bot.storage.migrate import upgrade
from bot.storage.store import SqlStore
from bot.storage.tables import metadata
from tests.databases import Postgres, in_processes

pytestmark = pytest.mark.both_databases


@pytest.fixture
def empty_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that holds nothing yet."""
    if database == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server.empty()
    return f"sqlite:///{tmp_path / 'nieuwe map' / '100%.db'}"


def test_migrated_tables_are_the_ones_the_program_knows(database_url: str) -> None:
    engine = make_engine(database_url)
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, *_: name != "sqlite_sequence"}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    engine.dispose()
    assert len(metadata.tables) >= 15
    assert differences == []


def test_upgrading_twice_changes_nothing(empty_url: str) -> None:
    upgrade(empty_url)
    upgrade(empty_url)
    SqlStore(empty_url).ping()


def test_processes_that_upgrade_at_once_wait_for_each_other(empty_url: str) -> None:
    assert in_processes(3, lambda url, _: upgrade(url), empty_url) == [0, 0, 0]


def test_sqlite_lets_readers_read_while_somebody_writes(empty_url: str) -> None:
    upgrade(empty_url)
    store = SqlStore(empty_url)
    with store.unit() as writing, store.view() as reading:
        writing.faq.raise_revision()
        assert reading.faq.revision() == 0
        writing.commit()
    assert ThreadPoolExecutor(1).submit(_revision, store).result() == 1


def _revision(store: SqlStore) -> int:
    with store.view() as work:
        return work.faq.revision()
