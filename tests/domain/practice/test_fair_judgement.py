"""What must not matter: slips of the finger, names, u or je, and which side the resident is on (DESIGN 5)."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.domain.practice.deeds import Deed
from bot.domain.practice.rehearsal import MOVES, doing, message
from bot.domain.practice.scenario import Scenario
from bot.domain.practice.skills import judge
from bot.domain.practice.talk import Talk, replay
from tests.domain.practice.conftest import SCENARIOS

Change = Callable[[str], str]

LETTERS = re.compile(r"[a-z]{6,}")


def a_slip(rng: random.Random) -> Change:
    """One letter doubled, dropped or swapped with its neighbour, inside a word of six letters or more."""

    def slip(text: str) -> str:
        long_words = list(LETTERS.finditer(text))
        if not long_words:
            return text
        word = rng.choice(long_words)
        at = rng.randrange(word.start() + 2, word.end() - 2)
        kind = rng.choice(("doubled", "dropped", "swapped"))
        if kind == "doubled":
            return text[:at] + text[at] + text[at:]
        if kind == "dropped":
            return text[:at] + text[at + 1 :]
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]

    return slip


def informal(text: str) -> str:
    """'u' becomes 'je', as to somebody one knows."""
    return re.sub(r"\buw\b", "je", re.sub(r"\bu\b", "je", re.sub(r"\bU\b", "Je", text)))


def named(name: str) -> Change:
    """The resident's name in front."""
    return lambda text: f"{name}, {text[:1].lower()}{text[1:]}"


def in_capitals(text: str) -> str:
    """Typed with the shift key held."""
    return text[:1] + text[1:].upper()


def changed(talk: Sequence[TaggedMessage], change: Change) -> list[TaggedMessage]:
    """The same moves in changed words."""
    found = []
    for each in talk:
        parts = [(tagged.move, change(each.words_of(tagged))) for tagged in each.moves]
        found.append(message(*parts))
    return found


def an_official(seed: int) -> tuple[list[TaggedMessage], list[int]]:
    """Eight turns of somebody, and when the resident gets personal."""
    rng = random.Random(seed)
    said = [doing(*rng.sample(MOVES, rng.randint(1, 2)), turn=rng.randrange(500)) for _ in range(8)]
    return said, rng.sample(range(2, 9), rng.choice((0, 1, 2)))


def deeds(talk: Talk) -> list[frozenset[Deed]]:
    return [turn.reading.kinds for turn in talk.turns]


def marks(talk: Talk) -> list[tuple[str, str]]:
    return [(each.skill.value, each.mark.value) for each in judge(talk)]


CHANGES: dict[str, Callable[[int], Change]] = {
    "slip": lambda seed: a_slip(random.Random(seed)),
    "je": lambda seed: informal,
    "name": lambda seed: named(("Mevrouw Yılmaz", "Meneer De Vries", "Fatima", "Kees", "Mevrouw")[seed % 5]),
    "capitals": lambda seed: in_capitals,
}


@pytest.mark.parametrize("kind", CHANGES)
@pytest.mark.parametrize("seed", range(25))
def test_how_it_is_typed_does_not_change_a_judgement(evening: Scenario, kind: str, seed: int) -> None:
    said, provoke = an_official(seed)
    plain = replay(evening, 3, said, provoke)
    other = replay(evening, 3, changed(said, CHANGES[kind](seed)), provoke)
    assert deeds(other) == deeds(plain)
    assert marks(other) == marks(plain)
    assert other.mood.tension == pytest.approx(plain.mood.tension)
    assert other.mood.heard == pytest.approx(plain.mood.heard)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("other", SCENARIOS[1:], ids=lambda each: each.id)
def test_whoever_the_resident_is_and_whatever_they_want_the_rules_are_the_same(
    evening: Scenario, other: Scenario, seed: int
) -> None:
    said, provoke = an_official(seed)
    there = replace(
        other, start=evening.start, outburst=evening.outburst, aggression=evening.aggression, room=evening.room
    )
    here, elsewhere = replay(evening, 3, said, provoke), replay(there, 3, said, provoke)
    assert deeds(elsewhere) == deeds(here)
    assert marks(elsewhere) == marks(here)
    assert [turn.mood.tension for turn in elsewhere.turns] == [turn.mood.tension for turn in here.turns]


# A deferral is as good as its parts

ADMITS, WHO, WHEN, HOW = (
    "Dat weet ik niet.",
    "De projectleider zoekt het uit.",
    "Dat is vrijdag.",
    "U krijgt een brief.",
)
ORDER = [Deed.VAGUE_DEFERRAL, Deed.PARTIAL_DEFERRAL, Deed.FULL_DEFERRAL]


def worth(parts: Sequence[str], scenario: Scenario) -> tuple[int, float, float]:
    """How good a deferral of these parts is: its kind, and what it does to tension and heard."""
    text = " ".join(parts) or "Tja."
    said = TaggedMessage(text, (TaggedMove(Move.DEFER_ANSWER, 0, len(text), 0.95),))
    talk = replay(scenario, 3, [said], ())
    kinds = talk.turns[0].reading.kinds
    place = max((ORDER.index(deed) for deed in ORDER if deed in kinds), default=-1)
    return place, -talk.mood.tension, talk.mood.heard


@pytest.mark.parametrize("left_out", [WHO, WHEN, HOW, ADMITS])
def test_leaving_a_part_out_never_raises_a_deferral(scenario: Scenario, left_out: str) -> None:
    compared = 0
    for size in range(1, 5):
        for parts in itertools.combinations((ADMITS, WHO, WHEN, HOW), size):
            if left_out in parts:
                less = [part for part in parts if part != left_out]
                assert worth(less, scenario) <= worth(parts, scenario), (less, parts)
                compared += 1
    assert compared == 8
