"""What is an official's own: to keep or erase, to look back on, to disagree with. And the little that others see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.domain.practice.deeds import Deed
from bot.domain.practice.skills import Mark, Skill
from bot.domain.replies import FORGET, Say
from bot.services import disputes, own_talks, practice
from bot.services.practice_counts import list_counts
from bot.services.talk_ports import Scenarios
from bot.storage.scenarios import load_scenarios
from tests.services.talks_in_memory import ME, NOW, SOMEBODY_ELSE, StoreInMemory

SOOTHES = "Ach, dat valt toch allemaal best mee."
SEES = "Ik zie hoe boos u bent, bel mij op 06-12345678."


@pytest.fixture
def talks() -> StoreInMemory:
    return StoreInMemory()


@pytest.fixture(scope="module")
def scenarios() -> Scenarios:
    return {each.id: each for each in load_scenarios()}


def hold(
    talks: StoreInMemory, scenarios: Scenarios, *said: tuple[str, Move], who: str = ME, scenario: str = "telefoon"
) -> tuple[Say, ...]:
    """A talk from start to debrief."""
    practice.start_talk(talks, scenarios, who, NOW, scenario, seed=3)
    for text, move in said:
        message = TaggedMessage(text, (TaggedMove(move, 0, len(text), 0.95),))
        practice.say(talks, scenarios, who, message, NOW)
    return practice.stop_talk(talks, scenarios, who, NOW)


def test_at_the_end_the_choice_is_put_with_its_default_and_term(talks: StoreInMemory, scenarios: Scenarios) -> None:
    _, choice = hold(talks, scenarios, (SOOTHES, Move.DISMISS))
    assert (
        "Kies je niets, dan bewaren we het een jaar, alleen voor jou. Daarna wordt het vanzelf gewist." in choice.text
    )
    (talk_id,) = talks.kept
    assert [each.payload for each in choice.buttons] == ["/keep_talk", f'/erase_talk{{"talk":"{talk_id}"}}']


def test_keeping_changes_nothing_and_erasing_leaves_nothing(talks: StoreInMemory, scenarios: Scenarios) -> None:
    hold(talks, scenarios, (SOOTHES, Move.DISMISS))
    before = dict(talks.kept)
    assert "een jaar bewaard" in own_talks.keep_talk(talks, ME)[0].text
    assert talks.kept == before
    assert "gewist" in own_talks.erase_talk(talks, ME)[0].text
    assert talks.kept == {}
    assert own_talks.NOTHING_YET in own_talks.keep_talk(talks, ME)[0].text


def test_one_talk_is_erased_and_the_others_stay(talks: StoreInMemory, scenarios: Scenarios) -> None:
    hold(talks, scenarios, (SOOTHES, Move.DISMISS))
    hold(talks, scenarios, (SEES, Move.ACKNOWLEDGE_EMOTION))
    first, second = talks.kept
    own_talks.erase_talk(talks, ME, first)
    assert list(talks.kept) == [second]


def test_rasa_forgets_with_the_last_talk_but_not_while_one_goes_on(talks: StoreInMemory, scenarios: Scenarios) -> None:
    hold(talks, scenarios, (SOOTHES, Move.DISMISS))
    (talk_id,) = talks.kept
    practice.start_talk(talks, scenarios, ME, NOW, "telefoon", seed=3)
    assert not own_talks.erase_talk(talks, ME, talk_id)[0].data
    said = own_talks.erase_talk(talks, ME), own_talks.erase_talk(talks, ME, talk_id), own_talks.forget_talks(talks, ME)
    assert [each.data for (each,) in said] == [{FORGET: True}] * 3


def test_nobody_erases_or_sees_the_talk_of_somebody_else(talks: StoreInMemory, scenarios: Scenarios) -> None:
    hold(talks, scenarios, (SOOTHES, Move.DISMISS))
    (talk_id,) = talks.kept
    assert "er niet meer" in own_talks.erase_talk(talks, SOMEBODY_ELSE, talk_id)[0].text
    assert own_talks.finished_talk(talks, scenarios, SOMEBODY_ELSE, talk_id) is None
    assert own_talks.own_talks(talks, scenarios, SOMEBODY_ELSE) == ()
    assert list(talks.kept) == [talk_id]


def test_progress_counts_what_was_needed(talks: StoreInMemory, scenarios: Scenarios) -> None:
    hold(talks, scenarios, (SOOTHES, Move.DISMISS))
    hold(talks, scenarios, (SEES, Move.ACKNOWLEDGE_EMOTION))
    one, other = own_talks.own_talks(talks, scenarios, ME)
    assert (one.marks[Skill.ACKNOWLEDGE], other.marks[Skill.ACKNOWLEDGE]) == (Mark.ABSENT, Mark.GOOD)
    assert own_talks.skill_lines([one, other]) == ("Emotie erkennen: 1 van de 2 keer goed.",)
    assert other.score > one.score


# Disagreeing


def test_the_content_keeper_sees_which_remark_and_not_who_or_what_was_said(
    talks: StoreInMemory, scenarios: Scenarios
) -> None:
    hold(talks, scenarios, (SOOTHES, Move.DISMISS))
    disputes.disagree(talks, scenarios, ME, 1, NOW)
    (kept,) = disputes.list_disputes(talks)
    assert (kept.scenario, kept.deed, kept.words, kept.answered) == ("telefoon", Deed.DISMISS, "", "")
    (record,) = talks.kept.values()
    assert record.turns[0].disagreed


def test_pressing_twice_counts_once(talks: StoreInMemory, scenarios: Scenarios) -> None:
    hold(talks, scenarios, (SOOTHES, Move.DISMISS))
    for _ in range(2):
        disputes.disagree(talks, scenarios, ME, 1, NOW)
        disputes.share_words(talks, scenarios, ME, 1, NOW)
    assert [bool(each.words) for each in disputes.list_disputes(talks)] == [False, True]


def test_typed_without_a_turn_it_is_about_the_last_remark(talks: StoreInMemory, scenarios: Scenarios) -> None:
    hold(talks, scenarios, (SOOTHES, Move.DISMISS), ("blub", Move.OTHER))
    disputes.disagree(talks, scenarios, ME, None, NOW)
    (record,) = talks.kept.values()
    assert [each.disagreed for each in record.turns] == [True, False]


def test_words_are_shared_only_by_choice_and_masked(talks: StoreInMemory, scenarios: Scenarios) -> None:
    hold(talks, scenarios, (SEES, Move.ACKNOWLEDGE_EMOTION))
    assert disputes.NO_REMARK in disputes.share_words(talks, scenarios, ME, 1, NOW)[0].text
    (said,) = disputes.disagree(talks, scenarios, ME, 1, NOW)
    (talk_id,) = talks.kept
    assert [each.payload for each in said.buttons] == [f'/share_words{{"turn":1,"talk":"{talk_id}"}}']
    disputes.share_words(talks, scenarios, ME, 1, NOW)
    shared = disputes.list_disputes(talks)[-1]
    assert shared.words.startswith("Ik zie hoe boos u bent")
    assert "06-12345678" not in shared.words
    assert shared.answered


@pytest.mark.parametrize("turn", [None, 1, 7])
def test_without_a_remark_there_is_nothing_to_disagree_with(
    talks: StoreInMemory, scenarios: Scenarios, turn: int | None
) -> None:
    assert disputes.NO_REMARK in disputes.disagree(talks, scenarios, ME, turn, NOW)[0].text
    practice.start_talk(talks, scenarios, ME, NOW, "telefoon", seed=3)
    assert disputes.NO_REMARK in disputes.disagree(talks, scenarios, ME, turn, NOW)[0].text
    assert disputes.list_disputes(talks) == []


# What the organisation sees


def test_talks_are_counted_per_scenario_and_month_at_their_first_turn(
    talks: StoreInMemory, scenarios: Scenarios
) -> None:
    for _ in range(5):
        hold(talks, scenarios, (SOOTHES, Move.DISMISS), (SEES, Move.ACKNOWLEDGE_EMOTION))
    hold(talks, scenarios, (SOOTHES, Move.DISMISS), scenario="bewonersavond")
    practice.retry_talk(talks, scenarios, ME, 1, NOW)
    practice.say(talks, scenarios, ME, TaggedMessage("Dag", ()), NOW)
    practice.start_talk(talks, scenarios, SOMEBODY_ELSE, NOW, "telefoon")  # nothing said yet
    own_talks.forget_talks(talks, ME)
    counts = list_counts(talks)
    assert list(counts) == [date(2026, 3, 1)]
    assert [(each.scenario, each.shown) for each in counts[date(2026, 3, 1)]] == [
        ("telefoon", "5"),
        ("bewonersavond", "minder dan 5"),
    ]


def test_months_come_latest_first(talks: StoreInMemory) -> None:
    for month in (date(2026, 1, 1), date(2026, 3, 1), date(2026, 2, 1)):
        talks.counts.add("telefoon", month)
    assert list(list_counts(talks)) == [date(2026, 3, 1), date(2026, 2, 1), date(2026, 1, 1)]


def test_the_order_of_small_numbers_does_not_tell_which_is_larger(talks: StoreInMemory) -> None:
    month = (NOW - timedelta(days=1)).date().replace(day=1)
    for scenario, times in (("b", 4), ("a", 1), ("z", 6)):
        for _ in range(times):
            talks.counts.add(scenario, month)
    assert [each.scenario for each in list_counts(talks)[month]] == ["z", "a", "b"]
