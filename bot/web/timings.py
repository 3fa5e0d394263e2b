"""How long requests took, counted in this process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

BUCKETS_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

Labels = tuple[tuple[str, str], ...]


@dataclass
class _Histogram:
    buckets: list[int] = field(default_factory=lambda: [0] * len(BUCKETS_SECONDS))
    seconds: float = 0.0
    count: int = 0


class Timings:
    """How long requests took, by route and status. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._by_labels: dict[Labels, _Histogram] = {}

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that is done."""
        labels = (("method", method), ("route", route), ("status", str(status)))
        with self._lock:
            histogram = self._by_labels.setdefault(labels, _Histogram())
            histogram.seconds += seconds
            histogram.count += 1
            for place, most in enumerate(BUCKETS_SECONDS):
                histogram.buckets[place] += seconds <= most

    def lines(self) -> Iterable[str]:
        """As Prometheus reads them."""
        name = "dialoogcoach_http_request_seconds"
        yield f"# HELP {name} Time to answer a request, by route."
        yield f"# TYPE {name} histogram"
        with self._lock:
            for labels, histogram in sorted(self._by_labels.items()):
                for most, count in zip(BUCKETS_SECONDS, histogram.buckets, strict=True):
                    yield line(f"{name}_bucket", (*labels, ("le", f"{most:g}")), count)
                yield line(f"{name}_bucket", (*labels, ("le", "+Inf")), histogram.count)
                yield line(f"{name}_sum", labels, round(histogram.seconds, 6))
                yield line(f"{name}_count", labels, histogram.count)


def line(name: str, labels: Labels, value: float) -> str:
    """One measurement, as Prometheus reads it."""
    inside = ",".join(f'{key}="{text}"' for key, text in labels)
    return f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"
