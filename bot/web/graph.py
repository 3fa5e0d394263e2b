"""Draws the course of a practice talk as an SVG line graph. Colours come from the style sheet; shapes differ too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bot.web.svg import WIDTH, drawing, level, words

HEIGHT: Final = 280
LEFT: Final = 48
RIGHT: Final = 116  # room for the name at the end of each line, also in the larger letters of a phone
TOP: Final = 22
BOTTOM: Final = 56
MAX_LABELS: Final = 12
"""Numbers under the graph; a longer talk skips some."""
MIN_GAP: Final = 24
"""Between the two names at the end of the lines, so that they can be read when the lines meet."""


@dataclass(frozen=True)
class Spot:
    """One turn. turn: 0 is the opening. tension, heard: 0-100."""

    turn: int
    tension: int
    heard: int


def line_graph(spots: Sequence[Spot], turning_turn: int | None = None) -> Markup:
    """The graph, for at least two spots; a screen reader gets `describe` and the table beside it."""
    tension = [(_x(place, len(spots)), _y(spot.tension)) for place, spot in enumerate(spots)]
    heard = [(_x(place, len(spots)), _y(spot.heard)) for place, spot in enumerate(spots)]
    parts = [
        _grid(spots),
        _turning(spots, turning_turn),
        _line(tension, "tension"),
        _line(heard, "heard"),
        *(
            Markup('<circle class="graph__dot graph__dot--tension" cx="{}" cy="{}" r="4"/>').format(x, y)
            for x, y in tension
        ),
        *(_square(x, y) for x, y in heard),
        _names(tension[-1], heard[-1]),
    ]
    return drawing(parts, HEIGHT, describe(spots))


def describe(spots: Sequence[Spot]) -> str:
    """The graph in one sentence."""
    first, last = spots[0], spots[-1]
    return (
        f"Grafiek van {len(spots) - 1} beurten. De spanning ging van {first.tension} naar {last.tension}, "
        f"gehoord voelen van {first.heard} naar {last.heard}, op een schaal van 0 tot 100. "
        "De cijfers staan in de tabel."
    )


def _x(place: int, count: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * place / max(1, count - 1), 1)


def _y(points: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (100 - min(100, max(0, points))) / 100, 1)


def _grid(spots: Sequence[Spot]) -> Markup:
    rows = [level(points, _y(points), LEFT, WIDTH - RIGHT) for points in (0, 25, 50, 75, 100)]
    step = -(-len(spots) // MAX_LABELS)
    columns = [
        words("begin" if spot.turn == 0 else spot.turn, _x(place, len(spots)), HEIGHT - BOTTOM + 24)
        for place, spot in enumerate(spots)
        if place % step == 0
    ]
    title = words("beurt", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6)
    return Markup("").join([*rows, *columns, title])


def _turning(spots: Sequence[Spot], turn: int | None) -> Markup:
    places = [place for place, spot in enumerate(spots) if spot.turn == turn]
    if not places:
        return Markup("")
    x = _x(places[0], len(spots))
    return Markup(
        '<line class="graph__turning" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="graph__label graph__label--turning" x="{}" y="{}" text-anchor="middle">keerpunt</text>'
    ).format(x, x, TOP, HEIGHT - BOTTOM, x, TOP - 6)


def _line(points: Sequence[tuple[float, float]], name: str) -> Markup:
    path = " ".join(f"{x},{y}" for x, y in points)
    return Markup('<polyline class="graph__line graph__line--{}" points="{}"/>').format(name, path)


def _square(x: float, y: float) -> Markup:
    return Markup('<rect class="graph__dot graph__dot--heard" x="{}" y="{}" width="8" height="8"/>').format(
        x - 4, y - 4
    )


def _names(tension: tuple[float, float], heard: tuple[float, float]) -> Markup:
    upper, lower = tension[1], heard[1]
    if abs(upper - lower) < MIN_GAP:
        middle, half = (upper + lower) / 2, MIN_GAP / 2
        upper, lower = (middle - half, middle + half) if upper <= lower else (middle + half, middle - half)
    name = Markup('<text class="graph__name graph__name--{}" x="{}" y="{}">{}</text>')
    x = tension[0] + 10
    return name.format("tension", x, upper + 5, "spanning") + name.format("heard", x, lower + 5, "gehoord")
