"""A store for practice talks in memory, that forgets what was not committed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timezone

from bot.domain.practice.counting import MonthCount
from bot.domain.practice.disputes import Dispute
from bot.domain.practice.records import TalkRecord, TalkState

ME, SOMEBODY_ELSE = "official:web:1", "official:web:2"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)


class TalksInMemory:
    """See `bot.services.talk_ports.TalkRepository`."""

    def __init__(self, kept: dict[str, TalkRecord]) -> None:
        self.kept = kept
        self.changed = dict(kept)

    def add(self, talk: TalkRecord, now: datetime) -> None:
        assert talk.id not in self.changed
        self.changed[talk.id] = replace(talk, saved_at=now)

    def save(self, talk: TalkRecord, now: datetime) -> None:
        assert talk.id in self.changed
        self.changed[talk.id] = replace(talk, saved_at=now)

    def current(self, conversation: str) -> TalkRecord | None:
        going_on = [t for t in self.of_conversation(conversation) if t.state is not TalkState.FINISHED]
        assert len(going_on) <= 1
        return going_on[0] if going_on else None

    def latest(self, conversation: str) -> TalkRecord | None:
        return next(iter(reversed(self.of_conversation(conversation))), None)

    def of_conversation(self, conversation: str) -> Sequence[TalkRecord]:
        return [talk for talk in self.changed.values() if talk.conversation == conversation]

    def erase(self, conversation: str, talk_id: str) -> bool:
        mine = talk_id in {talk.id for talk in self.of_conversation(conversation)}
        if mine:
            del self.changed[talk_id]
        return mine

    def forget(self, conversation: str) -> int:
        gone = [talk.id for talk in self.of_conversation(conversation)]
        return sum(self.erase(conversation, talk_id) for talk_id in gone)


class CountsInMemory:
    """See `bot.services.talk_ports.PracticeCountRepository`."""

    def __init__(self) -> None:
        self.counted: dict[tuple[date, str], int] = {}

    def add(self, scenario: str, month: date) -> None:
        self.counted[month, scenario] = self.counted.get((month, scenario), 0) + 1

    def all(self) -> Sequence[MonthCount]:
        return [MonthCount(month, scenario, talks) for (month, scenario), talks in self.counted.items()]


class DisputesInMemory:
    """See `bot.services.talk_ports.DisputeRepository`."""

    def __init__(self) -> None:
        self.kept: list[Dispute] = []

    def add(self, dispute: Dispute, now: datetime) -> None:
        self.kept.append(replace(dispute, last_at=now))

    def all(self, limit: int) -> Sequence[Dispute]:
        return self.kept[:limit]


class UnitInMemory:
    """See `bot.services.talk_ports.TalkUnit`."""

    def __init__(self, store: StoreInMemory) -> None:
        self._talks = TalksInMemory(store.kept)
        self.practice_counts = store.counts
        self.disputes = store.disputes

    @property
    def talks(self) -> TalksInMemory:
        return self._talks

    def commit(self) -> None:
        self._talks.kept.clear()
        self._talks.kept.update(self._talks.changed)


class StoreInMemory:
    """See `bot.services.talk_ports.TalkStore`. kept: talks by id."""

    def __init__(self) -> None:
        self.kept: dict[str, TalkRecord] = {}
        self.counts = CountsInMemory()
        self.disputes = DisputesInMemory()

    @contextmanager
    def unit(self) -> Iterator[UnitInMemory]:
        yield UnitInMemory(self)

    view = unit
