"""Personal data in what residents write. The desk shows it masked: an answer seldom needs it (privacy, DESIGN 7).

Forms that can be recognised with certainty come first: e-mail, telephone, IBAN, BSN, postcode with a house number. Names
are found as far as `bot.domain.names` goes, descriptions of people are not; the desk says so, and publishing asker text is
never automatic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.domain.names import find_names


class PersonalData(str, Enum):
    """What was found; the value is the Dutch word that stands in its place."""

    EMAIL = "e-mailadres"
    IBAN = "rekeningnummer"
    PHONE = "telefoonnummer"
    BSN = "burgerservicenummer"
    ADDRESS = "adres"
    NAME = "naam"


@dataclass(frozen=True)
class Found:
    """Personal data at text[start:end]."""

    kind: PersonalData
    start: int
    end: int


_SEPARATOR = r"[ .\-\u00a0\u2011]?"

# Bounded: without an end to it, a word of 64 KiB without an @ would be tried from each of its letters to its end.
_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Dutch ones however they are typed; foreign ones in capitals, since small letters would swallow the words behind.
_IBAN = re.compile(
    rf"(?<!\w)(?:(?i:NL{_SEPARATOR}\d{{2}}{_SEPARATOR}[A-Z]{{4}})(?:{_SEPARATOR}\d){{10}}"
    r"|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)(?!\w)"
)
# 10 digits from 0, or after +31 / 0031 nine of them, with whatever people put in between.
_PHONE = re.compile(
    rf"(?<![\dA-Za-z])(?:(?:\+|00)31{_SEPARATOR}(?:\(0\){_SEPARATOR})?|\(?0)"
    r"[1-9]\)?(?:[ .\-/()\u00a0\u2011]{0,3}\d){8}(?!\d)"
)
_BSN = re.compile(rf"(?<!\d)(?:\d{_SEPARATOR}){{7,8}}\d(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d([-. ])[01]\d\1[0-3]\d|[0-3]\d([-. ])[01]\d\2(?:19|20)\d\d")
# A postcode names a street, with a number it names a front door. Dutch postcodes never end in SA, SD or SS.
_POSTCODE = r"[1-9]\d{3}\s?(?!SA|SD|SS|sa|sd|ss)[A-Za-z]{2}"
_NUMBER = r"\d{1,5}(?:\s?[a-zA-Z](?![A-Za-z])|[-/]\d{1,4})?"
_POSTCODE_NUMBER = re.compile(
    rf"(?<!\w){_POSTCODE}(?:\s*,?\s*(?:nr\.?|nummer|huisnummer|op|no\.?)?\s*){_NUMBER}(?!\w)", re.IGNORECASE
)
# A street with a number is masked where somebody says it is their own: elsewhere it is mostly the location's address.
_HOME = re.compile(
    r"\b(?:woon|adres)\b(?:\s(?:zelf|al|nu|hier|dus|is|op|aan|in|de|het)|:){0,3}\s"
    rf"(?P<part>(?:[A-Z][\w'’.-]*\s){{1,4}}{_NUMBER})(?!\w)"
)
_STREET_POSTCODE = re.compile(rf"(?<!\w)(?:[A-Z][\w'’.-]*\s){{1,4}}{_NUMBER}\s*,?\s+{_POSTCODE}(?!\w)")
_NUMBER_POSTCODE = re.compile(
    rf"(?<!\w)(?:nr\.?\s*|nummer\s+|huisnummer\s+)?{_NUMBER}\s*,?\s+(?-i:[1-9]\d{{3}}\s?[A-Z]{{2}})(?!\w)"
)


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())


def is_iban(text: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 13616, modulo 97)."""
    compact = "".join(each for each in text if each.isalnum()).upper()
    if not 15 <= len(compact) <= 34:
        return False
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(each, 36)) for each in moved)) % 97 == 1


def is_bsn(text: str) -> bool:
    """Whether a number of 8 or 9 digits passes the eleven test of a burgerservicenummer."""
    digits = _digits(text).zfill(9)
    if len(digits) != 9 or digits == "000000000":
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return weighted % 11 == 0


def _is_bsn_and_no_date(text: str) -> bool:
    """2027-02-15 passes the eleven test too."""
    return is_bsn(text) and not _DATE.fullmatch(text)


def _always(_: str) -> bool:
    return True


_FINDERS: Final[tuple[tuple[PersonalData, re.Pattern[str], Callable[[str], bool]], ...]] = (
    (PersonalData.EMAIL, _EMAIL, _always),
    (PersonalData.IBAN, _IBAN, is_iban),
    (PersonalData.PHONE, _PHONE, _always),
    (PersonalData.ADDRESS, _STREET_POSTCODE, _always),
    (PersonalData.ADDRESS, _POSTCODE_NUMBER, _always),
    (PersonalData.ADDRESS, _NUMBER_POSTCODE, _always),
    (PersonalData.ADDRESS, _HOME, _always),
    (PersonalData.BSN, _BSN, _is_bsn_and_no_date),
)
"""In order of certainty: an earlier find keeps its place when a later one overlaps it."""


def find_personal_data(text: str) -> tuple[Found, ...]:
    """Everything recognised in `text`, in order of place, never overlapping."""
    found: list[Found] = []
    for kind, pattern, holds in _FINDERS:
        for match in pattern.finditer(text):
            start, end = match.span("part" if "part" in pattern.groupindex else 0)
            free = all(end <= other.start or start >= other.end for other in found)
            if free and holds(text[start:end]):
                found.append(Found(kind, start, end))
    for start, end in sorted(find_names(text), key=lambda span: (span[0], -span[1])):
        if all(end <= other.start or start >= other.end for other in found):
            found.append(Found(PersonalData.NAME, start, end))
    return tuple(sorted(found, key=lambda each: each.start))


def mask_personal_data(text: str) -> str:
    """The text with '[telefoonnummer]' and the like where personal data stood."""
    parts: list[str] = []
    position = 0
    for each in find_personal_data(text):
        parts += (text[position : each.start], f"[{each.kind.value}]")
        position = each.end
    return "".join((*parts, text[position:]))
