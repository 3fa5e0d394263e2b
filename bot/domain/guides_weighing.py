"""What a short question that leans on the running topic is about: its own words, weighed with where the talk is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.guides import MAX_IDS, GuideDecision, GuideEntry, GuideFinding
from bot.domain.guides_map import GuideMap
from bot.domain.matching.words import STOP, words
from bot.domain.understanding import Scored, Understanding

CLEAR_ALONE: Final = 0.5
"""From this probability on, a message needs no topic: 'en als ik zelf boos word?' is a question of its own."""
NEAR: Final = 5.0
"""How many times likelier a follow-up goes to an entry near the running one than its words alone say."""
SAME_AGAIN: Final = 0.2
"""What was just said is seldom asked again, nor its twin in the other guide: that is asked for by name."""
ANSWER_SHARE: Final = 0.4
"""From this share of what is likely on, an answer; below it, a choice. A choice costs one press."""
WORTH_OFFERING: Final = 0.1
"""From this probability on, an entry away from the topic is offered too."""
TOPIC_WEIGHT: Final = 0.5
"""How much the message read together with the topic counts against the message alone: the topic's words drown it."""
SMALLTALK_WEIGHT: Final = 0.3
"""Short messages look like small talk; after an answer they seldom are."""
FLOOR_ALONE: Final = 0.003
FLOOR_TOPIC: Final = 0.01
_MEASURES: Final = frozenset("vaak lang groot snel ver duur breed laat vroeg".split())
"""'Hoe vaak?' asks for something that is not said by the word 'vaak'."""
SAID_FROM: Final = 0.6
"""From this part of its letters on, a sentence of the running answer holds what is asked."""


@dataclass(frozen=True)
class Leaning:
    """What became of a question that leans on the topic.

    finding: as for any question. said: the sentence of the running answer that already tells, if there is one.
    """

    finding: GuideFinding
    said: str = ""


def weigh(understanding: Understanding, topic: GuideEntry, guides: GuideMap) -> Leaning | None:
    """Decide on a message that leans on `topic`. None where it stands on its own and must be read that way."""
    alone = _entries(understanding)
    best = max(alone, key=lambda each: alone[each], default="")
    clear = bool(best) and best != topic.id and alone[best] >= CLEAR_ALONE
    if clear or understanding.group("out_of_scope") >= CLEAR_ALONE:
        return None
    together = _entries(understanding.with_topic) if understanding.with_topic else {}
    near, again = guides.neighbours(topic.id), _said_before(topic, guides)
    ranked = _ranked(understanding, alone, together, near, again)
    kept = (each for each in ranked if each.id in near or alone.get(each.id, 0.0) >= WORTH_OFFERING)
    fresh = (each for each in kept if each.id not in again or alone.get(each.id, 0.0) >= WORTH_OFFERING)
    offered = tuple(each for each in fresh if each.id != topic.id and guides.find(each.id))[:MAX_IDS]
    said = sentence_about(understanding.text, topic)
    if not offered:
        return Leaning(GuideFinding(GuideDecision.NONE, (), 0.0), said) if said else None
    first = offered[0]
    belongs = first.id in near or together.get(first.id, 0.0) >= WORTH_OFFERING
    sure = belongs and first.confidence >= ANSWER_SHARE and not said
    decision = GuideDecision.ANSWER if sure else GuideDecision.SUGGEST
    return Leaning(GuideFinding(decision, offered, first.confidence), said)


def sentence_about(text: str, entry: GuideEntry) -> str:
    """The sentence of an entry's answer that holds the words of a short message, however they are joined.

    Letters in threes: 'doorgaat' stands in 'gaat de ander door'. '' where none holds enough of them.
    """
    asked = {three for word in words(text) if word not in STOP | _MEASURES for three in _threes(word)}
    if not asked:
        return ""
    best, held = "", 0.0
    for sentence in re.split(r"(?<=[.!?])\s+", entry.answer):
        inside = {three for word in words(sentence) for three in _threes(word)}
        share = len(asked & inside) / len(asked)
        if share > held:
            best, held = sentence, share
    return best if held >= SAID_FROM else ""


def _threes(word: str) -> set[str]:
    return {word[at : at + 3] for at in range(max(1, len(word) - 2))}


def _entries(understanding: Understanding) -> dict[str, float]:
    return {
        name.partition("/")[2]: chance for name, chance in understanding.intents.items() if name.startswith("guide/")
    }


def _said_before(topic: GuideEntry, guides: GuideMap) -> frozenset[str]:
    twin = guides.counterpart(topic)
    return frozenset({topic.id} | ({twin.id} if twin else set()))


def _ranked(
    understanding: Understanding,
    alone: Mapping[str, float],
    together: Mapping[str, float],
    near: frozenset[str],
    again: frozenset[str],
) -> tuple[Scored, ...]:
    """All that may be meant, best first, with its share of all, what neither guide tells included."""
    scores: dict[str, float] = {}
    for each in {*alone, *together, *near}:
        place = SAME_AGAIN if each in again else NEAR if each in near else 1.0
        own = alone.get(each, 0.0) + FLOOR_ALONE
        scores[each] = own * (together.get(each, 0.0) + FLOOR_TOPIC) ** TOPIC_WEIGHT * place
    outside = understanding.group("out_of_scope") + SMALLTALK_WEIGHT * understanding.group("smalltalk")
    total = sum(scores.values()) + (outside + FLOOR_ALONE) * FLOOR_TOPIC**TOPIC_WEIGHT
    return tuple(
        Scored(each, score / total) for each, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    )
