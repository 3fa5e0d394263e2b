"""How the three learning goals went: acknowledging (42), limits (43, 44), deferring (6). With evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.domain.practice import feelings, numbers, wording
from bot.domain.practice.coach import quote_of
from bot.domain.practice.deeds import Deed, Done
from bot.domain.practice.deferral import WHEN
from bot.domain.practice.talk import Talk, TurnResult


class Skill(str, Enum):
    """A learning goal."""

    ACKNOWLEDGE = "acknowledge"
    LIMIT = "limit"
    DEFER = "defer"


class Mark(str, Enum):
    """How it went. NOT_NEEDED: nothing in this talk asked for it."""

    GOOD = "good"
    POOR = "poor"
    ABSENT = "absent"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Evidence:
    """The official's own words in a turn (1-based); `quote` is '' for what was left undone."""

    turn: int
    quote: str


@dataclass(frozen=True)
class Judgement:
    """A mark, why, and the words it rests on. points: the guide's."""

    skill: Skill
    mark: Mark
    why: str
    evidence: tuple[Evidence, ...]
    points: tuple[str, ...]


def judge(talk: Talk) -> tuple[Judgement, ...]:
    """All three goals, in a fixed order."""
    turns = tuple(turn for turn in talk.turns if turn.judged)
    calmed = talk.opening_mood.tension - talk.mood.tension >= numbers.CALMED_AT_END
    return _acknowledging(turns, calmed), _limiting(turns, talk.opening_mood.under_attack), _deferring(turns)


# Acknowledging (42)

JUDGED_FROM = 0.35
CERTAIN_FROM = 0.9
DOUBTFUL_BELOW = 0.6
"""Confidence (0-1) of the tagger from which an acknowledgement is looked at, how much of it together is certain, and
below what a single one in a talk that did not calm may well be a misreading."""

FADED_AFTER = 2
"""So many harming turns after the last acknowledgement undo it: 'repeated where needed'."""

SHORT_TALK = 4
"""In a talk of so many turns, once can be enough."""

_HURTS = frozenset({Deed.DISMISS, Deed.ARGUE, Deed.BROKEN_PROMISE, Deed.CANCELLED})


def _acknowledging(turns: Sequence[TurnResult], calmed: bool) -> Judgement:
    """calmed: whether the tension came down over the talk as a whole."""
    sincere = [t for t in turns if _sincerity(t) > 0]
    certainty = sum(_sincerity(t) for t in sincere)
    if certainty < DOUBTFUL_BELOW and not calmed:
        sincere = []
    cancelled = [t for t in turns if t.reading.has(Deed.CANCELLED)]
    stock = [t for t in turns if t.reading.has(Deed.FORMULA) or t.reading.has(Deed.REPEATED)]
    shown = _quotes(sincere, Deed.ACKNOWLEDGE, Deed.SUMMARIZE, Deed.APOLOGIZE)
    if not sincere and not cancelled and not stock:
        return _on_acknowledging(Mark.ABSENT, "Nergens benoemde je wat je bij de ander zag.", ())
    if len(cancelled) > len(sincere) or (cancelled and len(sincere) < 2):
        return _on_acknowledging(
            Mark.POOR, "Je begrip werd ingehaald door wat erna kwam.", _quotes(cancelled, Deed.CANCELLED)
        )
    if not sincere:
        said = _quotes(stock, Deed.FORMULA, Deed.REPEATED)
        return _on_acknowledging(Mark.POOR, "Het bleef bij vaste zinnetjes; wat je zag zei je niet.", said)
    later = [t for t in turns if t.number > sincere[-1].number and t.reading.kinds & _HURTS]
    if len(later) >= FADED_AFTER:
        why = "Het begin was goed, maar toen de boosheid terugkwam benoemde je die niet meer."
        return _on_acknowledging(Mark.POOR, why, _quotes(later, *sorted(_HURTS)))
    if not calmed and len(turns) > SHORT_TALK and (len(sincere) == 1 or certainty < CERTAIN_FROM):
        return _on_acknowledging(Mark.POOR, "Je benoemde het één keer; daarna was het nodig en bleef het uit.", shown)
    return _on_acknowledging(Mark.GOOD, "Je benoemde wat je zag en liet het staan.", shown)


def _on_acknowledging(mark: Mark, why: str, evidence: tuple[Evidence, ...]) -> Judgement:
    return Judgement(Skill.ACKNOWLEDGE, mark, why, evidence, ("42", "39"))


def _sincerity(turn: TurnResult) -> float:
    """How surely the emotion was named and left standing, 0-1: in words of its own, in a summary or in an apology."""
    kinds = turn.reading.kinds
    done = turn.reading.find(Deed.ACKNOWLEDGE)
    sure = done.tagged.confidence if done and done.tagged else 1.0
    if done and sure >= JUDGED_FROM:
        return 0.0 if kinds & {Deed.DISMISS, Deed.RETALIATE, Deed.CANCELLED} else sure
    named = kinds & {Deed.SUMMARIZE, Deed.APOLOGIZE} and feelings.names_emotion(turn.message.text)
    return 1.0 if named and not kinds & (_HURTS | {Deed.RETALIATE}) else 0.0


# Limits (43, 44)


