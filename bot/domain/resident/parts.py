"""Takes a message apart that asks several things: each gets its own answer, or its own number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.domain.matching.asked import OWN_SIGNS, Asked, request_of
from bot.domain.matching.index import FaqIndex
from bot.domain.matching.message import Embed
from bot.domain.matching.sentences import sentences
from bot.domain.matching.words import words
from bot.domain.resident.amiss import names_something_amiss
from bot.domain.resident.decision import TELLS, Decision, Outcome
from bot.domain.resident.predicting import FOLLOW_UP_WORDS, REFERS, SURE_BY_ITSELF, judge, leans, names_something
from bot.domain.resident.wording import names_feeling
from bot.domain.understanding import Understanding, Vector

MAX_PARTS: Final = 5
"""So many questions are taken one by one; what comes after stays together as the last."""
LIKELY_REPORT, LIKELY_IF_AMISS = 0.85, 0.3
"""By its vector, from these chances on a sentence that asks nothing may be a report of its own ('en de lantaarnpaal is
stuk'): by itself, and when its words say that something is amiss. People tell much beside their question that is no report."""
SURE_REPORT: Final = 0.85
"""And by all that is known of it, from this chance on."""
_AND: Final = re.compile(
    r"(?:,? en (?:ook (?:nog )?|dan )?|, (?:dan )?(?=h|w))(?=(?:hoeveel|hoe|wanneer|waar|waarom|wie|welke?|wat|"
    r"(?:mag|mogen|kan|kunnen|komt|komen|krijgt?|krijgen|moet|moeten|is|zijn|blijft|blijven|worden|wordt) "
    r"(?:de|het|er|ik|we|wij|ze|zij|mijn|die|jullie))\b)",
    re.I,
)
_SETTLED: Final = (Outcome.EMERGENCY, Outcome.ABUSE, Outcome.SMALLTALK, Outcome.OTHER_LANGUAGE)
"""Outcomes of the whole message that leave nothing to take apart."""
_PASSED_ON: Final = (Outcome.SUGGEST, Outcome.REGISTER)
_REGISTERED: Final = (Outcome.REGISTER, Outcome.POLITICAL, Outcome.SIDE_ISSUE)
_SPEAKS_OF: Final = frozenset("ik mijn m'n mn wij we ons onze jullie".split())
"""Words of somebody who tells something; a message in catchwords has none of them."""
SHORT_WORDS: Final = 4
SURE_ELSEWHERE: Final = 0.75
"""How right (0-1) an entry must be to answer a short question that refers to what was said before."""
NEAR: Final = 0.15
"""How right (0-1) an entry must be to be offered to somebody who asked nothing."""
STORY_WORDS: Final = 4
"""A shorter message without a question may be one in catchwords: 'huisdieren'."""


@dataclass(frozen=True)
class Part:
    """One thing that is asked: its words, what to do about it, and its vector (None when there was none)."""

    text: str
    decision: Decision
    vector: Vector | None = field(default=None, compare=False)


def judge_each(
    understanding: Understanding, index: FaqIndex, embed: Embed, last_entry: str | None = None
) -> tuple[Part, ...]:
    """What to do about each thing a message asks, in its order; one part, the whole, for most messages."""
    whole = judge(understanding, index, embed, last_entry=last_entry)
    whole = _cautious(whole, understanding.text, index, last_entry)
    alone = (Part(understanding.text, whole, understanding.embedding),)
    if whole.outcome in _SETTLED:
        return alone
    asked = questions_in(understanding.text, index)
    parts = [*_judged(asked, index, embed, last_entry), *_reports(understanding.text, asked, index, embed)]
    kept = _without_repeats(parts)
    if len(asked) == 1 and _outweighs(parts[0], whole):
        alone = (Part(understanding.text, parts[0].decision, understanding.embedding),)
    return tuple(kept) if len(kept) > 1 and _better_apart(whole, kept, index) else alone


def _outweighs(question: Part, whole: Decision) -> bool:
    """Whether the one question in a story is surely answered, when it says by itself what it is about."""
    decision = question.decision
    if (
        decision.outcome is not Outcome.ANSWER
        or decision.confidence < SURE_ELSEWHERE
        or REFERS & set(words(question.text))
    ):
        return False
    return whole.outcome in _PASSED_ON or (whole.outcome is Outcome.ANSWER and whole.confidence < decision.confidence)


def _cautious(decision: Decision, text: str, index: FaqIndex, last_entry: str | None) -> Decision:
    """'Wie controleert dat' asks about the answer before; another entry that hardly fits is offered, not given."""
    refers = last_entry is not None and len(words(text)) <= SHORT_WORDS and bool(REFERS & set(words(text)))
    elsewhere = decision.outcome is Outcome.ANSWER and decision.ids[0] != last_entry
    if refers and elsewhere and (decision.confidence < SURE_BY_ITSELF or leans(text, index)):
        return replace(decision, outcome=Outcome.SUGGEST, further=())
    return decision


def _better_apart(whole: Decision, parts: Sequence[Part], index: FaqIndex) -> bool:
    """Whether the parts lose nothing of what the whole message, with all its context, leads to."""
    answers = [part.decision for part in parts if part.decision.outcome is Outcome.ANSWER]
    answered = {decision.ids[0] for decision in answers}
    if whole.outcome is Outcome.ANSWER:
        surer = sum(decision.confidence > whole.confidence for decision in answers)
        return whole.ids[0] in answered or surer > 1
    outcomes = [part.decision.outcome for part in parts]
    asked = [part for part in parts if part.decision.outcome is not Outcome.SIDE_ISSUE]
    if whole.outcome is Outcome.SIDE_ISSUE and all(_goes_with_a_report(part.text, index) for part in asked):
        return False
    if answered:
        return True
    if (
        whole.outcome is Outcome.SIDE_ISSUE
        and outcomes.count(Outcome.SIDE_ISSUE) == 1
        and Outcome.POLITICAL not in outcomes
    ):
        return False  # A report and a question about it: 'bij wie meld ik dat?'
    return whole.outcome in _REGISTERED and all(part.decision.outcome in _REGISTERED for part in parts)


def _goes_with_a_report(question: str, index: FaqIndex) -> bool:
    """Whether it asks no more than what to do about what was just told: 'tot wie kan ik mij wenden?'."""
    whom = request_of(question).main is Asked.CONTACT and not index.model.vocabulary.read(question).topics
    return whom or not names_something(question, index)


def questions_in(text: str, index: FaqIndex) -> tuple[str, ...]:
    """The questions in a message that each can be asked by itself, in order; at most MAX_PARTS."""
    found = list(dict.fromkeys(piece for sentence in sentences(text) for piece in _pieces(sentence, index)))
    if len(found) > MAX_PARTS:
        found = [*found[: MAX_PARTS - 1], " ".join(found[MAX_PARTS - 1 :])]
    return tuple(found)


def _pieces(sentence: str, index: FaqIndex) -> list[str]:
    """A sentence's questions: it asks with a question mark, or holds several things with 'en' between them."""
    pieces = _split(sentence)
    asking = [piece for piece in pieces if _asks(piece)]
    if len(pieces) > 1 and asking and all(_stands_alone(piece, index) for piece in asking):
        return asking
    asks = sentence.rstrip("\"') ").endswith("?") and _says_something(sentence, index)
    return [sentence] if asks else []


def _split(sentence: str) -> list[str]:
    return [piece.strip(" ,") for piece in _AND.split(sentence)]


def _stands_alone(piece: str, index: FaqIndex) -> bool:
    """Whether a piece can be asked without the other: 'hoe lang blijft de opvang', and not 'wie betaalt dat'."""
    return (
        len(words(piece)) > 3
        and bool(set(request_of(piece).kinds) - {Asked.WHAT})
        and not REFERS & set(words(piece))
        and names_something(piece, index)
    )


def only_tells(understanding: Understanding, parts: Sequence[Part]) -> bool:
    """Whether somebody tells how they feel or what they think, asks nothing, and no entry comes near."""
    decision, text = parts[0].decision, understanding.text
    if decision.detail == TELLS:
        return len(parts) == 1
    if len(parts) > 1 or _asks(text) or len(words(text)) < STORY_WORDS:
        return False
    if decision.outcome is Outcome.ANSWER:
        return tells(text) and decision.confidence < SURE_ELSEWHERE
    if decision.outcome not in _PASSED_ON:
        return False
    right = decision.confidence if decision.outcome is Outcome.SUGGEST else 1 - decision.confidence
    like_a_question = understanding.group("faq") >= 0.5 or right >= NEAR
    return names_feeling(text) or not like_a_question


def tells(text: str) -> bool:
    """Whether somebody speaks of themselves and asks nothing: 'mijn vrouw heeft daar gelegen'."""
    return not _asks(text) and speaks_of_self(text)


def speaks_of_self(text: str) -> bool:
    """Whether it is about the writer and theirs."""
    return bool(_SPEAKS_OF & set(words(text)))


def _asks(text: str) -> bool:
    return "?" in text or bool(request_of(text).kinds)


def _says_something(sentence: str, index: FaqIndex) -> bool:
    """Whether it names a subject, or leans on what was asked before ('en hoe lang dan?'); 'bent u gek?' does neither."""
    kinds = set(request_of(sentence).kinds)
    leans = len(words(sentence)) <= FOLLOW_UP_WORDS and bool(kinds & OWN_SIGNS - {Asked.WHETHER})
    return bool(kinds) and (leans or names_something(sentence, index))


def _judged(asked: Sequence[str], index: FaqIndex, embed: Embed, last_entry: str | None) -> list[Part]:
    if len(asked) < 2:
        return [] if not asked else [_part(asked[0], embed(asked)[0], index, embed, last_entry)]
    parts: list[Part] = []
    for text, vector in zip(asked, embed(list(asked))):
        part = _part(text, vector, index, embed, last_entry)
        if part.decision.outcome is Outcome.ANSWER:
            last_entry = part.decision.ids[0]
        parts.append(part)
    return [part for part in parts if part.decision.outcome not in _SETTLED]


def _part(text: str, vector: Vector, index: FaqIndex, embed: Embed, last_entry: str | None) -> Part:
    understood = Understanding(text, index.model.space.intents_of(vector), vector)
    return Part(text, judge(understood, index, embed, last_entry=last_entry), vector)


def _reports(text: str, asked: Sequence[str], index: FaqIndex, embed: Embed) -> list[Part]:
    """What is told beside the questions, in a sentence or half a one, of something else that is the matter."""
    pieces = dict.fromkeys(piece for sentence in sentences(text) for piece in _split_off(sentence, asked))
    told = [each for each in pieces if "?" not in each and each not in asked and len(words(each)) >= 4]
    if not asked or not told:
        return []
    vectors = embed(told)
    side_issue = index.model.space.group_shares(vectors)[:, index.model.space.groups.index("side_issue")]
    parts = [
        _part(each, vector, index, embed, None)
        for each, vector, share in zip(told, vectors, side_issue)
        if share >= (LIKELY_IF_AMISS if names_something_amiss(each) else LIKELY_REPORT)
    ]
    reports = (part for part in parts if part.decision.outcome is Outcome.SIDE_ISSUE)
    return [part for part in reports if part.decision.confidence >= SURE_REPORT]


def _split_off(sentence: str, asked: Sequence[str]) -> list[str]:
    """The halves of a sentence of which one is a question taken by itself; any other sentence whole."""
    pieces = _split(sentence)
    return pieces if any(piece in asked for piece in pieces) else [sentence]


def _without_repeats(parts: Sequence[Part]) -> list[Part]:
    """Leave out what another part's answer covers: the same entry, or one that was likely meant here too."""
    answered: set[str] = set()
    kept: list[Part] = []
    for part in sorted(parts, key=lambda part: part.decision.outcome is not Outcome.ANSWER):
        ids = part.decision.ids
        if part.decision.outcome is Outcome.ANSWER:
            if ids[0] not in answered:
                kept.append(part)
            answered.add(ids[0])
        elif not (part.decision.outcome in _PASSED_ON and answered & set(ids[:2])):
            kept.append(part)
    return sorted(kept, key=parts.index)
