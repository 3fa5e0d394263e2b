"""A role-play as data: who the resident is, what is the matter, what may be answered, and the lines to say it with.

`bot.storage.scenarios` reads these from YAML; `bot.domain.practice.lint` says what a scenario lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.domain.practice.asking import Asked
from bot.domain.practice.deeds import Deed
from bot.domain.practice.phases import Phase


class EmotionKind(str, Enum):
    """What drives this resident most."""

    ANGER = "anger"
    FEAR = "fear"
    GRIEF = "grief"
    DISTRUST = "distrust"


class Aggression(str, Enum):
    """Reactive: out of powerlessness; a limit with attention helps. Instrumental: to get something, while it pays."""

    REACTIVE = "reactive"
    INSTRUMENTAL = "instrumental"


class Room(str, Enum):
    """What residents can still influence (24, 41)."""

    FIXED = "fixed"
    OPEN = "open"
    UNKNOWN = "unknown"


class QuestionStatus(str, Enum):
    """Whether the official can answer: from the dossier, not yet, or never, as it is a matter for politics (5, 6)."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    POLITICAL = "political"


@dataclass(frozen=True)
class Line:
    """Something the resident can say: one or two short sentences.

    alone: nothing may follow it in the same turn. '{when}' or '{When}' stands for the moment the official just named.
    """

    text: str
    alone: bool = False

    @property
    def wants_moment(self) -> bool:
        """Whether it can only be said after a moment was named."""
        return "{when}" in self.text or "{When}" in self.text


Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Concern:
    """One thing that is the matter, on the three levels of point 38.

    content, emotion, intention: for the coach and the debrief; one phrase each.
    words: plain words or word beginnings that show the official is talking about this.
    raised: how it comes up. pressed: how it comes back while nobody took it in, sharper. calm: how it comes up in calm.
    told: answers to an open question, per level that was asked for. confirmed: answers to a fitting summary.
    better: example sentences for the official, per deed (acknowledge_emotion, summarize, explore).
    """

    id: str
    content: str
    emotion: str
    intention: str
    words: tuple[str, ...]
    raised: Lines
    pressed: Lines
    calm: Lines
    told: Mapping[Asked, Lines]
    confirmed: Lines
    better: Mapping[Deed, tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """Something the resident wants to know.

    answer: the fact, when it is known. owner, when: who answers and when, otherwise.
    asked: first time. again: once more, because it was passed over. settled: after an answer or a full deferral.
    better: an example answer or deferral for the official.
    """

    id: str
    about: str
    status: QuestionStatus
    words: tuple[str, ...]
    asked: Lines
    again: Lines
    settled: Lines
    better: str
    answer: str = ""
    owner: str = ""
    when: str = ""


@dataclass(frozen=True)
class Disclosure:
    """Something only told to somebody who listens. needs_heard: 0-100."""

    needs_heard: float
    lines: Lines
    concern: str = ""


@dataclass(frozen=True)
class Outburst:
    """When the resident gets personal anyway, however well it goes: before this turn, if still this tense (0-100)."""

    turn: int
    from_tension: float


@dataclass(frozen=True)
class Start:
    """The mood at the beginning, 0-100 each. Tension never falls below the floor: nobody is converted.

    temper: how much harder (above 1) or softer (below 1) this resident takes harm than most; 0.5-1.5.
    """

    tension: float
    heard: float
    floor: float
    temper: float = 1.0


@dataclass(frozen=True)
class Reactions:
    """What the resident says first about what was just done.

    by_deed: per deed and phase. any_phase: per deed, in any phase. any_deed: per phase, when the others ran out.
    """

    by_deed: Mapping[Deed, Mapping[Phase, Lines]]
    any_phase: Mapping[Deed, Lines]
    any_deed: Mapping[Phase, Lines]

    def choices(self, deed: Deed, phase: Phase) -> tuple[Lines, ...]:
        """Lists to choose from, most fitting first. Out of control it hardly matters what was said."""
        own, whenever = self.by_deed.get(deed, {}).get(phase, ()), self.any_phase.get(deed, ())
        whatever = self.any_deed.get(phase, ())
        return (own, whatever, whenever) if phase is Phase.OUT_OF_CONTROL else (own, whenever, whatever)


@dataclass(frozen=True)
class Scenario:
    """A whole role-play.

    attacks: three lists, milder to worse. turning: said before an attack that comes out of the blue.
    promise_check: asks what a promise is worth. bridges: on the way to another subject. voices: others in the room.
    farewell: per ending (values of `bot.domain.practice.endings.Ending`), and 'any'.
    better: example sentences for the official that do not hang on one concern, per deed.
    room_text: what is and is not open, for the coach.
    """

    id: str
    title: str
    setting: str
    persona: str
    name: str
    address: str
    pronoun: str
    emotion: EmotionKind
    aggression: Aggression
    room: Room
    room_text: str
    norm: str
    start: Start
    opening: Lines
    concerns: tuple[Concern, ...]
    questions: tuple[Question, ...]
    disclosures: tuple[Disclosure, ...]
    reactions: Reactions
    attacks: tuple[Lines, ...]
    turning: Lines
    promise_check: Lines
    bridges: Lines
    voices: Mapping[Phase, Lines]
    farewell: Mapping[str, Lines]
    better: Mapping[Deed, tuple[str, ...]]
    outburst: Outburst | None = None
    notes: tuple[str, ...] = field(default=())

    def concern(self, concern_id: str) -> Concern | None:
        """The concern with this id, if there is one."""
        return next((each for each in self.concerns if each.id == concern_id), None)

    def question(self, question_id: str) -> Question | None:
        """The question with this id, if there is one."""
        return next((each for each in self.questions if each.id == question_id), None)
