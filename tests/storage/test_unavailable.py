"""What the operator hears when the database is away."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services.guide_gaps import list_gaps
from bot.services.ports import StoreUnavailable
from bot.storage.migrate import upgrade
from bot.storage.store import SqlStore


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path / 'weg' / 'x.db'}")
    with pytest.raises(StoreUnavailable, match=r"weg/x\.db cannot be used .* check that the folder exists"):
        store.ping()
    upgrade(f"sqlite:///{tmp_path / 'weg' / 'x.db'}")
    store.ping()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("dit is een brief, geen database. " * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        list_gaps(SqlStore(f"sqlite:///{tmp_path / 'x.db'}"))


def test_a_server_that_is_away_is_named_without_its_password() -> None:
    store = SqlStore("postgresql://dialoog:geheim@127.0.0.1:1/dialoog")
    with pytest.raises(StoreUnavailable, match=r"postgresql.*dialoog:\*\*\*@127\.0\.0\.1:1/dialoog") as caught:
        store.ping()
    assert "geheim" not in str(caught.value)
    assert "What to do: start it" in str(caught.value)


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql+psycopg://x/y", "sqlite://", "sqlite:///:memory:"])
def test_an_address_we_cannot_use_is_refused_with_one_we_can(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///"):
        SqlStore(url)


@pytest.mark.parametrize("url", ["postgres://u@h/n", "postgresql://u@h/n", "sqlite:////tmp/x.db"])
def test_the_usual_ways_to_write_an_address_are_taken(url: str) -> None:
    SqlStore(url).close()
