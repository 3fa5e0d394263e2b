"""What to take home: one strength, and at most two things to do differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.practice.coach import Remark, cue, example, quote_of, remark
from bot.domain.practice.commitments import unanswered
from bot.domain.practice.deeds import Deed
from bot.domain.practice.goals import Goal, belongs_to
from bot.domain.practice.remarks import ADVICE, COSTLIEST_FIRST, PRAISED_FIRST
from bot.domain.practice.skills import Judgement, Mark, Skill
from bot.domain.practice.talk import Talk, TurnResult
from bot.domain.practice.topics import UNMET


@dataclass(frozen=True)
class Improvement:
    """What to try next time: the advice, the guide's points, own words, and a sentence that would have fitted.

    deed: what went wrong; for what was missing, what it would have been. quote: '' for what was missing.
    """

    turn: int
    deed: Deed
    text: str
    points: tuple[str, ...]
    quote: str
    better: str

    @property
    def made(self) -> bool:
        """Whether this is a mistake that was made, and not something that was missing."""
        return self.deed in COSTLIEST_FIRST


def strength(talk: Talk, judgements: Sequence[Judgement], goal: Goal = Goal.ALL) -> str:
    """One thing that went well, with the words that show it; honest when there was none. The goal goes first."""
    good = {j.skill: j for j in judgements if j.mark is Mark.GOOD}
    order = sorted((Skill.LIMIT, Skill.DEFER, Skill.ACKNOWLEDGE), key=lambda skill: skill.value != goal.value)
    for judgement in (good[skill] for skill in order if skill in good):
        shown = judgement.evidence[0] if judgement.evidence else None
        proof = f" Beurt {shown.turn}: “{shown.quote}”" if shown and shown.quote else ""
        return judgement.why + proof
    for turn in talk.turns:
        for deed in PRAISED_FIRST:
            done = turn.reading.find(deed)
            if done and turn.judged and turn.change < 0:
                short = ADVICE[deed].short
                return f"{short[:1].upper()}{short[1:]}. Beurt {turn.number}: “{quote_of(turn, done)}”"
    return "Er sprong deze keer niets uit. Je hebt wel geoefend; kies voor de volgende keer één van de verbeterpunten."


def improvements(talk: Talk, judgements: Sequence[Judgement], goal: Goal = Goal.ALL) -> tuple[Improvement, ...]:
    """At most two: the costliest mistakes first, then what was missing. What belongs to the goal goes before the rest."""
    made = [_from_remark(each) for each in _costliest(talk)]
    found = made + _missed(talk, judgements, {each.text for each in made})
    return tuple(sorted(found, key=lambda each: not belongs_to(goal, each.deed))[:2])


def _costliest(talk: Talk) -> list[Remark]:
    """Per kind of mistake the turn where it cost most, the most costly kinds first."""
    cost: dict[Deed, float] = {}
    worst: dict[Deed, tuple[float, TurnResult]] = {}
    for turn in talk.turns:
        said = cue(talk, turn)
        for felt in turn.felt if said and not said.praise else ():
            if felt.deed not in COSTLIEST_FIRST:
                continue
            # A cancelled acknowledgement does nothing of itself; what it wasted is about what it would have given.
            points = max(felt.tension, 0.0) - felt.heard + (6.0 if felt.deed is Deed.CANCELLED else 1.0)
            cost[felt.deed] = cost.get(felt.deed, 0.0) + points
            if felt.deed not in worst or points > worst[felt.deed][0]:
                worst[felt.deed] = (points, turn)
    ranked = sorted(cost, key=lambda deed: (-cost[deed], COSTLIEST_FIRST.index(deed)))
    remarks = []
    for deed in ranked:
        turn = worst[deed][1]
        done = turn.reading.find(deed)
        if done:
            remarks.append(remark(talk.scenario, turn, done))
    return remarks


def _from_remark(made: Remark) -> Improvement:
    return Improvement(made.turn, made.deed, ADVICE[made.deed].short, made.points, made.quote, made.better)


def _missed(talk: Talk, judgements: Sequence[Judgement], known: set[str]) -> list[Improvement]:
    """What the talk asked for and did not get."""
    if not talk.turns:
        return []
    kinds = {deed for turn in talk.turns for deed in turn.reading.kinds}
    absent = {j.skill for j in judgements if j.mark is Mark.ABSENT}
    wanted = [
        (Deed.ACKNOWLEDGE, Skill.ACKNOWLEDGE in absent, "Benoem wat je ziet voordat je iets anders doet", ("42",)),
        (
            Deed.SUMMARIZE,
            Deed.SUMMARIZE not in kinds,
            "Geef een keer terug wat je gehoord hebt en vraag of het klopt",
            ("41",),
        ),
        (Deed.EXPLORE, Deed.EXPLORE not in kinds, "Vraag door naar wat erachter zit", ("38", "39")),
        (Deed.CLARIFY_ROOM, Deed.CLARIFY_ROOM not in kinds, "Zeg eerlijk wat vastligt en wat niet", ("40", "41")),
        (
            Deed.FULL_DEFERRAL,
            not kinds & {Deed.FULL_DEFERRAL, Deed.ADJOURN} and bool(unanswered(talk)),
            "Laat geen vraag in de lucht hangen: zeg wie er wanneer op terugkomt",
            ("6",),
        ),
    ]
    turn = talk.turns[-1]
    return [
        Improvement(turn.number, deed, text, points, "", _example(talk, deed))
        for deed, missing, text, points in wanted
        if missing and text not in known
    ]


def _example(talk: Talk, deed: Deed) -> str:
    open_topics = [t for t, status in talk.memory.topics.status.items() if status in UNMET]
    topics = [*reversed(open_topics), talk.memory.topics.current]
    found = (example(talk.scenario, deed, topic, talk.last_line, talk.said) for topic in topics)
    return next((each for each in found if each), "")
