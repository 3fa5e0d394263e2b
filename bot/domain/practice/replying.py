"""What the resident says back: a reaction to your move, then what is still unmet, and more as trust grows.

Every line is authored; this module only chooses. Nothing is said twice in a talk while there is anything else to say.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.practice import wording
from bot.domain.practice.chance import pick
from bot.domain.practice.deeds import Deed
from bot.domain.practice.effects import asks_about_promise
from bot.domain.practice.endings import ending_of
from bot.domain.practice.mood import Mood
from bot.domain.practice.phases import COOL, HOT, Phase
from bot.domain.practice.reading import Reading
from bot.domain.practice.scenario import Line, Lines, QuestionStatus, Scenario
from bot.domain.practice.topics import UNMET, Status, Topics, mentioned
from bot.domain.practice.wording import Asked

MOST_SENTENCES = 3
"""Residents speak two or three short sentences at a time."""

VOICES_EVERY = 4
"""Other people in the room are heard at most once in so many turns."""

BRIDGE_SHARE = 0.4
"""How often a step to another subject is announced, 0-1."""

ANSWERED_FIRST = (
    Deed.RETALIATE, Deed.HARSH_LIMIT, Deed.BROKEN_PROMISE, Deed.DISMISS, Deed.CANCELLED, Deed.ARGUE,
    Deed.NEEDLESS_SUPPORT, Deed.UNNEEDED_LIMIT, Deed.SET_LIMIT, Deed.ADJOURN, Deed.EARLY_ADJOURN, Deed.CALL_SUPPORT,
    Deed.OVERPROMISE, Deed.SPECULATE, Deed.APOLOGIZE, Deed.FULL_DEFERRAL, Deed.PARTIAL_DEFERRAL, Deed.VAGUE_DEFERRAL,
    Deed.CLARIFY_ROOM, Deed.FACTS_BOUNCED, Deed.SUMMARIZE, Deed.ACKNOWLEDGE, Deed.FACTS_LANDED, Deed.CLOSED_QUESTION,
    Deed.EXPLORE, Deed.APPRECIATE, Deed.REPEATED, Deed.FORMULA, Deed.LET_PASS, Deed.GREETING, Deed.FAREWELL,
    Deed.UNCLEAR,
)  # fmt: skip
"""What somebody answers to when a message holds several things: what stings first, what helps next."""

STINGS = frozenset(ANSWERED_FIRST[: ANSWERED_FIRST.index(Deed.SET_LIMIT)]) | {
    Deed.EARLY_ADJOURN, Deed.SPECULATE, Deed.VAGUE_DEFERRAL, Deed.FACTS_BOUNCED, Deed.CLOSED_QUESTION, Deed.REPEATED,
    Deed.FORMULA,
}  # fmt: skip
"""After these the resident presses on, and tells nothing new."""


LISTENS = frozenset({Deed.ACKNOWLEDGE, Deed.SUMMARIZE, Deed.EXPLORE, Deed.SET_LIMIT, Deed.APOLOGIZE, Deed.CLARIFY_ROOM})
"""After these somebody may tell what they do not tell everybody."""


@dataclass(frozen=True)
class Memory:
    """What was said already. used: texts of lines. disclosed: how many disclosures. last_*: the turn it happened."""

    used: frozenset[str] = frozenset()
    topics: Topics = field(default_factory=Topics)
    disclosed: int = 0
    last_disclosure: int = -9
    last_question: int = -9
    last_voice: int = 0


@dataclass(frozen=True)
class Situation:
    """All that a reply hangs on. mood: after the official's turn. attack: level 1-3 if the resident gets personal now."""

    scenario: Scenario
    reading: Reading
    mood: Mood
    attack: int = 0

    @property
    def lead(self) -> Deed:
        """The deed the resident answers to first."""
        return next(deed for deed in ANSWERED_FIRST if deed in self.reading.kinds)

    @property
    def tone(self) -> Phase:
        """The phase the reaction is said in: before any new attack."""
        return self.mood.phase


@dataclass(frozen=True)
class _Said:
    """Lines chosen so far, and the memory that goes with them."""

    memory: Memory
    lines: tuple[Line, ...] = ()
    moment: str = ""

    def plus(self, line: Line | None) -> _Said:
        if line is None:
            return self
        memory = replace(self.memory, used=self.memory.used | {line.text})
        return replace(self, lines=(*self.lines, line), memory=memory)

    @property
    def sentences(self) -> int:
        return sum(len(wording.sentences(line.text)) for line in self.lines)

    @property
    def room(self) -> int:
        return MOST_SENTENCES - self.sentences

    @property
    def text(self) -> str:
        return " ".join(_filled(line.text, self.moment) for line in self.lines)


