"""The coach at your elbow: at most one cue a turn, and a hint when asked. Silent where it is not sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.practice.deeds import LIMITS, Deed, Done
from bot.domain.practice.goals import Goal, faults, strengths
from bot.domain.practice.phases import HOT, Phase
from bot.domain.practice.remarks import ADVICE, PRAISED_FIRST, Advice, named
from bot.domain.practice.scenario import QuestionStatus, Scenario
from bot.domain.practice.talk import Talk, TurnResult
from bot.domain.practice.topics import UNMET, Status, Topics, mentioned
from bot.domain.practice.wording import FUNCTION_WORDS, said_before, words

CUE_FROM = 0.7
"""Confidence (0-1) of the tagger from which the coach speaks about a move: half-sure feedback is worse than none."""

CLOSED_FROM = 2
"""One closed question is no fault; the second in a row gets a remark."""

RIGHT_ANYWAY = LIMITS | {Deed.FULL_DEFERRAL, Deed.CLARIFY_ROOM}
"""A limit, a deferral and honesty are right also when the resident stays angry (40, 43)."""

MANY_ATTACKS = 3
"""From the third attack on, stopping is the advice (43, 44)."""

LONGEST_QUOTE = 180
"""Characters of the official's own words that are shown at most."""


@dataclass(frozen=True)
class Remark:
    """Feedback on one turn.

    quote: the official's own words, or '' when it is about something they did not do. tension: before and after, 0-100.
    points: the guide's. better: an example sentence that fits what the resident had just said, or '' for praise.
    """

    turn: int
    deed: Deed
    quote: str
    why: str
    points: tuple[str, ...]
    better: str
    tension: tuple[int, int]

    @property
    def praise(self) -> bool:
        """Whether this worked."""
        return self.deed in PRAISED_FIRST

    @property
    def text(self) -> str:
        """The whole remark in one paragraph."""
        stop = "" if self.quote.endswith(("?", "!", "…")) else "."
        opening = f"Je zei: “{self.quote}{stop}” " if self.quote else ""
        better = f" Bijvoorbeeld: “{self.better}”" if self.better else ""
        return f"{opening}{self.why} ({self.effect}; {named(self.points)}.){better}"

    @property
    def effect(self) -> str:
        """What it did to the tension: 'spanning 70 → 78'."""
        before, after = self.tension
        return f"spanning bleef {after}" if before == after else f"spanning {before} → {after}"


@dataclass(frozen=True)
class Hint:
    """What would help now, on request: the reason, the guide's points and a sentence to try or change."""

    why: str
    points: tuple[str, ...]
    better: str

    @property
    def text(self) -> str:
        """The hint in one paragraph."""
        return f"{self.why} ({named(self.points)}) Bijvoorbeeld: “{self.better}”"


def cue(talk: Talk, turn: TurnResult, goal: Goal = Goal.ALL) -> Remark | None:
    """The one thing worth saying about a turn, or nothing. `talk`: with or without this turn.

    goal: what the official practises; beyond it the coach only speaks up about what harms in any talk.
    """
    if not turn.judged:
        return None
    earlier = tuple(each for each in talk.turns if each.number < turn.number)
    for deed in faults(goal):
        done = turn.reading.find(deed)
        if done and _sure(turn, done) and _worth_saying(turn, deed):
            return remark(talk.scenario, turn, done, earlier)
    known = {deed for each in earlier for deed in each.reading.kinds}
    for deed in strengths(goal):
        done = turn.reading.find(deed)
        if done and deed not in known and _sure(turn, done) and _worked(turn, deed):
            return remark(talk.scenario, turn, done, earlier)
    return None


def _sure(turn: TurnResult, done: Done) -> bool:
    return done.tagged.confidence >= CUE_FROM if done.tagged else not turn.message.unsure


def _worked(turn: TurnResult, deed: Deed) -> bool:
    """Whether it may be praised: it calmed, or it was right whatever it did."""
    return turn.change <= -1 or (turn.change <= 0 and deed in RIGHT_ANYWAY)


def _worth_saying(turn: TurnResult, deed: Deed) -> bool:
    if deed is Deed.CLOSED_QUESTION:
        return turn.mood.closed_row >= CLOSED_FROM
    if deed in {Deed.UNNEEDED_LIMIT, Deed.EARLY_ADJOURN, Deed.NEEDLESS_SUPPORT}:
        return turn.before.phase not in HOT
    helped = turn.reading.kinds & {Deed.ACKNOWLEDGE, Deed.SUMMARIZE, Deed.EXPLORE}
    return not (deed in {Deed.FACTS_BOUNCED, Deed.FORMULA, Deed.REPEATED} and helped)


