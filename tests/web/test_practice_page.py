"""The practice room: what survives a reload, and how a debrief looks."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

import pytest

from bot.channels.client import Bubble
from bot.domain.accounts import AccountRole
from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.domain.replies import Button
from bot.services import disputes, practice
from bot.settings import Settings
from bot.storage.scenarios import load_scenarios
from bot.storage.store import SqlStore
from bot.web.bubbles import NOT_JUDGED, shown
from bot.web.debrief import read_debrief
from tests.web.browser import Browser, hidden, words
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
    assert f'value="/retry_from{{&#34;turn&#34;:2,&#34;talk&#34;:&#34;{data["talk"]}&#34;}}"' in page
    assert f'value="/disagree{{&#34;turn&#34;:1,&#34;talk&#34;:&#34;{data["talk"]}&#34;}}"' in page
    assert f'href="/oefenen/terugblik/{data["talk"]}/nabespreking.docx"' in page


def test_the_look_back_needs_no_rasa(official: Browser, store: SqlStore, town: Town, rasa: StandInRasa) -> None:
    assert "nog geen gesprek afgerond" in official.get("/oefenen/terugblik").text
    practice.stop_talk(store, SCENARIOS, hold_talk(store, town), NOW)
    page = official.get("/oefenen/terugblik").text
    assert "<svg" in page
    assert "Nabespreking: Bewonersavond" in words(page)
    assert "Kies je niets, dan bewaren we het een jaar." in words(page)
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


# Choosing


def test_every_talk_says_what_it_is_like_and_the_goal_goes_along(official: Browser, rasa: StandInRasa) -> None:
    page = words(official.get("/oefenen").text)
    assert "Angst, om mee te beginnen Praat met Sjef" in page
    assert "Alles Emotie erkennen Grenzen stellen Antwoorden uitstellen" in page
    official.post("/oefenen", {"start": "telefoon", "doel": "limit"})
    assert rasa.heard[-1]["payload"] == '/start_practice{"scenario":"telefoon","goal":"limit"}'
    page = official.post("/oefenen", {"start": "", "doel": "defer"}).text
    assert rasa.heard[-1]["payload"] == '/start_practice{"goal":"defer"}'
    assert 'value="defer" checked' in page
    assert "Verras me" in words(page)


@pytest.mark.parametrize("fields", [{"start": "nergens"}, {"start": "telefoon", "doel": "winnen"}])
def test_what_no_button_says_is_refused(official: Browser, rasa: StandInRasa, fields: dict[str, str]) -> None:
    assert official.post("/oefenen", fields).status_code == 400
    assert rasa.heard == []


@pytest.mark.parametrize("page", ["/oefenen", "/vragen"])
def test_a_message_keeps_its_id_until_it_arrives(official: Browser, rasa: StandInRasa, page: str) -> None:
    given = hidden(official.get(page).text, "bericht")
    rasa.status = 500
    failed = official.post(page, {"tekst": "Hallo?", "bericht": given}).text
    assert hidden(failed, "bericht") == given
    rasa.status = 200
    arrived = official.post(page, {"tekst": "Hallo?", "bericht": given}).text
    assert hidden(arrived, "bericht") != given
    official.post(page, {"tekst": "Nog iets.", "bericht": given})  # after the browser's 'back'
    first, again, another = [each["message_id"] for each in rasa.heard]
    assert first == again != another


# One's own talks


def finished(store: SqlStore, town: Town) -> str:
    """A finished talk of the official; its id."""
    return str(debrief_data(store, hold_talk(store, town))["talk"])


def test_progress_shows_each_talk_and_each_goal(official: Browser, store: SqlStore, town: Town) -> None:
    assert "nog geen gesprek afgerond" in official.get("/oefenen/voortgang").text
    talk_id = finished(store, town)
    page = official.get("/oefenen/voortgang").text
    assert f'href="/oefenen/terugblik/{talk_id}"' in page
    assert "Emotie erkennen 1 van de 1 keer goed" in words(page)
    assert "2 beurten" in words(page)


def test_one_talk_is_erased_from_the_page(official: Browser, store: SqlStore, town: Town) -> None:
    first, second = finished(store, town), finished(store, town)
    page = official.post("/oefenen/voortgang", {"actie": "wis", "gesprek": first}).text
    assert "Het gesprek is gewist." in page
    assert (first in page, second in page) == (False, True)
    assert official.get(f"/oefenen/terugblik/{first}").status_code == 404
    page = official.post("/oefenen/voortgang", {"actie": "alle"}, page="/oefenen/voortgang").text
    assert "nog geen gesprek afgerond" in page


@pytest.mark.parametrize("others", [{"actie": "alle"}, {"actie": "wis"}], ids=["all", "one"])
def test_what_rasa_remembers_goes_with_the_talk(
    official: Browser, store: SqlStore, town: Town, settings: Settings, others: dict[str, str]
) -> None:
    talk_id, me = finished(store, town), f"official:web:{town.accounts[AccountRole.OFFICIAL].id}"
    with sqlite3.connect(settings.var_dir / "conversations.db") as rasas_own:
        rasas_own.execute("CREATE TABLE events (sender_id TEXT, timestamp FLOAT)")
        rasas_own.executemany("INSERT INTO events VALUES (?, 0)", [(me,), (me,), ("official:web:0",)])
    official.post("/oefenen/voortgang", {"gesprek": talk_id, **others}, page="/oefenen/voortgang")
    assert rasas_own.execute("SELECT sender_id FROM events").fetchall() == [("official:web:0",)]
    rasas_own.close()


def test_nobody_else_opens_or_erases_a_talk(administrator: Browser, store: SqlStore, town: Town) -> None:
    talk_id = finished(store, town)
    for address in (f"/oefenen/terugblik/{talk_id}", f"/oefenen/terugblik/{talk_id}/nabespreking.docx"):
        assert administrator.get(address).status_code == 404
    administrator.post("/oefenen/voortgang", {"actie": "wis", "gesprek": talk_id}, page="/oefenen")
    with store.view() as work:
        conversation = f"official:web:{town.accounts[AccountRole.OFFICIAL].id}"
        assert [each.id for each in work.talks.of_conversation(conversation)] == [talk_id]


def test_a_disputed_remark_is_marked_in_the_debrief(official: Browser, store: SqlStore, town: Town) -> None:
    conversation = hold_talk(store, town)
    practice.stop_talk(store, SCENARIOS, conversation, NOW)
    disputes.disagree(store, SCENARIOS, conversation, 1, NOW)
    assert "Je was het hier niet mee eens." in official.get("/oefenen/terugblik").text


# What others see


def test_the_content_keeper_sees_disputes_without_name_or_words(
    communications: Browser, official: Browser, store: SqlStore, town: Town
) -> None:
    assert "niemand was het oneens" in communications.get("/bureau/coach").text
    conversation = hold_talk(store, town)
    disputes.disagree(store, SCENARIOS, conversation, 1, NOW)
    page = communications.get("/bureau/coach").text
    assert "1 keer oneens" in words(page)
    assert "Ömer" not in page
    assert ARGUES not in page
    disputes.share_words(store, SCENARIOS, conversation, 1, NOW)
    assert ARGUES in words(communications.get("/bureau/coach").text)
    assert official.get("/bureau/coach").status_code == 403


def test_the_administrator_sees_numbers_and_small_ones_not_at_all(
    administrator: Browser, communications: Browser, store: SqlStore, town: Town
) -> None:
    assert "nog niet geoefend" in administrator.get("/beheer/oefenen").text
    for _ in range(5):
        finished(store, town)
    with store.unit() as work:
        work.practice_counts.add("telefoon", NOW.date().replace(day=1))
        work.commit()
    page = words(administrator.get("/beheer/oefenen").text)
    assert "november 2026" in page
    assert f"{SCENARIOS['bewonersavond'].title} 5" in page
    assert f"{SCENARIOS['telefoon'].title} minder dan 5" in page
    assert "Ömer" not in page
    assert communications.get("/beheer/oefenen").status_code == 403
