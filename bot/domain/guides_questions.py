"""Several questions in one message, and questions that lean on what was talked about before."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.guides_wish import content

MAX_QUESTIONS: Final = 3
MIN_WORDS: Final = 3
MIN_CONTENT: Final = 1
FIRST_WORDS: Final = 4
"""Where a word that points back stands for something said before; further on it mostly joins two clauses."""
MAX_LEANING_WORDS: Final = 9
"""A longer message tells enough by itself."""
MAX_BARE_WORDS: Final = 6
"""A message of so few words with a word that points back needs no opening 'en'."""

_ASKING: Final = (
    "hoe|wat|wie|waar|wanneer|waarom|waarmee|waarover|waarvoor|welke?|hoeveel|hoelang|mag|mogen|moet|moeten|kan|kunnen"
    "|kun|is|zijn|heb|heeft|zal|zullen|wil|geldt|bestaat"
)
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\"')\]’]*\s+|\n+")
_AND: Final = re.compile(rf",?\s+en\s+(?:ook\s+)?(?=(?:{_ASKING})\b)|\s*;\s*(?=(?:{_ASKING})\b)", re.IGNORECASE)
_ASKS_FIRST: Final = re.compile(rf"^\W*(?:en\s+|of\s+|maar\s+)?(?:in|op|bij|met|voor|van|aan)?\s*(?:{_ASKING})\b", re.I)
_OPENS: Final = re.compile(
    r"^\W*(?:en|maar|of|dus|ook|zelfs|behalve|wat als|stel(?: dat)?|geldt|hoe dan|wie dan|wanneer dan|waar dan|welke dan|tenzij)\b",
    re.IGNORECASE,
)
_POINTS_BACK: Final = re.compile(
    r"\b(?:dat|dit|die|deze|hij|zij|ze|hem|haar|hen|zoiets|zo iemand|dan|daar|hier|erbij|ervoor|erna|eraan|ervan"
    r"|daar(?:bij|mee|na|over|voor|van|aan|op|in|tegen|door)|hier(?:bij|mee|na|over|voor|van|aan|op|in|tegen|door))\b",
    re.IGNORECASE,
)


_SPLIT_OFF: Final = re.compile(r"\ber\b.*\b(?:in|bij|op|over|van|mee|aan|voor|uit|tegen)\W*$", re.IGNORECASE)
"""'Wat moet er zeker in?' points back like 'erin'."""


def _count(text: str) -> int:
    return len(re.findall(r"\w+", text))


def leans_back(text: str) -> bool:
    """Whether a short message points at something said before: 'en bij een groep?', 'mag dat altijd?'."""
    size = _count(text)
    if not size or size > MAX_LEANING_WORDS:
        return False
    points_back = _POINTS_BACK.search(text) or _SPLIT_OFF.search(text)
    return bool(_OPENS.search(text)) or (size <= MAX_BARE_WORDS and bool(points_back))


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a message, each with what was told before it; empty where there is only one.

    A situation told first belongs to the question after it. A question that leans on the one before stays with it,
    since it says nothing alone.
    """
    groups: list[str] = []
    told: list[str] = []
    for sentence in _SENTENCE.split(text.strip()):
        for piece in _parted(sentence):
            told.append(piece)
            if _asks(piece):
                _close(groups, " ".join(told))
                told = []
    if told and groups:
        groups[-1] = " ".join([groups[-1], *told])
    return tuple(groups) if 1 < len(groups) <= MAX_QUESTIONS else ()


def _close(groups: list[str], group: str) -> None:
    if groups and _says_nothing_alone(group):
        groups[-1] = f"{groups[-1]} {group}"
    else:
        groups.append(group)


def _says_nothing_alone(question: str) -> bool:
    spoken = re.findall(r"\w+", question)
    points_back = _POINTS_BACK.search(" ".join(spoken[:FIRST_WORDS])) or _POINTS_BACK.search(" ".join(spoken[-1:]))
    return len(spoken) < MIN_WORDS or len(content(question)) < MIN_CONTENT or bool(points_back)


def _asks(piece: str) -> bool:
    return piece.rstrip("\"')]’ ").endswith("?") or bool(_ASKS_FIRST.search(piece))


def _parted(sentence: str) -> list[str]:
    """A sentence cut where 'en' begins a second question; whole where either side would be too short to be one."""
    pieces = [piece.strip() for piece in _AND.split(sentence) if piece and piece.strip()]
    if len(pieces) < 2 or not all(_count(each) >= MIN_WORDS for each in pieces) or not _asks(pieces[0]):
        return [sentence] if sentence.strip() else []
    return pieces
