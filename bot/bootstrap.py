"""The only place that puts the parts together. Importing it builds nothing."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import cached_property

import holidays
import numpy as np
from numpy.typing import NDArray

from bot.domain.faq import FaqEntry
from bot.domain.faq_check import Pointer
from bot.domain.guides_map import GuideMap
from bot.domain.matching.model import MatchModel
from bot.domain.municipality import Municipality
from bot.domain.practice.scenario import Scenario
from bot.language.embedder import Embedder, open_embedder
from bot.services.entry_index import EntryIndex
from bot.services.faq_check import LookOver, look_over
from bot.services.ports import Store
from bot.services.resident_desk import ResidentDesk
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
    def municipality(self) -> Municipality:
        """Names and owners."""
        return load_municipality(self.settings.municipality_dir)

    @cached_property
    def embedder(self) -> Embedder:
        """Sentences as vectors."""
        return open_embedder(self.settings.embedder, self.settings.var_dir / "cache")

    @cached_property
    def matching(self) -> MatchModel:
        """The weights by which an answer is found."""
        return load_matching_model()

    @cached_property
    def residents(self) -> ResidentDesk:
        """All that the resident channel's use cases need."""
        return ResidentDesk(
            store=self.store,
            entries=EntryIndex(self.store, self.matching, self.embedder.embed, self.settings.embedder),
            embed=self.embedder.embed,
            municipality=self.municipality,
            wording=load_wording(self.municipality),
            topics=load_topic_guide(),
            holidays=dutch_holidays(),
        )

    def look_over(self, entries: Sequence[FaqEntry], today: date) -> tuple[Pointer, ...]:
        """What wants looking at in these answers."""
        return faq_look_over(self.settings, self.store)(entries, today)

    @cached_property
    def guides(self) -> GuideMap:
        """The guide entries and the ways between them."""
        return GuideMap(load_guides(), load_themes())


def faq_look_over(settings: Settings, store: Store) -> LookOver:
    """Looks answers over. What that needs is opened when it is used, and not kept: the pages seldom need it."""

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return open_embedder(settings.embedder, settings.var_dir / "cache").embed(texts)

    def looked_over(entries: Sequence[FaqEntry], today: date) -> tuple[Pointer, ...]:
        return look_over(
            store,
            entries,
            embed=embed,
            embedder=settings.embedder,
            model=load_matching_model(),
            municipality=load_municipality(settings.municipality_dir),
            today=today,
        )

    return looked_over


def build(settings: Settings | None = None) -> Parts:
    """The parts under these settings, or under the environment's. Raises SettingsError."""
    return Parts(settings or read_settings())