def _filled(text: str, moment: str) -> str:
    return text.replace("{when}", moment).replace("{When}", moment[:1].upper() + moment[1:])


def open_talk(scenario: Scenario, attack: int, rng: random.Random) -> tuple[str, Memory]:
    """The resident's first words; with an attack when the talk starts with one."""
    said = _Said(Memory()).plus(pick(scenario.opening, (), rng))
    if attack:
        said = said.plus(pick(scenario.attacks[attack - 1], said.memory.used, rng))
    first = scenario.concerns[0].id
    return said.text, replace(said.memory, topics=said.memory.topics.spoken(first))


def reply(situation: Situation, memory: Memory, rng: random.Random) -> tuple[str, Memory]:
    """What the resident says after this turn, and what there is to remember of it."""
    said = _Said(memory, moment=situation.reading.deferral.moment)
    if situation.attack:
        said = _attack(situation, said, rng)
    elif situation.reading.leaving or situation.reading.has(Deed.ADJOURN):
        said = _parting(situation, said, rng)
    else:
        said = _react(situation, said, rng)
        said = _go_on(situation, said, rng)
    if not said.lines:
        said = said.plus(_anything(situation, said, rng))
    return _with_voices(situation, said, rng)


def _attack(situation: Situation, said: _Said, rng: random.Random) -> _Said:
    """Getting personal needs no reason, and it drowns everything else."""
    if situation.lead not in STINGS:
        said = said.plus(pick(situation.scenario.turning, said.memory.used, rng))
    levels = situation.scenario.attacks
    for lines in (*reversed(levels[: situation.attack]), *levels[situation.attack :]):
        line = pick(lines, said.memory.used, rng)
        if line:
            return said.plus(line)
    return said


def _parting(situation: Situation, said: _Said, rng: random.Random) -> _Said:
    """How the resident takes leave: to the adjournment itself while it is hot, and otherwise as the talk went."""
    if situation.reading.has(Deed.ADJOURN):
        line = _reaction(situation, Deed.ADJOURN, said, rng)
        if line:
            return said.plus(line)
    ending = ending_of(situation.mood, situation.scenario.start.tension, ended_well=False, broken_off=False)
    for key in (ending.value, "any"):
        line = pick(situation.scenario.farewell.get(key, ()), said.memory.used, rng)
        if line:
            return said.plus(line)
    return _react(situation, said, rng)


def _react(situation: Situation, said: _Said, rng: random.Random) -> _Said:
    """The first words: to a fitting summary 'yes' with the matter in it, otherwise what was authored for the deed."""
    if situation.lead is Deed.SUMMARIZE and situation.mood.phase not in HOT:
        about = _about(situation, said)
        concern = situation.scenario.concern(about)
        confirmed = _speak(said, about, (concern.confirmed,), rng) if concern else said
        if confirmed is not said:
            return confirmed
    if situation.lead is Deed.FACTS_LANDED:
        question = situation.scenario.question(_about(situation, said))
        line = pick(question.settled, said.memory.used, rng) if question else None
        if line:
            return said.plus(line)
    return said.plus(_reaction(situation, situation.lead, said, rng))


def _about(situation: Situation, said: _Said) -> str:
    """The topic the official's message is about."""
    return mentioned(situation.scenario, situation.reading.message.text, said.memory.topics)


def _reaction(situation: Situation, deed: Deed, said: _Said, rng: random.Random) -> Line | None:
    phase = situation.tone
    for lines in situation.scenario.reactions.choices(deed, phase):
        fitting = tuple(line for line in lines if said.moment or not line.wants_moment)
        # The moment that was named is worth repeating: it shows that it was taken in.
        named = tuple(line for line in fitting if line.wants_moment)
        line = pick(named, said.memory.used, rng) or pick(fitting, said.memory.used, rng)
        if line:
            return line
    return None


def _go_on(situation: Situation, said: _Said, rng: random.Random) -> _Said:
    """What comes after the reaction."""
    lead, mood = situation.lead, situation.mood
    if any(line.alone for line in said.lines) or lead is Deed.UNCLEAR or said.room <= 0:
        return said
    if mood.phase is Phase.OUT_OF_CONTROL and said.lines:
        return said
    if asks_about_promise(mood):
        line = pick(situation.scenario.promise_check, said.memory.used, rng)
        if line:
            return said.plus(line)
    if lead in STINGS or mood.phase in HOT:
        return _press(situation, said, rng)
    if situation.reading.has(Deed.EXPLORE):
        return _answer(situation, said, rng)
    return _open_up(situation, said, rng)


