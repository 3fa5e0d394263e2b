"""What to do with a resident's message: the decision table of the resident channel."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.domain.matching.asked import request_of
from bot.domain.matching.finding import Finding
from bot.domain.resident.emergency import emergency_in
from bot.domain.resident.languages import language_of
from bot.domain.understanding import Understanding

SHOWN_SUGGESTIONS: Final = 3


class Outcome(str, Enum):
    """What a resident gets; the rows of the table."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    REGISTER = "register"
    POLITICAL = "political"
    SIDE_ISSUE = "side_issue"
    EMERGENCY = "emergency"
    ABUSE = "abuse"
    SMALLTALK = "smalltalk"
    OTHER_LANGUAGE = "other_language"


@dataclass(frozen=True)
class Thresholds:
    """Chances (0-1) from which something counts.

    answer: that the first entry answers what is asked; a wrong answer costs trust (point 6).
    suggest: the same, for up to three to choose from; choosing costs one press.
    further: for a second question in the same message, which nobody can be asked about.
    political: lower than the other kinds, since a body can pass a fact on, and nobody may answer for it.
    kind: that it is small talk, abuse or by-catch at all. emotion: that strong emotion is shown.
    """

    answer: float = 0.50
    suggest: float = 0.07
    further: float = 0.65
    political: float = 0.40
    kind: float = 0.50
    emotion: float = 0.50


THRESHOLDS: Final = Thresholds()


@dataclass(frozen=True)
class Decision:
    """ids: entries, best first. confidence: 0-1, in the first of them or in the kind. emotion: strongly shown.

    detail: which emergency ('danger', 'self_harm'), small talk ('thanks', …) or language ('en', …).
    further: entries that answer other questions of the same message.
    """

    outcome: Outcome
    ids: tuple[str, ...] = ()
    confidence: float = 0.0
    emotion: bool = False
    detail: str = ""
    further: tuple[str, ...] = ()


def decide(
    understanding: Understanding,
    finding: Finding | None,
    political: Collection[str] = frozenset(),
    others: Iterable[Finding] = (),
    limits: Thresholds = THRESHOLDS,
) -> Decision:
    """The first row of the table that holds.

    finding: what matching made of it; None for a message without words. political: ids of entries that explain a
    choice. others: what was found for each question of a message that asks several.
    """
    emotion = understanding.emotion >= limits.emotion
    danger, self_harm = (understanding.intents.get(f"emergency/{each}", 0.0) for each in ("danger", "self_harm"))
    emergency = emergency_in(understanding.text, danger, self_harm)
    if emergency is not None:
        return Decision(Outcome.EMERGENCY, (), 1.0, True, emergency.value)
    if finding is None:
        return Decision(Outcome.SMALLTALK, (), 1.0, emotion, "nothing")
    language = language_of(understanding.text)
    if language != "nl":
        return Decision(Outcome.OTHER_LANGUAGE, (), 1.0, emotion, language)
    return _no_question(understanding, finding, emotion, limits) or _question(finding, political, others, emotion, limits)


def _no_question(
    understanding: Understanding, finding: Finding, emotion: bool, limits: Thresholds
) -> Decision | None:
    smalltalk, abuse = (finding.kinds.get(name, 0.0) for name in ("smalltalk", "abuse"))
    if smalltalk >= limits.kind:
        parts = understanding.within("smalltalk")
        return Decision(Outcome.SMALLTALK, (), smalltalk, emotion, parts[0].id if parts else "")
    # Somebody who swears and asks, asks: only abuse without a question gets a limit (point 43).
    asks = bool(request_of(understanding.text).kinds) and finding.right < 0.5
    if abuse >= (0.8 if asks else limits.kind):
        return Decision(Outcome.ABUSE, (), abuse, True)
    return None


def _question(
    finding: Finding, political: Collection[str], others: Iterable[Finding], emotion: bool, limits: Thresholds
) -> Decision:
    side_issue, choice = (finding.kinds.get(name, 0.0) for name in ("side_issue", "political_question"))
    if side_issue >= limits.kind:
        return Decision(Outcome.SIDE_ISSUE, (), side_issue, emotion)
    if finding.right >= limits.answer and finding.ids:
        return Decision(
            Outcome.ANSWER, finding.ids, finding.right, emotion, further=_further(finding, others, limits)
        )
    offered = finding.right >= limits.suggest and bool(finding.ids)
    if choice >= limits.political and not (offered and finding.ids[0] in political):
        return Decision(Outcome.POLITICAL, finding.ids, choice, emotion)
    if offered:
        return Decision(Outcome.SUGGEST, finding.ids, finding.right, emotion)
    return Decision(Outcome.REGISTER, finding.ids, 1 - finding.right, emotion)


def _further(finding: Finding, others: Iterable[Finding], limits: Thresholds) -> tuple[str, ...]:
    sure = (other.ids[0] for other in others if other.ids and other.right >= limits.further)
    return tuple(dict.fromkeys(each for each in sure if each != finding.ids[0]))
