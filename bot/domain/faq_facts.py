"""What an answer states that another answer can contradict: yes or no, numbers of something, days, addresses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from bot.domain.matching.words import plain, stem
from bot.domain.notices import MONTHS

_NUMBERS: Final = {
    name: value
    for value, name in enumerate(
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
        "achttien negentien twintig".split()
    )
} | {"dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
     "honderd": 100, "duizend": 1000, "anderhalf": 1.5, "half": 0.5}  # fmt: skip
_NUMBER: Final = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_MONTH: Final = "|".join(MONTHS)
_DAY: Final = re.compile(rf"\b(\d{{1,2}}) ({_MONTH})(?: (\d{{4}}))?\b")
_TIMES: Final = re.compile(r"\b\d{1,2}[.:]\d\d(?: uur)?\b")
_COUNTED: Final = re.compile(rf"(?<![\w.,-])({_NUMBER})(?: (miljoen|miljard|duizend))? ([a-z]{{3,}})\b")
_MONEY: Final = re.compile(rf"€ ?({_NUMBER})(?: (miljoen|miljard))?|({_NUMBER})(?: (miljoen|miljard))? euro\b")
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w|\b0\d{1,3}[- ]?\d[\d ]{4,9}\d")
_TIMES_MORE: Final = {"duizend": 1_000.0, "miljoen": 1_000_000.0, "miljard": 1_000_000_000.0}
_PEOPLE: Final = frozenset(
    stem(word) for word in "mensen personen bewoners plekken plaatsen opvangplekken asielzoekers vluchtelingen "
                           "oekrainers gasten bedden".split()
)  # fmt: skip
"""Words that count the same heads in a reception location."""
_NOT_COUNTED: Final = frozenset("uur keer van voor tot met per en of het de een dat die procent euro is op in".split())


class Fact(str, Enum):
    """What a question can ask for that two answers may disagree about."""

    AGREEMENT = "agreement"  # yes or no
    NUMBER = "number"
    DAY = "day"
    ADDRESS = "address"


Day = tuple[int, int, int | None]
"""Month, day, and year where it is named."""


@dataclass(frozen=True)
class Facts:
    """agrees: whether it begins with 'ja' (True) or 'nee'. numbers: by the stem of what is counted, 'euro' for money.

    words: what is counted as the answer has it, by the same stem.
    days: dates in it. addresses: telephone numbers and e-mail addresses, without spaces.
    """

    agrees: bool | None
    numbers: Mapping[str, frozenset[float]]
    words: Mapping[str, str]
    days: frozenset[Day]
    addresses: frozenset[str]


def facts_of(answer: str) -> Facts:
    """Read an answer."""
    normal = " ".join(plain(answer).split())
    opening = re.match(r"(ja|nee)\b", normal)
    days = frozenset(
        (MONTHS.index(found[2]) + 1, int(found[1]), int(found[3]) if found[3] else None)
        for found in _DAY.finditer(normal)
    )
    addresses = frozenset(re.sub(r"[ -]", "", found) for found in _ADDRESS.findall(normal))
    return Facts(opening[1] == "ja" if opening else None, *_numbers(normal), days, addresses)


def differing(first: Facts, second: Facts, about: Collection[Fact]) -> str:
    """What two answers to one question disagree about, as 'a tegenover b'; '' when they can both be true.

    about: what the question asks for; the rest may be of something else ('het besluit van 6 oktober').
    """
    one, other = (_of(facts, about) for facts in (first, second))
    for what in (each for each in one if each in other):
        if not _agree(one[what], other[what]):
            word = first.words.get(what, what)
            return f"{_listed(one[what], word)} tegenover {_listed(other[what], word)}"
    return ""


def _of(facts: Facts, about: Collection[Fact]) -> dict[str, frozenset[Any]]:
    """The facts that are asked for, by what they are about; nothing for what the answer does not state."""
    found: dict[str, frozenset[Any]] = {}
    if Fact.AGREEMENT in about and facts.agrees is not None:
        found["ja of nee"] = frozenset({"ja" if facts.agrees else "nee"})
    if Fact.NUMBER in about:
        found.update(sorted(facts.numbers.items()))
    if Fact.DAY in about and facts.days:
        found["datum"] = facts.days
    if Fact.ADDRESS in about and facts.addresses:
        found["adres"] = facts.addresses
    return found


def _agree(mine: frozenset[Any], theirs: frozenset[Any]) -> bool:
    if mine & theirs:
        return True
    days = (each for each in mine if isinstance(each, tuple))
    return any(a[:2] == b[:2] and (a[2] is None or b[2] is None) for a in days for b in theirs)


def _listed(values: Iterable[Any], what: str) -> str:
    if what == "datum":
        named = sorted(values, key=lambda day: (day[2] or 0, day[0], day[1]))
        return ", ".join(f"{day} {MONTHS[month - 1]}{f' {year}' if year else ''}" for month, day, year in named)
    if what in ("ja of nee", "adres"):
        return ", ".join(sorted(values))
    return f"{' en '.join(_amount(value) for value in sorted(values))} {what}"


def _amount(value: float) -> str:
    millions = value >= 1_000_000
    text = f"{value / 1_000_000 if millions else value:.10g}".replace(".", ",")
    return f"{text} miljoen" if millions else text


def _numbers(normal: str) -> tuple[Mapping[str, frozenset[float]], Mapping[str, str]]:
    text = _TIMES.sub(" ", _ADDRESS.sub(" ", _DAY.sub(" ", normal)))
    found: dict[str, set[float]] = {}
    named: dict[str, str] = {}
    for amount in _MONEY.finditer(text):
        number, scale = (amount[1], amount[2]) if amount[1] else (amount[3], amount[4])
        found.setdefault("euro", set()).add(_value(number) * _TIMES_MORE.get(scale or "", 1.0))
    for counted in _COUNTED.finditer(_MONEY.sub(" ", text)):
        if counted[3] not in _NOT_COUNTED and counted[1] != "een":  # 'een hek' counts nothing
            thing = thing_counted(counted[3])
            named.setdefault(thing, counted[3])
            found.setdefault(thing, set()).add(_value(counted[1]) * _TIMES_MORE.get(counted[2] or "", 1.0))
    return {what: frozenset(values) for what, values in found.items()}, named


def thing_counted(word: str) -> str:
    """What a word counts, as one name for all words that mean it; 'mensen' for everybody in the location."""
    return "mensen" if stem(word) in _PEOPLE else stem(word)


def _value(number: str) -> float:
    if number in _NUMBERS:
        return float(_NUMBERS[number])
    return float(number.replace(".", "").replace(",", "."))
