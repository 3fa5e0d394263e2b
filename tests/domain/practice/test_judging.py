"""Skills, cues, hints and the debrief, on short talks with a known course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.moves import Move, TaggedMessage
from bot.domain.practice import report
from bot.domain.practice.coach import cue, hint
from bot.domain.practice.debrief import debrief, ending_of_talk
from bot.domain.practice.deeds import Deed
from bot.domain.practice.endings import Ending
from bot.domain.practice.scenario import Aggression, Outburst, Scenario
from bot.domain.practice.skills import Mark, Skill, judge
from bot.domain.practice.talk import Talk, replay, respond, start
from bot.domain.practice.trace import trace_of
from tests.domain.practice.officials import message

ACK, LIMIT, DEFER, EXPLORE = Move.ACKNOWLEDGE_EMOTION, Move.SET_LIMIT, Move.DEFER_ANSWER, Move.EXPLORE

SEES = message((ACK, "Ik zie hoe boos u bent over uw moeder."), (EXPLORE, "Hoe ging dat toen?"))
SEES_AGAIN = message((ACK, "Wat een machteloos gevoel moet dat zijn, achteraan te staan."))
RETURNS = message((Move.SUMMARIZE, "Dus u wilt dat iemand u voortaan eerst belt, klopt dat?"))
CALM_LIMIT = message((LIMIT, "U mag boos zijn, mij beledigen mag niet."))
BARKED = message((LIMIT, "Nu houdt u op,"), (Move.RETALIATE, "wie denkt u wel dat u bent!"))
HONEST = message((Move.CLARIFY_ROOM, "Het besluit staat vast; over het licht praat u nog mee."))
DEFERS = message((DEFER, "Dat weet ik niet; ik vraag het de projectleider en bel u vrijdag."))
VAGUE = message((DEFER, "Daar komen we op terug."))
GUESS = message((Move.SPECULATE, "Ik denk dat het er wel tachtig zullen zijn."))
SOOTHES = message((Move.DISMISS, "Ach, dat valt allemaal best mee."))
PROMISE = message((Move.OVERPROMISE, "Ik beloof u dat er alleen gezinnen komen."))
BUT = message((ACK, "Ik snap dat u boos bent,"), (Move.ARGUE, "maar andere dorpen doen het ook gewoon."))
STOPS = message((Move.ADJOURN, "Ik stop nu. Belt u mij morgen tussen negen en tien."))
THANKS = message((Move.APPRECIATE, "Dank dat u dit vertelde. Tot vrijdag."))


def marks(scenario: Scenario, messages: Sequence[TaggedMessage], provoke: Sequence[int] = ()) -> dict[Skill, Mark]:
    """The judgement of a talk."""
    return {each.skill: each.mark for each in judge(replay(scenario, 1, messages, provoke))}


@pytest.mark.parametrize(
    ("messages", "mark"),
    [
        ([SEES, SEES_AGAIN, RETURNS], Mark.GOOD),
        ([BUT, BUT, RETURNS], Mark.POOR),
        ([message((ACK, "Ja, snap ik.")), GUESS], Mark.POOR),
        ([SEES, SEES_AGAIN, SOOTHES, BUT, SOOTHES], Mark.POOR),
        ([SOOTHES, GUESS], Mark.ABSENT),
    ],
    ids=["sincere", "but", "stock phrase", "not repeated where needed", "nothing"],
)
def test_acknowledging(scenario: Scenario, messages: list[TaggedMessage], mark: Mark) -> None:
    assert marks(scenario, messages)[Skill.ACKNOWLEDGE] is mark


@pytest.mark.parametrize(
    ("messages", "provoke", "mark"),
    [
        ([SEES, CALM_LIMIT], [2], Mark.GOOD),
        ([SEES, STOPS], [2], Mark.GOOD),
        ([SEES, BARKED], [2], Mark.POOR),
        ([SEES, SOOTHES, CALM_LIMIT], [2], Mark.POOR),
        ([SEES, SOOTHES], [2], Mark.ABSENT),
        ([CALM_LIMIT], [1], Mark.GOOD),
        ([SEES, CALM_LIMIT], [], Mark.NOT_NEEDED),
    ],
    ids=["calm", "stops", "barked", "late", "none", "at the start", "not needed"],
)
def test_limiting(scenario: Scenario, messages: list[TaggedMessage], provoke: list[int], mark: Mark) -> None:
    assert marks(scenario, messages, provoke)[Skill.LIMIT] is mark


@pytest.mark.parametrize(
    ("messages", "mark"),
    [
        ([SEES, DEFERS], Mark.GOOD),
        ([SEES, VAGUE], Mark.POOR),
        ([GUESS, GUESS], Mark.ABSENT),
        ([PROMISE], Mark.ABSENT),
        ([DEFERS, GUESS, GUESS], Mark.POOR),
        ([SEES, SOOTHES], Mark.NOT_NEEDED),
    ],
    ids=["full", "vague", "guesses", "promises", "mostly guesses", "nothing asked of it"],
)
def test_deferring(scenario: Scenario, messages: list[TaggedMessage], mark: Mark) -> None:
    assert marks(scenario, messages)[Skill.DEFER] is mark


def test_every_judgement_quotes_the_officials_own_words(evening: Scenario) -> None:
    messages = [SEES, BARKED, GUESS, DEFERS]
    for judgement in judge(replay(evening, 1, messages, [2])):
        for shown in judgement.evidence:
            assert shown.quote.rstrip(" …") in messages[shown.turn - 1].text


def test_ending_the_talk_well_is_good_handling_though_tension_stays(scenario: Scenario) -> None:
    talk = replay(
        scenario,
        1,
        [SEES, CALM_LIMIT, message((LIMIT, "Dit is de laatste keer dat ik het vraag, geen gescheld.")), STOPS],
        [2, 3, 4],
    )
    assert talk.mood.tension > talk.opening_mood.tension - 10
    assert ending_of_talk(talk) is Ending.ENDED_WELL
    assert {j.mark for j in judge(talk)} == {Mark.GOOD}


def test_heard_and_still_opposed_is_as_good_as_it_gets(scenario: Scenario) -> None:
    messages = [SEES, SEES_AGAIN, RETURNS, message((EXPLORE, "Wat zou u helpen?")), HONEST, DEFERS, THANKS]
    found = debrief(replay(scenario, 1, messages, []))
    assert found.ending is Ending.HEARD
    assert not found.improvements or all(each.quote == "" for each in found.improvements)


def cue_for(scenario: Scenario, *messages: TaggedMessage, provoke: Sequence[int] = ()) -> str:
    """The coach's cue on the last message, or ''."""
    talk = replay(scenario, 1, messages, provoke)
    remark = cue(talk, talk.turns[-1])
    return remark.text if remark else ""


