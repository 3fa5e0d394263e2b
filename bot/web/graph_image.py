"""The same graph as `bot.web.graph` as a picture, for a document: word processors do not agree on SVG."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.web.graph import MAX_LABELS, MIN_GAP, Spot

SCALE: Final = 3
"""Drawn this much larger than it is shown, so that it is sharp on paper."""
WIDTH: Final = 640
HEIGHT: Final = 260
LEFT: Final = 40
RIGHT: Final = 96
TOP: Final = 26
BOTTOM: Final = 44

TENSION: Final = "#b04f24"
HEARD: Final = "#0d5c70"
GRID: Final = "#dfd9cf"
WORDS: Final = "#4a4a4a"


def graph_png(spots: Sequence[Spot], turning_turn: int | None = None) -> bytes:
    """The graph as PNG, for at least two spots. It does not hang on colour: one line is dashed, with squares."""
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "white")
    pen = _Pen(ImageDraw.Draw(image), len(spots))
    _frame(pen, spots, turning_turn)
    tension = [pen.place(place, spot.tension) for place, spot in enumerate(spots)]
    heard = [pen.place(place, spot.heard) for place, spot in enumerate(spots)]
    for one, other in zip(heard, heard[1:]):
        pen.dashed(one, other, HEARD)
    for one, other in zip(tension, tension[1:]):
        pen.line(one, other, TENSION, 3)
    for x, y in heard:
        pen.draw.rectangle([(x - 4) * SCALE, (y - 4) * SCALE, (x + 4) * SCALE, (y + 4) * SCALE], fill=HEARD)
    for x, y in tension:
        pen.draw.ellipse([(x - 4) * SCALE, (y - 4) * SCALE, (x + 4) * SCALE, (y + 4) * SCALE], fill=TENSION)
    _names(pen, tension[-1], heard[-1])
    found = BytesIO()
    image.save(found, "PNG", optimize=True)
    return found.getvalue()


class _Pen:
    """Draws in the graph's own measures: x, y in points of WIDTH by HEIGHT."""

    def __init__(self, draw: ImageDraw.ImageDraw, count: int) -> None:
        self.draw = draw
        self.count = count

    def place(self, place: int, points: float) -> tuple[float, float]:
        """Where a spot stands. points: 0-100."""
        x = LEFT + (WIDTH - LEFT - RIGHT) * place / max(1, self.count - 1)
        return x, TOP + (HEIGHT - TOP - BOTTOM) * (100 - min(100, max(0, points))) / 100

    def line(self, one: tuple[float, float], other: tuple[float, float], colour: str, width: float) -> None:
        """A line."""
        ends = [(x * SCALE, y * SCALE) for x, y in (one, other)]
        self.draw.line(ends, fill=colour, width=round(width * SCALE))

    def dashed(
        self, one: tuple[float, float], other: tuple[float, float], colour: str, width: float = 3, dash: float = 8
    ) -> None:
        """A line of dashes."""
        (x0, y0), (x1, y1) = one, other
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        at = 0.0
        while at < length:
            part, end = at / length, min(1.0, (at + dash) / length)
            start = (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part)
            self.line(start, (x0 + (x1 - x0) * end, y0 + (y1 - y0) * end), colour, width)
            at += dash * 1.5

    def words(self, x: float, y: float, text: str, colour: str = WORDS, size: int = 12, anchor: str = "mm") -> None:
        """Text at a place; anchor as in Pillow: left, middle or right, then top, middle or bottom."""
        font = ImageFont.load_default(size * SCALE)
        self.draw.text((x * SCALE, y * SCALE), text, fill=colour, font=font, anchor=anchor)


def _frame(pen: _Pen, spots: Sequence[Spot], turning_turn: int | None) -> None:
    for level in (0, 25, 50, 75, 100):
        y = pen.place(0, level)[1]
        pen.line((LEFT, y), (WIDTH - RIGHT, y), GRID, 1)
        pen.words(LEFT - 8, y, str(level), anchor="rm")
    step = -(-len(spots) // MAX_LABELS)
    for place, spot in enumerate(spots):
        x = pen.place(place, 0)[0]
        if place % step == 0:
            pen.words(x, HEIGHT - BOTTOM + 14, "begin" if spot.turn == 0 else str(spot.turn))
        if spot.turn == turning_turn:
            pen.dashed((x, TOP), (x, HEIGHT - BOTTOM), WORDS, 1, 3)
            pen.words(x, TOP - 12, "keerpunt")
    pen.words((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "beurt")


def _names(pen: _Pen, tension: tuple[float, float], heard: tuple[float, float]) -> None:
    upper, lower = tension[1], heard[1]
    if abs(upper - lower) < MIN_GAP:
        middle, half = (upper + lower) / 2, MIN_GAP / 2
        upper, lower = (middle - half, middle + half) if upper <= lower else (middle + half, middle - half)
    pen.words(tension[0] + 10, upper, "spanning", TENSION, 14, "lm")
    pen.words(heard[0] + 10, lower, "gehoord", HEARD, 14, "lm")
