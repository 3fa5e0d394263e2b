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
    """Where everything stands.

    status: per concern or question id. current: what the resident last spoke about; dwelt: turns in a row on it.
    before: what they spoke about before that.
    """

    status: Mapping[str, Status] = field(default_factory=dict)
    current: str = ""
    dwelt: int = 0
    before: str = ""

    def of(self, topic: str) -> Status:
        """The status of a concern or question."""
        return self.status.get(topic, Status.UNRAISED)

    def at(self, topic: str, status: Status) -> Topics:
        """With another status for one topic."""
        return replace(self, status={**self.status, topic: status})

    def all_at(self, topics: Iterable[str], status: Status) -> Topics:
        """With another status for several topics."""
        return replace(self, status={**self.status, **dict.fromkeys(topics, status)})

    def spoken(self, topic: str) -> Topics:
        """After the resident spoke about this."""
        dwelt = self.dwelt + 1 if topic == self.current else 1
        raised = self if self.of(topic) not in {Status.UNRAISED} else self.at(topic, Status.RAISED)
        before = self.before if topic == self.current else self.current
        return replace(raised, current=topic, dwelt=dwelt, before=before)


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
    """Keys are word beginnings ('veilig' finds 'veiligheid'), except short ones and keys of several words."""
    bare = sorted(map(wording.plain, keys), key=len, reverse=True)
    whole = [re.escape(key) + (r"\w*" if len(key) > 4 and " " not in key else "") for key in bare]
    return re.compile(rf"\b(?:{'|'.join(whole)})\b")


def questions_in(scenario: Scenario, text: str) -> tuple[str, ...]:
    """The questions that a text touches on."""
    bare = wording.plain(text)
    return tuple(question.id for question in scenario.questions if _pattern(question.words).search(bare))


def treated(topics: Topics, scenario: Scenario, reading: Reading, heard_enough: bool) -> Topics:
    """How the topics stand after the official's turn."""
    text, kinds = reading.message.text, reading.kinds
    about = mentioned(scenario, text, topics)
    if not about:
        return topics
    if kinds & _REOPENS:
        return topics if topics.of(about) is Status.UNRAISED else topics.at(about, Status.REOPENED)
    if kinds & _DEFERS:
        touched = (*_just_asked(scenario, topics), *questions_in(scenario, text))
        return topics.all_at(touched or _waiting(scenario, topics) or (about,), Status.DEFERRED)
    if Deed.OVERPROMISE in kinds or (kinds & _ANSWERS and heard_enough):
        return topics.all_at((about, *questions_in(scenario, text)), Status.ANSWERED)
    return topics.at(about, Status.ACKNOWLEDGED) if kinds & _TAKES_IN and topics.of(about) in UNMET else topics


def _just_asked(scenario: Scenario, topics: Topics) -> tuple[str, ...]:
    """The question in the resident's last words: a deferral is about that one, whatever else it names."""
    return (topics.current,) if topics.current in _open_questions(scenario, topics) else ()


def _waiting(scenario: Scenario, topics: Topics) -> tuple[str, ...]:
    """The last question that was asked and is still open: what a deferral without a subject is about."""
    return tuple(_open_questions(scenario, topics)[-1:])


def _open_questions(scenario: Scenario, topics: Topics) -> list[str]:
    return [q.id for q in scenario.questions if topics.of(q.id) in {Status.RAISED, Status.REOPENED}]
