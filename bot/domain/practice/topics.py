"""Where each concern and question stands, and which one the resident last spoke about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache

from bot.domain.practice import wording
from bot.domain.practice.deeds import Deed
from bot.domain.practice.reading import Reading
from bot.domain.practice.scenario import Scenario


class Status(str, Enum):
    """How far a concern or question has come."""

    UNRAISED = "unraised"
    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    DEFERRED = "deferred"
    REOPENED = "reopened"


UNMET = frozenset({Status.UNRAISED, Status.RAISED, Status.REOPENED})

_TAKES_IN = frozenset({Deed.ACKNOWLEDGE, Deed.SUMMARIZE})
_ANSWERS = frozenset({Deed.FACTS_LANDED, Deed.CLARIFY_ROOM})
_DEFERS = frozenset({Deed.FULL_DEFERRAL, Deed.PARTIAL_DEFERRAL})
_REOPENS = frozenset({Deed.DISMISS, Deed.RETALIATE, Deed.BROKEN_PROMISE, Deed.CANCELLED, Deed.ARGUE})


@dataclass(frozen=True)
class Topics:
    """status: per concern or question id. current: what the resident last spoke about. dwelt: turns in a row on it."""

    status: Mapping[str, Status] = field(default_factory=dict)
    current: str = ""
    dwelt: int = 0

    def of(self, topic: str) -> Status:
        """The status of a concern or question."""
        return self.status.get(topic, Status.UNRAISED)

    def at(self, topic: str, status: Status) -> Topics:
        """With another status for one topic."""
        return replace(self, status={**self.status, topic: status})

    def spoken(self, topic: str) -> Topics:
        """After the resident spoke about this."""
        dwelt = self.dwelt + 1 if topic == self.current else 1
        raised = self if self.of(topic) not in {Status.UNRAISED} else self.at(topic, Status.RAISED)
        return replace(raised, current=topic, dwelt=dwelt)


def mentioned(scenario: Scenario, text: str, topics: Topics) -> str:
    """The concern or question that a text is about; the current one where nothing points elsewhere."""
    bare = wording.plain(text)
    scores = {topic: len(set(_pattern(keys).findall(bare))) for topic, keys in _keys(scenario)}
    best = max(scores, key=lambda topic: (scores[topic], topic == topics.current), default="")
    return best if scores.get(best) else topics.current


def _keys(scenario: Scenario) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield from ((concern.id, concern.words) for concern in scenario.concerns)
    yield from ((question.id, question.words) for question in scenario.questions)


@lru_cache(maxsize=512)
def _pattern(keys: tuple[str, ...]) -> re.Pattern[str]:
    """Keys are word beginnings ('veilig' finds 'veiligheid'); up to four letters, and in a key of several, whole words."""
    bare = sorted(map(wording.plain, keys), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(k) + (r"\w*" if len(k) > 4 and " " not in k else "") for k in bare) + r")\b")


def treated(topics: Topics, scenario: Scenario, reading: Reading, heard_enough: bool) -> Topics:
    """How the topics stand after the official's turn."""
    about = mentioned(scenario, reading.message.text, topics)
    if not about:
        return topics
    kinds = reading.kinds
    if kinds & _REOPENS:
        return topics if topics.of(about) is Status.UNRAISED else topics.at(about, Status.REOPENED)
    if kinds & _DEFERS:
        return topics.at(_question_near(scenario, topics, about), Status.DEFERRED)
    if Deed.OVERPROMISE in kinds or (kinds & _ANSWERS and heard_enough):
        return topics.at(about, Status.ANSWERED)
    return topics.at(about, Status.ACKNOWLEDGED) if kinds & _TAKES_IN and topics.of(about) in UNMET else topics


def _question_near(scenario: Scenario, topics: Topics, about: str) -> str:
    """A deferral is about a question; when the official names none, about the last one that is open."""
    if scenario.question(about):
        return about
    waiting = [q.id for q in scenario.questions if topics.of(q.id) in {Status.RAISED, Status.REOPENED}]
    return waiting[-1] if waiting else about
