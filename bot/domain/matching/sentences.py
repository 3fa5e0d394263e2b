"""Finds the question in a long story: residents tell first and ask last."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.matching.asked import request_of
from bot.domain.matching.words import words

MAX_CHARS: Final = 10_000
MAX_WINDOWS: Final = 5
LONG_WORDS: Final = 14
"""A piece longer than this is also looked at by its last part."""
_END: Final = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|\n+")
_TURN: Final = re.compile(
    r"[,;:]\s+|\s+[-–—]\s+|\s+(?=(?:maar|want|dus|en (?:waar|wie|wat|hoe|wanneer|mag|kan|"
    r"komt|is))\b)",
    re.I,
)


def sentences(text: str) -> list[str]:
    """The sentences of a text in order; a text without words gives none."""
    return [part.strip() for part in _END.split(text[:MAX_CHARS]) if words(part)]


def windows(text: str, most: int = MAX_WINDOWS) -> list[str]:
    """Parts of a message that may hold its question, likeliest first; none when the whole is one short sentence.

    Sentences with a question mark come first, the last of them foremost, then the last sentence and others that
    sound like a question; of a long one also its tail.
    """
    parts = sentences(text)
    found: list[str] = []
    for part in sorted(range(len(parts)), key=lambda at: (-_likeness(parts[at], at == len(parts) - 1), -at)):
        if _likeness(parts[part], part == len(parts) - 1) <= 0:
            break
        if len(parts) > 1:
            found.append(parts[part])
        found.extend(_tail(parts[part]))
    if len(parts) > 2:
        found.append(" ".join(parts[-2:]))
    return list(dict.fromkeys(found))[:most]


def _likeness(sentence: str, last: bool) -> int:
    """How much a sentence looks like the question, 0 for not at all."""
    asks = 3 if sentence.rstrip("\"') ").endswith("?") else 0
    return asks + (2 if request_of(sentence).kinds else 0) + (1 if last else 0)


def _tail(sentence: str) -> list[str]:
    if len(words(sentence)) <= LONG_WORDS:
        return []
    pieces = [piece.strip() for piece in _TURN.split(sentence) if piece and len(words(piece)) > 2]
    asking = [piece for piece in pieces if request_of(piece).kinds]
    return asking[-1:] if len(pieces) > 1 else []
