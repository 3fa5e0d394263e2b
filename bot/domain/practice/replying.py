"""What the resident says back: a reaction to your move, then what is still unmet, and more as trust grows.

Every line is authored; this module only chooses. Nothing is said twice in a talk while there is anything else to say.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.practice.chance import pick
from bot.domain.practice.deeds import Deed
from bot.domain.practice.effects import asks_about_promise
from bot.domain.practice.endings import ending_of
from bot.domain.practice.phases import HOT, Phase
from bot.domain.practice.scenario import Line, Lines, Scenario
from bot.domain.practice.speech import STINGS, Memory, Said, Situation, about_of, speak
from bot.domain.practice.subjects import answer, open_up, press
from bot.domain.practice.topics import questions_in

VOICES_EVERY = 4
"""Other people in the room are heard at most once in so many turns."""

VOICE_SHARE = 0.6
"""How often they are heard when it is time, 0-1."""


def open_talk(scenario: Scenario, attack: int, rng: random.Random) -> tuple[str, Memory]:
    """The resident's first words; with an attack when the talk starts with one."""
    said = Said(Memory()).plus(pick(scenario.opening, (), rng))
    if attack:
        said = said.plus(pick(scenario.attacks[attack - 1], said.memory.used, rng))
    first = scenario.concerns[0].id
    return said.text, replace(said.memory, topics=said.memory.topics.spoken(first))


def reply(situation: Situation, memory: Memory, rng: random.Random) -> tuple[str, Memory]:
    """What the resident says after this turn, and what there is to remember of it."""
    said = Said(memory, moment=situation.reading.deferral.moment)
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


def _attack(situation: Situation, said: Said, rng: random.Random) -> Said:
    """Getting personal needs no reason, and it drowns everything else."""
    if situation.lead not in STINGS:
        said = said.plus(pick(situation.scenario.turning, said.memory.used, rng))
    levels = situation.scenario.attacks
    for lines in (*reversed(levels[: situation.attack]), *levels[situation.attack :]):
        line = pick(lines, said.memory.used, rng)
        if line:
            return said.plus(line)
    return said


def _parting(situation: Situation, said: Said, rng: random.Random) -> Said:
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


def _react(situation: Situation, said: Said, rng: random.Random) -> Said:
    """The first words: to a fitting summary 'yes' with the matter in it, otherwise what was authored for the deed."""
    if situation.lead is Deed.SUMMARIZE and situation.mood.phase not in HOT:
        about = about_of(situation, said)
        concern = situation.scenario.concern(about)
        confirmed = speak(said, about, (concern.confirmed,), rng) if concern else said
        if confirmed is not said:
            return confirmed
    line = _settled(situation, said, rng)
    return said.plus(line or _reaction(situation, situation.lead, said, rng))


def _settled(situation: Situation, said: Said, rng: random.Random) -> Line | None:
    """What the resident says to an answer or a deferral that is clearly about one question."""
    settles = situation.lead in {Deed.FULL_DEFERRAL, Deed.PARTIAL_DEFERRAL} and not said.moment
    if not (settles or situation.lead is Deed.FACTS_LANDED):
        return None
    touched = questions_in(situation.scenario, situation.reading.message.text)
    asked = [q for q in situation.scenario.questions if q.id in touched]
    return next((line for q in asked if (line := pick(q.settled, said.memory.used, rng))), None)


def _reaction(situation: Situation, deed: Deed, said: Said, rng: random.Random) -> Line | None:
    phase = situation.tone
    for lines in situation.scenario.reactions.choices(deed, phase):
        fitting = tuple(line for line in lines if said.moment or not line.wants_moment)
        # The moment that was named is worth repeating: it shows that it was taken in.
        named = tuple(line for line in fitting if line.wants_moment)
        line = pick(named, said.memory.used, rng) or pick(fitting, said.memory.used, rng)
        if line:
            return line
    return None


def _go_on(situation: Situation, said: Said, rng: random.Random) -> Said:
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
        return press(situation, said, rng)
    if situation.reading.has(Deed.EXPLORE):
        return answer(situation, said, rng)
    return open_up(situation, said, rng)


def _anything(situation: Situation, said: Said, rng: random.Random) -> Line | None:
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


def _with_voices(situation: Situation, said: Said, rng: random.Random) -> tuple[str, Memory]:
    """Now and then somebody else in the room is heard."""
    memory, turn = said.memory, situation.mood.turn
    ending = situation.reading.leaving or situation.reading.kinds & {Deed.UNCLEAR, Deed.ADJOURN}
    due = turn - memory.last_voice >= VOICES_EVERY and not ending and rng.random() < VOICE_SHARE
    voice = pick(situation.scenario.voices.get(situation.mood.phase, ()), memory.used, rng) if due else None
    if voice is None:
        return said.text, memory
    return f"{said.text}\n{voice.text}", replace(memory, used=memory.used | {voice.text}, last_voice=turn)
