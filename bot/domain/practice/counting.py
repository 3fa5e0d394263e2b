"""What the organisation may know of practising: how many talks per scenario per month, and small numbers not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SMALLEST_SHOWN = 5
"""Below this a number could be about one person, and is not shown."""


@dataclass(frozen=True)
class MonthCount:
    """Talks with one scenario in one month. month: its first day."""

    month: date
    scenario: str
    talks: int

    @property
    def shown(self) -> str:
        """The number, or that it is a small one. There are no totals: with those a hidden number could be worked out."""
        return str(self.talks) if self.talks >= SMALLEST_SHOWN else f"minder dan {SMALLEST_SHOWN}"


def by_month(counts: Iterable[MonthCount]) -> dict[date, list[MonthCount]]:
    """Latest month first; within it the scenario that was practised most, small numbers last and by name."""
    found: dict[date, list[MonthCount]] = {}
    for count in sorted(counts, key=lambda each: each.month, reverse=True):
        found.setdefault(count.month, []).append(count)
    for month in found.values():
        # The order among the hidden ones must not tell which is the larger.
        month.sort(key=lambda each: (-each.talks if each.talks >= SMALLEST_SHOWN else 0, each.scenario))
    return found
