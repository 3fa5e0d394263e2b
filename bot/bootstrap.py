"""The only place that puts the parts together. Importing it builds nothing."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import cached_property

import holidays

from bot.domain.guides_map import GuideMap
from bot.domain.practice.scenario import Scenario
from bot.language.embedder import open_embedder
from bot.services.entry_index import EntryIndex
from bot.services.residents import ResidentDesk
from bot.settings import Settings, read_settings
from bot.storage.guides import load_guides, load_themes
from bot.storage.matching_model import load_matching_model
from bot.storage.municipality import load_municipality
from bot.storage.scenarios import load_scenarios
from bot.storage.store import SqlStore
from bot.storage.wording import load_topic_guide, load_wording


def now_utc() -> datetime:
    """The clock of every process."""
    return datetime.now(timezone.utc)


def dutch_holidays() -> Container[date]:
    """The days in this year and the next two that are no working days."""
    today = now_utc().year
    days: Container[date] = holidays.country_holidays("NL", years=range(today, today + 3))
    return days


@dataclass
class Parts:
    """What a process may need, made when it is first asked for."""

    settings: Settings

    @cached_property
    def store(self) -> SqlStore:
        """The database."""
        return SqlStore(self.settings.database_url)

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        """The practice scenarios by id, the default first."""
        return {each.id: each for each in load_scenarios()}

    @cached_property
    def residents(self) -> ResidentDesk:
        """All that the resident channel's use cases need."""
        embedder = open_embedder(self.settings.embedder, self.settings.var_dir / "cache")
        municipality = load_municipality(self.settings.municipality_dir)
        return ResidentDesk(
            store=self.store,
            entries=EntryIndex(self.store, load_matching_model(), embedder.embed, self.settings.embedder),
            embed=embedder.embed,
            municipality=municipality,
            wording=load_wording(municipality),
            topics=load_topic_guide(),
            holidays=dutch_holidays(),
        )

    @cached_property
    def guides(self) -> GuideMap:
        """The guide entries and the ways between them."""
        return GuideMap(load_guides(), load_themes())


def build(settings: Settings | None = None) -> Parts:
    """The parts under these settings, or under the environment's. Raises SettingsError."""
    return Parts(settings or read_settings())
