"""A hint about plain Dutch: sentences that are too long to read in one go. A hint only; nobody is held up by it."""

from __future__ import annotations

import re
from typing import Final

MAX_WORDS: Final = 20
"""What Dutch plain-language guidance keeps to for B1."""

_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_BULLET = re.compile(r"^\s*[-•*–]\s+")


def long_sentences(text: str, max_words: int = MAX_WORDS) -> tuple[str, ...]:
    """The sentences of more than `max_words` words, as they stand in the text; list items count as sentences."""
    sentences = (_BULLET.sub("", part).strip() for part in _END.split(text))
    return tuple(each for each in sentences if len(re.findall(r"\w+(?:[-'’.]\w+)*", each)) > max_words)
