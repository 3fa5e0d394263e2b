"""How the entries of the two guides hang together: twins, neighbours, what comes next, and what a subject holds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.domain.guides import GuideEntry, GuideLibrary
from bot.domain.matching.words import STOP, stem, words

ALIKE_IF_LINKED: Final = 0.22
ALIKE_ALONE: Final = 0.3
"""From this likeness of words (0-1) on, an entry of the other guide is about the same. Read off on all pairs."""
TITLE_COUNTS: Final = 3
"""A word in the title counts as often as this: the title says what an entry is about."""
SHORTEST_STEM: Final = 4
"""Shorter words are found only as a whole: 'raad' must not find 'raadplegen', nor 'vorm' 'informeren'."""

CHAPTERS_IN_ONE: Final = ("1", "2", "3", "9")
"""Chapters of the VNG guide without numbered sections."""


@dataclass(frozen=True)
class Theme:
    """A subject that entries can be listed by. title: as said in a sentence. words: other names people give it."""

    name: str
    title: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What a list is about, and its entries in the guides' order. theme: None where only words were found."""

    title: str
    entries: tuple[GuideEntry, ...]
    theme: Theme | None = None


def section_of(entry_id: str) -> str:
    """The point or section an entry belongs to: 'dialoog-43.1' → 'dialoog-43', 'vng-6.4.3' → 'vng-6.4'."""
    guide, _, number = entry_id.partition("-")
    parts = number.split(".")
    whole = 1 if guide == "dialoog" or parts[0] in CHAPTERS_IN_ONE else 2
    return f"{guide}-{'.'.join(parts[:whole])}"


class GuideMap:
    """The library with the ways between its entries. Everything is worked out once, when first asked for."""

    def __init__(self, library: GuideLibrary, themes: Sequence[Theme] = ()) -> None:
        self.library = library
        self.themes = tuple(themes)

    def find(self, entry_id: str | None) -> GuideEntry | None:
        """The entry with this id, if there is one."""
        return self.library.find(entry_id) if entry_id else None

    def titled(self, text: str) -> GuideEntry | None:
        """The entry whose title somebody typed over, whatever the capitals and punctuation."""
        return self._titles.get(_letters(text))

    def linked(self, entry_id: str) -> frozenset[str]:
        """Ids that this entry names as related, and ids of entries that name this one."""
        return self._links.get(entry_id, frozenset())

    def twin(self, entry_id: str, guide: str) -> GuideEntry | None:
        """The entry of that guide on the same subject: the one its writer named, else the one most alike in words."""
        entry = self.find(entry_id)
        named = self.find(entry.twin) if entry else None
        if named and named.guide == guide:
            return named
        there = [each.id for each in self.library if each.guide == guide and each.id != entry_id]
        close = [each for each in there if self.alike(entry_id, each) >= self._enough(entry_id, each)]
        return self.find(max(close, key=lambda each: self.alike(entry_id, each), default=None))

    def _enough(self, one: str, other: str) -> float:
        return ALIKE_IF_LINKED if other in self.linked(one) else ALIKE_ALONE

    def counterpart(self, entry: GuideEntry) -> GuideEntry | None:
        """The twin in the other guide."""
        return self.twin(entry.id, "vng" if entry.guide == "dialoog" else "dialoog")

    def neighbours(self, entry_id: str) -> frozenset[str]:
        """Entries near this one: linked either way, or of the same point or section."""
        section = section_of(entry_id)
        siblings = {each.id for each in self.library if section_of(each.id) == section}
        return (self.linked(entry_id) | siblings) - {entry_id}

    def after(self, entry: GuideEntry) -> GuideEntry | None:
        """What comes next in the guide: the next advice of the same point or section, else the next one's first."""
        if entry.next:
            return self.find(entry.next)
        order = [each for each in self.library if each.guide == entry.guide]
        later = order[order.index(entry) + 1 :]
        section = section_of(entry.id)
        if entry.id != section and later and section_of(later[0].id) == section:
            return later[0]
        return next((each for each in later if section_of(each.id) != section), None)

    def alike(self, one: str, other: str) -> float:
        """Likeness of words, 0-1."""
        left, right = self._weights[one], self._weights[other]
        return sum(weight * right[word] for word, weight in left.items() if word in right)

    def numbered(self, guide: str, number: str) -> tuple[GuideEntry, ...]:
        """The entries of a point, section or chapter, in order; the one of exactly that number first."""
        wanted = f"{guide}-{number}"
        found = [each for each in self.library if each.id == wanted or each.id.startswith(wanted + ".")]
        return tuple(found)

    def subject(self, asked: str, guide: str | None = None) -> Subject | None:
        """What somebody wants listed: a theme by one of its names, else the entries that hold the words themselves."""
        theme = self._theme_named(asked)
        if theme:
            return Subject(theme.title, self._of(guide, lambda each: theme.name in each.themes), theme)
        stems = _stems(asked)
        found = self._of(guide, lambda each: bool(stems) and all(self._holds(each.id, one) for one in stems))
        return Subject(f"‘{asked}’", found) if found else None

    def _of(self, guide: str | None, keep: Callable[[GuideEntry], bool]) -> tuple[GuideEntry, ...]:
        return tuple(each for each in self.library if guide in (None, each.guide) and keep(each))

    def _theme_named(self, asked: str) -> Theme | None:
        wanted = _key(asked)
        return next((theme for theme in self.themes if wanted and wanted in self._names[theme.name]), None)

    def _holds(self, entry_id: str, wanted: str) -> bool:
        held = self._weights[entry_id]
        return wanted in held or (len(wanted) >= SHORTEST_STEM and any(each.startswith(wanted) for each in held))

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        return {
            theme.name: frozenset(_key(each) for each in (theme.name, theme.title, *theme.words))
            for theme in self.themes
        }

    @cached_property
    def _titles(self) -> Mapping[str, GuideEntry]:
        return {_letters(entry.title): entry for entry in self.library}

    @cached_property
    def _links(self) -> Mapping[str, frozenset[str]]:
        links: dict[str, set[str]] = {}
        for entry in self.library:
            for other in (*entry.related, entry.twin):
                if self.library.find(other):
                    links.setdefault(entry.id, set()).add(other)
                    links.setdefault(other, set()).add(entry.id)
        return {each: frozenset(others) for each, others in links.items()}

    @cached_property
    def _weights(self) -> Mapping[str, Mapping[str, float]]:
        """Per entry its stems, each weighed by how few entries hold it; of length 1."""
        counts = {each.id: Counter(_stems(each.title) * TITLE_COUNTS + _stems(each.answer)) for each in self.library}
        holders = Counter(word for held in counts.values() for word in held)
        return {
            entry_id: _normal(
                {word: math.sqrt(n) * math.log(len(counts) / holders[word] + 1) for word, n in held.items()}
            )
            for entry_id, held in counts.items()
        }


def _normal(weights: Mapping[str, float]) -> Mapping[str, float]:
    length = math.sqrt(sum(each * each for each in weights.values())) or 1.0
    return {word: each / length for word, each in weights.items()}


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOP]


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _key(name: str) -> str:
    """A subject's name without small words and endings, so that 'de emoties' and 'emotie' are the same."""
    return " ".join(_stems(name)) or re.sub(r"\W+", " ", name.lower()).strip()
