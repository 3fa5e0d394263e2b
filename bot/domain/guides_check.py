"""What whoever keeps the guide entries should mend, and what could be plainer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.guides import GUIDE_NAMES, GuideEntry
from bot.domain.guides_map import Theme, section_of
from bot.domain.readability import MAX_WORDS, long_sentences

MAX_TITLE_CHARS: Final = 60
"""So many fit on a button."""
MIN_PHRASINGS: Final = 30
"""Per point or section: fewer and a question in somebody's own words is often missed (docs/language.md)."""
MIN_OWN_PHRASINGS: Final = 3
"""An entry is as near as its three nearest phrasings; with fewer it is hardly ever found."""

POINTS: Final = tuple(f"dialoog-{number}" for number in range(1, 52))
SECTIONS: Final = tuple(
    f"vng-{number}" for number in "3 4.1 4.2 5.1 5.2 6.1 6.2 6.3 6.4 6.5 7.1 7.2 7.3 7.4 8.1 8.2 9".split()
)


@dataclass(frozen=True)
class Remark:
    """One thing to mend or to consider. file: where; about: the id or name it is about."""

    file: str
    about: str
    text: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{'FOUT' if self.is_error else 'hint'}  {self.file}, {self.about}: {self.text}"


@dataclass(frozen=True)
class GuideContent:
    """All that is checked: entries and phrasings, each with the file they stand in, and the themes.

    phrasings: entry id → (file, number of phrasings).
    """

    entries: Sequence[tuple[str, GuideEntry]]
    phrasings: Mapping[str, tuple[str, int]]
    themes: Sequence[Theme]
    themes_file: str


def check_guides(content: GuideContent) -> tuple[Remark, ...]:
    """Errors first, each kind in the files' order."""
    found = [
        *_double(content),
        *_references(content),
        *_titles(content),
        *_themes(content),
        *_not_covered(content),
        *_phrasings(content),
        *_hard_to_read(content),
    ]
    return tuple(sorted(found, key=lambda each: not each.is_error))


def _double(content: GuideContent) -> Iterator[Remark]:
    times = Counter(entry.id for _, entry in content.entries)
    for file, entry in content.entries:
        if times[entry.id] > 1:
            yield Remark(file, entry.id, f"dit id staat er {times[entry.id]} keer; geef elk punt een eigen id")


def _references(content: GuideContent) -> Iterator[Remark]:
    known = {entry.id for _, entry in content.entries}
    for file, entry in content.entries:
        fields = [("related", each) for each in entry.related]
        fields += [(name, each) for name, each in (("twin", entry.twin), ("next", entry.next)) if each]
        for field, other in fields:
            if other not in known:
                yield Remark(file, entry.id, f"'{field}' verwijst naar {other}, en dat bestaat niet")
            elif field == "twin" and other.partition("-")[0] == entry.guide:
                yield Remark(file, entry.id, f"'twin' hoort naar de andere handreiking te wijzen, niet naar {other}")


def _titles(content: GuideContent) -> Iterator[Remark]:
    for file, entry in content.entries:
        size = len(entry.title)
        if size > MAX_TITLE_CHARS:
            yield Remark(file, entry.id, f"de titel telt {size} tekens; er passen er {MAX_TITLE_CHARS} op een knop")


def _themes(content: GuideContent) -> Iterator[Remark]:
    known = {theme.name for theme in content.themes}
    for file, entry in content.entries:
        for theme in entry.themes:
            if theme not in known:
                yield Remark(file, entry.id, f"het onderwerp '{theme}' staat niet in {content.themes_file}")
    used = {theme for _, entry in content.entries for theme in entry.themes}
    for name in sorted(known - used):
        yield Remark(content.themes_file, name, "geen enkel punt heeft dit onderwerp", is_error=False)


def _not_covered(content: GuideContent) -> Iterator[Remark]:
    covered = {f"{entry.guide}-{point}" for _, entry in content.entries for point in entry.points}
    covered |= {section_of(entry.id) for _, entry in content.entries}
    for wanted in (*POINTS, *SECTIONS):
        if wanted not in covered:
            guide, _, number = wanted.partition("-")
            yield Remark(f"{guide}.yml", wanted, f"over {number} van de {GUIDE_NAMES[guide]} staat er nog niets")


def _phrasings(content: GuideContent) -> Iterator[Remark]:
    known = {entry.id: file for file, entry in content.entries}
    for entry_id, (file, _) in content.phrasings.items():
        if entry_id not in known:
            yield Remark(file, entry_id, "hier staan vragen bij een punt dat niet bestaat")
    of_section: Counter[str] = Counter()
    for entry_id in known:
        of_section[section_of(entry_id)] += _number(content, entry_id)
    for file, entry in content.entries:
        number, section = _number(content, entry.id), section_of(entry.id)
        if number < MIN_OWN_PHRASINGS:
            yield Remark(
                file, entry.id, f"er zijn {number} manieren om ernaar te vragen; zo wordt dit punt niet gevonden"
            )
        if entry.id == _first_of(content.entries, section) and of_section[section] < MIN_PHRASINGS:
            text = f"er zijn {of_section[section]} manieren om naar {section} te vragen; maak er ten minste {MIN_PHRASINGS} van"
            yield Remark(file, entry.id, text)


def _number(content: GuideContent, entry_id: str) -> int:
    return content.phrasings.get(entry_id, ("", 0))[1]


def _first_of(entries: Iterable[tuple[str, GuideEntry]], section: str) -> str:
    return next(entry.id for _, entry in entries if section_of(entry.id) == section)


def _hard_to_read(content: GuideContent) -> Iterator[Remark]:
    for file, entry in content.entries:
        for sentence in long_sentences(entry.answer):
            size = len(sentence.split())
            start = " ".join(sentence.split()[:6])
            text = f"een zin in het antwoord telt {size} woorden, prettig leest tot {MAX_WORDS}: ‘{start} …’"
            yield Remark(file, entry.id, text, is_error=False)