def _press(situation: Situation, said: _Said, rng: random.Random) -> _Said:
    """Not heard: the same again, sharper; after two times the next thing that is the matter."""
    topics, scenario = said.memory.topics, situation.scenario
    about = _about(situation, said)
    stay = (about,) if topics.dwelt < 2 or about != topics.current else ()
    for concern_id in (*stay, *_unmet_concerns(scenario, topics), *(c.id for c in scenario.concerns)):
        concern = scenario.concern(concern_id)
        if concern is None:
            continue
        fresh = topics.of(concern_id) is Status.UNRAISED
        lists = (concern.raised, concern.pressed) if fresh else (concern.pressed, concern.raised)
        chosen = _speak(said, concern_id, lists, rng)
        if chosen is not said:
            return chosen
    return said


def _answer(situation: Situation, said: _Said, rng: random.Random) -> _Said:
    """An open question gets an answer on the level it was asked on (38), and now and then more than was asked."""
    topics, scenario = said.memory.topics, situation.scenario
    about = _about(situation, said)
    wanted = wording.asks_for(_question_in(situation.reading))
    disclosed = _disclose(situation, said, about, rng, only_about=True) if wanted is not Asked.NEED else said
    if disclosed is not said:
        return disclosed
    asked_levels = (wanted, *(level for level in Asked if level is not wanted))
    for concern_id in _in_order(about, _unmet_concerns(scenario, topics), (c.id for c in scenario.concerns)):
        concern = scenario.concern(concern_id)
        if concern is None:
            continue
        chosen = _speak(said, concern_id, [concern.told.get(level, ()) for level in asked_levels], rng)
        if chosen is not said:
            return chosen
    return _open_up(situation, said, rng)


def _open_up(situation: Situation, said: _Said, rng: random.Random) -> _Said:
    """Taken in: tell more, ask a question, or come to the next thing."""
    topics, scenario = said.memory.topics, situation.scenario
    about = _about(situation, said)
    for way in _ways_on(situation, said):
        chosen = way(situation, said, about, rng)
        if chosen is not said:
            return chosen
    return _press(situation, said, rng) if not said.lines else said


_Way = Callable[[Situation, _Said, str, random.Random], _Said]


def _ways_on(situation: Situation, said: _Said) -> tuple[_Way, ...]:
    """Disclosures come first; a question is asked every other turn or so."""
    turn, memory = situation.mood.turn, said.memory
    if turn - memory.last_question >= 2:
        return (_disclose, _ask, _next_concern)
    return (_disclose, _next_concern, _ask)


def _disclose(situation: Situation, said: _Said, about: str, rng: random.Random, only_about: bool = False) -> _Said:
    """One thing that is only told to somebody who listens; never two turns in a row.

    only_about: leave out what has nothing to do with the topic that was asked about.
    """
    memory, mood = said.memory, situation.mood
    listened = situation.reading.kinds & LISTENS
    if not listened or mood.turn - memory.last_disclosure < 2 or mood.phase in HOT:
        return said
    for place, disclosure in enumerate(situation.scenario.disclosures):
        if place < memory.disclosed or mood.heard < disclosure.needs_heard:
            continue
        if only_about and disclosure.concern not in {about, ""}:
            continue
        line = pick(_short_enough(disclosure.lines, said), memory.used, rng)
        if line is None:
            continue
        told = said.plus(line)
        topics = told.memory.topics.spoken(disclosure.concern) if disclosure.concern else told.memory.topics
        return replace(told, memory=replace(told.memory, topics=topics, disclosed=place + 1, last_disclosure=mood.turn))
    return said


def _ask(situation: Situation, said: _Said, about: str, rng: random.Random) -> _Said:
    """A question that is open; political ones only once there is something to talk about."""
    topics = said.memory.topics
    for question in situation.scenario.questions:
        if topics.of(question.id) not in UNMET:
            continue
        if question.status is QuestionStatus.POLITICAL and situation.mood.turn < 3:
            continue
        fresh = topics.of(question.id) is Status.UNRAISED
        chosen = _speak(said, question.id, (question.asked,) if fresh else (question.again, question.asked), rng)
        if chosen is not said:
            return replace(chosen, memory=replace(chosen.memory, last_question=situation.mood.turn))
    return said


