"""Judges whether the best candidate answers what is asked, and what kind of message it is at all.

Finding the nearest entry is half the work: there always is a nearest one. No answer beats a wrong one (point 6).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from bot.domain.matching.asked import OWN_SIGNS, Asked
from bot.domain.matching.coverage import coverage, detail, offered, so_far
from bot.domain.matching.index import FaqIndex
from bot.domain.matching.message import Message
from bot.domain.matching.model import Numbers, shares
from bot.domain.matching.ranking import RANK_NAMES, counted
from bot.domain.matching.words import words
from bot.domain.questions import QuestionKind

MESSAGE_GROUPS: Final = (
    "faq",
    "political_question",
    "side_issue",
    "abuse",
    "emergency",
    "smalltalk",
    "unanswerable_detail",
    "telling",
    "other_language",
)
SHOWN_KINDS: Final = (
    Asked.PRICE,
    Asked.COUNT,
    Asked.SIZE,
    Asked.DURATION,
    Asked.CLOCK,
    Asked.WHO,
    Asked.WHERE,
    Asked.WHY,
    Asked.HOW,
)
HEAD_IS_NAMED: Final = 0.8

Features = dict[str, float]


def judge_features(index: FaqIndex, message: Message, rows: Numbers, scores: Numbers) -> Features:
    """All that a judgement rests on.

    rows: from `rank_features`, shape (n, f); scores: the ranker's, shape (n,), n ≥ 1.
    """
    top = int(np.argmax(scores))
    return {
        **_lead(index, scores, top),
        **{f"top_{name}": float(value) for name, value in zip(RANK_NAMES, rows[top])},
        **_covering(index, message, top),
        **_asking(index, message, top),
        **kind_features(index, message),
    }


def kind_features(index: FaqIndex, message: Message) -> Features:
    """What kind of message it is, as the classifier, the vectors and the words tell."""
    space, vocabulary = index.model.space, index.model.vocabulary
    whole = space.group_shares(message.vector[None, :])[0]
    parts = space.group_shares(message.all_vectors).max(axis=0)
    said = vocabulary.read(message.text)
    kinds = message.request.kinds
    return {
        **{f"intent_{name}": _group(message, name) for name in MESSAGE_GROUPS},
        **{f"group_{name}": float(share) for name, share in zip(space.groups, whole)},
        **{f"group_part_{name}": float(share) for name, share in zip(space.groups, parts)},
        "names_government": float(bool(said.topics & {"council", "mayor"})),
        "names_reception": float(
            bool(said.topics & {"residents", "ukraine", "status_holder", "coa"}) or "azc" in said.stems
        ),
        "asks": float(bool(kinds)),
        "asks_whether": float(bool(kinds) and kinds[0] is Asked.WHETHER),
        "words": float(np.log1p(len(words(message.text)))),
        "several_parts": float(len(message.parts) > 1),
    }


def _lead(index: FaqIndex, scores: Numbers, top: int) -> Features:
    best = np.sort(scores)[::-1]
    second, fourth = (float(best[at]) if len(best) > at else float(best[-1]) for at in (1, 3))
    return {
        "share": float(shares(scores)[top]),
        "lead": float(best[0]) - second,
        "lead_on_fourth": float(best[0]) - fourth,
        "score": float(best[0]),
        "top_is_political": float(index.entries[top].kind is QuestionKind.POLITICAL),
    }


def _covering(index: FaqIndex, message: Message, top: int) -> Features:
    vocabulary, asked = index.model.vocabulary, words(message.asking)
    own, anywhere = coverage(asked, index.texts[top], vocabulary), coverage(asked, index.everything, vocabulary)
    types = index.model.space.type_shares(message.vector[None, :])[0]
    by_classifier = [message.intents.get(f"faq/{name}", 0.0) for name in index.model.space.types]
    return {
        "named": own.share,
        "missing": own.missing,
        "second_missing": own.second_missing,
        "named_anywhere": anywhere.share,
        "missing_anywhere": anywhere.missing,
        "type_present": float(types @ index.types.max(axis=0)),
        "type_present_classifier": float(np.array(by_classifier) @ index.types.max(axis=0)),
    }


def _asking(index: FaqIndex, message: Message, top: int) -> Features:
    request, offers = message.request, index.offers[top]
    text, vocabulary = index.texts[top], index.model.vocabulary
    head_named = any(vocabulary.covered(word, text) >= HEAD_IS_NAMED for word in request.head)
    return {
        **{f"asks_{kind.value}": float(kind in request.kinds) for kind in SHOWN_KINDS},
        "counted": counted(message, index, top),
        "so_far": float(Asked.COUNT in request.kinds and so_far(message.asking)),
        "detail": float(detail(message.asking)),
        "head_not_named": float(bool(request.head) and not head_named),
        "form_not_offered": float(offered(request, offers, OWN_SIGNS) < 0.5),
        "price_not_offered": float(Asked.PRICE in request.kinds and Asked.PRICE not in offers),
        "who_not_main": float(Asked.WHO in request.kinds and index.requests[top].main is not Asked.WHO),
    }


def _group(message: Message, name: str) -> float:
    return sum(p for full, p in message.intents.items() if full == name or full.startswith(name + "/"))


_LEAD_NAMES: Final = ("share", "lead", "lead_on_fourth", "score", "top_is_political")
_COVERING_NAMES: Final = (
    "named", "missing", "second_missing", "named_anywhere", "missing_anywhere",
    "type_present", "type_present_classifier",
)  # fmt: skip
_ASKING_NAMES: Final = (
    "counted", "so_far", "detail", "head_not_named", "form_not_offered", "price_not_offered", "who_not_main",
)  # fmt: skip
KIND_NAMES: Final = (
    *(f"intent_{name}" for name in MESSAGE_GROUPS),
    *(f"group_{name}" for name in MESSAGE_GROUPS),
    *(f"group_part_{name}" for name in MESSAGE_GROUPS),
    "names_government", "names_reception", "asks", "asks_whether", "words", "several_parts",
)  # fmt: skip
RIGHT_NAMES: Final = (
    *_LEAD_NAMES,
    *(f"top_{name}" for name in RANK_NAMES),
    *_COVERING_NAMES,
    *(f"asks_{kind.value}" for kind in SHOWN_KINDS),
    *_ASKING_NAMES,
    *KIND_NAMES,
)
