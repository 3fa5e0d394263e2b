"""What an official wants to learn steers the coach, and never the resident."""

from __future__ import annotations

import random

import pytest

from bot.domain.moves import Move
from bot.domain.practice.coach import cue, example, hint
from bot.domain.practice.debrief import debrief
from bot.domain.practice.deeds import Deed
from bot.domain.practice.goals import Goal, belongs_to, faults, goal_named, strengths
from bot.domain.practice.remarks import COSTLIEST_FIRST, PRAISED_FIRST
from bot.domain.practice.scenario import QuestionStatus, Scenario
from bot.domain.practice.skills import Skill
from bot.domain.practice.talk import replay
from bot.domain.practice.topics import Status
from bot.domain.practice.wording import said_before
from tests.domain.practice.officials import message, somebody

SEES = message((Move.ACKNOWLEDGE_EMOTION, "Ik zie hoe hoog dit u zit."))
GUESSES = message((Move.SPECULATE, "Ik denk dat het er wel tachtig zullen zijn."))
HITS = message((Move.RETALIATE, "U zeurt, mevrouw."))
SOOTHES = message((Move.DISMISS, "Ach, dat valt allemaal best mee."))


def test_with_every_goal_everything_is_spoken_about() -> None:
    assert faults(Goal.ALL) == COSTLIEST_FIRST
    assert strengths(Goal.ALL) == PRAISED_FIRST


def test_the_goals_are_the_skills() -> None:
    assert {goal.value for goal in Goal} == {skill.value for skill in Skill} | {"all"}


@pytest.mark.parametrize(
    ("goal", "said", "speaks"),
    [
        (Goal.DEFER, GUESSES, True),
        (Goal.LIMIT, GUESSES, False),
        (Goal.ACKNOWLEDGE, SEES, True),
        (Goal.LIMIT, SEES, False),
        (Goal.DEFER, HITS, True),
        (Goal.DEFER, SOOTHES, True),
    ],
    ids=["own fault", "other fault", "own strength", "other strength", "harm in any talk", "harm as well"],
)
def test_cues_are_about_the_goal_and_about_what_harms_in_any_talk(
    evening: Scenario, goal: Goal, said: object, speaks: bool
) -> None:
    talk = replay(evening, 1, [said], ())  # type: ignore[list-item]
    assert (cue(talk, talk.turns[0], goal) is not None) is speaks


@pytest.mark.parametrize("seed", range(12))
def test_the_goal_comes_first_in_the_debrief(scenario: Scenario, seed: int) -> None:
    talk = replay(scenario, seed, somebody(random.Random(seed), 8), (3, 5))
    for goal in (Goal.ACKNOWLEDGE, Goal.LIMIT, Goal.DEFER):
        found = debrief(talk, goal)
        assert found.judgements[0].skill.value == goal.value
        own = [belongs_to(goal, each.deed) for each in found.improvements]
        assert own == sorted(own, reverse=True)
        assert {j.skill: j.mark for j in found.judgements} == {j.skill: j.mark for j in debrief(talk).judgements}


def test_who_practises_limits_hears_when_none_is_needed(evening: Scenario) -> None:
    calm, attacked = replay(evening, 1, [SEES], ()), replay(evening, 1, [SEES], (2,))
    assert "Een grens is nu niet nodig" in hint(calm, Goal.LIMIT).text
    assert hint(attacked, Goal.LIMIT).points == ("43",)
    assert "niet nodig" not in hint(attacked, Goal.LIMIT).text


def test_who_practises_deferring_is_pointed_at_a_question_that_waits(scenario: Scenario) -> None:
    pointed = 0
    for seed in range(30):
        talk = replay(scenario, seed, somebody(random.Random(seed), 6), ())
        topics = talk.memory.topics
        waiting = [
            question
            for question in scenario.questions
            if question.status is not QuestionStatus.KNOWN
            and topics.of(question.id) in {Status.RAISED, Status.REOPENED}
        ]
        calm = not (talk.mood.under_attack or talk.mood.open_promise or talk.mood.phase.value == "out_of_control")
        if waiting and calm:
            assert hint(talk, Goal.DEFER).better in {question.better for question in waiting}
            pointed += 1
    assert pointed


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("leerdoel grenzen", Goal.LIMIT),
        ("ik wil leren wat ik doe als ik het antwoord niet weet", Goal.DEFER),
        ("emoties erkennen", Goal.ACKNOWLEDGE),
        ("leerdoel alles", Goal.ALL),
        ("leerdoel", None),
        ("grenzen en emoties", None),
    ],
)
def test_a_goal_is_named_in_free_words(words: str, goal: Goal | None) -> None:
    assert goal_named(words) is goal


# The example sentence


def test_an_example_fits_the_line_it_would_answer(scenario: Scenario) -> None:
    for concern in scenario.concerns:
        for deed in (Deed.ACKNOWLEDGE, Deed.SUMMARIZE, Deed.EXPLORE):
            for sentence in concern.better[deed]:
                # The resident says much the same: then this is the sentence, whatever else could be said.
                assert example(scenario, deed, concern.id, sentence) in concern.better[deed]
                if deed is Deed.ACKNOWLEDGE:
                    assert example(scenario, deed, "", sentence)


def test_an_example_is_never_what_was_said_already_while_there_is_another(scenario: Scenario) -> None:
    for concern in scenario.concerns:
        said: list[str] = []
        for line in concern.pressed[:3]:
            found = example(scenario, Deed.ACKNOWLEDGE, concern.id, line.text, said)
            assert found
            assert not said_before(found, said)
            said.append(found)


def test_the_words_of_the_resident_choose_between_two_examples(evening: Scenario) -> None:
    mother = evening.concern("moeder")
    assert mother is not None
    one, other = mother.better[Deed.ACKNOWLEDGE][:2]
    assert {example(evening, Deed.ACKNOWLEDGE, "moeder", each) for each in (one, other)} == {one, other}
