"""A practice talk from the first word to the last. A talk is its scenario, its seed and its messages; the rest follows.

talk = start(scenario, seed=7)
turn = respond(talk, message)       # turn.reply, turn.mood
talk = turn_taken(talk, turn)       # or: talk = replay(scenario, 7, [message, …]).talk
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from bot.domain.moves import TaggedMessage
from bot.domain.practice.chance import dice
from bot.domain.practice.effects import Felt, attack, feel
from bot.domain.practice.mood import Mood, mood_at
from bot.domain.practice.reading import Reading, read
from bot.domain.practice.replying import open_talk, reply
from bot.domain.practice.scenario import Scenario
from bot.domain.practice.speech import Memory, Situation
from bot.domain.practice.temper import attack_level
from bot.domain.practice.topics import treated


@dataclass(frozen=True)
class TurnResult:
    """One message of the official and what it brought about.

    number: 1-based. answered: the resident's words it answers. topic: what those were about (a concern's or question's
    id). before: the mood it met. felt: what each deed did. mood: the mood after it, an attack that follows included.
    attack: level (0-3) of the attack in `reply`.
    """

    number: int
    message: TaggedMessage
    reading: Reading
    answered: str
    topic: str
    before: Mood
    felt: tuple[Felt, ...]
    mood: Mood
    reply: str
    attack: int
    memory: Memory

    @property
    def judged(self) -> bool:
        """Whether the message was recognised; if not, nothing changed and nothing is said about it."""
        return self.reading.judged

    @property
    def change(self) -> float:
        """What the official's own message did to the tension; a new attack is not their doing."""
        return sum(each.tension for each in self.felt)


@dataclass(frozen=True)
class Talk:
    """A talk so far. provoke: see `attack_level`. opening, opening_mood: before the first turn."""

    scenario: Scenario
    seed: int
    provoke: frozenset[int] | None
    opening: str
    opening_mood: Mood
    opening_memory: Memory
    turns: tuple[TurnResult, ...] = ()

    @property
    def mood(self) -> Mood:
        """The resident's mood now."""
        return self.turns[-1].mood if self.turns else self.opening_mood

    @property
    def memory(self) -> Memory:
        """What the resident said and heard so far."""
        return self.turns[-1].memory if self.turns else self.opening_memory

    @property
    def last_line(self) -> str:
        """The resident's last words."""
        return self.turns[-1].reply if self.turns else self.opening

    @property
    def said(self) -> tuple[str, ...]:
        """The official's messages, oldest first."""
        return tuple(turn.message.text for turn in self.turns)


def start(scenario: Scenario, seed: int, provoke: Collection[int] | None = None) -> Talk:
    """Begin a talk. provoke: before which turns the resident gets personal; None leaves that to the resident."""
    ordered = None if provoke is None else frozenset(provoke)
    mood = mood_at(scenario.start)
    level = attack_level(scenario, mood, (), ordered) if ordered is not None else 0
    text, memory = open_talk(scenario, level, dice(seed, "opening"))
    return Talk(scenario, seed, ordered, text, attack(mood) if level else mood, memory)


def respond(talk: Talk, message: TaggedMessage) -> TurnResult:
    """What one more message does and what the resident says to it. The talk itself stays as it is."""
    before, memory, scenario = talk.mood, talk.memory, talk.scenario
    reading = read(message, before, talk.said, scenario.room)
    after, felt = feel(before, reading.deeds)
    memory = replace(memory, topics=treated(memory.topics, scenario, reading, after.can_hear))
    level = attack_level(scenario, after, reading.kinds, talk.provoke)
    rng = dice(talk.seed, after.turn, message.text)
    text, memory = reply(Situation(scenario, reading, after, level), memory, rng)
    return TurnResult(
        number=after.turn,
        message=message,
        reading=reading,
        answered=talk.last_line,
        topic=talk.memory.topics.current,
        before=before,
        felt=felt,
        mood=attack(after) if level else after,
        reply=text,
        attack=level,
        memory=memory,
    )


def turn_taken(talk: Talk, turn: TurnResult) -> Talk:
    """The talk with this turn added."""
    return replace(talk, turns=(*talk.turns, turn))


def replay(
    scenario: Scenario, seed: int, messages: Iterable[TaggedMessage], provoke: Collection[int] | None = None
) -> Talk:
    """Build a talk again from its messages: same scenario, seed and messages, same talk, in any process."""
    talk = start(scenario, seed, provoke)
    for message in messages:
        talk = turn_taken(talk, respond(talk, message))
    return talk
