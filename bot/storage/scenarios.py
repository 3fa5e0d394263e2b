"""Role-plays from YAML: every mistake is reported with the file, the place in it and what may stand there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.domain.practice.asking import Asked
from bot.domain.practice.deeds import Deed
from bot.domain.practice.phases import Phase
from bot.domain.practice.scenario import (
    Aggression,
    Concern,
    Disclosure,
    EmotionKind,
    Line,
    Lines,
    Outburst,
    Question,
    QuestionStatus,
    Reactions,
    Room,
    Scenario,
    Start,
)

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

SCENARIOS = Path(__file__).resolve().parent.parent / "content" / "scenarios"
"""Where the scenarios that come with the product are."""

DEFAULT = "bewonersavond"
"""The scenario somebody gets who does not choose."""


class ScenarioError(ValueError):
    """A scenario that cannot be read. The message is Dutch, for the trainer who wrote it."""


def load_scenarios(folder: Path = SCENARIOS) -> tuple[Scenario, ...]:
    """All scenarios in a folder (*.yml), the default first, then by id.

    Raises ScenarioError for a folder without scenarios, a file that cannot be read and an id that occurs twice.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise ScenarioError(f"{folder}: hier staat geen enkel scenario (*.yml)")
    found: dict[str, Scenario] = {}
    for file in files:
        scenario = load_scenario(file)
        if scenario.id in found:
            raise ScenarioError(f"{file.name}: id '{scenario.id}' bestaat al in een ander bestand")
        found[scenario.id] = scenario
    return tuple(sorted(found.values(), key=lambda each: (each.id != DEFAULT, each.id)))


