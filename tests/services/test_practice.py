"""Practising as an official does it, on a store in memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.domain.practice.goals import Goal
from bot.domain.practice.records import TalkState
from bot.domain.replies import Say
from bot.services import own_talks, practice
from bot.services.talk_ports import Scenarios
from bot.storage.scenarios import load_scenarios
from tests.services.talks_in_memory import ME, NOW, SOMEBODY_ELSE, StoreInMemory


@pytest.fixture
def talks() -> StoreInMemory:
    return StoreInMemory()


@pytest.fixture(scope="module")
def scenarios() -> Scenarios:
    return {each.id: each for each in load_scenarios()}


Speak = Callable[..., tuple[Say, ...]]


@pytest.fixture
def speak(talks: StoreInMemory, scenarios: Scenarios) -> Speak:
    """Say something in my talk."""

    def speak(text: str, move: Move, unsure: bool = False) -> tuple[Say, ...]:
        said = TaggedMessage(text, (TaggedMove(move, 0, len(text), 0.95),), unsure)
        return practice.say(talks, scenarios, ME, said, NOW)

    return speak


def payloads(said: Sequence[Say]) -> list[str]:
    return [button.payload for each in said for button in each.buttons]


def test_every_scenario_has_a_line_and_a_button_and_so_has_a_surprise(scenarios: Scenarios) -> None:
    aim, listed = practice.list_scenarios(scenarios)
    assert payloads([listed]) == [*(f'/start_practice{{"scenario":"{each}"}}' for each in scenarios), "/start_practice"]
    assert len(listed.text.splitlines()) == 1 + len(scenarios)
    assert "Met Sjef: angst, om mee te beginnen." in listed.text
    assert payloads([aim]) == [f'/choose_goal{{"goal":"{each}"}}' for each in ("acknowledge", "limit", "defer")]


@pytest.mark.parametrize(
    ("answer", "started"),
    [
        ("doe de telefoon maar", "telefoon"),
        ("2", "telefoon"),
        ("Sjef", "telefoon"),
        ("mevrouw Maas graag", "bewonersavond"),
        ("telefon", "telefoon"),
        ("De bewonersavnd", "bewonersavond"),
    ],
)
def test_a_talk_is_chosen_by_name_or_number(
    talks: StoreInMemory, scenarios: Scenarios, answer: str, started: str
) -> None:
    two = {each: scenarios[each] for each in ("bewonersavond", "telefoon")}
    practice.choose_talk(talks, two, ME, answer, NOW)
    assert [talk.scenario for talk in talks.kept.values()] == [started]


@pytest.mark.parametrize(
    "words",
    ["wat doe ik aan de telefoon als iemand schreeuwt", "ja", "waarom?", "", "99", "😀", "hoe groot is de zaal"],
)
def test_words_about_something_else_start_nothing(talks: StoreInMemory, scenarios: Scenarios, words: str) -> None:
    assert practice.choose_talk(talks, scenarios, ME, words, NOW) == ()
    assert not talks.kept


def test_where_several_fit_it_is_asked_which(talks: StoreInMemory, scenarios: Scenarios) -> None:
    twins = {name: replace(scenarios["telefoon"], id=name, title=f"Aan de lijn {name}") for name in ("een", "twee")}
    (said,) = practice.choose_talk(talks, twins, ME, "Sjef", NOW)
    assert said.text.startswith("Welke bedoel je?")
    assert payloads([said]) == ['/start_practice{"scenario":"een"}', '/start_practice{"scenario":"twee"}']


def test_a_wish_in_free_words_starts_what_it_names_or_lists_what_there_is(
    talks: StoreInMemory, scenarios: Scenarios
) -> None:
    two = {each: scenarios[each] for each in ("bewonersavond", "telefoon")}
    assert len(practice.wish_talk(talks, two, ME, "Laat mij eens oefenen met iemand die scheldt", NOW)) == 2
    assert not talks.kept
    practice.wish_talk(talks, two, ME, "een gesprekje aan de telefoon naspelen, kan dat?", NOW)
    assert [talk.scenario for talk in talks.kept.values()] == ["telefoon"]


def test_a_surprise_is_never_the_last_one_again_and_everything_comes_by(
    talks: StoreInMemory, scenarios: Scenarios
) -> None:
    for _ in range(4 * len(scenarios)):
        practice.surprise(talks, scenarios, ME, NOW)
    played = [talk.scenario for talk in talks.kept.values()]
    assert all(one != other for one, other in itertools.pairwise(played))
    assert set(played[: len(scenarios)]) == set(scenarios)


def test_the_same_conversation_gets_the_same_surprise(scenarios: Scenarios) -> None:
    stores = StoreInMemory(), StoreInMemory()
    for each in stores:
        practice.surprise(each, scenarios, ME, NOW)
    one, other = ([talk.scenario for talk in each.kept.values()] for each in stores)
    assert one == other


def test_the_goal_goes_with_the_talk_and_can_be_changed_on_the_way(
    talks: StoreInMemory, scenarios: Scenarios, speak: Speak
) -> None:
    introduction, _ = practice.start_talk(talks, scenarios, ME, NOW, seed=3, goal=Goal.LIMIT, cues=True)
    assert "Je leerdoel: grenzen stellen." in introduction.text
    assert len(speak("Ik denk dat het er zo'n honderd zijn.", Move.SPECULATE)) == 1  # for the debrief, not for now
    practice.choose_goal(talks, scenarios, ME, Goal.DEFER, NOW)
    assert len(speak("Ik gok dat het er wel negentig worden.", Move.SPECULATE)) == 2
    (record,) = talks.kept.values()
    assert record.goal is Goal.DEFER
    debrief = practice.stop_talk(talks, scenarios, ME, NOW)[0]
    assert debrief.data is not None
    assert debrief.data["skills"][0]["skill"] == "defer"


def test_a_message_that_comes_in_twice_is_one_turn(talks: StoreInMemory, scenarios: Scenarios) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    text = "Ik zie hoe boos u bent."
    said = TaggedMessage(text, (TaggedMove(Move.ACKNOWLEDGE_EMOTION, 0, len(text), 0.95),))
    first = practice.say(talks, scenarios, ME, said, NOW, "a1")
    assert practice.say(talks, scenarios, ME, said, NOW, "a1") == first
    practice.say(talks, scenarios, ME, said, NOW, "a2")
    (record,) = talks.kept.values()
    assert len(record.turns) == 2


def test_a_talk_starts_with_the_setting_and_the_residents_first_words(
    talks: StoreInMemory, scenarios: Scenarios
) -> None:
    coach, resident = practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    assert "Ingrid Maas" in coach.text
    assert resident.data == {"speaker": "resident", "name": "Ingrid", "turn": 0}
    assert payloads([resident]) == ["/ask_hint", "/pause_practice", "/stop_practice"]
    assert payloads([coach]) == ["/cues_on"]


def test_an_unknown_scenario_offers_the_known_ones(talks: StoreInMemory, scenarios: Scenarios) -> None:
    said = practice.start_talk(talks, scenarios, ME, NOW, "bestaat_niet")
    assert len(payloads(said)) >= len(scenarios)
    assert not talks.kept


def test_without_a_talk_every_use_case_offers_to_start_one(talks: StoreInMemory, scenarios: Scenarios) -> None:
    said = TaggedMessage("Dag", ())
    for answer in (
        practice.say(talks, scenarios, ME, said, NOW),
        practice.give_hint(talks, scenarios, ME),
        practice.pause_talk(talks, scenarios, ME, NOW),
        practice.resume_talk(talks, scenarios, ME, NOW),
        practice.stop_talk(talks, scenarios, ME, NOW),
        practice.show_debrief(talks, scenarios, ME),
        practice.retry_talk(talks, scenarios, ME, 2, NOW),
        practice.set_cues(talks, scenarios, ME, True, NOW),
    ):
        assert "Er loopt nu geen oefengesprek" in answer[0].text
        assert payloads(answer)


def test_the_resident_answers_and_the_turn_is_kept(talks: StoreInMemory, scenarios: Scenarios, speak: Speak) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    (answer,) = speak("Ik zie hoe boos u bent.", Move.ACKNOWLEDGE_EMOTION)
    (record,) = talks.kept.values()
    assert record.turns[0].reply == answer.text
    assert answer.data is not None
    assert answer.data["judged"] is True


def test_cues_come_only_when_asked_for(talks: StoreInMemory, scenarios: Scenarios, speak: Speak) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    assert len(speak("Ach, dat valt toch allemaal best mee.", Move.DISMISS)) == 1
    practice.set_cues(talks, scenarios, ME, True, NOW)
    resident, coach = speak("U maakt het echt veel te groot.", Move.DISMISS)
    assert coach.text.startswith("Coach: Je zei: “U maakt het echt veel te groot.”")
    assert payloads([coach]) == ['/disagree{"turn":2}']
    practice.set_cues(talks, scenarios, ME, False, NOW)
    assert len(speak("Zo erg is het nou ook weer niet.", Move.DISMISS)) == 1


def test_a_turn_that_is_not_recognised_is_marked(talks: StoreInMemory, scenarios: Scenarios, speak: Speak) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3, cues=True)
    resident, coach = speak("blub", Move.OTHER)
    assert resident.data is not None
    assert resident.data["judged"] is False
    assert "telt niet mee" in coach.text


def test_a_hint_fits_the_moment_and_changes_nothing(talks: StoreInMemory, scenarios: Scenarios) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    before = dict(talks.kept)
    (said,) = practice.give_hint(talks, scenarios, ME)
    assert "punt 42" in said.text
    assert "Bijvoorbeeld: “" in said.text
    assert talks.kept == before


def test_a_paused_talk_waits(talks: StoreInMemory, scenarios: Scenarios, speak: Speak) -> None:
    _, opening = practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    practice.pause_talk(talks, scenarios, ME, NOW)
    (said,) = speak("Ik zie hoe boos u bent.", Move.ACKNOWLEDGE_EMOTION)
    assert "/resume_practice" in payloads([said])
    assert practice.resume_talk(talks, scenarios, ME, NOW)[1].text == opening.text
    assert speak("Ik zie hoe boos u bent.", Move.ACKNOWLEDGE_EMOTION)[0].text != said.text


def test_a_farewell_leads_to_the_debrief(talks: StoreInMemory, scenarios: Scenarios, speak: Speak) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    speak("Ik zie hoe boos u bent.", Move.ACKNOWLEDGE_EMOTION)
    said = speak("Dank u wel voor uw verhaal. Tot vrijdag.", Move.APPRECIATE)
    assert payloads(said) == ["/stop_practice"]


def test_stopping_gives_the_debrief_with_graph_and_transcript(
    talks: StoreInMemory, scenarios: Scenarios, speak: Speak
) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    speak("Ach, dat valt toch allemaal best mee.", Move.DISMISS)
    said, choice = practice.stop_talk(talks, scenarios, ME, NOW)
    assert "LEERDOELEN" in said.text
    assert said.data is not None
    assert [point["turn"] for point in said.data["series"]] == [0, 1]
    assert said.data["transcript"][1]["official"] == "Ach, dat valt toch allemaal best mee."
    assert '/retry_from{"turn":1}' in payloads([said])
    assert practice.show_debrief(talks, scenarios, ME) == (said, choice)


def test_an_empty_talk_has_nothing_to_look_back_on(talks: StoreInMemory, scenarios: Scenarios) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    assert "nog niets gezegd" in practice.stop_talk(talks, scenarios, ME, NOW)[0].text


def test_retrying_branches_off_and_leaves_the_old_talk_as_it_was(
    talks: StoreInMemory, scenarios: Scenarios, speak: Speak
) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    first = speak("Ik zie hoe boos u bent.", Move.ACKNOWLEDGE_EMOTION)[0].text
    speak("Ach, dat valt toch allemaal best mee.", Move.DISMISS)
    practice.stop_talk(talks, scenarios, ME, NOW)
    _, resident = practice.retry_talk(talks, scenarios, ME, 2, NOW)
    old, new = talks.kept.values()
    assert (len(old.turns), len(new.turns), new.retry_of) == (2, 1, old.id)
    assert resident.text == first
    speak("Wat maakt het voor u zo zwaar?", Move.EXPLORE)
    assert len(talks.kept[old.id].turns) == 2


@pytest.mark.parametrize("turn", [0, 9])
def test_retrying_from_nowhere_is_refused(talks: StoreInMemory, scenarios: Scenarios, speak: Speak, turn: int) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    speak("Ik zie hoe boos u bent.", Move.ACKNOWLEDGE_EMOTION)
    assert "Kies een beurt" in practice.retry_talk(talks, scenarios, ME, turn, NOW)[0].text


def test_a_new_talk_closes_the_one_that_was_going_on(talks: StoreInMemory, scenarios: Scenarios) -> None:
    practice.start_talk(talks, scenarios, ME, NOW)
    practice.start_talk(talks, scenarios, ME, NOW, "telefoon")
    assert [talk.state for talk in talks.kept.values()] == [TalkState.FINISHED, TalkState.RUNNING]


def test_talks_are_private(talks: StoreInMemory, scenarios: Scenarios, speak: Speak) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, seed=3)
    speak("Ik zie hoe boos u bent.", Move.ACKNOWLEDGE_EMOTION)
    practice.stop_talk(talks, scenarios, ME, NOW)
    assert "Er loopt nu geen oefengesprek" in practice.show_debrief(talks, scenarios, SOMEBODY_ELSE)[0].text
    assert "nog geen gesprek" in own_talks.show_progress(talks, scenarios, SOMEBODY_ELSE)[0].text


def test_progress_lists_the_finished_talks(talks: StoreInMemory, scenarios: Scenarios, speak: Speak) -> None:
    for _ in range(2):
        practice.start_talk(talks, scenarios, ME, NOW, seed=3)
        speak("Ik zie hoe boos u bent.", Move.ACKNOWLEDGE_EMOTION)
        practice.stop_talk(talks, scenarios, ME, NOW)
    (said,) = own_talks.show_progress(talks, scenarios, ME)
    assert said.data is not None
    assert len(said.data["talks"]) == 2
    assert "Emotie erkennen: 2 van de 2 keer goed." in said.text
    assert "2. " in said.text


def test_forgetting_erases_everything(talks: StoreInMemory, scenarios: Scenarios) -> None:
    practice.start_talk(talks, scenarios, ME, NOW)
    practice.start_talk(talks, scenarios, SOMEBODY_ELSE, NOW)
    assert "Gewist: 1 gesprek." in own_talks.forget_talks(talks, ME)[0].text
    assert [talk.conversation for talk in talks.kept.values()] == [SOMEBODY_ELSE]


def test_a_scenario_that_is_gone_does_no_harm(talks: StoreInMemory, scenarios: Scenarios, speak: Speak) -> None:
    practice.start_talk(talks, scenarios, ME, NOW, "telefoon")
    without = {key: value for key, value in scenarios.items() if key != "telefoon"}
    assert "geen oefengesprek" in practice.say(talks, without, ME, TaggedMessage("Dag", ()), NOW)[0].text
    assert "die er niet meer is" in practice.stop_talk(talks, without, ME, NOW)[0].text
