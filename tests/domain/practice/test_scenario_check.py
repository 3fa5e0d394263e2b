"""What `dialoogcoach scenarios check` sees beyond the text of one scenario: tone, play, and its neighbours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.moves import Move
from bot.domain.practice import lint_play as lint_play_module
from bot.domain.practice.cheating import Trick
from bot.domain.practice.endings import Ending
from bot.domain.practice.lint_lines import lint_lines, lint_together
from bot.domain.practice.lint_play import lint_play
from bot.domain.practice.phases import Phase
from bot.domain.practice.rehearsal import LISTENING
from bot.domain.practice.scenario import Line, Scenario, Start
from tests.domain.practice.conftest import SCENARIOS


def test_what_comes_with_the_product_plays_well_and_sounds_right(scenario: Scenario) -> None:
    assert lint_lines(scenario) == []
    assert lint_play(scenario) == []


def test_no_two_scenarios_share_a_line() -> None:
    assert lint_together(SCENARIOS) == []


@pytest.mark.parametrize("loud", ["Ga toch weg!", "HOU nou eens op.", "(Ze schreeuwt.) Ja."])
def test_a_shout_from_somebody_calm(evening: Scenario, loud: str) -> None:
    calm = {**evening.reactions.any_deed, Phase.CALM: (Line(loud),)}
    changed = replace(evening, reactions=replace(evening.reactions, any_deed=calm))
    assert lint_lines(changed) == [f"anything › calm: te luid voor iemand die rustig is of weer bijkomt: “{loud}”"]


@pytest.mark.parametrize("fine", ["Het COA, ja.", "(Iemand achter haar roept: “Schande!”)"])
def test_abbreviations_and_what_others_call_are_no_shouting(evening: Scenario, fine: str) -> None:
    changed = replace(evening, farewell={**evening.farewell, Ending.HEARD.value: (Line(fine),)})
    assert lint_lines(changed) == []


def test_thanks_from_somebody_who_loses_control(evening: Scenario) -> None:
    changed = replace(
        evening, farewell={**evening.farewell, Ending.ESCALATED.value: (Line("Dank u wel voor uw tijd."),)}
    )
    assert "farewell › escalated: te tevreden" in "\n".join(lint_lines(changed))


def test_a_line_in_two_scenarios_unless_anybody_could_say_it(evening: Scenario) -> None:
    other = replace(
        SCENARIOS[1], bridges=(evening.bridges[0], Line("Tja, dat zal."), Line(evening.concerns[0].raised[0].text))
    )
    found = lint_together([evening, other])
    assert any(evening.concerns[0].raised[0].text in line for line in found)
    assert not any("Tja, dat zal." in line for line in found)


def test_a_talk_that_ends_well_by_a_trick(evening: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    moves = (*LISTENING, Move.CLARIFY_ROOM)
    trick = Trick("alleen luisteren", tuple((move,) for move in moves), turns=10)
    monkeypatch.setattr(lint_play_module, "TRICKS", (trick,))
    easy = replace(evening, start=Start(tension=70, heard=41, floor=20), outburst=None)
    assert "loopt ook goed af met een truc (alleen luisteren)" in "\n".join(lint_play(easy))


def test_a_talk_that_cannot_end_well(evening: Scenario) -> None:
    hopeless = replace(evening, start=Start(tension=85, heard=0, floor=80))
    assert "einde 'heard' is niet te halen" in "\n".join(lint_play(hopeless))


def test_an_example_that_leaves_the_question_open(evening: Scenario) -> None:
    unknown = next(question for question in evening.questions if not question.answer)
    hollow = replace(unknown, better="Tja.")
    questions = tuple(hollow if each is unknown else each for each in evening.questions)
    assert f"questions › {unknown.id} › better: met deze zin blijft de vraag open" in "\n".join(
        lint_play(replace(evening, questions=questions))
    )
