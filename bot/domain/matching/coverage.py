"""Does a text name what is asked for? An entry about the right subject need not say what somebody wants to know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.matching.asked import Asked, Request
from bot.domain.matching.concepts import Concepts
from bot.domain.matching.words import STOP, plain, stem, words

SAME_WORD: Final = 1.0
SYNONYM: Final = 0.9
PART_OF_WORD: Final = 0.8
"""'kazerneterrein' where the text has 'kazerne'."""
SAME_TOPIC: Final = 0.3
COMMON: Final = frozenset(
    "gemeente mensen plek plekken keer dag dagen tijd week weken maand jaar uur manier ding dingen deel soort "
    "geval punt komen gaan krijgen zitten staan liggen lopen blijven maken geven nemen houden vinden kijken "
    "horen lezen denken spreken praten wonen gebeuren gebeurt kwijt bedoeld binnen buiten achter voorkant zoals "
    "ander andere anders goed goede slecht nieuw nieuwe oud oude groot klein hele helemaal snel vaak lang "
    "langer zeker inderdaad kortom eindelijk gelijk eigen samen alleen hier daar dorp dorpje stad buurt straat "
    "thuis echte zoveel tijdje ineens beetje paar nieuws jammer belachelijk schande schandalig stom raar gek "
    "bang boos kapot moe verdrietig zorgen bro yo gozer meneer mevrouw".split()
)
"""Words that are asked with rather than about."""
_COMMON_STEMS: Final = frozenset(stem(word) for word in COMMON)
_NUMBER: Final = re.compile(
    r"\d|^(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig|dertig|veertig|"
    r"vijftig|honderd|geen|helft)$"
)


@dataclass(frozen=True)
class Text:
    """A text as coverage sees it: its words by stem, by synonym set and by topic, and what is counted in it."""

    stems: frozenset[str]
    synonyms: frozenset[str]
    topics: frozenset[str]
    counted: frozenset[str]
    counted_synonyms: frozenset[str]


class Vocabulary:
    """What words mean to residents, and how ordinary each is."""

    def __init__(self, topics: Concepts, synonyms: Concepts, commonness: Mapping[str, float]) -> None:
        """commonness: for each stem how often questions hold it, as a share (0-1) of them; absent ones are rare."""
        self.topics: Final = topics
        self.synonyms: Final = synonyms
        self._commonness: Final = commonness

    def weight(self, word: str) -> float:
        """How much it matters that a text names this word, 0-1."""
        if word in STOP or stem(word) in _COMMON_STEMS or len(word) < 2:
            return 0.0
        return max(0.0, 1.0 - 8.0 * self._commonness.get(stem(word), 0.0))

    def read(self, text: str) -> Text:
        """Prepare a text."""
        found = words(text)
        counted = list(_counted(found))
        return Text(
            frozenset(stem(word) for word in found),
            self._sets(found, self.synonyms),
            self._sets(found, self.topics),
            frozenset(stem(word) for word in counted),
            self._sets(counted, self.synonyms),
        )

    def covered(self, word: str, text: Text) -> float:
        """How well a text names a word, 0-1."""
        stemmed = stem(word)
        if stemmed in text.stems:
            return SAME_WORD
        if self.synonyms.of_word(word) & text.synonyms:
            return SYNONYM
        if len(stemmed) >= 4 and any(_within(stemmed, other) for other in text.stems):
            return PART_OF_WORD
        return SAME_TOPIC if self.topics.of_word(word) & text.topics else 0.0

    def counts(self, head: Sequence[str], text: Text) -> bool:
        """Whether the text puts a number before what is counted ('hoeveel huisartsen' … 'twee huisartsen')."""
        return any(stem(word) in text.counted or self.synonyms.of_word(word) & text.counted_synonyms for word in head)

    @staticmethod
    def _sets(found: Iterable[str], concepts: Concepts) -> frozenset[str]:
        return frozenset().union(*(concepts.of_word(word) for word in found))


@dataclass(frozen=True)
class Coverage:
    """How far a text goes in naming what is asked.

    share: weighted share (0-1) of the asked words that the text names.
    missing: weight (0-1) of the most telling word that it does not name.
    second_missing: of the next one.
    """

    share: float
    missing: float
    second_missing: float


def coverage(asked: Iterable[str], text: Text, vocabulary: Vocabulary) -> Coverage:
    """Compare the words of a question with a text."""
    weighed = {word: vocabulary.weight(word) for word in asked if not word[0].isdigit()}
    weighed = {word: weight for word, weight in weighed.items() if weight > 0}
    named = {word: vocabulary.covered(word, text) for word in weighed}
    total = sum(weighed.values())
    missing = sorted((weighed[word] * (1 - named[word]) for word in weighed), reverse=True) + [0.0, 0.0]
    share = sum(weighed[word] * named[word] for word in weighed) / total if total else 1.0
    return Coverage(share, missing[0], missing[1])


SO_FAR: Final = re.compile(
    r"\b(?:al|inmiddels|tot nu toe|tot dusver|vorig jaar|afgelopen|vorige|eerdere?|waren er|hebben zich|is er al|"
    r"zijn er al|elders)\b"
)
DETAIL: Final = re.compile(
    r"\b(?:hoe heet|welk merk|welk bedrijf|welke firma|welke aannemer|welke kleur|van welk|bij welke?|wie is de|"
    r"wie zijn de|wie zit|"
    r"wie zitten|met naam|per stuk|precies|gemiddeld|in totaal|welk jaar)\b"
)


def so_far(text: str) -> bool:
    """Whether a count of what has happened is asked ('hoeveel bezwaren zijn er al'): answers seldom hold that."""
    return bool(SO_FAR.search(plain(text)))


def detail(text: str) -> bool:
    """Whether a name, make or exact figure is asked."""
    return bool(DETAIL.search(plain(text)))


def offered(request: Request, offers: frozenset[Asked], own: frozenset[Asked]) -> float:
    """Share of the asked kinds that a text offers by its form; 0.5 where form tells nothing."""
    visible = [kind for kind in request.kinds if kind in own]
    return sum(kind in offers for kind in visible) / len(visible) if visible else 0.5


def _within(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return len(short) >= 4 and (long.startswith(short) or long.endswith(short))


def _counted(found: Sequence[str]) -> Iterable[str]:
    """Words that stand at most three places behind a number."""
    for at, word in enumerate(found):
        if _NUMBER.search(word):
            yield from found[at + 1 : at + 4]
