"""Properties of the resident that hold for any official, any scenario and any seed (DESIGN 5)."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from dataclasses import replace

import pytest

from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.domain.practice.debrief import debrief, ending_of_talk
from bot.domain.practice.endings import GOOD, score_of
from bot.domain.practice.scenario import Scenario
from bot.domain.practice.talk import Talk, replay, respond, start, turn_taken
from tests.domain.practice.officials import MOVES, adding, doing, loop, message, somebody

TOLERANCE = 1e-6
ONE_POINT = 1.0
"""Of tension (0-100). Around the border of a phase a talk can come out a hair lower; nobody can steer by that."""
TALKS = 16


NEW = {
    Move.ACKNOWLEDGE_EMOTION: "Wat grijpt dit je bij de keel, zeg.",
    Move.DISMISS: "Kop op, morgen lach je hierom.",
    Move.OVERPROMISE: "Reken maar nergens op een cent schade, daar sta ik voor in.",
}
"""In words that nobody else in these tests uses, so that nothing counts as a repetition."""


TAKES_BACK = {Move.ARGUE, Move.DISMISS, Move.RETALIATE}
"""An acknowledgement with one of these behind it is not a sincere one."""


def talks_with_one_change(scenario: Scenario, extra: Move, front: bool, seed: int) -> tuple[Talk, Talk]:
    """The same talk without and with one more sentence somewhere."""
    rng = random.Random(seed)
    messages = somebody(rng, rng.randint(3, 12))
    fit = [at for at, each in enumerate(messages) if not (front and TAKES_BACK & {t.move for t in each.moves})]
    place = rng.choice(fit or [len(messages)])
    messages = messages if fit else [*messages, doing(Move.EXPLORE)]
    changed = list(messages)
    changed[place] = adding(message((extra, NEW[extra])), messages[place], front)
    provoke = rng.sample(range(1, 12), rng.choice((0, 0, 1, 3)))
    return replay(scenario, seed, messages, provoke), replay(scenario, seed, changed, provoke)


@pytest.mark.parametrize("seed", range(TALKS))
def test_a_sincere_acknowledgement_never_lowers_heard(scenario: Scenario, seed: int) -> None:
    without, with_it = talks_with_one_change(scenario, Move.ACKNOWLEDGE_EMOTION, True, seed)
    assert with_it.mood.heard >= without.mood.heard - TOLERANCE


@pytest.mark.parametrize("seed", range(TALKS))
def test_belittling_never_helps(scenario: Scenario, seed: int) -> None:
    without, with_it = talks_with_one_change(scenario, Move.DISMISS, False, seed)
    assert with_it.mood.heard <= without.mood.heard + TOLERANCE
    assert with_it.mood.tension >= without.mood.tension - ONE_POINT
    assert score_of(with_it.mood) <= score_of(without.mood)


@pytest.mark.parametrize("seed", range(TALKS))
def test_an_invented_guarantee_never_raises_the_score(scenario: Scenario, seed: int) -> None:
    without, with_it = talks_with_one_change(scenario, Move.OVERPROMISE, False, seed)
    assert score_of(with_it.mood) <= score_of(without.mood)


@pytest.mark.parametrize("move", [Move.ACKNOWLEDGE_EMOTION, Move.SUMMARIZE, Move.APPRECIATE, Move.EXPLORE])
def test_the_same_sentence_again_gains_nothing(scenario: Scenario, move: Move) -> None:
    once = replay(scenario, 1, [doing(move)], ())
    often = replay(scenario, 1, [doing(move)] * 6, ())
    assert often.mood.heard == pytest.approx(once.mood.heard)
    assert often.mood.tension >= once.mood.tension


def test_acknowledging_works_less_each_time(scenario: Scenario) -> None:
    talk = replay(scenario, 1, loop([Move.ACKNOWLEDGE_EMOTION], 6), ())
    gains = [turn.felt[0].heard for turn in talk.turns]
    assert gains == sorted(gains, reverse=True)
    assert gains[-1] < gains[0] / 2


def keywords(rng: random.Random) -> TaggedMessage:
    """A heap of the words that trainers like, tagged as if each of them were a move."""
    heap = rng.sample(
        "begrip boosheid grens dinsdag collega bellen verdriet samenvatten vraag angst stoppen afspraak luisteren emotie "
        "verdrietig projectleider telefoon besluit inspraak bedankt".split(),
        rng.randint(6, 12),
    )
    text = " ".join(heap)
    starts = itertools.accumulate((len(word) + 1 for word in heap), initial=0)
    moves = (Move.ACKNOWLEDGE_EMOTION, Move.SET_LIMIT, Move.DEFER_ANSWER, Move.SUMMARIZE, Move.EXPLORE)
    return TaggedMessage(text, tuple(TaggedMove(rng.choice(moves), s, s + len(w), 0.9) for s, w in zip(starts, heap)))


@pytest.mark.parametrize("seed", range(20))
def test_a_salad_of_keywords_is_at_most_neutral(scenario: Scenario, seed: int) -> None:
    rng = random.Random(seed)
    talk = start(scenario, seed, ())
    turn = respond(talk, keywords(rng))
    assert not turn.judged
    assert (turn.mood.tension, turn.mood.heard) == (talk.mood.tension, talk.mood.heard)


@pytest.mark.parametrize("provoke", [(), (3, 6)])
def test_no_loop_of_two_moves_reaches_a_good_ending(evening: Scenario, provoke: tuple[int, ...]) -> None:
    for pair in itertools.combinations_with_replacement(MOVES, 2):
        talk = replay(evening, 5, loop(pair, 20), provoke)
        for turns in (6, 12, 20):
            assert ending_of_talk(replace(talk, turns=talk.turns[:turns])) not in GOOD, pair


def test_a_message_with_everything_in_it_does_not_do_it_either(scenario: Scenario) -> None:
    good = (
        Move.ACKNOWLEDGE_EMOTION,
        Move.SUMMARIZE,
        Move.EXPLORE,
        Move.APPRECIATE,
        Move.CLARIFY_ROOM,
        Move.DEFER_ANSWER,
    )
    same = replay(scenario, 2, [doing(*good)] * 8, ())
    assert ending_of_talk(same) not in GOOD
    once = replay(scenario, 2, [doing(*good)], ())
    assert once.opening_mood.tension - once.mood.tension <= 11 + TOLERANCE


@pytest.mark.parametrize("seed", range(15))
def test_nothing_is_said_twice_in_twenty_turns(scenario: Scenario, seed: int) -> None:
    rng = random.Random(seed)
    provoke = None if seed % 3 == 0 else rng.sample(range(1, 20), rng.randint(0, 4))
    talk = replay(scenario, seed, somebody(rng, 20), provoke)
    assert_nothing_twice(talk)


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("provoke", [None, ()])
def test_nothing_is_said_twice_to_somebody_with_one_trick(
    scenario: Scenario, move: Move, provoke: tuple[int, ...] | None
) -> None:
    assert_nothing_twice(replay(scenario, 3, loop([move], 20), provoke))


def assert_nothing_twice(talk: Talk) -> None:
    """Neither a whole reply nor one of the lines it is made of comes back."""
    replies = [talk.opening, *(turn.reply for turn in talk.turns)]
    assert len(set(replies)) == len(replies)
    memories = [talk.opening_memory, *(turn.memory for turn in talk.turns)]
    for before, after in itertools.pairwise(memories):
        assert before.used < after.used


@pytest.mark.parametrize("seed", range(10))
def test_the_resident_speaks_two_or_three_short_sentences(scenario: Scenario, seed: int) -> None:
    talk = replay(scenario, seed, somebody(random.Random(seed), 20))
    for turn in talk.turns:
        assert 1 <= len(turn.reply.partition("\n")[0].split()) <= 50
        assert "{" not in turn.reply


@pytest.mark.parametrize("seed", range(8))
def test_same_seed_and_words_same_talk_also_step_by_step(scenario: Scenario, seed: int) -> None:
    messages = somebody(random.Random(seed), 12)
    at_once = replay(scenario, seed, messages)
    talk = start(scenario, seed)
    for each in messages:
        talk = turn_taken(talk, respond(talk, each))
    assert talk == at_once


PLAY = """
from bot.domain.practice.talk import replay
from bot.storage.scenarios import load_scenarios
from tests.domain.practice.officials import MOVES, loop
print([turn.reply for turn in replay(load_scenarios()[0], 11, loop(MOVES, 15)).turns])
"""


def test_same_talk_in_every_process() -> None:
    def played(hash_seed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", PLAY], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": hash_seed}
        ).stdout

    assert played("1") == played("2") != "[]"


def test_another_seed_makes_another_talk(scenario: Scenario) -> None:
    messages = somebody(random.Random(1), 10)
    openings = {replay(scenario, seed, messages).turns[3].reply for seed in range(12)}
    assert len(openings) > 3


@pytest.mark.parametrize("seed", range(30))
def test_the_resident_never_becomes_a_supporter(scenario: Scenario, seed: int) -> None:
    good = [
        Move.ACKNOWLEDGE_EMOTION,
        Move.SUMMARIZE,
        Move.EXPLORE,
        Move.CLARIFY_ROOM,
        Move.DEFER_ANSWER,
        Move.APPRECIATE,
    ]
    rng = random.Random(seed)
    talk = replay(scenario, seed, [doing(*rng.sample(good, 3), turn=rng.randrange(999)) for _ in range(20)], ())
    assert talk.mood.tension >= scenario.start.floor


def test_what_is_not_recognised_changes_nothing_and_is_not_judged(scenario: Scenario) -> None:
    talk = start(scenario, 4, (1,))
    for words in ("", "asdf qwer", "🙂🙂", "Wat is hier de score?"):
        turn = respond(talk, message((Move.OTHER, words)))
        assert not turn.judged
        assert replace(turn.mood, turn=0) == replace(talk.mood, turn=0)
    assert talk.mood.under_attack


@pytest.mark.parametrize("seed", range(20))
def test_every_talk_can_be_debriefed(scenario: Scenario, seed: int) -> None:
    rng = random.Random(seed)
    found = debrief(replay(scenario, seed, somebody(rng, rng.randint(0, 15))))
    assert 0 <= found.score <= 100
    assert len(found.improvements) <= 2
    assert all(0 <= point.tension <= 100 and 0 <= point.heard <= 100 for point in found.series)
