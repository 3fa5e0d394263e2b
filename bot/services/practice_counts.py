"""How often is practised: all that the organisation sees."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.practice.counting import MonthCount, by_month
from bot.services.talk_ports import TalkStore, TalkUnit


def count_talk(work: TalkUnit, scenario: str, now: datetime) -> None:
    """One talk more, in the unit that keeps its first turn. Knows nobody, and stays when the talk is erased."""
    work.practice_counts.add(scenario, now.date().replace(day=1))


def list_counts(store: TalkStore) -> dict[date, list[MonthCount]]:
    """Per month, latest first."""
    with store.view() as work:
        return by_month(work.practice_counts.all())