def _next_concern(situation: Situation, said: _Said, about: str, rng: random.Random) -> _Said:
    """The next thing that is the matter, in the tone that fits; with a bridge when there is room for it."""
    scenario, topics, phase = situation.scenario, said.memory.topics, situation.mood.phase
    for concern_id in _unmet_concerns(scenario, topics):
        concern = scenario.concern(concern_id)
        if concern is None or (concern_id == topics.current and topics.dwelt >= 2):
            continue
        lists = (concern.calm, concern.raised) if phase in COOL else (concern.raised, concern.calm)
        before = _bridge(situation, said, rng) if concern_id != topics.current else said
        chosen = _speak(before, concern_id, lists, rng)
        if chosen is not before:
            return chosen
    return _more_of_the_same(situation, said, about, rng)


def _more_of_the_same(situation: Situation, said: _Said, about: str, rng: random.Random) -> _Said:
    for concern_id in _in_order(about, (c.id for c in situation.scenario.concerns)):
        concern = situation.scenario.concern(concern_id)
        if concern:
            chosen = _speak(said, concern_id, (concern.calm, concern.told.get(Asked.STORY, ())), rng)
            if chosen is not said:
                return chosen
    return said


def _bridge(situation: Situation, said: _Said, rng: random.Random) -> _Said:
    if said.sentences > 1 or rng.random() >= BRIDGE_SHARE:
        return said
    return said.plus(pick(situation.scenario.bridges, said.memory.used, rng))


def _speak(said: _Said, topic: str, lists: Iterable[Lines], rng: random.Random) -> _Said:
    """A line about a topic, from the first list that still has one short enough."""
    for lines in lists:
        line = pick(_short_enough(lines, said), said.memory.used, rng)
        if line:
            spoken = said.plus(line)
            return replace(spoken, memory=replace(spoken.memory, topics=spoken.memory.topics.spoken(topic)))
    return said


def _short_enough(lines: Lines, said: _Said) -> Lines:
    return tuple(line for line in lines if len(wording.sentences(line.text)) <= said.room)


def _unmet_concerns(scenario: Scenario, topics: Topics) -> list[str]:
    """Concerns nobody took in yet: the ones that came back first, then new ones in the scenario's order."""
    rank = {Status.REOPENED: 0, Status.UNRAISED: 1, Status.RAISED: 2}
    unmet = [c.id for c in scenario.concerns if topics.of(c.id) in UNMET and c.id != topics.current]
    current = [topics.current] if topics.current and topics.of(topics.current) in UNMET else []
    return [*sorted(unmet, key=lambda topic: rank[topics.of(topic)]), *current]


def _in_order(first: str, *others: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([first, *(each for group in others for each in group)]))


def _question_in(reading: Reading) -> str:
    """The words of the open question."""
    done = reading.find(Deed.EXPLORE)
    if done and done.tagged:
        return reading.message.words_of(done.tagged)
    asked = [s for s in wording.sentences(reading.message.text) if s.endswith("?")]
    return asked[-1] if asked else reading.message.text


def _anything(situation: Situation, said: _Said, rng: random.Random) -> Line | None:
    """Everything was said: take whatever fits the phase, first what was not used, then the least bad repetition."""
    reactions = situation.scenario.reactions
    pools: Sequence[Lines] = (
        reactions.any_deed.get(situation.tone, ()),
        *(reactions.any_deed.get(phase, ()) for phase in Phase),
        *(lines for phases in reactions.by_deed.values() for lines in phases.values() if lines),
    )
    for lines in pools:
        line = pick(tuple(each for each in lines if not each.wants_moment), said.memory.used, rng)
        if line:
            return line
    return next((lines[rng.randrange(len(lines))] for lines in pools if lines), None)


def _with_voices(situation: Situation, said: _Said, rng: random.Random) -> tuple[str, Memory]:
    """Now and then somebody else in the room is heard."""
    memory, turn = said.memory, situation.mood.turn
    ending = situation.reading.leaving or situation.reading.kinds & {Deed.UNCLEAR, Deed.ADJOURN}
    due = turn - memory.last_voice >= VOICES_EVERY and not ending and rng.random() < 0.6
    voice = pick(situation.scenario.voices.get(situation.mood.phase, ()), memory.used, rng) if due else None
    if voice is None:
        return said.text, memory
    return f"{said.text}\n{voice.text}", replace(memory, used=memory.used | {voice.text}, last_voice=turn)