def remark(scenario: Scenario, turn: TurnResult, done: Done, earlier: tuple[TurnResult, ...] = ()) -> Remark:
    """The coach's remark on one deed in a turn."""
    advice = ADVICE[done.deed]
    instead = remedy(turn, done.deed, advice)
    times = 1 + sum(each.reading.has(done.deed) for each in earlier)
    return Remark(
        turn=turn.number,
        deed=done.deed,
        quote=quote_of(turn, done),
        why=spoken(advice.why, scenario) if times == 1 else f"{advice.short}. Dit is de {times}e keer in dit gesprek.",
        points=advice.points,
        better=example(scenario, instead, turn.topic, turn.answered, _texts(earlier)) if instead else "",
        tension=(round(turn.before.tension), round(after_turn(turn))),
    )


def after_turn(turn: TurnResult) -> float:
    """The tension (0-100) right after the official's words, before any new attack."""
    return max(turn.before.floor, min(100.0, turn.before.tension + turn.change))


def remedy(turn: TurnResult, deed: Deed, advice: Advice) -> Deed | None:
    """What would have helped instead, given what the resident had just done."""
    if deed is Deed.RETALIATE and not turn.before.under_attack:
        return Deed.ACKNOWLEDGE
    return advice.instead


def quote_of(turn: TurnResult, done: Done) -> str:
    """The official's words that carry a deed, cut off where they get long."""
    if done.deed is Deed.LET_PASS:
        return ""
    if done.deed is Deed.CANCELLED or not done.tagged:
        words = turn.message.text
    else:
        words = turn.message.words_of(done.tagged)
    words = " ".join(words.split()).rstrip(".,;:")
    return words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


_PRONOUNS: Mapping[str, tuple[str, str]] = {"ze": ("ze", "haar"), "hij": ("hij", "hem")}


def spoken(text: str, scenario: Scenario) -> str:
    """Fill in who the resident is."""
    subject, other = _PRONOUNS.get(scenario.pronoun, (scenario.pronoun, scenario.pronoun))
    filled = text.format(name=scenario.name, ze=subject, Ze=subject.capitalize(), haar=other)
    return filled[:1].upper() + filled[1:]


def example(scenario: Scenario, deed: Deed, topic: str, answered: str, said: Sequence[str] = ()) -> str:
    """A sentence for the official that does this and fits the resident's words it would answer.

    topic: what those words were about (a concern's or question's id). said: what the official said before, and what is
    therefore not offered again.
    """
    question = scenario.question(topic)
    if deed is Deed.FULL_DEFERRAL and question and question.status is not QuestionStatus.KNOWN:
        return question.better
    concern = scenario.concern(topic) or scenario.concern(mentioned(scenario, answered, Topics()))
    own = concern.better.get(deed, ()) if concern else ()
    choices = [*own, *scenario.better.get(deed, ())]
    fresh = [each for each in choices if not said_before(each, said)] or choices
    # What repeats the resident's own words comes first, then what belongs to the matter; after that, take turns.
    shared = {each: _shared(each, answered) + (each in own) for each in fresh}
    most = max(shared.values(), default=0)
    closest = [each for each in fresh if shared[each] == most]
    return closest[len(said) % len(closest)] if closest else ""


STEM = 5
"""Words that begin with the same so many letters are taken for the same: 'fietst' and 'fietsen'."""


def _shared(one: str, other: str) -> int:
    """How many words that mean something two texts share."""
    return len(_stems(one) & _stems(other))


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in words(text) if len(word) >= STEM and word not in FUNCTION_WORDS}


def _texts(turns: Sequence[TurnResult]) -> tuple[str, ...]:
    return tuple(turn.message.text for turn in turns)


def hint(talk: Talk, goal: Goal = Goal.ALL) -> Hint:
    """What would help now; where the moment leaves a choice, what the official wants to practise."""
    found = _urgent(talk) or _for_the_goal(talk, goal) or _about_the_question(talk) or _next_step(talk)
    deed, why, topic = found.deed, found.why, found.topic or talk.memory.topics.current
    question = talk.scenario.question(topic)
    better = example(talk.scenario, deed, topic, talk.last_line, talk.said)
    if deed is Deed.FACTS_LANDED and question:
        better = question.better
    return Hint(spoken(f"{_about_limits(talk, goal)}{why}", talk.scenario), ADVICE[deed].points, better)


@dataclass(frozen=True)
class _Way:
    """What would help, and why. topic: what the example is about, where that is not what was just spoken about."""

    deed: Deed
    why: str
    topic: str = ""


