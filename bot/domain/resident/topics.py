"""Which owner a question that nobody answered yet should go to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.matching.concepts import Concepts
from bot.domain.matching.words import words
from bot.domain.questions import QuestionKind


@dataclass(frozen=True)
class TopicGuide:
    """Words by which a side issue or a political question finds its topic in municipality.yml."""

    side_issues: Concepts
    political: Concepts

    def topic(self, kind: QuestionKind, text: str, nearest: str = "") -> str:
        """The topic that most words speak for; `nearest` (of the closest FAQ entry) where none does, or for facts."""
        if kind is QuestionKind.FACTUAL:
            return nearest
        concepts = self.side_issues if kind is QuestionKind.SIDE_ISSUE else self.political
        votes: dict[str, int] = {}
        for word in words(text):
            for topic in concepts.of_word(word):
                votes[topic] = votes.get(topic, 0) + 1
        return _most(votes) or nearest


def _most(votes: Mapping[str, int]) -> str:
    return min(votes, key=lambda topic: (-votes[topic], topic)) if votes else ""
