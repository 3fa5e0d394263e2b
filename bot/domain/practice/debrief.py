"""After the talk: what happened, what turned it, how the learning goals went, and what to try next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.practice.coach import spoken
from bot.domain.practice.commitments import Commitment, commitments, unanswered
from bot.domain.practice.course import Point, TurningPoint, series, turning_point
from bot.domain.practice.deeds import HARMS, Deed
from bot.domain.practice.endings import Ending, ending_of, score_of
from bot.domain.practice.goals import Goal
from bot.domain.practice.lessons import Improvement, improvements, strength
from bot.domain.practice.phases import Phase
from bot.domain.practice.skills import Judgement, judge
from bot.domain.practice.talk import Talk, TurnResult


@dataclass(frozen=True)
class Debrief:
    """All there is to say about a talk. score: 0-100, for the official's own progress and nobody else.

    goal: what was practised; its judgement comes first.
    """

    scenario: str
    title: str
    goal: Goal
    series: tuple[Point, ...]
    turning_point: TurningPoint | None
    judgements: tuple[Judgement, ...]
    room: str
    listening: str
    strength: str
    improvements: tuple[Improvement, ...]
    commitments: tuple[Commitment, ...]
    unanswered: tuple[str, ...]
    not_judged: tuple[int, ...]
    ending: Ending
    ending_text: str
    score: int


def debrief(talk: Talk, goal: Goal = Goal.ALL) -> Debrief:
    """Look back on a talk; also a short or unfinished one."""
    ending = ending_of_talk(talk)
    judgements = tuple(sorted(judge(talk), key=lambda each: each.skill.value != goal.value))
    return Debrief(
        scenario=talk.scenario.id,
        title=talk.scenario.title,
        goal=goal,
        series=series(talk),
        turning_point=turning_point(talk),
        judgements=judgements,
        room=_about_room(talk),
        listening=_about_listening(talk),
        strength=strength(talk, judgements, goal),
        improvements=improvements(talk, judgements, goal),
        commitments=commitments(talk),
        unanswered=unanswered(talk),
        not_judged=tuple(turn.number for turn in talk.turns if not turn.judged),
        ending=ending,
        ending_text=spoken(ENDING_TEXTS[ending], talk.scenario),
        score=score_of(talk.mood),
    )


ENDING_TEXTS = {
    Ending.HEARD: "Wat {name} van de opvang vindt is niet veranderd, en dat hoefde ook niet. {Ze} gaat rustiger weg "
    "dan {ze} kwam, en gehoord.",
    Ending.ENDED_WELL: "Je stopte het gesprek toen de agressie doorging, met een grens vooraf en een ander moment "
    "erbij. Dat {name} nog kwaad is, ligt niet aan die keuze.",
    Ending.CALMER: "{name} gaat kalmer weg, maar voelt zich nog niet gehoord. Thuis komt de spanning dan vaak terug.",
    Ending.UNHEARD: "{name} gaat gespannen weg, en {ze} weet niet of er iets is aangekomen.",
    Ending.BROKEN_OFF: "{name} was nog niet uitgepraat toen jij stopte.",
    Ending.ESCALATED: "{name} kon aan het eind niets meer horen. Dan helpt alleen nog een grens, hulp of een "
    "ander moment.",
}


def ending_of_talk(talk: Talk) -> Ending:
    """How the talk ended."""
    turns = [turn for turn in talk.turns if turn.judged]
    return ending_of(
        talk.mood,
        talk.opening_mood.tension,
        ended_well=_ended_well(talk, turns),
        broken_off=bool(turns) and turns[-1].reading.has(Deed.EARLY_ADJOURN),
    )


def _ended_well(talk: Talk, turns: Sequence[TurnResult]) -> bool:
    """Stopped because the aggression went on after a limit, with another moment, and not the official's own making."""
    stops = next((turn for turn in turns if turn.reading.has(Deed.ADJOURN)), None)
    if stops is None:
        return False
    went_on = stops.before.attacks >= GOES_ON or stops.before.phase is Phase.OUT_OF_CONTROL
    # An attack after the official has left is no reason to call the leaving wrong.
    last = stops.before.attacks == talk.mood.attacks
    limited = any(turn.reading.has(Deed.SET_LIMIT) for turn in turns)
    fair = not any(turn.reading.kinds & {Deed.RETALIATE, Deed.HARSH_LIMIT} for turn in turns)
    moment = any(t.reading.deferral.when or t.reading.deferral.who for t in turns if t.reading.has(Deed.ADJOURN))
    return went_on and last and limited and fair and moment and not provoked(turns)


