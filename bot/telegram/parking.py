"""A message that the assistant cannot handle goes to people: it becomes an open question at the review desk."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Container
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import holidays

from bot.domain.municipality import OTHER, Municipality, Owner
from bot.domain.notices import dutch_date
from bot.domain.outgoing import Message
from bot.domain.questions import Question, QuestionKind, due_date
from bot.domain.replies import Button, payload
from bot.domain.resident.wording import Wording, enumerated
from bot.services.errors import NotFound
from bot.services.ports import Store
from bot.services.questions import record_wish, register_question
from bot.storage.municipality import MunicipalityError, load_municipality
from bot.storage.wording import load_wording
from bot.telegram.texts import parked

logger = logging.getLogger(__name__)

AMSTERDAM: Final = "Europe/Amsterdam"

FALLBACK: Final = Owner("Team Communicatie", 5)

_WISH = re.compile(r'/(give_consent|refuse_consent)\{"n":"?(\d{1,9}(?:,\d{1,9})*)"?\}')


class Parking:
    """Registers messages for people. `folder`: where municipality.yml is; read when it is first needed, if ever."""

    def __init__(self, store: Store, folder: Path, now: Callable[[], datetime]) -> None:
        self._store = store
        self._folder = folder
        self._now = now

    @cached_property
    def _municipality(self) -> Municipality | None:
        try:
            return load_municipality(self._folder)
        except MunicipalityError as error:
            # The launcher does not start with such a file; whoever asks something now still gets a number.
            logger.warning("%s %s is named as the owner", error, FALLBACK.name)
            return None

    @cached_property
    def _wording(self) -> Wording | None:
        return load_wording(self._municipality) if self._municipality else None

    @cached_property
    def _holidays(self) -> Container[date]:
        days: Container[date] = holidays.country_holidays("NL")
        return days

    def park(self, conversation: str, text: str, message_id: int) -> Message:
        """Register a text, once however often this is called, and say so. Raises StoreUnavailable.

        Nobody has read what it is about. Whether the asker wants to hear the answer is asked as the assistant does.
        """
        today = self._now().astimezone(ZoneInfo(AMSTERDAM)).date()
        owner = self._municipality.default_owner if self._municipality else FALLBACK
        question = register_question(
            self._store,
            text=text,
            kind=QuestionKind.FACTUAL,
            topic=OTHER,
            owner=owner.name,
            due_on=due_date(today, owner.term_working_days, self._holidays),
            conversation=conversation,
            emotion=False,
            embedding=None,
            now=self._now(),
            message_id=str(message_id),
        )
        return self._receipt(question)

    def keep_wish(self, conversation: str, pressed: str) -> Message | None:
        """Keep the answer to that question when the assistant cannot; None for any other button."""
        found = _WISH.fullmatch(pressed)
        if found is None or self._wording is None:
            return None
        wants_notice, numbers = found[1] == "give_consent", [int(number) for number in found[2].split(",")]
        try:
            for number in numbers:
                record_wish(
                    self._store, conversation=conversation, number=number, wants_notice=wants_notice, now=self._now()
                )
        except NotFound:
            return None
        key = ("consent_given" if wants_notice else "consent_refused") + ("_several" if numbers[1:] else "")
        return Message(self._wording.line(key, numbers=enumerated(numbers)))

    def _receipt(self, question: Question) -> Message:
        text = parked(question.number, question.owner, dutch_date(question.due_on))
        if self._wording is None or question.wants_notice is not None:
            return Message(text)
        buttons = (
            Button(self._wording.label("consent_yes"), payload("give_consent", n=question.number)),
            Button(self._wording.label("consent_no"), payload("refuse_consent", n=question.number)),
        )
        return Message(f"{text}\n\n{self._wording.line('ask_consent')}", buttons)
