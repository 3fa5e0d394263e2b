"""What deeds do, per phase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.practice import numbers
from bot.domain.practice.deeds import LIMITS, Deed, Done
from bot.domain.practice.effects import attack, feel
from bot.domain.practice.mood import Mood, mood_at
from bot.domain.practice.numbers import CEILING, EFFECTS
from bot.domain.practice.phases import Phase, next_phase
from bot.domain.practice.scenario import Start

TENSE = mood_at(Start(70, 8, 25))
CALM = replace(TENSE, tension=35, phase=Phase.CALM)
LOSING = replace(TENSE, tension=82, phase=Phase.LOSING_CONTROL)
OUT = replace(TENSE, tension=97, phase=Phase.OUT_OF_CONTROL)
RECOVERING = replace(TENSE, tension=66, phase=Phase.RECOVERING)


def after(mood: Mood, *deeds: Deed) -> Mood:
    """The mood after these deeds in one message."""
    return feel(mood, [Done(deed) for deed in deeds])[0]


def change(mood: Mood, *deeds: Deed) -> float:
    """The change in tension."""
    return after(mood, *deeds).tension - mood.tension


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_has_its_numbers_and_its_point(deed: Deed) -> None:
    effect = EFFECTS[deed]
    assert len(effect.tension) == len(Phase)
    assert effect.point or deed in {Deed.GREETING, Deed.FAREWELL, Deed.UNCLEAR}


def test_the_qualities_add_up_to_a_hundred() -> None:
    assert sum(CEILING.values()) == 100


@pytest.mark.parametrize("deed", [Deed.ACKNOWLEDGE, Deed.EXPLORE, Deed.SUMMARIZE])
def test_listening_calms_somebody_tense(deed: Deed) -> None:
    assert change(TENSE, deed) < 0
    assert after(TENSE, deed).heard > TENSE.heard


@pytest.mark.parametrize("deed", [Deed.ARGUE, Deed.DISMISS, Deed.RETALIATE, Deed.FACTS_BOUNCED, Deed.UNNEEDED_LIMIT])
def test_harm_raises_the_tension(deed: Deed) -> None:
    assert change(TENSE, deed) > 0


def test_a_limit_after_an_attack_calms() -> None:
    assert change(attack(TENSE), Deed.SET_LIMIT) < -5


def test_letting_attacks_pass_costs_more_each_time() -> None:
    once, thrice = attack(TENSE), replace(attack(TENSE), let_pass=2)
    assert change(thrice, Deed.LET_PASS) > change(once, Deed.LET_PASS) > 0


@pytest.mark.parametrize("deed", [deed for deed in Deed if deed not in LIMITS])
def test_out_of_control_nothing_else_calms(deed: Deed) -> None:
    assert change(OUT, deed) >= 0
    assert after(OUT, deed).heard <= OUT.heard


@pytest.mark.parametrize("deed", sorted(LIMITS))
def test_out_of_control_stopping_and_support_do(deed: Deed) -> None:
    assert change(OUT, deed) < 0


def test_pushing_somebody_who_recovers_relapses() -> None:
    assert change(RECOVERING, Deed.DISMISS) > change(TENSE, Deed.DISMISS)


def test_losing_control_leaves_its_mark() -> None:
    assert next_phase(Phase.LOSING_CONTROL, 65, attacked=False) is Phase.RECOVERING
    assert next_phase(Phase.TENSE, 65, attacked=False) is Phase.TENSE
    assert next_phase(Phase.OUT_OF_CONTROL, 90, attacked=False) is Phase.OUT_OF_CONTROL


def test_a_counterattack_makes_kind_words_work_less() -> None:
    sore = replace(after(TENSE, Deed.RETALIATE), tension=70.0, phase=Phase.TENSE)
    assert change(sore, Deed.ACKNOWLEDGE) > change(TENSE, Deed.ACKNOWLEDGE)


def test_harm_drowns_the_good_in_the_same_message() -> None:
    assert change(TENSE, Deed.ACKNOWLEDGE, Deed.ARGUE) > 0
    assert after(TENSE, Deed.ACKNOWLEDGE, Deed.ARGUE).heard < after(TENSE, Deed.ACKNOWLEDGE).heard


def test_a_promise_buys_calm_and_costs_trust_when_asked_about() -> None:
    promised = after(TENSE, Deed.APPRECIATE, Deed.OVERPROMISE)
    assert promised.tension < TENSE.tension
    quiet = after(promised, Deed.APPRECIATE)
    asked = after(quiet, Deed.APPRECIATE)
    assert asked.tension > quiet.tension
    assert asked.heard < quiet.heard


def test_nothing_makes_people_angrier_than_room_that_is_not_there() -> None:
    worst = max((deed for deed in Deed if deed is not Deed.BROKEN_PROMISE), key=lambda deed: change(TENSE, deed))
    assert change(TENSE, Deed.BROKEN_PROMISE) > change(TENSE, worst)


def test_room_told_honestly_is_never_held_against_anyone() -> None:
    assert change(TENSE, Deed.CLARIFY_ROOM) <= 0
    assert after(TENSE, Deed.CLARIFY_ROOM).heard > TENSE.heard


def test_content_works_better_when_it_can_be_heard() -> None:
    heard = replace(TENSE, base=40)
    assert change(heard, Deed.FULL_DEFERRAL) < change(TENSE, Deed.FULL_DEFERRAL)


def test_the_second_closed_question_in_a_row_starts_to_grate() -> None:
    once = after(TENSE, Deed.CLOSED_QUESTION)
    assert once.tension == TENSE.tension
    assert change(once, Deed.CLOSED_QUESTION) == numbers.CLOSED_ROW[1]
    assert after(once, Deed.EXPLORE).closed_row == 0


def test_a_calmer_temper_feels_less_harm() -> None:
    assert change(replace(TENSE, temper=0.5), Deed.DISMISS) == pytest.approx(change(TENSE, Deed.DISMISS) / 2)


def test_a_better_deferral_never_does_worse() -> None:
    for mood in (CALM, TENSE, LOSING, RECOVERING, replace(TENSE, base=40)):
        ladder = [after(mood, d) for d in (Deed.VAGUE_DEFERRAL, Deed.PARTIAL_DEFERRAL, Deed.FULL_DEFERRAL)]
        tensions, heard = [m.tension for m in ladder], [m.heard for m in ladder]
        assert tensions == sorted(tensions, reverse=True)
        assert heard == sorted(heard)