def _limiting(turns: Sequence[TurnResult], from_the_start: bool) -> Judgement:
    points = ("43", "44")
    attacked = [t for t in turns if t.before.under_attack]
    if not attacked:
        why = "De bewoner werd niet persoonlijk, dus een grens was niet nodig."
        return Judgement(Skill.LIMIT, Mark.NOT_NEEDED, why, (), points)
    calm = [t for t in attacked if _calm_limit(t)]
    harsh = [t for t in turns if t.reading.has(Deed.HARSH_LIMIT)]
    if len(calm) * 3 >= len(attacked) * 2 and not harsh:
        evidence = _quotes(calm, Deed.SET_LIMIT, Deed.ADJOURN, Deed.CALL_SUPPORT)
        return Judgement(
            Skill.LIMIT, Mark.GOOD, "Je trok rustig een grens en ging niet in op de aanval.", evidence, points
        )
    if harsh:
        why = "Je trok een grens, maar met een sneer of een discussie erin; dat lokt de volgende uit."
        return Judgement(Skill.LIMIT, Mark.POOR, why, _quotes(harsh, Deed.HARSH_LIMIT), points)
    late = [t for t in turns if t.number > attacked[0].number and t.reading.kinds & {Deed.SET_LIMIT, Deed.ADJOURN}]
    if calm or late:
        why = "Er kwam een grens, maar laat of maar één keer."
        evidence = _quotes(calm or late, Deed.SET_LIMIT, Deed.ADJOURN, Deed.CALL_SUPPORT)
        return Judgement(Skill.LIMIT, Mark.POOR, why, evidence, points)
    back = [t for t in attacked if t.reading.has(Deed.RETALIATE)]
    why = "Je sloeg terug in plaats van een grens te trekken." if back else "Op de persoonlijke aanval kwam geen grens."
    evidence = _quotes(back, Deed.RETALIATE) or tuple(Evidence(t.number, "") for t in attacked[:2])
    return Judgement(Skill.LIMIT, Mark.ABSENT, why, evidence, points)


def _calm_limit(turn: TurnResult) -> bool:
    kinds = turn.reading.kinds
    return bool(kinds & {Deed.SET_LIMIT, Deed.ADJOURN, Deed.CALL_SUPPORT}) and not kinds & {
        Deed.RETALIATE,
        Deed.HARSH_LIMIT,
    }


# Deferring (6)


def _deferring(turns: Sequence[TurnResult]) -> Judgement:
    points = ("6", "5")
    held = [t for t in turns if _holds(t)]
    vague = [t for t in turns if t.reading.has(Deed.VAGUE_DEFERRAL)]
    guessed = [t for t in turns if t.reading.has(Deed.SPECULATE)]
    promised = [t for t in turns if t.reading.has(Deed.OVERPROMISE)]
    left = _left_without_moment(turns)
    if held and len(guessed) <= len(held):
        evidence = _quotes_with_moment(held)
        why = "Je verzon niets en zei van wie of wanneer het antwoord komt."
        return Judgement(Skill.DEFER, Mark.GOOD, why, evidence, points)
    if held or (vague and len(guessed) < 2 * len(vague)):
        why = "Je gaf toe dat je het niet wist, maar wie en wanneer bleven weg of er kwam een gok achteraan."
        return Judgement(Skill.DEFER, Mark.POOR, why, _quotes(vague or guessed, *_DEFER_FAULTS), points)
    if guessed or promised:
        why = "Je gaf een antwoord of een toezegging die je niet had, zonder te zeggen wie het wel weet."
        return Judgement(Skill.DEFER, Mark.ABSENT, why, _quotes(guessed or promised, *_DEFER_FAULTS), points)
    if left:
        why = "Je stopte zonder te zeggen wanneer of bij wie het verder gaat."
        return Judgement(Skill.DEFER, Mark.POOR, why, _quotes(left, Deed.ADJOURN), points)
    return Judgement(Skill.DEFER, Mark.NOT_NEEDED, "Er was niets dat je moest uitstellen.", (), points)


_DEFER_FAULTS = (Deed.VAGUE_DEFERRAL, Deed.SPECULATE, Deed.OVERPROMISE)


def _holds(turn: TurnResult) -> bool:
    """A deferral with something to hold on to; an adjournment with a moment is one too."""
    if turn.reading.kinds & {Deed.FULL_DEFERRAL, Deed.PARTIAL_DEFERRAL}:
        return True
    return turn.reading.has(Deed.ADJOURN) and turn.reading.deferral.when


def _left_without_moment(turns: Sequence[TurnResult]) -> list[TurnResult]:
    last = [t for t in turns[-2:] if t.reading.has(Deed.ADJOURN) and not t.reading.has(Deed.RETALIATE)]
    limited = any(t.reading.has(Deed.SET_LIMIT) for t in turns)
    return last if limited and not any(t.reading.deferral.when for t in last) else []


def _quotes(turns: Sequence[TurnResult], *deeds: Deed) -> tuple[Evidence, ...]:
    """The first deed of each turn that is in `deeds`, quoted."""
    found = []
    for turn in turns:
        done: Done | None = next((d for deed in deeds if (d := turn.reading.find(deed))), None)
        if done:
            found.append(Evidence(turn.number, quote_of(turn, done)))
    return tuple(found)


def _quotes_with_moment(turns: Sequence[TurnResult]) -> tuple[Evidence, ...]:
    """A deferral as it was said; of an adjournment the sentence that names the moment."""
    return tuple(Evidence(turn.number, _with_moment(turn)) for turn in turns)


def _with_moment(turn: TurnResult) -> str:
    done = turn.reading.find(Deed.FULL_DEFERRAL) or turn.reading.find(Deed.PARTIAL_DEFERRAL)
    if done:
        return quote_of(turn, done)
    timed = [s for s in wording.sentences(turn.message.text) if WHEN.search(wording.plain(s))]
    return timed[0].rstrip(".") if timed else turn.message.text
