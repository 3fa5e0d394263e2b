"""From message to decision in one step: what answers residents, and what `dialoogcoach predict faq` measures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from bot.domain.matching.asked import OWN_SIGNS, request_of
from bot.domain.matching.finding import Finding, find
from bot.domain.matching.index import FaqIndex
from bot.domain.matching.message import Embed, Message, read_message
from bot.domain.matching.sentences import sentences
from bot.domain.matching.space import stacked
from bot.domain.matching.words import terms, words
from bot.domain.questions import QuestionKind
from bot.domain.resident.decision import THRESHOLDS, Decision, Outcome, Thresholds, decide
from bot.domain.understanding import Scored, Understanding

MAX_QUESTIONS: Final = 3
FOLLOW_UP_WORDS: Final = 7
"""A question this short may lean on the one before: 'en tot hoe laat?'."""
SURE_BY_ITSELF: Final = 0.9
"""How right an entry must be for a short question to stand on its own."""
TELLING: Final = 0.3
"""How telling (0-1) a word must be to name a subject."""
REFERS: Final = frozenset("die dat ze zij hij hem hen hun daar dan deze dit daarvan daarvoor laatste eerste".split())
"""Words that mean something named before."""


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
    leaning = _leaning(message, index, last_entry, finding)
    political = frozenset(entry.id for entry in index.entries if entry.kind is QuestionKind.POLITICAL)
    decision = decide(understanding, leaning or finding, political, _others(message, index, embed), limits)
    if leaning is None and decision.outcome is Outcome.ANSWER and _refers_to_nothing(message, index):
        return replace(decision, outcome=Outcome.SUGGEST, further=())
    return decision


def leans(text: str, index: FaqIndex) -> bool:
    """Whether a question names no subject of its own, and means that of the answer before: 'en hoe lang dan?'."""
    return len(words(text)) <= FOLLOW_UP_WORDS and not names_something(text, index)


def names_something(text: str, index: FaqIndex) -> bool:
    """Whether it names a subject: a word that few questions hold, or the people."""
    said = words(text)
    return "mensen" in said or any(index.model.vocabulary.weight(word) >= TELLING for word in said)


def _refers_to_nothing(message: Message, index: FaqIndex) -> bool:
    """'En hoe laat is dat?', 'en tot wanneer?', as an opening: whatever comes near can be offered, and not be given."""
    literal = index.asked_literally(message.text) is not None
    refers = not terms(message.text) or bool(REFERS & set(words(message.text)))
    return not literal and refers and leans(message.text, index)


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


def _leaning(message: Message, index: FaqIndex, last_entry: str | None, finding: Finding) -> Finding | None:
    """The entry shown before, when a question without a subject of its own asks for something that it offers."""
    at = next((at for at, entry in enumerate(index.entries) if entry.id == last_entry), None)
    alone = finding.right >= SURE_BY_ITSELF and names_something(message.text, index)
    if at is None or alone or len(words(message.text)) > FOLLOW_UP_WORDS:
        return None
    visible = set(message.request.kinds) & OWN_SIGNS
    if not visible or terms(message.text) or not visible <= index.offers[at]:
        return None
    others = tuple(each for each in finding.candidates if each.id != last_entry)
    return Finding((Scored(index.entries[at].id, 1.0), *others), SURE_BY_ITSELF, {"faq": 1.0})
