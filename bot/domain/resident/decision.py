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
TELLS: Final = "tells"
"""Detail of a decision about somebody who asks nothing."""


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
    """Chances (0-1) from which something counts; set on the example FAQs, each municipality left out in turn.

    answer: that the first entry answers what is asked; a wrong answer costs trust (point 6).
    answer_choice: the same where a political choice is asked about: only its owner may explain that (point 5).
    fact_for_choice: the same, and the entry states a fact: that seldom answers why something was chosen.
    suggest: for up to three to choose from. Low: choosing costs one press, and 'geen van deze' passes it on.
    explains: that an entry about a choice may be meant; below it the question goes to who answers for choices.
    further: for a second question in the same message, which nobody can be asked about.
    political: lower than the other kinds, since a body can pass a fact on, and nobody else may answer for it.
    side_issue, kind: that it is by-catch; that it is small talk, abuse or a feeling told. emotion: that strong emotion is shown.
    """

    answer: float = 0.38
    answer_choice: float = 0.65
    fact_for_choice: float = 0.75
    suggest: float = 0.02
    explains: float = 0.30
    further: float = 0.45
    political: float = 0.25
    side_issue: float = 0.45
    kind: float = 0.50
    emotion: float = 0.40


THRESHOLDS: Final = Thresholds()


@dataclass(frozen=True)
class Decision:
    """ids: entries, best first. confidence: 0-1, in the first of them or in the kind. emotion: strongly shown.

    detail: which emergency ('danger', 'self_harm'), small talk ('thanks', …) or language ('en', …); TELLS with REGISTER
    for what somebody feels or thinks, who asks nothing.
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
    emergency = emergency_in(understanding.text, *_danger_and_self_harm(understanding, finding))
    if emergency is not None:
        return Decision(Outcome.EMERGENCY, (), 1.0, True, emergency.value)
    if finding is None:
        return Decision(Outcome.SMALLTALK, (), 1.0, emotion, "nothing")
    language = language_of(understanding.text)
    if language != "nl":
        return Decision(Outcome.OTHER_LANGUAGE, (), 1.0, emotion, language)
    return (
        _no_question(understanding, finding, emotion, limits)
        or _tells(understanding, finding, emotion, limits)
        or _question(finding, political, others, emotion, limits)
    )


def _danger_and_self_harm(understanding: Understanding, finding: Finding | None) -> tuple[float, float]:
    """How likely each is: the mean of two judges that err on different messages, shared out as the classifier does."""
    judged = finding.kinds.get("emergency", 0.0) if finding else 0.0
    likely = (judged + understanding.group("emergency")) / 2
    parts = {part.id: part.confidence for part in understanding.within("emergency")}
    return likely * parts.get("danger", 0.0), likely * parts.get("self_harm", 0.0)


def _no_question(understanding: Understanding, finding: Finding, emotion: bool, limits: Thresholds) -> Decision | None:
    smalltalk, abuse = (finding.kinds.get(name, 0.0) for name in ("smalltalk", "abuse"))
    if smalltalk >= limits.kind:
        parts = understanding.within("smalltalk")
        return Decision(Outcome.SMALLTALK, (), smalltalk, emotion, parts[0].id if parts else "")
    # Somebody who swears and asks, asks: only abuse without a question gets a limit (point 43).
    asks = bool(request_of(understanding.text).kinds) and finding.right < 0.5
    if abuse >= (0.8 if asks else limits.kind):
        return Decision(Outcome.ABUSE, (), abuse, True)
    return None


def _tells(understanding: Understanding, finding: Finding, emotion: bool, limits: Thresholds) -> Decision | None:
    telling = finding.kinds.get("telling", 0.0)
    asks = "?" in understanding.text or bool(request_of(understanding.text).kinds)
    if asks or telling < max(limits.kind, finding.right):
        return None
    return Decision(Outcome.REGISTER, finding.ids, telling, emotion, TELLS)


def _question(
    finding: Finding, political: Collection[str], others: Iterable[Finding], emotion: bool, limits: Thresholds
) -> Decision:
    side_issue, choice = (finding.kinds.get(name, 0.0) for name in ("side_issue", "political_question"))
    # What the municipality answered beside the reception, about parking or a permit, is answered and not passed on.
    if side_issue >= max(limits.side_issue, finding.right):
        return Decision(Outcome.SIDE_ISSUE, (), side_issue, emotion)
    sure = [other for other in others if other.ids and other.right >= limits.further]
    if finding.ids and finding.right >= _enough(finding.ids[0], choice, political, limits):
        return _answer(finding, sure, emotion)
    if sure:
        return _answer(sure[0], sure[1:], emotion)
    offered = finding.right >= limits.suggest and bool(finding.ids)
    explained = offered and finding.ids[0] in political and finding.right >= limits.explains
    if choice >= limits.political and not explained:
        return Decision(Outcome.POLITICAL, finding.ids, choice, emotion)
    if offered:
        return Decision(Outcome.SUGGEST, finding.ids, finding.right, emotion)
    return Decision(Outcome.REGISTER, finding.ids, 1 - finding.right, emotion)


def _enough(entry: str, choice: float, political: Collection[str], limits: Thresholds) -> float:
    """How right an entry must be to be given as the answer."""
    if choice < limits.political:
        return limits.answer
    return limits.answer_choice if entry in political else limits.fact_for_choice


def _answer(first: Finding, others: Iterable[Finding], emotion: bool) -> Decision:
    """The first entry, and those that answer other questions of the same message."""
    further = tuple(dict.fromkeys(other.ids[0] for other in others if other.ids[0] != first.ids[0]))
    return Decision(Outcome.ANSWER, first.ids, first.right, emotion, further=further)