def load_scenario(file: Path) -> Scenario:
    """One scenario. Raises ScenarioError."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{file.name}: niet te lezen ({error})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", regel {mark.line + 1}" if mark else ""
        raise ScenarioError(f"{file.name}{place}: geen geldige YAML ({getattr(error, 'problem', error)})") from error
    return _scenario(_Node(content, file.name))


class _Node:
    """A piece of YAML that knows where it stands."""

    def __init__(self, value: Any, place: str) -> None:
        self.value, self.place = value, place

    def fail(self, message: str) -> ScenarioError:
        return ScenarioError(f"{self.place}: {message}")

    def fields(self, needed: Collection[str], optional: Collection[str] = ()) -> _Fields:
        if not isinstance(self.value, dict):
            raise self.fail("hier horen velden te staan (naam: waarde)")
        unknown = sorted(str(key) for key in self.value if key not in {*needed, *optional})
        if unknown:
            raise self.fail(f"onbekend veld '{unknown[0]}'; mogelijk zijn: {', '.join([*needed, *optional])}")
        missing = [key for key in needed if key not in self.value]
        if missing:
            raise self.fail(f"veld '{missing[0]}' ontbreekt")
        return _Fields(self)

    def pairs(self) -> Iterable[tuple[str, _Node]]:
        if not isinstance(self.value, dict):
            raise self.fail("hier horen velden te staan (naam: waarde)")
        return [(str(key), _Node(value, f"{self.place} › {key}")) for key, value in self.value.items()]

    def items(self) -> list[_Node]:
        if not isinstance(self.value, list):
            raise self.fail("hier hoort een lijst te staan (regels die met '- ' beginnen)")
        return [_Node(value, f"{self.place} › nr. {place}") for place, value in enumerate(self.value, 1)]

    def text(self) -> str:
        if isinstance(self.value, (dict, list)) or self.value is None or not str(self.value).strip():
            raise self.fail("hier hoort tekst te staan; zet aanhalingstekens om tekst met een dubbele punt")
        return str(self.value).strip()

    def number(self, low: float, high: float) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)) or not low <= self.value <= high:
            raise self.fail(f"hier hoort een getal van {low:g} tot {high:g} te staan, niet '{self.value}'")
        return float(self.value)

    def choice(self, kind: type[E]) -> E:
        return _member(self, str(self.value), kind)

    def line(self) -> Line:
        if isinstance(self.value, dict):
            fields = self.fields(("say",), ("alone",))
            return Line(fields.at("say").text(), bool(self.value.get("alone", False)))
        return Line(self.text())

    def lines(self) -> Lines:
        return tuple(item.line() for item in self.items())

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())


class _Fields:
    """The fields of a piece of YAML, already checked for unknown and missing ones."""

    def __init__(self, node: _Node) -> None:
        self._node = node

    def at(self, key: str) -> _Node:
        return _Node(self._node.value[key], f"{self._node.place} › {key}")

    def optional(self, key: str, read: Callable[[_Node], T], default: T) -> T:
        return read(self.at(key)) if key in self._node.value else default


def _member(node: _Node, name: str, kind: type[E]) -> E:
    for member in kind:
        if member.value == name:
            return member
    raise node.fail(f"'{name}' kan hier niet; mogelijk zijn: {', '.join(str(each.value) for each in kind)}")


_NEEDED = (
    "id", "title", "setting", "persona", "name", "address", "pronoun", "emotion", "aggression", "room", "room_text",
    "norm", "start", "opening", "concerns", "questions", "disclosures", "reactions", "anything", "attacks", "turning",
    "promise_check", "bridges", "voices", "farewell", "better",
)  # fmt: skip


def _scenario(node: _Node) -> Scenario:
    at = node.fields(_NEEDED, ("outburst", "notes"))
    return Scenario(
        id=at.at("id").text(),
        title=at.at("title").text(),
        setting=at.at("setting").text(),
        persona=at.at("persona").text(),
        name=at.at("name").text(),
        address=at.at("address").text(),
        pronoun=at.at("pronoun").text(),
        emotion=at.at("emotion").choice(EmotionKind),
        aggression=at.at("aggression").choice(Aggression),
        room=at.at("room").choice(Room),
        room_text=at.at("room_text").text(),
        norm=at.at("norm").text(),
        start=_start(at.at("start")),
        opening=at.at("opening").lines(),
        concerns=tuple(_concern(item) for item in at.at("concerns").items()),
        questions=tuple(_question(item) for item in at.at("questions").items()),
        disclosures=tuple(_disclosure(item) for item in at.at("disclosures").items()),
        reactions=_reactions(at.at("reactions"), at.at("anything")),
        attacks=tuple(level.lines() for level in at.at("attacks").items()),
        turning=at.at("turning").lines(),
        promise_check=at.at("promise_check").lines(),
        bridges=at.at("bridges").lines(),
        voices=_by_phase(at.at("voices")),
        farewell={key: value.lines() for key, value in at.at("farewell").pairs()},
        better=_better(at.at("better")),
        outburst=at.optional("outburst", _outburst, None),
        notes=at.optional("notes", _Node.texts, ()),
    )


def _start(node: _Node) -> Start:
    at = node.fields(("tension", "heard", "floor"), ("temper",))
    tension, heard, floor = (at.at(key).number(0, 100) for key in ("tension", "heard", "floor"))
    return Start(tension, heard, floor, at.optional("temper", lambda found: found.number(0.5, 1.5), 1.0))


def _outburst(node: _Node) -> Outburst | None:
    at = node.fields(("turn", "from_tension"))
    return Outburst(int(at.at("turn").number(2, 50)), at.at("from_tension").number(0, 100))


def _concern(node: _Node) -> Concern:
    at = node.fields(
        ("id", "content", "emotion", "intention", "words", "raised", "pressed", "calm", "told", "confirmed", "better")
    )
    return Concern(
        id=at.at("id").text(),
        content=at.at("content").text(),
        emotion=at.at("emotion").text(),
        intention=at.at("intention").text(),
        words=at.at("words").texts(),
        raised=at.at("raised").lines(),
        pressed=at.at("pressed").lines(),
        calm=at.at("calm").lines(),
        told={_member(value, key, Asked): value.lines() for key, value in at.at("told").pairs()},
        confirmed=at.at("confirmed").lines(),
        better=_better(at.at("better")),
    )


def _question(node: _Node) -> Question:
    at = node.fields(
        ("id", "about", "status", "words", "asked", "again", "settled", "better"), ("answer", "owner", "when")
    )
    return Question(
        id=at.at("id").text(),
        about=at.at("about").text(),
        status=at.at("status").choice(QuestionStatus),
        words=at.at("words").texts(),
        asked=at.at("asked").lines(),
        again=at.at("again").lines(),
        settled=at.at("settled").lines(),
        better=at.at("better").text(),
        answer=at.optional("answer", _Node.text, ""),
        owner=at.optional("owner", _Node.text, ""),
        when=at.optional("when", _Node.text, ""),
    )


def _disclosure(node: _Node) -> Disclosure:
    at = node.fields(("needs_heard", "lines"), ("concern",))
    return Disclosure(
        at.at("needs_heard").number(0, 100), at.at("lines").lines(), at.optional("concern", _Node.text, "")
    )


def _reactions(by_deed: _Node, anything: _Node) -> Reactions:
    own: dict[Deed, dict[Phase, Lines]] = {}
    any_phase: dict[Deed, Lines] = {}
    for key, node in by_deed.pairs():
        deed = _member(node, key, Deed)
        for phase, lines in node.pairs():
            if phase == "any":
                any_phase[deed] = lines.lines()
            else:
                own.setdefault(deed, {})[_member(lines, phase, Phase)] = lines.lines()
    return Reactions(own, any_phase, _by_phase(anything))


def _by_phase(node: _Node) -> Mapping[Phase, Lines]:
    return {_member(value, key, Phase): value.lines() for key, value in node.pairs()}


def _better(node: _Node) -> Mapping[Deed, tuple[str, ...]]:
    return {_member(value, key, Deed): value.texts() for key, value in node.pairs()}