def test_a_cue_has_quote_effect_point_and_a_better_sentence(evening: Scenario) -> None:
    text = cue_for(evening, BUT)
    assert "Ik snap dat u boos bent" in text
    assert "spanning 70 →" in text
    assert "punt 42" in text
    assert "Bijvoorbeeld: “" in text
    assert "moeder" in text  # the resident spoke about her mother, so the better sentence does


def test_the_coach_is_silent_when_not_sure(evening: Scenario) -> None:
    assert cue_for(evening, message((Move.DISMISS, "Dat valt best mee."), confidence=0.6)) == ""
    assert cue_for(evening, message((Move.OTHER, "blabla"))) == ""


def test_praise_is_given_once(evening: Scenario) -> None:
    assert "punt 42" in cue_for(evening, SEES)
    assert cue_for(evening, SEES, SEES_AGAIN) == ""


def test_the_worst_comes_first(evening: Scenario) -> None:
    both = message((ACK, "Ik zie dat u boos bent."), (Move.RETALIATE, "U zeurt wel erg."))
    assert "punt 43" in cue_for(evening, both)


@pytest.mark.parametrize(
    ("messages", "provoke", "point"),
    [([], [], "42"), ([SEES], [2], "43"), ([PROMISE], [], "40")],
    ids=["tense", "attacked", "promised"],
)
def test_a_hint_names_what_helps_now(
    evening: Scenario, messages: list[TaggedMessage], provoke: list[int], point: str
) -> None:
    found = hint(replay(evening, 1, messages, provoke))
    assert point in found.points
    assert found.better


def test_a_hint_on_a_question_that_cannot_be_answered_shows_a_deferral(evening: Scenario) -> None:
    talk = replay(evening, 1, [], [])
    seen = set()
    for seed in range(40):
        talk = replay(evening, seed, [SEES, RETURNS, SEES_AGAIN, HONEST], [])
        question = evening.question(talk.memory.topics.current)
        if question and not question.answer:
            seen.add(hint(talk).points)
    assert seen == {("6",)}


