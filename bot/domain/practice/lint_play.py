"""What a scenario lacks that only shows when it is played: endings, subjects nobody gets to, tricks that work.

Dutch messages, for the trainer. Takes about two seconds a scenario; `lint` looks at the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.moves import Move
from bot.domain.practice.cheating import TRICKS, search
from bot.domain.practice.debrief import ending_of_talk
from bot.domain.practice.endings import Ending
from bot.domain.practice.rehearsal import PLAYERS, by_the_book, doing, message, played
from bot.domain.practice.scenario import Question, QuestionStatus, Scenario
from bot.domain.practice.talk import Talk, replay, respond, start
from bot.domain.practice.topics import Status, Topics

SEEDS = (1, 2, 3, 4)
TURNS = 16
"""How long a rehearsal goes on."""

LONGEST = 25
"""How long somebody plays who wants to hear everything."""

EVERYBODY_SEES = frozenset({Ending.HEARD, Ending.UNHEARD, Ending.ESCALATED})
"""Endings that some way of playing leads to in any scenario. ENDED_WELL needs attacks, which are ordered for it; CALMER
and BROKEN_OFF do not show where the resident loses control soon."""


def lint_play(scenario: Scenario) -> list[str]:
    """Everything that shows in playing, one sentence each; empty when the scenario is ready."""
    return [*_endings(scenario), *_subjects(scenario), *_questions(scenario), *_tricks(scenario)]


def _endings(scenario: Scenario) -> Iterator[str]:
    talks = [played(scenario, player, seed, TURNS) for player in PLAYERS.values() for seed in SEEDS[:2]]
    seen = {ending for talk in talks for ending in _all_endings(talk)}
    for ending in sorted(EVERYBODY_SEES - seen):
        yield f"einde '{ending.value}' is niet te halen: kijk naar start (tension, heard, floor, temper) en outburst"
    ended = replay(scenario, SEEDS[0], [doing(*moves, turn=turn) for turn, moves in enumerate(_STOPPING)], _ATTACKS)
    if ending_of_talk(ended) is not Ending.ENDED_WELL:
        yield "einde 'ended_well' is niet te halen, ook niet als de bewoner blijft aanvallen"


_STOPPING: tuple[tuple[Move, ...], ...] = (
    (Move.ACKNOWLEDGE_EMOTION, Move.EXPLORE), (Move.SUMMARIZE,), (Move.SET_LIMIT,), (Move.SET_LIMIT,), (Move.ADJOURN,),
)  # fmt: skip
_ATTACKS = (3, 4, 5)


def _all_endings(talk: Talk) -> set[Ending]:
    """How the talk would have ended after each turn."""
    return {ending_of_talk(replace(talk, turns=talk.turns[:turn])) for turn in range(1, len(talk.turns) + 1)}


def _subjects(scenario: Scenario) -> Iterator[str]:
    """Concerns, questions and disclosures that never come up, however well somebody listens."""
    talks = [played(scenario, by_the_book, seed, LONGEST) for seed in range(8)]
    raised = {topic for talk in talks for topic in talk.memory.topics.status}
    for concern in scenario.concerns:
        if concern.id not in raised:
            yield f"concerns › {concern.id}: komt nooit ter sprake, ook niet in {LONGEST} goede beurten"
    for question in scenario.questions:
        if question.id not in raised:
            yield f"questions › {question.id}: wordt nooit gesteld, ook niet in {LONGEST} goede beurten"
    told = max(talk.memory.disclosed for talk in talks)
    if scenario.disclosures and not told:
        yield f"disclosures: er wordt nooit iets verteld, ook niet in {LONGEST} goede beurten; verlaag needs_heard"


def _questions(scenario: Scenario) -> Iterator[str]:
    """The example must be an answer: after it the question is settled, not open still."""
    for question in scenario.questions:
        if _after_the_example(scenario, question) not in {Status.ANSWERED, Status.DEFERRED}:
            yield f"questions › {question.id} › better: met deze zin blijft de vraag open (mist een woord uit words?)"


def _after_the_example(scenario: Scenario, question: Question) -> Status:
    move = Move.INFORM if question.status is QuestionStatus.KNOWN else Move.DEFER_ANSWER
    listening = replace(scenario, start=replace(scenario.start, tension=scenario.start.floor, heard=50))
    talk = start(listening, SEEDS[0], ())
    asked = Topics().spoken(question.id)
    talk = replace(talk, opening_memory=replace(talk.opening_memory, topics=asked))
    return respond(talk, message((move, question.better))).memory.topics.of(question.id)


def _tricks(scenario: Scenario) -> Iterator[str]:
    for trick in TRICKS:
        found = search(scenario, trick, width=2)
        if found:
            yield (
                f"dit gesprek loopt ook goed af met een truc ({trick.name}), na {len(found.turns)} beurten: begin met "
                "een hogere start › tension of een lagere start › heard"
            )
