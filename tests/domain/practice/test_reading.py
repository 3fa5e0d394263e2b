"""What a move amounts to depends on the moment and on what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.moves import Move, TaggedMessage
from bot.domain.practice.deeds import Deed
from bot.domain.practice.effects import attack
from bot.domain.practice.mood import Mood, mood_at
from bot.domain.practice.phases import Phase
from bot.domain.practice.reading import read
from bot.domain.practice.scenario import Room, Start
from tests.domain.practice.officials import message

TENSE = mood_at(Start(70, 8, 25))
HEARD = replace(TENSE, tension=55, base=40)
ATTACKED = attack(TENSE)
BESIDE_HERSELF = replace(TENSE, tension=97, phase=Phase.OUT_OF_CONTROL)
PROMISED = replace(TENSE, promises=1, promised_at=1, turn=2)

ACK, ARGUE, LIMIT = Move.ACKNOWLEDGE_EMOTION, Move.ARGUE, Move.SET_LIMIT


def deeds(said: TaggedMessage, mood: Mood = TENSE, before: Sequence[str] = ()) -> set[Deed]:
    """The deeds in a message."""
    return set(read(said, mood, before, Room.FIXED).kinds)


def test_an_acknowledgement_that_stands() -> None:
    assert deeds(message((ACK, "Ik zie hoe boos u bent."))) == {Deed.ACKNOWLEDGE}


@pytest.mark.parametrize("move", [Move.ARGUE, Move.DISMISS, Move.INFORM])
def test_a_but_takes_an_acknowledgement_back(move: Move) -> None:
    found = deeds(message((ACK, "Ik zie dat u boos bent,"), (move, "maar andere dorpen doen het ook gewoon.")))
    assert Deed.CANCELLED in found
    assert Deed.ACKNOWLEDGE not in found


def test_a_but_with_a_limit_takes_nothing_back() -> None:
    found = deeds(message((ACK, "U mag boos zijn,"), (LIMIT, "maar uitschelden doen we hier niet.")), ATTACKED)
    assert found == {Deed.ACKNOWLEDGE, Deed.SET_LIMIT}


@pytest.mark.parametrize(
    "text",
    ["Ik zie dat u boos bent, vertelt u maar.", "Ik zie boosheid, maar ik hoor ook verdriet van u.", "Boos, maar ja."],
)
def test_not_every_but_takes_back(text: str) -> None:
    assert deeds(message((ACK, text))) == {Deed.ACKNOWLEDGE}


def test_facts_right_behind_an_acknowledgement_do_not_cancel_it() -> None:
    found = deeds(message((ACK, "U schrikt, dat zie ik."), (Move.INFORM, "Het gaat om 45 jongeren.")))
    assert Deed.ACKNOWLEDGE in found


def test_a_run_up_counts_when_something_follows() -> None:
    assert deeds(message((ACK, "Ja, dat snap ik."))) == {Deed.FORMULA}
    run_up = TaggedMessage("Ja, dat snap ik. U hebt er niet om gevraagd.", message((ACK, "Ja, dat snap ik.")).moves)
    assert deeds(run_up) == {Deed.ACKNOWLEDGE}


def test_a_stock_phrase_is_seen_without_the_tagger() -> None:
    assert deeds(message((Move.SPECULATE, "Ja, snap ik. Ik gok dat het honderd wordt."))) == {
        Deed.SPECULATE,
        Deed.FORMULA,
    }


@pytest.mark.parametrize(
    ("mood", "deed"), [(TENSE, Deed.UNNEEDED_LIMIT), (ATTACKED, Deed.SET_LIMIT)], ids=["on criticism", "on an attack"]
)
def test_a_limit_is_only_in_place_after_an_attack(mood: Mood, deed: Deed) -> None:
    assert deeds(message((LIMIT, "Zo wil ik niet aangesproken worden.")), mood) == {deed}


def test_a_limit_with_a_counterattack_is_harsh() -> None:
    found = deeds(message((LIMIT, "Hou op met schelden,"), (Move.RETALIATE, "u lijkt wel een klein kind.")), ATTACKED)
    assert Deed.HARSH_LIMIT in found
    assert Deed.SET_LIMIT not in found


def test_debating_an_insult_spoils_the_limit() -> None:
    found = deeds(
        message((LIMIT, "Schelden wil ik niet."), (ARGUE, "Ik lieg niet, kijk de cijfers maar na.")), ATTACKED
    )
    assert Deed.HARSH_LIMIT in found


def test_saying_nothing_about_an_attack_lets_it_pass() -> None:
    assert Deed.LET_PASS in deeds(message((Move.EXPLORE, "Hoe ging dat toen?")), ATTACKED)
    assert Deed.LET_PASS not in deeds(message((Move.ADJOURN, "Dan stop ik nu.")), ATTACKED)


def test_a_limit_the_tagger_missed_is_read_from_the_words() -> None:
    assert Deed.SET_LIMIT in deeds(message((ACK, "U bent kwaad. Maar mij bedreigen accepteer ik niet.")), ATTACKED)


def test_facts_bounce_until_somebody_feels_heard() -> None:
    facts = message((Move.INFORM, "Het gaat om honderdtwintig plaatsen."))
    assert deeds(facts) == {Deed.FACTS_BOUNCED}
    assert deeds(facts, HEARD) == {Deed.FACTS_LANDED}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Dat weet ik niet, de projectleider belt u vrijdag.", Deed.FULL_DEFERRAL),
        ("Dat weet ik niet, mijn collega misschien wel.", Deed.PARTIAL_DEFERRAL),
        ("Daar komen we op terug.", Deed.VAGUE_DEFERRAL),
    ],
)
def test_a_deferral_counts_by_its_parts(text: str, deed: Deed) -> None:
    assert deeds(message((Move.DEFER_ANSWER, text))) == {deed}


def test_saying_what_is_fixed_after_a_promise_breaks_it() -> None:
    assert deeds(message((Move.CLARIFY_ROOM, "Eerlijk gezegd staat het al vast.")), PROMISED) == {Deed.BROKEN_PROMISE}
    assert deeds(message((Move.CLARIFY_ROOM, "Dat staat al vast.")), TENSE) == {Deed.CLARIFY_ROOM}


def test_everything_is_open_is_a_promise_where_it_is_not() -> None:
    everything = message((Move.CLARIFY_ROOM, "Alles ligt nog open vanavond."))
    assert Deed.OVERPROMISE in deeds(everything)
    assert Deed.OVERPROMISE not in read(everything, TENSE, (), Room.OPEN).kinds


def test_stopping_and_support_are_for_aggression() -> None:
    stop, help_ = (
        message((Move.ADJOURN, "We praten morgen verder.")),
        message((Move.CALL_SUPPORT, "Ik roep de beveiliging.")),
    )
    assert (deeds(stop), deeds(help_)) == ({Deed.EARLY_ADJOURN}, {Deed.NEEDLESS_SUPPORT})
    assert (deeds(stop, BESIDE_HERSELF), deeds(help_, BESIDE_HERSELF)) == ({Deed.ADJOURN}, {Deed.CALL_SUPPORT})


def test_fetching_an_expert_is_no_security() -> None:
    assert deeds(message((Move.CALL_SUPPORT, "Ik haal mijn collega van wonen er even bij."))) == {Deed.CALL_SUPPORT}


def test_who_admits_a_mistake_is_not_blamed_for_quoting_it() -> None:
    said = message((Move.DISMISS, "Dat was te makkelijk van me, ik wuifde het weg."), (ACK, "Ik zie dat u boos bent."))
    assert deeds(said) == {Deed.APOLOGIZE, Deed.ACKNOWLEDGE}


def test_asking_about_a_feeling_is_not_yet_acknowledging_it() -> None:
    said = message((ACK, "Waar bent u bang voor?"), (Move.EXPLORE, "Wat maakt het zo eng?"))
    assert deeds(said) == {Deed.EXPLORE}


def test_doubt_leaves_only_what_is_sure() -> None:
    parts = ((Move.DISMISS, "Nou ja."), (Move.SUMMARIZE, "U wilt eerst licht op het pad."))
    assert deeds(message(*parts, confidence=0.5, unsure=True)) == {Deed.SUMMARIZE}
    assert deeds(message(*parts, confidence=0.3, unsure=True)) == {Deed.UNCLEAR}


def test_half_understood_works_half() -> None:
    said = message((ACK, "Ik zie hoe boos u bent."), confidence=0.45)
    done = read(said, TENSE, (), Room.FIXED).deeds[0]
    assert 0 < done.weight < 1


@pytest.mark.parametrize("resident", ["u", "je"])
@pytest.mark.parametrize("name", ["Karin", "Mehmet", "mevrouw De Vries"])
def test_names_and_forms_of_address_do_not_matter(resident: str, name: str) -> None:
    said = message((Move.DEFER_ANSWER, f"Dat weet ik niet, {name} van verkeer belt {resident} dinsdag."))
    assert deeds(said) == {Deed.FULL_DEFERRAL}
