"""What the launcher writes for Rasa, read back by Rasa itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints, number_of_sanic_workers
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.endpoints import environment, write_endpoints
from bot.settings import Settings, SettingsError, read_settings

REDIS = "rediss://bot:ge%40heim@redis.gemeente.nl:6390/3"


def settings(tmp_path: Path, **changed: str) -> Settings:
    return read_settings(
        {f"DIALOOGCOACH_{name}": value for name, value in {"VAR_DIR": str(tmp_path), **changed}.items()}
    )


def as_rasa_reads(found: Settings, tmp_path: Path) -> AvailableEndpoints:
    path = tmp_path / "endpoints.yml"
    write_endpoints(found, path)
    assert path.stat().st_mode & 0o077 == 0, "others can read the passwords"
    return AvailableEndpoints.read_endpoints(str(path))


@pytest.mark.both_databases
def test_rasa_keeps_its_conversations_where_the_settings_say(database_url: str, tmp_path: Path) -> None:
    found = settings(tmp_path, DATABASE_URL=database_url)
    read = as_rasa_reads(found, tmp_path)
    store = TrackerStore.create(read.tracker_store)
    while not isinstance(store, SQLTrackerStore):
        store = store._tracker_store
    assert store.engine.dialect.name == ("postgresql" if database_url.startswith("postgres") else "sqlite")
    with store.session_scope() as session:
        tracker = DialogueStateTracker("resident:telegram:x", ())
        tracker.update(UserUttered("Hallo"))
        session.add(store.SQLEvent(sender_id=tracker.sender_id, type_name="user", timestamp=1.0, data="{}"))
        session.commit()
        assert session.query(store.SQLEvent).filter_by(sender_id="resident:telegram:x").count() == 1
    store.Base.metadata.drop_all(store.engine)
    store.engine.dispose()


def test_rasa_keeps_its_locks_in_redis_when_there_is_one(tmp_path: Path) -> None:
    found = settings(tmp_path, REDIS_URL=REDIS, RASA_WORKERS="2", DATABASE_URL="postgresql://u:p@host/name")
    locks = LockStore.create(as_rasa_reads(found, tmp_path).lock_store)
    assert isinstance(locks, RedisLockStore)
    way = locks.red.connection_pool.connection_kwargs
    assert (way["host"], way["port"], way["db"]) == ("redis.gemeente.nl", 6390, 3)
    assert (way["username"], way["password"]) == ("bot", "ge@heim")


def test_several_workers_are_as_many_as_rasa_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(tmp_path, REDIS_URL=REDIS, RASA_WORKERS="2", DATABASE_URL="postgresql://u:p@host/name")
    for name, value in environment(found).items():
        monkeypatch.setenv(name, value)
    assert number_of_sanic_workers(as_rasa_reads(found, tmp_path).lock_store) == 2


def test_without_redis_the_locks_are_in_memory(tmp_path: Path) -> None:
    assert isinstance(LockStore.create(as_rasa_reads(settings(tmp_path), tmp_path).lock_store), InMemoryLockStore)


@pytest.mark.parametrize(
    "changed",
    [
        {"RASA_WORKERS": "2"},
        {"RASA_WORKERS": "2", "REDIS_URL": REDIS},
        {"RASA_WORKERS": "2", "DATABASE_URL": "postgresql://u:p@host/name"},
        {"RASA_WORKERS": "0"},
        {"RASA_WORKERS": "17"},
        {"REDIS_URL": "localhost:6379"},
        {"REDIS_URL": "redis://host/naam"},
    ],
)
def test_workers_that_cannot_work_together_are_refused(tmp_path: Path, changed: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="RASA_WORKERS|REDIS_URL"):
        settings(tmp_path, **changed)
