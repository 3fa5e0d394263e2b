"""What Rasa reads from a file: where its actions, its conversations and its locks are. This one follows the settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from bot.settings import Settings
from bot.storage.engine import parsed

REDIS_SECONDS = 10
"""How long a worker waits for Redis; replies themselves are given up after REPLY_TIMEOUT_SECONDS."""


def write_endpoints(settings: Settings, path: Path) -> None:
    """Write the file, readable by its owner only: addresses may hold passwords."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        yaml.safe_dump(endpoints(settings), file)


def endpoints(settings: Settings) -> dict[str, Any]:
    """The content of the file."""
    found: dict[str, Any] = {
        "action_endpoint": {"url": f"{settings.actions_url}/webhook", "enable_selective_domain": True},
        "tracker_store": _tracker_store(settings),
    }
    if settings.redis_url:
        found["lock_store"] = _lock_store(settings.redis_url)
    return found


def environment(settings: Settings) -> dict[str, str]:
    """What Rasa and the action server read from the environment instead."""
    workers = str(settings.rasa_workers)
    return {
        "SANIC_WORKERS": workers,
        "ACTION_SERVER_SANIC_WORKERS": workers,
        # Rasa would open 150 connections a worker; PostgreSQL allows 100 in all.
        "POSTGRESQL_POOL_SIZE": "5",
        "POSTGRESQL_MAX_OVERFLOW": "10",
        # Beside our own tables, whatever the environment says: there the clean-up looks for it.
        "POSTGRESQL_SCHEMA": "",
    }


def _tracker_store(settings: Settings) -> dict[str, Any]:
    kind = "bot.channels.tracker_store.WordlessTrackerStore"
    address = parsed(settings.conversations_url)
    if address.get_backend_name() == "sqlite":
        return {"type": kind, "dialect": "sqlite", "db": address.database}
    # Rasa takes a whole address in the place of the host.
    return {"type": kind, "dialect": "postgresql", "url": address.render_as_string(hide_password=False)}


def _lock_store(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "type": "redis",
        "url": parts.hostname,
        "port": parts.port or 6379,
        "db": int(parts.path.strip("/") or 0),
        "username": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "use_ssl": parts.scheme == "rediss",
        "key_prefix": "dialoogcoach",
        "socket_timeout": REDIS_SECONDS,
    }
