"""What an official wants to practise: one of the three skills, or everything. It steers cues, hints and the debrief.

The resident does not know of it: the same words have the same effect, whatever one wants to learn.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from bot.domain.practice.deeds import HARMS, Deed
from bot.domain.practice.remarks import COSTLIEST_FIRST, PRAISED_FIRST
from bot.domain.practice.wording import either, plain


class Goal(str, Enum):
    """A learning goal; apart from ALL, the values are those of `bot.domain.practice.skills.Skill`."""

    ALL = "all"
    ACKNOWLEDGE = "acknowledge"  # 42
    LIMIT = "limit"  # 43, 44
    DEFER = "defer"  # 6


GOAL_NAMES: Mapping[Goal, str] = {
    Goal.ALL: "alles",
    Goal.ACKNOWLEDGE: "emotie erkennen",
    Goal.LIMIT: "grenzen stellen",
    Goal.DEFER: "antwoorden uitstellen",
}

_FAULTS: Mapping[Goal, frozenset[Deed]] = {
    Goal.ACKNOWLEDGE: frozenset(
        {Deed.CANCELLED, Deed.DISMISS, Deed.ARGUE, Deed.FACTS_BOUNCED, Deed.REPEATED, Deed.FORMULA}
    ),
    Goal.LIMIT: frozenset(
        {
            Deed.LET_PASS,
            Deed.HARSH_LIMIT,
            Deed.RETALIATE,
            Deed.UNNEEDED_LIMIT,
            Deed.NEEDLESS_SUPPORT,
            Deed.EARLY_ADJOURN,
        }
    ),
    Goal.DEFER: frozenset({Deed.SPECULATE, Deed.OVERPROMISE, Deed.BROKEN_PROMISE, Deed.VAGUE_DEFERRAL}),
}
_STRENGTHS: Mapping[Goal, frozenset[Deed]] = {
    Goal.ACKNOWLEDGE: frozenset({Deed.ACKNOWLEDGE, Deed.SUMMARIZE, Deed.APOLOGIZE}),
    Goal.LIMIT: frozenset({Deed.SET_LIMIT, Deed.ADJOURN, Deed.CALL_SUPPORT}),
    Goal.DEFER: frozenset({Deed.FULL_DEFERRAL, Deed.CLARIFY_ROOM}),
}


def belongs_to(goal: Goal, deed: Deed) -> bool:
    """Whether a deed is what this goal is about; everything is, when the goal is everything."""
    return goal is Goal.ALL or deed in _FAULTS[goal] | _STRENGTHS[goal]


def faults(goal: Goal) -> tuple[Deed, ...]:
    """What the coach speaks up about during the talk, first things first: the goal's, then what harms in any talk."""
    own = tuple(deed for deed in COSTLIEST_FIRST if belongs_to(goal, deed))
    return own + tuple(deed for deed in COSTLIEST_FIRST if deed in HARMS and deed not in own)


def strengths(goal: Goal) -> tuple[Deed, ...]:
    """What the coach praises during the talk."""
    return tuple(deed for deed in PRAISED_FIRST if belongs_to(goal, deed))


_NAMED = {
    Goal.ACKNOWLEDGE: either(r"emoties?|gevoelens?|erken\w*|begrip (?:tonen|laten)"),
    Goal.LIMIT: either(r"grens|grenzen|begrenz\w+|scheld\w*|uitscheld\w*|agressi\w+|persoonlijk"),
    Goal.DEFER: either(
        r"uitstel\w*|niet weet|niet weten|geen antwoord|antwoord(?:en)? (?:schuldig|uitstellen)|lastige vragen"
    ),
    Goal.ALL: either("alles|alle drie|allemaal|alle leerdoelen"),
}


def goal_named(text: str) -> Goal | None:
    """The goal that a message names: 'ik wil leren grenzen stellen'. None for none, or for more than one."""
    bare = plain(text)
    found = [goal for goal, words in _NAMED.items() if words.search(bare)]
    return found[0] if len(found) == 1 else None
