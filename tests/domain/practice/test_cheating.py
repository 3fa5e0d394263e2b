"""No trick leads to a good ending, in any scenario; and the search that says so is not blind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.moves import Move
from bot.domain.practice.cheating import TRICKS, Trick, search, two_moves
from bot.domain.practice.debrief import ending_of_talk
from bot.domain.practice.endings import GOOD, Ending
from bot.domain.practice.rehearsal import LISTENING, MOVES, by_the_book, loop, played
from bot.domain.practice.scenario import Scenario, Start
from bot.domain.practice.talk import replay


@pytest.mark.parametrize("trick", TRICKS, ids=lambda each: each.name)
@pytest.mark.parametrize("seed", [5, 11])
def test_no_trick_ends_well(scenario: Scenario, trick: Trick, seed: int) -> None:
    found = search(scenario, trick, seed)
    assert found is None, [[each.move.value for each in turn.message.moves] for turn in found.turns]


def test_no_order_of_two_moves_ends_well(scenario: Scenario) -> None:
    tricks = two_moves()
    assert len(tricks) == 39
    assert [trick.name for trick in tricks if search(scenario, trick, width=1)] == []


@pytest.mark.parametrize("move", MOVES)
def test_no_single_move_ends_well_however_long(scenario: Scenario, move: Move) -> None:
    talk = replay(scenario, 5, loop([move], 20))
    ends = {ending_of_talk(replace(talk, turns=talk.turns[:turn])) for turn in range(1, 21)}
    assert not ends & GOOD


def test_the_search_finds_a_trick_where_there_is_one(evening: Scenario) -> None:
    nearly_there = replace(evening, start=Start(tension=70, heard=41, floor=20), outburst=None)
    listening = tuple((move,) for move in (*LISTENING, Move.CLARIFY_ROOM))
    assert search(nearly_there, Trick("gewoon luisteren", listening, turns=10)) is not None


def test_playing_by_the_book_does_end_well(scenario: Scenario) -> None:
    ends = set()
    for seed in range(4):
        talk = played(scenario, by_the_book, seed, 16)
        ends |= {ending_of_talk(replace(talk, turns=talk.turns[:turn])) for turn in range(6, 17)}
    assert Ending.HEARD in ends
