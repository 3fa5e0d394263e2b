"""What every drawing on our pages is made of: the frame, a line across with its number, and small words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

WIDTH: Final = 640
"""Units across; the style sheet makes it as wide as the page has room for."""


def drawing(parts: Iterable[Markup], height: int, description: str) -> Markup:
    """The parts in their frame. description: the drawing in a sentence, for who does not see it."""
    return Markup('<svg class="graph" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, height, description, Markup("").join(parts)
    )


def words(text: object, x: float, y: float, anchor: str = "middle") -> Markup:
    """Small words. anchor: what of them stands at x, 'start', 'middle' or 'end'."""
    return Markup('<text class="graph__label" x="{:g}" y="{:g}" text-anchor="{}">{}</text>').format(x, y, anchor, text)


def level(text: object, y: float, left: float, right: float) -> Markup:
    """A line across at height y, with its number before it."""
    line = Markup('<line class="graph__grid" x1="{:g}" x2="{:g}" y1="{:g}" y2="{:g}"/>').format(left, right, y, y)
    return line + words(text, left - 8, y + 5, "end")
