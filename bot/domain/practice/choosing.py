"""Choosing a talk: what each is like in one line, by name in free words, or by surprise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from bot.domain.practice.chance import dice
from bot.domain.practice.goals import Goal
from bot.domain.practice.scenario import Aggression, EmotionKind, Scenario
from bot.domain.practice.typing_slips import SLIPPABLE_LENGTH, one_slip
from bot.domain.practice.wording import FUNCTION_WORDS, plain, words

EMOTIONS: Mapping[EmotionKind, str] = {
    EmotionKind.ANGER: "boosheid",
    EmotionKind.FEAR: "angst",
    EmotionKind.GRIEF: "verdriet",
    EmotionKind.DISTRUST: "wantrouwen",
}


class Level(IntEnum):
    """How hard a talk is."""

    GENTLE = 1
    FIRM = 2
    HARD = 3


LEVELS: Mapping[Level, str] = {Level.GENTLE: "om mee te beginnen", Level.FIRM: "pittig", Level.HARD: "zwaar"}

TENSE_FROM = 66.0
VERY_TENSE_FROM = 74.0
"""Tension at the start (0-100) from which a talk is hard, and very hard, to get hold of."""


def level(scenario: Scenario) -> Level:
    """How hard: how tense it starts, how much harm is felt, whether aggression is a means, how soon it gets personal."""
    start, burst = scenario.start, scenario.outburst
    points = (
        (start.tension >= TENSE_FROM)
        + (start.tension >= VERY_TENSE_FROM)
        + (start.temper > 1)
        + 2 * (scenario.aggression is Aggression.INSTRUMENTAL)
        + (burst is not None and burst.turn <= 3)
    )
    return Level.GENTLE if points <= 1 else Level.FIRM if points == 2 else Level.HARD


def one_line(scenario: Scenario) -> str:
    """The title, which says where it is; who it is with, which emotion and how hard."""
    return f"{scenario.title}. Met {scenario.name}: {EMOTIONS[scenario.emotion]}, {LEVELS[level(scenario)]}."


def suits(scenario: Scenario, goal: Goal) -> bool:
    """Whether there is something to practise this with: limits need a resident who gets personal by themselves."""
    if goal is not Goal.LIMIT:
        return True
    burst, start = scenario.outburst, scenario.start
    bursts = burst is not None and burst.from_tension <= start.tension
    return bursts or scenario.aggression is Aggression.INSTRUMENTAL or start.tension >= VERY_TENSE_FROM


def best_first(scenarios: Iterable[Scenario], goal: Goal) -> tuple[Scenario, ...]:
    """The ones that suit the goal first, otherwise in their own order."""
    return tuple(sorted(scenarios, key=lambda each: not suits(each, goal)))


def surprise(scenarios: Sequence[Scenario], conversation: str, played: Sequence[str], goal: Goal) -> Scenario:
    """'Verras me': by the conversation's own dice; never the one played last, and what was not played yet first.

    played: ids of earlier talks, oldest first.
    """
    last = played[-1] if played else None
    others = [each for each in scenarios if each.id != last and suits(each, goal)]
    others = others or [each for each in scenarios if each.id != last] or list(scenarios)
    fresh = [each for each in others if each.id not in played] or others
    return fresh[dice(0, conversation, len(played)).randrange(len(fresh))]


# By name

_NUMBER = re.compile(r"\W*(?:(?:nummer|nr|optie|scenario|gesprek) ?)?(\d{1,2})\W*")
_SMALL_TALK = FUNCTION_WORDS | frozenset(
    """oefen oefenen oefening gesprek gesprekje scenario nummer optie kies neem geef start praat praten spreken graag
    alsjeblieft situatie rollenspel begin beginnen laten samen speel spelen probeer proberen mevrouw meneer wel lijkt
    leuk bewoner bewoners inwoner inwoners""".split()
)
MOST_WORDS = 4
"""Somebody who names a talk does so in a few words; a longer message is about something else."""

_FEELINGS: Mapping[EmotionKind, frozenset[str]] = {
    EmotionKind.ANGER: frozenset("boos boze bozer kwaad kwade woede woedend woedende razend boosheid".split()),
    EmotionKind.FEAR: frozenset("bang bange angst angstig angstige bezorgd bezorgde".split()),
    EmotionKind.GRIEF: frozenset("verdriet verdrietig verdrietige rouw huilt huilende huilen".split()),
    EmotionKind.DISTRUST: frozenset("wantrouwen wantrouwig wantrouwige wantrouwend wantrouwende argwaan".split()),
}


def chosen(text: str, scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The talks that a short answer to 'which one?' can mean: 'doe de telefoon maar', 'Ingrid', '2', 'een bange'.

    Empty when it names none: every word that is not small talk must fit.
    """
    number = _NUMBER.fullmatch(plain(text))
    if number:
        place = int(number[1])
        return (scenarios[place - 1],) if 1 <= place <= len(scenarios) else ()
    named = [word for word in words(text) if word not in _SMALL_TALK]
    if not 1 <= len(named) <= MOST_WORDS:
        return ()
    exact = tuple(each for each in scenarios if all(_is(word, _names(each)) for word in named))
    return exact or tuple(each for each in scenarios if all(_is(word, _described(each)) for word in named))


def mentioned_in(text: str, scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The talks that a longer wish names: 'een gesprekje aan de telefoon naspelen', 'iemand die verdrietig is'."""
    said = [word for word in words(text) if word not in _SMALL_TALK]
    by_name = tuple(each for each in scenarios if any(_is(word, _names(each)) for word in said))
    if by_name:
        return by_name
    kinds = {kind for kind, feelings in _FEELINGS.items() if feelings & set(said)}
    return tuple(each for each in scenarios if each.emotion in kinds)


def _names(scenario: Scenario) -> frozenset[str]:
    """What the talk and its resident are called."""
    called = " ".join((scenario.id.replace("_", " ").replace("-", " "), scenario.name, scenario.address))
    return frozenset(words(called)) - _SMALL_TALK


def _described(scenario: Scenario) -> frozenset[str]:
    """Its names, the words of its title and how the resident feels."""
    return (_names(scenario) | frozenset(words(scenario.title)) | _FEELINGS[scenario.emotion]) - _SMALL_TALK


def _is(word: str, known: frozenset[str]) -> bool:
    if word in known:
        return True
    return len(word) >= SLIPPABLE_LENGTH and any(
        one_slip(word, each) for each in known if len(each) >= SLIPPABLE_LENGTH
    )
