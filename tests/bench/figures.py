"""Arithmetic on measurements: percentiles, means without outliers, ratios and aims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TRIMMED: float = 0.1
"""Share of the slowest messages that a trimmed mean leaves out: other programs on the machine, not ours."""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0-1) of the values lie, interpolated as numpy does. Raises ValueError for none."""
    if not values:
        raise ValueError("no percentile of no values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def quickest(values: Sequence[float]) -> list[int]:
    """Places of the values that a trimmed mean counts, in their own order; of few values, all."""
    by_size = sorted(range(len(values)), key=lambda place: values[place])
    return sorted(by_size[: len(values) - int(TRIMMED * len(values))])


def trimmed_mean(values: Sequence[float]) -> float:
    """The mean without the slowest tenth. Raises ValueError for no values."""
    if not values:
        raise ValueError("no mean of no values")
    kept = quickest(values)
    return sum(values[place] for place in kept) / len(kept)


@dataclass(frozen=True)
class Aim:
    """What is hoped for: at most so much of the stock pipeline's (`ratio`), or less than so much (`value`)."""

    ratio: float | None = None
    value: float | None = None

    def text(self, unit: str) -> str:
        """Such as '≤ 0.60' or '< 60 s'."""
        return f"≤ {self.ratio:.2f}" if self.ratio is not None else f"< {self.value:g} {unit}"


@dataclass(frozen=True)
class Measure:
    """One row of the report. ours, stock: in `unit`; None when it was not measured.

    spread: the lowest and the highest ratio among the rounds, where there were several.
    """

    name: str
    unit: str
    ours: float | None
    stock: float | None = None
    aim: Aim | None = None
    spread: tuple[float, float] | None = None

    @property
    def ratio(self) -> float | None:
        """Ours as a share of stock; None when one of them is missing or stock is zero."""
        if self.ours is None or not self.stock:
            return None
        return self.ours / self.stock

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is reached; None without an aim or without the figures to judge it."""
        if self.aim is None:
            return None
        if self.aim.value is not None:
            return None if self.ours is None else self.ours < self.aim.value
        return None if self.ratio is None or self.aim.ratio is None else self.ratio <= self.aim.ratio
