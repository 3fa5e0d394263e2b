"""Cuts long answers into messages that Telegram takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.outgoing import Message

MAX_UNITS = 4096
"""Telegram's limit for a text, in UTF-16 code units: most emoji count for two."""

_ENDS = (
    re.compile(r"\n\s*\n"),  # a paragraph
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…])[’”\"')\]]*\s+"),  # a sentence
    re.compile(r"\s+"),
)
"""Where a cut is least in the way, best first."""

MAX_SIGN_CHARS = 32
"""A family of emoji with skin tones takes some twenty characters; who writes more of them has no sign in mind."""

_JOINS_BEFORE = re.compile("[\\u200d\\ufe0e\\ufe0f\\u20e3\\U0001f3fb-\\U0001f3ff\\U000e0020-\\U000e007f]")
"""Characters that change the one before them: joiners, variants, skin tones, tags of flags."""

JOINER = "\u200d"

_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]+$")

MIN_SHARE = 0.5
"""A good cut nearer to the start than this share of the room gives a stub; the next kind of cut is tried first."""


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)


def split_message(message: Message, max_units: int = MAX_UNITS) -> tuple[Message, ...]:
    """The message in parts of at most `max_units`; the buttons go with the last. A text of spaces gives no parts."""
    parts = tuple(split_text(message.text, max_units))
    return tuple(
        Message(part, message.buttons if n == len(parts) else ()) for n, part in enumerate(parts, start=1)
    )  # fmt: skip


def split_text(text: str, max_units: int = MAX_UNITS) -> Iterator[str]:
    """The text in parts of at most `max_units` (2 or more), cut between sentences where that is possible."""
    rest = text.strip()
    while units(rest) > max_units:
        end = _cut(rest, _fitting(rest, max_units))
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()
    if rest:
        yield rest


def _fitting(text: str, max_units: int) -> int:
    """How many characters of the text fit, at least one."""
    room = max_units
    for place, sign in enumerate(text):
        room -= 2 if ord(sign) > 0xFFFF else 1
        if room < 0:
            return place
    return len(text)


def _between_signs(text: str, place: int) -> int:
    """The nearest place up to this one that does not part what is seen as one sign, if there is one nearby."""
    nearby = range(place, max(0, place - MAX_SIGN_CHARS), -1)
    return next((earlier for earlier in nearby if not _parts_a_sign(text, earlier)), place)


def _parts_a_sign(text: str, place: int) -> bool:
    """Whether a cut here would show in the last sign before it or the first behind it."""
    after = text[place]
    if unicodedata.combining(after) or _JOINS_BEFORE.match(after) or text[place - 1] == JOINER:
        return True
    flags = _FLAG_LETTERS.search(text, 0, place)  # a flag is two letters
    return flags is not None and len(flags[0]) % 2 == 1 and _FLAG_LETTERS.match(after) is not None


def _cut(text: str, fitting: int) -> int:
    for end in _ENDS:
        places = [found.end() for found in end.finditer(text, 0, fitting + 1) if found.start() > 0]
        # The space behind a part falls away, so a part may end right where the room does.
        if places and places[-1] >= fitting * MIN_SHARE:
            return min(places[-1], fitting)
    return _between_signs(text, fitting)
