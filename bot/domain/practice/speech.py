"""What is being said in a turn: lines chosen one by one, and the memory of a talk that goes with them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.domain.practice import wording
from bot.domain.practice.chance import pick
from bot.domain.practice.deeds import Deed
from bot.domain.practice.mood import Mood
from bot.domain.practice.phases import Phase
from bot.domain.practice.reading import Reading
from bot.domain.practice.scenario import Line, Lines, Scenario
from bot.domain.practice.topics import Topics, mentioned

MOST_SENTENCES = 3.5
SHORT_WORDS = 2
"""Residents speak two or three short sentences at a time; one of so many words ('Ja.') counts for half."""

ANSWERED_FIRST = (
    Deed.RETALIATE, Deed.HARSH_LIMIT, Deed.BROKEN_PROMISE, Deed.DISMISS, Deed.CANCELLED, Deed.ARGUE,
    Deed.NEEDLESS_SUPPORT, Deed.UNNEEDED_LIMIT, Deed.SET_LIMIT, Deed.ADJOURN, Deed.EARLY_ADJOURN, Deed.CALL_SUPPORT,
    Deed.OVERPROMISE, Deed.SPECULATE, Deed.APOLOGIZE, Deed.FULL_DEFERRAL, Deed.PARTIAL_DEFERRAL, Deed.VAGUE_DEFERRAL,
    Deed.CLARIFY_ROOM, Deed.FACTS_BOUNCED, Deed.SUMMARIZE, Deed.ACKNOWLEDGE, Deed.FACTS_LANDED, Deed.CLOSED_QUESTION,
    Deed.EXPLORE, Deed.APPRECIATE, Deed.REPEATED, Deed.FORMULA, Deed.LET_PASS, Deed.GREETING, Deed.FAREWELL,
    Deed.UNCLEAR,
)  # fmt: skip
"""What somebody answers to when a message holds several things: what stings first, what helps next."""

STINGS = frozenset(ANSWERED_FIRST[: ANSWERED_FIRST.index(Deed.SET_LIMIT)]) | {
    Deed.EARLY_ADJOURN, Deed.SPECULATE, Deed.VAGUE_DEFERRAL, Deed.FACTS_BOUNCED, Deed.CLOSED_QUESTION, Deed.REPEATED,
    Deed.FORMULA,
}  # fmt: skip
"""After these the resident presses on, and tells nothing new."""


@dataclass(frozen=True)
class Memory:
    """What was said already. used: texts of lines. disclosed: how many disclosures. last_*: the turn it happened."""

    used: frozenset[str] = frozenset()
    topics: Topics = field(default_factory=Topics)
    disclosed: int = 0
    last_disclosure: int = -9
    last_question: int = -9
    last_voice: int = 0


@dataclass(frozen=True)
class Situation:
    """All that a reply hangs on. mood: after the official's turn. attack: level 1-3 of one that comes now, or 0."""

    scenario: Scenario
    reading: Reading
    mood: Mood
    attack: int = 0

    @property
    def lead(self) -> Deed:
        """The deed the resident answers to first."""
        return next(deed for deed in ANSWERED_FIRST if deed in self.reading.kinds)

    @property
    def tone(self) -> Phase:
        """The phase the reaction is said in: before any new attack."""
        return self.mood.phase


@dataclass(frozen=True)
class Said:
    """Lines chosen so far, and the memory that goes with them. moment: what '{when}' stands for, or ''."""

    memory: Memory
    lines: tuple[Line, ...] = ()
    moment: str = ""

    def plus(self, line: Line | None) -> Said:
        """With one more line, or the same when there is none."""
        if line is None:
            return self
        memory = replace(self.memory, used=self.memory.used | {line.text})
        return replace(self, lines=(*self.lines, line), memory=memory)

    @property
    def sentences(self) -> float:
        """How many sentences so far."""
        return sum(length(line) for line in self.lines)

    @property
    def room(self) -> float:
        """How many sentences still fit."""
        return MOST_SENTENCES - self.sentences

    @property
    def text(self) -> str:
        """As it is said, moments filled in."""
        return " ".join(_filled(line.text, self.moment) for line in self.lines)


def _filled(text: str, moment: str) -> str:
    return text.replace("{when}", moment).replace("{When}", moment[:1].upper() + moment[1:])


def speak(said: Said, topic: str, lists: Iterable[Lines], rng: random.Random) -> Said:
    """A line about a topic, from the first list that still has one short enough."""
    for lines in lists:
        line = pick(short_enough(lines, said), said.memory.used, rng)
        if line:
            spoken = said.plus(line)
            return replace(spoken, memory=replace(spoken.memory, topics=spoken.memory.topics.spoken(topic)))
    return said


def short_enough(lines: Lines, said: Said) -> Lines:
    """The lines that still fit in this turn."""
    return tuple(line for line in lines if length(line) <= said.room)


def length(line: Line) -> float:
    """The length of a line in sentences."""
    return sum(0.5 if len(wording.words(each)) <= SHORT_WORDS else 1.0 for each in wording.sentences(line.text))


def about_of(situation: Situation, said: Said) -> str:
    """The topic the official's message is about."""
    return mentioned(situation.scenario, situation.reading.message.text, said.memory.topics)
