"""Units of work."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.gaps import GapReason
from bot.services.guide_gaps import list_gaps
from bot.services.ports import Store, StoreUnavailable
from bot.storage.store import SqlStore
from tests.databases import Postgres
from tests.services.residents import NOW

pytestmark = pytest.mark.both_databases


def add_gap(store: Store, commit: bool) -> None:
    """Write something, and keep it or not."""
    with store.unit() as work:
        work.gaps.add("tekst", "tekst", GapReason.NONE, None, NOW)
        if commit:
            work.commit()


@pytest.mark.parametrize("commit", [True, False])
def test_only_what_is_committed_is_kept(store: Store, commit: bool) -> None:
    add_gap(store, commit)
    assert len(list_gaps(store)) == int(commit)


def test_an_error_undoes_the_whole_unit(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.unit() as work:
        work.gaps.add("tekst", "tekst", GapReason.NONE, None, NOW)
        raise ZeroDivisionError
    assert list_gaps(store) == ()


def test_a_view_cannot_commit(store: Store) -> None:
    with store.view() as work, pytest.raises(RuntimeError, match="only reads"):
        work.commit()


def test_a_naive_datetime_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="naive datetime"), store.unit() as work:
        work.gaps.add("tekst", "tekst", GapReason.NONE, None, datetime(2026, 1, 1))


def test_a_store_that_answers_says_nothing(store: Store) -> None:
    store.ping()


def test_tables_that_are_missing_are_named_with_the_cure(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if database == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.empty()
    else:
        url = f"sqlite:///{tmp_path / 'leeg.db'}"
    with pytest.raises(StoreUnavailable, match="run `dialoogcoach migrate`"):
        list_gaps(SqlStore(url))
