"""The only place that puts the parts together. Importing it builds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property

from bot.domain.guides import GuideLibrary
from bot.settings import Settings, read_settings
from bot.storage.guides import load_guides
from bot.storage.store import SqlStore


def now_utc() -> datetime:
    """The clock of every process."""
    return datetime.now(timezone.utc)


@dataclass
class Parts:
    """What a process may need, made when it is first asked for."""

    settings: Settings

    @cached_property
    def store(self) -> SqlStore:
        """The database."""
        return SqlStore(self.settings.database_url)

    @cached_property
    def guides(self) -> GuideLibrary:
        """The guide entries."""
        return load_guides()


def build(settings: Settings | None = None) -> Parts:
    """The parts under these settings, or under the environment's. Raises SettingsError."""
    return Parts(settings or read_settings())
