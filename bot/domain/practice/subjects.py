"""What the resident comes up with: what is unmet, an answer, a question, or what is only told to who listens."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.domain.practice import asking, wording
from bot.domain.practice.asking import Asked
from bot.domain.practice.chance import pick
from bot.domain.practice.deeds import Deed
from bot.domain.practice.phases import COOL, HOT
from bot.domain.practice.reading import Reading
from bot.domain.practice.scenario import QuestionStatus, Scenario
from bot.domain.practice.speech import Said, Situation, about_of, short_enough, speak
from bot.domain.practice.topics import UNMET, Status, Topics

BRIDGE_SHARE = 0.4
"""How often a step to another subject is announced, 0-1."""

LISTENS = frozenset({Deed.ACKNOWLEDGE, Deed.SUMMARIZE, Deed.EXPLORE, Deed.SET_LIMIT, Deed.APOLOGIZE, Deed.CLARIFY_ROOM})
"""After these somebody may tell what they do not tell everybody."""


def press(situation: Situation, said: Said, rng: random.Random) -> Said:
    """Not heard: the same again, sharper; after two times the next thing that is the matter."""
    topics, scenario = said.memory.topics, situation.scenario
    about = about_of(situation, said)
    stay = (about,) if topics.dwelt < 2 or about != topics.current else ()
    for concern_id in (*stay, *_unmet_concerns(scenario, topics), *(c.id for c in scenario.concerns)):
        concern = scenario.concern(concern_id)
        if concern is None:
            continue
        fresh = topics.of(concern_id) is Status.UNRAISED
        lists = (concern.raised, concern.pressed) if fresh else (concern.pressed, concern.raised)
        chosen = speak(said, concern_id, lists, rng)
        if chosen is not said:
            return chosen
    return said


def answer(situation: Situation, said: Said, rng: random.Random) -> Said:
    """An open question gets an answer on the level it was asked on (38), and now and then more than was asked."""
    topics, scenario = said.memory.topics, situation.scenario
    about = about_of(situation, said)
    wanted = asking.asks_for(_question_in(situation.reading))
    disclosed = _disclose(situation, said, about, rng, only_about=True) if wanted is not Asked.NEED else said
    if disclosed is not said:
        return disclosed
    asked_levels = (wanted, *(level for level in Asked if level is not wanted))
    everything = (c.id for c in scenario.concerns)
    for concern_id in _in_order(about, (topics.before,), _unmet_concerns(scenario, topics), everything):
        concern = scenario.concern(concern_id)
        if concern is None:
            continue
        chosen = speak(said, concern_id, [concern.told.get(level, ()) for level in asked_levels], rng)
        if chosen is not said:
            return chosen
    return open_up(situation, said, rng)


def open_up(situation: Situation, said: Said, rng: random.Random) -> Said:
    """Taken in: tell more, ask a question, or come to the next thing."""
    about = about_of(situation, said)
    for way in _ways_on(situation, said):
        chosen = way(situation, said, about, rng)
        if chosen is not said:
            return chosen
    return press(situation, said, rng) if not said.lines else said


_Way = Callable[[Situation, Said, str, random.Random], Said]


def _ways_on(situation: Situation, said: Said) -> tuple[_Way, ...]:
    """Disclosures come first; a question is asked every other turn or so."""
    turn, memory = situation.mood.turn, said.memory
    if turn - memory.last_question >= 2:
        return (_disclose, _ask, _next_concern)
    return (_disclose, _next_concern, _ask)


def _disclose(situation: Situation, said: Said, about: str, rng: random.Random, only_about: bool = False) -> Said:
    """One thing that is only told to somebody who listens; never two turns in a row.

    only_about: leave out what has nothing to do with the topic that was asked about.
    """
    memory, mood = said.memory, situation.mood
    listened = situation.reading.kinds & LISTENS
    if not listened or mood.turn - memory.last_disclosure < 2 or mood.phase in HOT:
        return said
    for disclosure in situation.scenario.disclosures:
        told_before = any(line.text in memory.used for line in disclosure.lines)
        if told_before or mood.heard < disclosure.needs_heard:
            continue
        if only_about and disclosure.concern not in {about, ""}:
            continue
        line = pick(short_enough(disclosure.lines, said), memory.used, rng)
        if line is None:
            continue
        told = said.plus(line)
        topics = told.memory.topics.spoken(disclosure.concern) if disclosure.concern else told.memory.topics
        return replace(
            told, memory=replace(told.memory, topics=topics, disclosed=memory.disclosed + 1, last_disclosure=mood.turn)
        )
    return said


def _ask(situation: Situation, said: Said, about: str, rng: random.Random) -> Said:
    """A question that is open; political ones only once there is something to talk about."""
    topics = said.memory.topics
    for question in situation.scenario.questions:
        if topics.of(question.id) not in UNMET:
            continue
        if question.status is QuestionStatus.POLITICAL and situation.mood.turn < 3:
            continue
        fresh = topics.of(question.id) is Status.UNRAISED
        chosen = speak(said, question.id, (question.asked,) if fresh else (question.again, question.asked), rng)
        if chosen is not said:
            return replace(chosen, memory=replace(chosen.memory, last_question=situation.mood.turn))
    return said


def _next_concern(situation: Situation, said: Said, about: str, rng: random.Random) -> Said:
    """The next thing that is the matter, in the tone that fits; with a bridge when there is room for it."""
    scenario, topics, phase = situation.scenario, said.memory.topics, situation.mood.phase
    for concern_id in _unmet_concerns(scenario, topics):
        concern = scenario.concern(concern_id)
        if concern is None or (concern_id == topics.current and topics.dwelt >= 2):
            continue
        lists = (concern.calm, concern.raised) if phase in COOL else (concern.raised, concern.calm)
        before = _bridge(situation, said, rng) if concern_id != topics.current else said
        chosen = speak(before, concern_id, lists, rng)
        if chosen is not before:
            return chosen
    return _more_of_the_same(situation, said, about, rng)


def _more_of_the_same(situation: Situation, said: Said, about: str, rng: random.Random) -> Said:
    for concern_id in _in_order(about, (c.id for c in situation.scenario.concerns)):
        concern = situation.scenario.concern(concern_id)
        if concern:
            chosen = speak(said, concern_id, (concern.calm, concern.told.get(Asked.STORY, ())), rng)
            if chosen is not said:
                return chosen
    return said


def _bridge(situation: Situation, said: Said, rng: random.Random) -> Said:
    if said.sentences > 1 or rng.random() >= BRIDGE_SHARE:
        return said
    return said.plus(pick(situation.scenario.bridges, said.memory.used, rng))


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
