"""Cuts a message into clauses, the units in which an official does one thing at a time."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|\n+")
TURN: Final = re.compile(
    r"[,;:]?\s+(?=(?:maar|alleen|want|dus|daarom|toch|en (?:ik|u|je|we|wij|wat|hoe|waar|wie|daar|dat|als|dan)|of (?:ik|u|je|we|wil)"
    r"|dan (?:ga|wil|stop|hoor)|zodat|hoewel|terwijl)\b)|;\s+|\s+[-–—]\s+",
    re.IGNORECASE,
)
"""Words with which a Dutch speaker turns to something else within a sentence."""
MIN_WORDS: Final = 3
"""A shorter piece ('ja,' 'oké, maar') does nothing on its own and stays with its neighbour."""


class Clause(NamedTuple):
    """A piece of the message: text[start:end], without white space at its ends."""

    text: str
    start: int
    end: int


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _pieces(text: str, start: int, end: int, cut: re.Pattern[str]) -> list[tuple[int, int]]:
    """Cut text[start:end], joining pieces shorter than MIN_WORDS to the one before (the first to the next)."""
    edges = [start, *(found.end() for found in cut.finditer(text, start, end) if start < found.end() < end), end]
    pieces: list[tuple[int, int]] = []
    for left, right in zip(edges, edges[1:]):
        if pieces and (_words(text[left:right]) < MIN_WORDS or _words(text[slice(*pieces[-1])]) < MIN_WORDS):
            pieces[-1] = (pieces[-1][0], right)
        else:
            pieces.append((left, right))
    return pieces


def _trimmed(text: str, start: int, end: int) -> Clause:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Clause(piece.strip(), start + left, start + len(piece.rstrip()))


def split_clauses(text: str) -> list[Clause]:
    """The clauses of a message in order; none for a message without letters or digits.

    Sentences always part, however short ('Nee. Dat kan niet.'); within a sentence only turning words and
    semicolons do, since a comma alone mostly just lets a speaker breathe.
    """
    edges = [0, *(found.end() for found in SENTENCE_END.finditer(text)), len(text)]
    sentences = [(left, right) for left, right in zip(edges, edges[1:]) if _words(text[left:right])]
    pieces = [piece for left, right in sentences for piece in _pieces(text, left, right, TURN)]
    return [_trimmed(text, left, right) for left, right in pieces]
