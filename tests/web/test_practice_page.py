"""The practice room: what survives a reload, and how a debrief looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.client import Bubble
from bot.domain.accounts import AccountRole
from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.domain.replies import Button
from bot.services import practice
from bot.storage.scenarios import load_scenarios
from bot.storage.store import SqlStore
from bot.web.bubbles import NOT_JUDGED, shown
from bot.web.debrief import read_debrief
from tests.web.browser import Browser, words
from tests.web.stand_in_rasa import StandInRasa
from tests.web.town import NOW, Town

SCENARIOS = {each.id: each for each in load_scenarios()}
ARGUES = "Dat klopt niet, het geld komt van het Rijk."
LISTENS = "Ik zie dat u boos bent."


def said(text: str, move: Move) -> TaggedMessage:
    """One message that is one move."""
    return TaggedMessage(text, (TaggedMove(move, 0, len(text), 0.95),))


def hold_talk(store: SqlStore, town: Town) -> str:
    """Two turns of a talk by the official; the conversation."""
    conversation = f"official:web:{town.accounts[AccountRole.OFFICIAL].id}"
    practice.start_talk(store, SCENARIOS, conversation, NOW, "bewonersavond", seed=7)
    practice.say(store, SCENARIOS, conversation, said(ARGUES, Move.ARGUE), NOW)
    practice.say(store, SCENARIOS, conversation, said(LISTENS, Move.ACKNOWLEDGE_EMOTION), NOW)
    return conversation


def debrief_data(store: SqlStore, conversation: str) -> Mapping[str, Any]:
    """What comes over the channel with a debrief."""
    data = practice.stop_talk(store, SCENARIOS, conversation, NOW)[0].data
    assert data is not None
    return data


def test_a_reload_shows_the_talk_that_was_going_on(official: Browser, store: SqlStore, town: Town) -> None:
    hold_talk(store, town)
    page = words(official.get("/oefenen").text)
    assert page.index(ARGUES) < page.index(LISTENS)
    assert "Ingrid" in page
    assert "Hallo Ömer" not in page


def test_a_paused_talk_offers_to_go_on(official: Browser, store: SqlStore, town: Town) -> None:
    practice.pause_talk(store, SCENARIOS, hold_talk(store, town), NOW)
    page = official.get("/oefenen").text
    assert "staat op pauze" in page
    assert 'value="/resume_practice"' in page


def test_a_talk_is_private(communications: Browser, administrator: Browser, store: SqlStore, town: Town) -> None:
    practice.stop_talk(store, SCENARIOS, hold_talk(store, town), NOW)
    for browser in (communications, administrator):
        for address in ("/oefenen", "/oefenen/terugblik"):
            assert ARGUES not in browser.get(address).text


def test_without_script_the_talk_stays_on_the_page(
    official: Browser, store: SqlStore, town: Town, rasa: StandInRasa
) -> None:
    hold_talk(store, town)
    page = words(official.post("/oefenen", {"tekst": "Wat is er met uw moeder gebeurd?"}).text)
    assert page.index(ARGUES) < page.index("Wat is er met uw moeder gebeurd?")
    assert page.count("Jij Wat is er met uw moeder gebeurd?") == 1


def test_a_debrief_becomes_a_graph_with_a_table_beside_it(
    official: Browser, store: SqlStore, town: Town, rasa: StandInRasa
) -> None:
    data = dict(debrief_data(store, hold_talk(store, town)))
    rasa.answer = lambda heard: [{"text": "NABESPREKING: als tekst"}, {"custom": data}]
    page = official.post("/oefenen", {"knop": "/stop_practice", "titel": "Stop"}).text
    assert "NABESPREKING: als tekst" not in page
    assert page.count("<svg") == 1
    assert 'role="img"' in page
    assert "Grafiek van 2 beurten. De spanning ging van 70 naar" in page
    assert "Spanning en gehoord voelen per beurt" in page
    assert " style=" not in page
    text = words(page)
    assert "Emotie erkennen" in text
    assert "Dit kan anders" in text
    assert "Opnieuw vanaf hier" in text
    assert 'value="/retry_from{&#34;turn&#34;:2}"' in page


def test_the_look_back_needs_no_rasa(official: Browser, store: SqlStore, town: Town, rasa: StandInRasa) -> None:
    assert "nog geen gesprek afgerond" in official.get("/oefenen/terugblik").text
    practice.stop_talk(store, SCENARIOS, hold_talk(store, town), NOW)
    page = official.get("/oefenen/terugblik").text
    assert "<svg" in page
    assert "Nabespreking: Bewonersavond" in words(page)
    assert 'value="/forget_talks"' in page
    assert rasa.heard == []


def test_who_speaks_is_shown(official: Browser, rasa: StandInRasa) -> None:
    rasa.answer = lambda heard: [
        {"text": "Dus dat komt daar gewoon."},
        {"custom": {"speaker": "resident", "name": "Ingrid", "turn": 1, "judged": False}},
        {"text": "Coach: benoem wat je ziet."},
        {"custom": {"speaker": "coach", "turn": 1, "praise": True}},
    ]
    page = words(official.fragment("/oefenen", {"tekst": "hoi"}).text)
    assert page == f"Ingrid Dus dat komt daar gewoon. {NOT_JUDGED} Coach benoem wat je ziet."


def test_data_that_come_apart_from_their_text_are_put_back_together() -> None:
    found = shown([
        Bubble("Hoi", (Button("Ja", "/greet"),)), Bubble("", data={"speaker": "coach"}), Bubble(""), Bubble("Dag"),
    ])  # fmt: skip
    assert [(each.text, each.speaker, len(each.buttons)) for each in found] == [("Hoi", "coach", 1), ("Dag", "", 0)]


def test_data_that_are_no_debrief_leave_the_text_as_it_is() -> None:
    assert read_debrief(None) is None
    assert read_debrief({"speaker": "coach"}) is None
    assert read_debrief({"series": [{"turn": "x"}], "skills": None}) is None


def test_what_an_official_said_is_escaped_in_the_debrief(official: Browser, store: SqlStore, town: Town) -> None:
    conversation = hold_talk(store, town)
    practice.say(store, SCENARIOS, conversation, said("<img src=x onerror=alert(1)> rot op", Move.RETALIATE), NOW)
    practice.stop_talk(store, SCENARIOS, conversation, NOW)
    page = official.get("/oefenen/terugblik").text
    assert "&lt;img src=x" in page
    assert "<img src=x" not in page
