"""Looks an FAQ over before residents do: the same question twice, answers that disagree, and what wants looking after.

It points, and changes nothing: whether two entries really ask the same, only the team can say.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import combinations
from typing import Final

import numpy as np

from bot.domain.faq import FaqEntry
from bot.domain.faq_facts import Fact, differing, facts_of, thing_counted
from bot.domain.matching.asked import Asked, Request, request_of
from bot.domain.matching.index import whole_text, with_linked_types
from bot.domain.matching.model import MatchModel
from bot.domain.matching.space import Matrix, stacked
from bot.domain.matching.words import plain, stem, words
from bot.domain.municipality import Municipality
from bot.domain.notices import dutch_date, shortened
from bot.domain.questions import QuestionKind, same_words
from bot.domain.understanding import Vector

SAME_TYPE: Final = 0.88
"""How far (0-1, Bhattacharyya) two questions must be of one type to be the same question; see `python -m tests.heldout`.

Of 50 questions of the example FAQ reworded by somebody else, 0.80 finds 39, 0.88 and 0.90 find 37, 0.95 finds 35; of the
6,933 pairs within eleven example FAQs 27, 15, 12 and 10 are pointed at in vain.
"""
FITS: Final = 0.05
"""Below this share of the question, a type that was filled in is doubted."""
SUGGESTED: Final = 0.5
"""From this share on another type is suggested."""
_NAME: Final = re.compile(r"(?<=\w )(?!COA\b|IND\b)[A-Z][\w-]+")
_TIME: Final = frozenset({Asked.WHEN, Asked.UNTIL, Asked.DURATION, Asked.CLOCK})
_TELLING: Final = frozenset({Asked.PRICE, Asked.COUNT, Asked.SIZE, Asked.OFTEN, Asked.WHY, Asked.WHO, Asked.WHERE})
_OPPOSITES: Final = tuple(
    tuple(frozenset(stem(word) for word in side.split()) for side in pair)
    for pair in (
        ("begint begin start opent open eerste", "stopt stop eindigt einde sluit dicht weg laatste"),
        ("man mannen vader", "vrouw vrouwen moeder"),
        ("overdag dag", "nacht nachts avond avonds"),
        ("voor", "tegen"),
        ("brengen geven", "halen krijgen"),
    )
)
"""Words by which two questions of one type still ask for different things."""


class Attention(str, Enum):
    """What is pointed at, most urgent first."""

    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"
    OVERDUE = "overdue"
    TYPE = "type"
    TOPIC = "topic"


TITLES: Final[Mapping[Attention, str]] = {
    Attention.CONTRADICTION: "Antwoorden die elkaar tegenspreken",
    Attention.DUPLICATE: "Vragen die op elkaar lijken",
    Attention.OVERDUE: "Controledatum voorbij",
    Attention.TYPE: "Vraagtype ontbreekt of past niet",
    Attention.TOPIC: "Onderwerp zonder eigen behandelaar",
}


@dataclass(frozen=True)
class Pointer:
    """One thing to look at. ids: the entries it is about. what: a Dutch sentence with the cure."""

    about: Attention
    ids: tuple[str, ...]
    what: str


def texts_to_embed(entries: Iterable[FaqEntry]) -> tuple[str, ...]:
    """The texts whose vectors `check_entries` needs."""
    return tuple(dict.fromkeys(text for entry in entries for text in (entry.question, whole_text(entry))))


def check_entries(
    entries: Sequence[FaqEntry],
    vectors: Mapping[str, Vector],
    model: MatchModel,
    municipality: Municipality,
    today: date,
) -> tuple[Pointer, ...]:
    """All that wants looking at, most urgent kind first, in the order of the entries.

    vectors: one for each of `texts_to_embed`. Raises KeyError for a text without one.
    """
    found = [
        *_pairs(entries, with_linked_types(entries, _types(entries, vectors, model), model.space)),
        *(pointer for entry in entries for pointer in _overdue(entry, today)),
        *_types_in_doubt(entries, vectors, model),
        *(pointer for entry in entries for pointer in _topic(entry, municipality)),
    ]
    order = list(Attention)
    return tuple(sorted(found, key=lambda pointer: order.index(pointer.about)))


def _types(entries: Sequence[FaqEntry], vectors: Mapping[str, Vector], model: MatchModel) -> Matrix:
    """Shape (n, types): what each question looks like."""
    return model.space.type_shares(stacked([vectors[entry.question] for entry in entries]))


def _pairs(entries: Sequence[FaqEntry], types: Matrix) -> Iterable[Pointer]:
    alike = np.sqrt(types) @ np.sqrt(types).T
    for at, other in combinations(range(len(entries)), 2):
        first, second = entries[at], entries[other]
        literal = same_words(first.question) == same_words(second.question)
        if literal or (alike[at, other] >= SAME_TYPE and _may_be_same(first, second)):
            yield _pair(first, second)


def _pair(first: FaqEntry, second: FaqEntry) -> Pointer:
    ids = (first.id, second.id)
    about = _facts_asked(first.question) & _facts_asked(second.question)
    clash = differing(facts_of(first.answer), facts_of(second.answer), about)
    both = f"{first.id} (‘{shortened(first.question, 60)}’) en {second.id} (‘{shortened(second.question, 60)}’)"
    if clash:
        what = f"{both} spreken elkaar tegen: {clash}. Ga na wat klopt en verbeter de andere."
        return Pointer(Attention.CONTRADICTION, ids, what)
    what = f"{both} lijken dezelfde vraag. Voeg ze samen, of laat beter zien waarin ze verschillen."
    return Pointer(Attention.DUPLICATE, ids, what)


def _facts_asked(question: str) -> set[Fact]:
    """What kinds of facts an answer to this question gives, if it is one."""
    kinds = set(request_of(question).kinds)
    asked = {
        Fact.AGREEMENT: {Asked.WHETHER},
        Fact.NUMBER: {Asked.COUNT, Asked.SIZE, Asked.PRICE, Asked.OFTEN, Asked.DURATION},
        Fact.DAY: _TIME,
        Fact.ADDRESS: {Asked.CONTACT, Asked.WHO, Asked.HOW, Asked.WHERE},
    }
    return {fact for fact, forms in asked.items() if kinds & forms}


def _may_be_same(first: FaqEntry, second: FaqEntry) -> bool:
    """Whether nothing in two questions of one type says that they ask for different things."""
    if first.kind is not second.kind:
        return False
    one, other = request_of(first.question), request_of(second.question)
    texts = first.question, second.question
    return not (_ask_otherwise(one, other) or _count_otherwise(one, other) or _opposed(*texts) or _elsewhere(*texts))


def _ask_otherwise(one: Request, other: Request) -> bool:
    """'Hoeveel' beside 'wanneer'; how long and until when are the same thing."""
    mine, theirs = ({_broad(kind) for kind in request.kinds} & _DEFINITE for request in (one, other))
    return bool(mine and theirs) and not mine & theirs


def _broad(kind: Asked) -> Asked:
    return Asked.WHEN if kind in _TIME else kind


_DEFINITE: Final = _TELLING | {Asked.WHEN}


def _count_otherwise(one: Request, other: Request) -> bool:
    """'Hoeveel gezinnen' beside 'hoeveel kinderen'."""
    mine, theirs = ({thing_counted(word) for word in request.head[:1]} for request in (one, other))
    return Asked.COUNT in one.kinds and Asked.COUNT in other.kinds and bool(mine and theirs) and not mine & theirs


def _elsewhere(first: str, second: str) -> bool:
    """'In het Postgebouw' beside 'in De Spil'."""
    mine, theirs = ({stem(plain(name)) for name in _NAME.findall(text)} for text in (first, second))
    return bool(mine and theirs) and not mine & theirs


def _opposed(first: str, second: str) -> bool:
    mine, theirs = ({stem(word) for word in words(text)} for text in (first, second))
    return any(
        bool(mine & one) and bool(theirs & other) and not mine & other and not theirs & one
        for pair in _OPPOSITES
        for one, other in (pair, pair[::-1])
    )


def _overdue(entry: FaqEntry, today: date) -> Iterable[Pointer]:
    if entry.review_by is not None and entry.review_by < today:
        what = f"{entry.id}: na te kijken voor {dutch_date(entry.review_by)}. Kijk of het antwoord nog klopt en zet een nieuwe datum."
        yield Pointer(Attention.OVERDUE, (entry.id,), what)


def _types_in_doubt(entries: Sequence[FaqEntry], vectors: Mapping[str, Vector], model: MatchModel) -> Iterable[Pointer]:
    names = model.space.types
    asked = _types(entries, vectors, model)
    told = model.space.type_shares(stacked([vectors[whole_text(entry)] for entry in entries]))
    for entry, shares, with_answer in zip(entries, asked, np.maximum(asked, told)):
        best = int(np.argmax(shares))
        better = names[best] if shares[best] >= SUGGESTED else ""
        if entry.type in names:
            if with_answer[names.index(entry.type)] < FITS and better:
                what = f"{entry.id}: type ‘{entry.type}’ past niet bij ‘{shortened(entry.question, 60)}’. Bedoel je ‘{better}’?"
                yield Pointer(Attention.TYPE, (entry.id,), what)
        elif entry.type:
            near = better or next(iter(difflib.get_close_matches(entry.type, names, 1)), "")
            hint = f"Bedoel je ‘{near}’?" if near else "Kies er een uit data/nlu/faq.yml, of laat de cel leeg."
            yield Pointer(Attention.TYPE, (entry.id,), f"{entry.id}: type ‘{entry.type}’ bestaat niet. {hint}")
        elif better:
            what = f"{entry.id}: heeft geen type. Bij ‘{shortened(entry.question, 60)}’ past ‘{better}’."
            yield Pointer(Attention.TYPE, (entry.id,), what)


def _topic(entry: FaqEntry, municipality: Municipality) -> Iterable[Pointer]:
    known = {
        QuestionKind.FACTUAL: municipality.owners,
        QuestionKind.POLITICAL: municipality.political_owners,
        QuestionKind.SIDE_ISSUE: municipality.side_issue_owners,
    }[entry.kind]
    if entry.topic not in known:
        owner = municipality.owner_of(entry.kind, entry.topic).name
        what = (
            f"{entry.id}: onderwerp ‘{entry.topic}’ staat niet in municipality.yml; een vraag erover gaat naar {owner}."
        )
        yield Pointer(Attention.TOPIC, (entry.id,), what)