def _urgent(talk: Talk) -> _Way | None:
    """What cannot wait: no control left, an attack, a promise that cannot be kept."""
    mood = talk.mood
    if mood.phase is Phase.OUT_OF_CONTROL:
        return _Way(
            Deed.ADJOURN,
            "{name} kan nu niets meer horen. Stop, haal er zo nodig iemand bij en noem een ander moment.",
        )
    if mood.under_attack and mood.attacks >= MANY_ATTACKS:
        return _Way(
            Deed.ADJOURN,
            "{name} gaat door nadat je een grens trok. Je mag nu stoppen; zeg wanneer het gesprek verder kan.",
        )
    if mood.under_attack:
        return _Way(
            Deed.SET_LIMIT, "{name} speelt op de persoon. Trek kort en kalm een grens, ga niet in op het verwijt."
        )
    if mood.open_promise:
        return _Way(
            Deed.CLARIFY_ROOM,
            "Er staat een belofte open die je niet kunt waarmaken. Zeg eerlijk wat wel en niet kan.",
        )
    return None


def _for_the_goal(talk: Talk, goal: Goal) -> _Way | None:
    """A chance to practise what was chosen, where the moment offers one."""
    topics = talk.memory.topics
    if goal is Goal.ACKNOWLEDGE and talk.mood.phase is not Phase.CALM and not _just(talk, Deed.ACKNOWLEDGE):
        return _Way(Deed.ACKNOWLEDGE, "Hier kun je je leerdoel oefenen: benoem wat je bij {name} ziet en zet een punt.")
    if goal is Goal.DEFER:
        waiting = [
            each
            for each in talk.scenario.questions
            if each.status is not QuestionStatus.KNOWN and topics.of(each.id) in {Status.RAISED, Status.REOPENED}
        ]
        if waiting:
            asked = min(waiting, key=lambda each: each.id != topics.current)
            why = f"Hier kun je je leerdoel oefenen. {{name}} wil weten {asked.about}, en dat kun jij nu niet beantwoorden."
            return _Way(
                Deed.FULL_DEFERRAL, f"{why} Zeg dat, en ook wie het weet en wanneer {{ze}} het hoort.", asked.id
            )
    return None


def _just(talk: Talk, deed: Deed) -> bool:
    return bool(talk.turns) and talk.turns[-1].reading.has(deed)


def _about_limits(talk: Talk, goal: Goal) -> str:
    """Who practises limits wants to know also when none is needed."""
    if goal is not Goal.LIMIT or talk.mood.under_attack or talk.mood.phase is Phase.OUT_OF_CONTROL:
        return ""
    if talk.mood.attacks and talk.mood.limited:
        return "Je grens staat; ga terug naar waar het om gaat. "
    return "Een grens is nu niet nodig: {name} is fel, maar speelt niet op de persoon. "


def _about_the_question(talk: Talk) -> _Way | None:
    """What to do with a question the resident just asked."""
    topics = talk.memory.topics
    question = talk.scenario.question(topics.current)
    if question is None or topics.of(question.id) not in UNMET:
        return None
    if question.status is not QuestionStatus.KNOWN:
        return _Way(
            Deed.FULL_DEFERRAL,
            "Dit kun jij nu niet beantwoorden. Zeg dat, en ook wie het weet en wanneer {ze} het hoort.",
        )
    if talk.mood.can_hear:
        return _Way(
            Deed.FACTS_LANDED, "Dit weet je. Laat eerst merken dat je de vraag begrijpt, en geef dan het antwoord."
        )
    return None


def _next_step(talk: Talk) -> _Way:
    """Emotion first, then the story, then content (42)."""
    mood, topics = talk.mood, talk.memory.topics
    asked, returned = mood.times.get(Deed.EXPLORE, 0), mood.times.get(Deed.SUMMARIZE, 0)
    if not mood.can_hear and topics.of(topics.current) in UNMET:
        return _Way(Deed.ACKNOWLEDGE, "De emotie is nu te hoog voor uitleg. Benoem wat je ziet, en laat het daarbij.")
    if not asked or asked <= returned:
        return _Way(Deed.EXPLORE, "Je kent het verhaal nog niet. Vraag door naar wat erachter zit.")
    if not returned or not mood.can_hear:
        return _Way(Deed.SUMMARIZE, "Geef terug wat je gehoord hebt en vraag of het klopt.")
    if not mood.times.get(Deed.CLARIFY_ROOM):
        return _Way(
            Deed.CLARIFY_ROOM,
            "{name} kan nu luisteren. Wees open over wat vastligt en waar {ze} nog invloed op heeft.",
        )
    return _Way(Deed.FULL_DEFERRAL, "Maak het concreet: wat zoek jij uit, en wanneer hoort {name} wat van wie?")
