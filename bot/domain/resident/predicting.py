"""From message to decision in one step: what answers residents, and what `dialoogcoach predict faq` measures."""

from __future__ import annotations

from typing import Any, Final

from bot.domain.matching.asked import request_of
from bot.domain.matching.finding import Finding, find
from bot.domain.matching.index import FaqIndex
from bot.domain.matching.message import Embed, Message, read_message
from bot.domain.matching.sentences import sentences
from bot.domain.matching.space import stacked
from bot.domain.matching.words import words
from bot.domain.questions import QuestionKind
from bot.domain.resident.decision import THRESHOLDS, Decision, Thresholds, decide
from bot.domain.understanding import Understanding

MAX_QUESTIONS: Final = 3
FOLLOW_UP_WORDS: Final = 7
"""A question this short may lean on the one before: 'en tot hoe laat?'."""


def judge(
    understanding: Understanding,
    index: FaqIndex,
    embed: Embed,
    limits: Thresholds = THRESHOLDS,
    last_entry: str | None = None,
) -> Decision:
    """Decide about one message. `last_entry`: the entry shown just before, for a short question that leans on it."""
    message = read_message(understanding, embed)
    if message is None:
        return decide(understanding, None, limits=limits)
    finding = find(index, message)
    leaning = _leaning(message, index, embed, last_entry, finding, limits)
    political = frozenset(entry.id for entry in index.entries if entry.kind is QuestionKind.POLITICAL)
    return decide(understanding, leaning or finding, political, _others(message, index, embed), limits)


def predict_faq(understanding: Understanding, index: FaqIndex, embed: Embed) -> dict[str, Any]:
    """The contract of `dialoogcoach predict faq`: decision, ids (best first), confidence (0-1) and emotion."""
    decision = judge(understanding, index, embed)
    return {
        "decision": decision.outcome.value,
        "ids": list(decision.ids),
        "confidence": round(decision.confidence, 3),
        "emotion": decision.emotion,
    }


def _others(message: Message, index: FaqIndex, embed: Embed) -> tuple[Finding, ...]:
    """What is found for each question of a message that asks several."""
    asking = [part for part in sentences(message.text) if part.endswith("?") and request_of(part).kinds]
    if len(asking) < 2:
        return ()
    chosen = asking[-MAX_QUESTIONS:]
    intents_of = index.model.space.intents_of
    return tuple(
        find(index, Message(part, vector, (), stacked([]), intents_of(vector)))
        for part, vector in zip(chosen, embed(chosen))
    )


def _leaning(
    message: Message, index: FaqIndex, embed: Embed, last_entry: str | None, finding: Finding, limits: Thresholds
) -> Finding | None:
    """What is found when a short question is read together with the entry shown before, if that makes it clear."""
    entry = index.entry(last_entry) if last_entry else None
    if entry is None or finding.right >= limits.answer or len(words(message.text)) > FOLLOW_UP_WORDS:
        return None
    if not message.request.kinds:
        return None
    text = f"{entry.question} {message.text}"
    joined = find(index, Message(text, embed([text])[0], (message.text,), message.vector[None, :]))
    return joined if joined.ids[:1] == (entry.id,) and joined.right >= limits.answer else None
