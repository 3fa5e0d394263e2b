"""The two guides as knowledge entries, and what to say to an official who asks them something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.domain.understanding import Scored, Understanding

GUIDE_NAMES: Final = {"dialoog": "Handreiking dialoog", "vng": "VNG-handreiking"}

ANSWER_FROM: Final = 0.30
"""From this probability on, an answer. docs/language.md has the curve; a wrong answer is dear, a suggestion cheap."""
SUGGEST_FROM: Final = 0.04
"""From this probability on, up to three titles to choose from. Below it: the guides don't say."""
OUT_OF_SCOPE_MARGIN: Final = 30.0
"""An answer must be this many times as likely as that neither guide tells. So high since what is out of scope has no centre
of its own, and seems less likely than it is; docs/language.md has the figures."""
SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
MAX_SUGGESTIONS: Final = 3
MAX_IDS: Final = 5


class GuideDecision(str, Enum):
    """What an official gets."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    NONE = "none"


@dataclass(frozen=True)
class GuideEntry:
    """One piece of advice, in our own words.

    id: 'dialoog-42' or 'vng-6.4.3'. points: the point or section numbers it rests on.
    title: at most 60 characters, also a button's text. say: a sentence to speak or write.
    twin: id of the entry of the other guide on the same subject, where likeness of words would not find it.
    next: id of what comes after it, where that is not simply the next one in the file.
    """

    id: str
    points: tuple[str, ...]
    title: str
    answer: str
    why: str = ""
    say: str = ""
    example: str = ""
    themes: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    next: str = ""
    twin: str = ""

    @property
    def guide(self) -> str:
        """'dialoog' or 'vng'."""
        return self.id.partition("-")[0]

    @property
    def source(self) -> str:
        """Where it stands, as an official can look it up: 'Handreiking dialoog, punt 42', or '…, inleiding'."""
        return f"{GUIDE_NAMES[self.guide]}, {self.place}"

    @property
    def place(self) -> str:
        """Where it stands in its guide: 'punt 42', 'paragraaf 6.4'; words stand for themselves: 'inleiding'."""
        if not self.points[0][:1].isdigit():
            return " en ".join(self.points)
        one, several = ("punt", "punten") if self.guide == "dialoog" else ("paragraaf", "paragrafen")
        if self.guide == "vng" and len(self.points) == 1 and "." not in self.points[0]:
            one = "hoofdstuk"
        numbers = " en ".join([", ".join(self.points[:-1]), self.points[-1]] if self.points[1:] else self.points)
        return f"{several if self.points[1:] else one} {numbers}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """All it says, sentence by sentence, the title first."""
        texts = (self.answer, self.say, self.example, self.why)
        return (self.title, *(part for text in texts for part in SENTENCE_END.split(text) if part))


@dataclass(frozen=True)
class GuideFinding:
    """The decision on one question. candidates: best first, at most MAX_IDS; confidence: of the first, 0-1."""

    decision: GuideDecision
    candidates: tuple[Scored, ...]
    confidence: float


def decide(understanding: Understanding) -> GuideFinding:
    """Answer, suggest or say that the guides don't tell (point 6: no answer beats a wrong one)."""
    ranked = sorted(
        (
            (name.partition("/")[2], chance)
            for name, chance in understanding.intents.items()
            if name.startswith("guide/")
        ),
        key=lambda item: (-item[1], item[0]),
    )
    candidates = tuple(Scored(entry, chance) for entry, chance in ranked[:MAX_IDS])
    best = candidates[0].confidence if candidates else 0.0
    outside = understanding.group("out_of_scope") + understanding.group("smalltalk")
    if best >= ANSWER_FROM and best >= OUT_OF_SCOPE_MARGIN * outside:
        return GuideFinding(GuideDecision.ANSWER, candidates, best)
    if best >= SUGGEST_FROM and understanding.group("guide") >= outside:
        return GuideFinding(GuideDecision.SUGGEST, candidates, best)
    return GuideFinding(GuideDecision.NONE, candidates, best)


class GuideLibrary:
    """All entries, by id."""

    def __init__(self, entries: Sequence[GuideEntry]) -> None:
        self._entries = {entry.id: entry for entry in entries}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[GuideEntry]:
        return iter(self._entries.values())

    def find(self, entry_id: str) -> GuideEntry | None:
        """The entry with this id, if there is one."""
        return self._entries.get(entry_id)

    def related(self, entry: GuideEntry, limit: int = MAX_SUGGESTIONS) -> tuple[GuideEntry, ...]:
        """Entries that go with this one, in the writer's order."""
        found = (self._entries.get(each) for each in entry.related)
        return tuple(each for each in found if each is not None)[:limit]
