"""A message that the assistant cannot handle goes to people: it becomes an open question at the review desk."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import yaml

from bot.domain.notices import dutch_date
from bot.domain.outgoing import Message
from bot.domain.questions import QuestionKind, due_date
from bot.services.ports import Store
from bot.services.questions import register_question
from bot.telegram.texts import parked

logger = logging.getLogger(__name__)

AMSTERDAM = "Europe/Amsterdam"

TOPIC = "overig"
"""Nobody has read what it is about."""


@dataclass(frozen=True)
class Owner:
    """Who takes what nobody else takes, and within how many working days they answer."""

    name: str
    working_days: int


FALLBACK = Owner("Team Communicatie", 5)


def read_owner(folder: Path) -> Owner:
    """The 'default_owner' in municipality.yml; FALLBACK, with a warning, when that cannot be read."""
    path = folder / "municipality.yml"
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))["default_owner"]
        return Owner(str(given["owner"]), int(given["term_working_days"]))
    except (OSError, yaml.YAMLError, LookupError, TypeError, ValueError) as error:
        logger.warning("%s has no usable default_owner (%s): %s is named", path, type(error).__name__, FALLBACK.name)
        return FALLBACK


class Parking:
    """Registers messages for people. `folder`: where municipality.yml is; read when it is first needed, if ever."""

    def __init__(self, store: Store, folder: Path, now: Callable[[], datetime]) -> None:
        self._store = store
        self._folder = folder
        self._now = now

    @cached_property
    def _owner(self) -> Owner:
        return read_owner(self._folder)

    @cached_property
    def _holidays(self) -> Container[date]:
        days: Container[date] = holidays.country_holidays("NL")
        return days

    def park(self, conversation: str, text: str, message_id: int) -> Message:
        """Register a text, once however often this is called, and say so. Raises StoreUnavailable."""
        today = self._now().astimezone(ZoneInfo(AMSTERDAM)).date()
        question = register_question(
            self._store,
            text=text,
            kind=QuestionKind.FACTUAL,
            topic=TOPIC,
            owner=self._owner.name,
            due_on=due_date(today, self._owner.working_days, self._holidays),
            conversation=conversation,
            emotion=False,
            embedding=None,
            now=self._now(),
            message_id=str(message_id),
        )
        return Message(parked(question.number, question.owner, dutch_date(question.due_on)))
