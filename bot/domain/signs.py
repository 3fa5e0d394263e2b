"""Signs that a text may hold. What people type is kept as it is, but for what no screen shows and no database takes."""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
"""Control characters other than tab and line feed, and signs that are none."""


SHOUTED_LETTERS = 6
"""A shorter word in capitals may be a name: COA, AZC."""


def whole_signs(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def quieted(text: str) -> str:
    """A message all in capitals in small letters. It is read as shouting, and old people and phones just write so."""
    letters = [sign for sign in text if sign.isalpha()]
    return text.lower() if len(letters) >= SHOUTED_LETTERS and all(sign.isupper() for sign in letters) else text


def clean(text: str) -> str:
    """A typed text without control characters and broken signs; line ends become line feeds."""
    return _UNSEEN.sub("", whole_signs(text.replace("\r\n", "\n").replace("\r", "\n")))
