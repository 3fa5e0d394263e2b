"""What practising needs of the store. `bot.storage` implements it; a test has one in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from bot.domain.practice.counting import MonthCount
from bot.domain.practice.disputes import Dispute
from bot.domain.practice.records import TalkRecord
from bot.domain.practice.scenario import Scenario

Scenarios = Mapping[str, Scenario]
"""Scenarios by id, the default first."""


class TalkRepository(Protocol):
    """Practice talks. Retention counts from the last `save`."""

    def add(self, talk: TalkRecord, now: datetime) -> None:
        """Keep a new talk."""

    def save(self, talk: TalkRecord, now: datetime) -> None:
        """Write state, goal, cues and turns of a talk that exists; turns are only ever added or marked."""

    def current(self, conversation: str) -> TalkRecord | None:
        """The talk of this conversation that is running or paused; there is at most one."""

    def latest(self, conversation: str) -> TalkRecord | None:
        """The talk of this conversation that was added last, whatever its state."""

    def of_conversation(self, conversation: str) -> Sequence[TalkRecord]:
        """Oldest first."""

    def erase(self, conversation: str, talk_id: str) -> bool:
        """Erase one talk, if it is this conversation's; whether it was."""

    def forget(self, conversation: str) -> int:
        """Erase every talk of this conversation; how many."""


class PracticeCountRepository(Protocol):
    """How often each scenario was practised. Holds nobody's name, and stays when talks are erased."""

    def add(self, scenario: str, month: date) -> None:
        """One talk more. month: its first day."""

    def all(self) -> Sequence[MonthCount]:
        """Latest month first."""


class DisputeRepository(Protocol):
    """Remarks of the coach that officials did not agree with, without their names."""

    def add(self, dispute: Dispute, now: datetime) -> None:
        """Keep one; the same once more is counted."""

    def all(self, limit: int) -> Sequence[Dispute]:
        """Most often disputed first."""


class TalkUnit(Protocol):
    """The part of a unit of work that practising needs."""

    @property
    def talks(self) -> TalkRepository:
        """The practice talks."""

    @property
    def practice_counts(self) -> PracticeCountRepository:
        """What the organisation may know."""

    @property
    def disputes(self) -> DisputeRepository:
        """What the content keeper may know."""

    def commit(self) -> None:
        """Keep everything that was done in this unit."""


class TalkStore(Protocol):
    """Where talks are kept."""

    def unit(self) -> AbstractContextManager[TalkUnit]:
        """A unit that may write. Leaving it without `commit()` undoes everything."""

    def view(self) -> AbstractContextManager[TalkUnit]:
        """A unit that only reads."""