GOES_ON = 2
"""The attack from which aggression goes on: the first one is answered with a limit (43), not with leaving."""

_LISTENS = frozenset({Deed.ACKNOWLEDGE, Deed.SUMMARIZE, Deed.EXPLORE})
_PROVOKES = HARMS | {Deed.SPECULATE, Deed.OVERPROMISE, Deed.UNNEEDED_LIMIT}


def provoked(turns: Sequence[TurnResult]) -> bool:
    """Whether up to the first attack more was done that harms than that listens; or nobody listened in the whole talk."""
    before = [turn.reading.kinds for turn in turns if not turn.before.attacks]
    harmed = sum(bool(kinds & _PROVOKES) for kinds in before)
    listened = sum(bool(kinds & _LISTENS) and not kinds & _PROVOKES for kinds in before)
    listened_later = any(turn.reading.kinds & _LISTENS for turn in turns)
    return harmed > listened or not listened_later


def _about_room(talk: Talk) -> str:
    """Whether it was honest what can still be influenced (40, 41)."""
    turns = [t for t in talk.turns if t.judged]
    broken = [t for t in turns if t.reading.has(Deed.BROKEN_PROMISE)]
    promised = [t for t in turns if t.reading.has(Deed.OVERPROMISE)]
    clear = [t for t in turns if t.reading.has(Deed.CLARIFY_ROOM)]
    if broken:
        found_out = f"In beurt {broken[0].number} bleek er minder ruimte dan je eerst liet geloven."
        return f"{found_out} Dat kost meer dan meteen eerlijk zijn (punt 41)."
    if promised:
        beyond = f"In beurt {promised[0].number} zegde je iets toe waar je niet over gaat."
        return f"{beyond} Zo zit het: {talk.scenario.room_text} (Punt 40.)"
    if clear:
        return f"In beurt {clear[0].number} was je open over wat vastligt en wat niet (punt 41)."
    return f"Wat nog open ligt en wat niet kwam niet ter sprake. Zo zit het: {talk.scenario.room_text} (Punt 41.)"


def _about_listening(talk: Talk) -> str:
    """How much was asked and given back (38, 39, 41)."""
    turns = [t for t in talk.turns if t.judged]
    asked = sum(t.reading.has(Deed.EXPLORE) for t in turns)
    closed = sum(t.reading.has(Deed.CLOSED_QUESTION) for t in turns)
    returned = sum(t.reading.has(Deed.SUMMARIZE) for t in turns)
    told = talk.memory.disclosed
    counts = f"Open vragen: {asked}, ja-neevragen: {closed}, samengevat: {returned}."
    deeper = spoken("{name} vertelde je iets wat {ze} niet aan iedereen vertelt.", talk.scenario) if told else ""
    if closed > asked:
        return f"{counts} Vraag vaker zo dat er een verhaal op past (punt 38 en 39)."
    if asked and returned:
        return f"{counts} {deeper or 'Je vroeg door en gaf terug wat je hoorde.'} (Punt 39 en 41.)"
    if asked:
        return f"{counts} {deeper} Geef ook eens terug wat je gehoord hebt (punt 41)."
    return f"{counts} Je kwam weinig te weten over wat erachter zit: inhoud, emotie en bedoeling (punt 38)."
