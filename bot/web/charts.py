"""Charts as SVG, drawn on the server: no script, and colours from the style sheet only. A table always stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bot.web.svg import WIDTH, drawing, level, words

ROW: Final = 62
"""A row of a bar chart: its name above, the bar below, so that names of any length fit a phone."""
BAR: Final = 20
HEIGHT: Final = 300
LEFT: Final = 56
RIGHT: Final = 16
TOP: Final = 24
BOTTOM: Final = 52
MAX_LABELS: Final = 5
EDGE: Final = 60
"""Room for half a label."""
FEW_COLUMNS: Final = 2.5
"""Height of the mark that says 'one to four', whatever the number is, in percent of the axis."""


@dataclass(frozen=True)
class Bar:
    """value: 0 or more. part: of `value`, drawn darker; note: what stands behind the name."""

    name: str
    value: float
    note: str
    part: float = 0.0


@dataclass(frozen=True)
class Column:
    """value: 0 or more; None for a number that is kept back. whole: drawn paler behind it."""

    name: str
    value: float | None
    whole: float = 0.0


def bars(rows: Sequence[Bar], label: str) -> Markup:
    """Lying bars, for names; label: the chart in a sentence, for who does not see it."""
    most = max((row.value for row in rows), default=0) or 1
    height = ROW * len(rows)
    return drawing((_bar(row, place * ROW, most) for place, row in enumerate(rows)), height, label)


def columns(points: Sequence[Column], label: str) -> Markup:
    """Standing columns, for time."""
    most = _round_up(max((max(point.value or 0, point.whole) for point in points), default=0))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(points))
    every = -(-len(points) // MAX_LABELS)
    drawn = [level(f"{most * share:g}", _y(most * share, most), LEFT, WIDTH - RIGHT) for share in (0, 0.5, 1)]
    for place, point in enumerate(points):
        x, wide = LEFT + place * step, min(step * 0.7, 48)
        middle = x + step / 2
        drawn.append(_column(middle - wide / 2, wide, point.whole, most, "graph__column graph__column--whole"))
        if point.value is None:
            drawn.append(_kept_back(middle, wide))
        else:
            drawn.append(_column(middle - wide / 2, wide, point.value, most, "graph__column"))
        if place % every == 0:
            drawn.append(_time_label(middle, point.name))
    return drawing(drawn, HEIGHT, label)


def _time_label(middle: float, name: str) -> Markup:
    """Under its column; at the edge it ends there, since on a phone letters are large beside the columns."""
    x, anchor = (WIDTH, "end") if middle + EDGE > WIDTH else (middle, "middle")
    return words(name, round(x, 1), HEIGHT - BOTTOM + 34, anchor)


def _bar(row: Bar, top: int, most: float) -> Markup:
    wide, dark = (round(WIDTH * value / most, 1) for value in (row.value, row.part))
    return Markup(
        '<text class="graph__name" x="0" y="{}">{}<tspan class="graph__label" dx="10">{}</tspan></text>'
        '<rect class="graph__column graph__column--whole" x="0" y="{}" width="{}" height="{}" rx="3"/>'
        '<rect class="graph__column" x="0" y="{}" width="{}" height="{}" rx="3"/>'
    ).format(top + 22, row.name, row.note, top + 32, wide, BAR, top + 32, dark, BAR)


def _column(x: float, wide: float, value: float, most: float, look: str) -> Markup:
    y = _y(value, most)
    return Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="{:.1f}"/>').format(
        look, x, y, wide, HEIGHT - BOTTOM - y
    )


def _kept_back(middle: float, wide: float) -> Markup:
    y = _y(FEW_COLUMNS, 100)
    mark = Markup('<rect class="graph__column graph__column--few" x="{:.1f}" y="{}" width="{:.1f}" height="{:.1f}"/>')
    return mark.format(middle - wide / 2, y, wide, HEIGHT - BOTTOM - y) + words("<5", round(middle, 1), y - 6)


def _y(value: float, most: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(value, most) / most), 1)


def _round_up(value: float) -> float:
    """The end of an axis: an even number, or a round one, so that its middle reads well."""
    if value <= 10:
        return max(2.0, float(-(-value // 2) * 2))
    size = 10.0 ** (len(str(int(value))) - 1)
    return float(next(size * step for step in (1, 2, 3, 4, 6, 8, 10) if size * step >= value))