def test_commitments_come_with_who_and_when(evening: Scenario) -> None:
    found = debrief(replay(evening, 1, [SEES, DEFERS, PROMISE], [])).commitments
    assert [(each.turn, each.who, each.when, each.within) for each in found] == [
        (2, "jij", "vrijdag", True),
        (3, "", "", False),
    ]


def test_the_turning_point_is_named(evening: Scenario) -> None:
    point = debrief(replay(evening, 1, [SOOTHES, SOOTHES, SEES, SEES_AGAIN, RETURNS], [])).turning_point
    assert point is not None
    assert (point.turn, point.better) == (3, True)
    assert point.quote in SEES.text


def test_two_improvements_at_most_each_with_a_better_sentence(evening: Scenario) -> None:
    found = debrief(replay(evening, 1, [BUT, SOOTHES, GUESS, BARKED, PROMISE], [4])).improvements
    assert len(found) == 2
    assert all(each.better for each in found)


def test_the_report_reads_in_a_terminal_and_the_data_say_the_same(scenario: Scenario) -> None:
    found = debrief(replay(scenario, 1, [SEES, BUT, DEFERS, message((Move.OTHER, "hm hm"))], []))
    text, data = report.as_text(found), report.as_data(found)
    for heading in (
        "NABESPREKING",
        "HET VERLOOP",
        "LEERDOELEN",
        "RUIMTE",
        "LUISTEREN",
        "DIT GING GOED",
        "TOEZEGGINGEN",
    ):
        assert heading in text
    assert "Niet beoordeeld, want niet herkend: beurt 4." in text
    assert [point["turn"] for point in data["series"]] == [0, 1, 2, 3, 4]
    assert {each["skill"] for each in data["skills"]} == {"acknowledge", "limit", "defer"}
    assert "{" not in text


def test_the_trace_keeps_the_contract(evening: Scenario) -> None:
    traced = trace_of(replay(evening, 7, [SEES, CALM_LIMIT], [2]))
    assert set(traced) == {"trace", "opening", "skills", "ending"}
    assert set(traced["trace"][0]) == {"turn", "resident", "tension", "heard", "moves", "feedback"}
    assert traced["trace"][0]["moves"] == ["acknowledge_emotion", "explore"]
    assert traced["skills"]["limit"] == "good"


# The resident's own temper


def test_without_orders_the_resident_gets_personal_by_themselves(scenario: Scenario) -> None:
    talk = replay(scenario, 1, [message((Move.RETALIATE, "U zeurt.")), message((Move.RETALIATE, "U bent lastig."))])
    assert talk.mood.attacks > 0


def test_with_orders_only_as_ordered(scenario: Scenario) -> None:
    talk = replay(scenario, 1, [message((Move.RETALIATE, f"U zeurt, nummer {n}.")) for n in range(8)], [3])
    assert [turn.number for turn in talk.turns if turn.attack] == [2]


def test_aggression_that_is_a_means_comes_back_when_it_pays(evening: Scenario) -> None:
    loses_it = Outburst(turn=3, from_tension=30)
    means = replace(
        evening, aggression=Aggression.INSTRUMENTAL, outburst=loses_it, start=replace(evening.start, tension=60)
    )
    gives_in = [SEES, RETURNS, PROMISE, SEES_AGAIN, message((EXPLORE, "Wat zou u helpen?"))]
    out_of_powerlessness = replay(replace(means, aggression=Aggression.REACTIVE), 1, gives_in)
    assert replay(means, 1, gives_in).mood.attacks > out_of_powerlessness.mood.attacks


def test_an_attack_before_the_first_turn_is_in_the_opening(scenario: Scenario) -> None:
    plain, attacked = start(scenario, 5, []), start(scenario, 5, [1])
    assert attacked.opening.startswith(plain.opening)
    assert attacked.mood.under_attack
    assert respond(attacked, CALM_LIMIT).reading.has(Deed.SET_LIMIT)


def test_attacks_get_worse_when_nobody_stops_them(scenario: Scenario) -> None:
    talk: Talk = replay(scenario, 1, [SEES, SOOTHES, SOOTHES, SEES_AGAIN], [2, 3, 4])
    assert [turn.attack for turn in talk.turns if turn.attack] == [1, 2, 3]
    limited = replay(scenario, 1, [SEES, CALM_LIMIT, STOPS], [2, 3, 4])
    assert max(turn.attack for turn in limited.turns) == 2
