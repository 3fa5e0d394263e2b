"""The public page: reading, searching, and asking without Telegram."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.faq import EntryState
from bot.domain.outgoing import Delivery, Message, NewOutgoing, OutgoingKind
from bot.services.answers import entry, withdraw_entry
from bot.services.notices import enqueue, kept_notices
from bot.storage.store import SqlStore
from tests.web.browser import Browser, words
from tests.web.stand_in_rasa import StandInRasa
from tests.web.town import Clock, Town

QUESTION = "Hoeveel mensen komen er in Huize Merelweide wonen?"


def test_it_names_the_municipality_and_shows_each_answer_with_date_and_source(visitor: Browser, town: Town) -> None:
    page = words(visitor.get("/vragen").text)
    assert "gemeente Oudervaart" in page
    assert QUESTION in page
    assert "hoogstens 160 mensen" in page
    assert (
        "Antwoord van 16 november 2026. Bron: Bestuursovereenkomst gemeente Oudervaart en COA, 6 oktober 2026." in page
    )


def test_what_is_withdrawn_is_gone_at_once(visitor: Browser, store: SqlStore, town: Town, clock: Clock) -> None:
    account = next(iter(town.accounts.values()))
    withdraw_entry(store, entry_id="e01", expected_version=1, account_id=account.id, now=clock())
    assert entry(store, "e01").state is EntryState.WITHDRAWN
    assert QUESTION not in visitor.get("/vragen").text


@pytest.mark.parametrize(
    ("search", "first"),
    [
        ("parkeren", "Waar wordt er geparkeerd?"),
        ("PARKEERPLAATS", "Waar wordt er geparkeerd?"),
        ("naar welke school gaan de kinderen", "Naar welke school gaan de kinderen?"),
        ("wanneer gaat het open", "Wanneer gaat Huize Merelweide open?"),
        ("geïnteresseerd in werken", "Mogen de bewoners werken?"),
        ("huisarts", "Naar welke huisarts gaan de bewoners?"),
    ],
)
def test_a_search_finds_the_answer_first(visitor: Browser, town: Town, search: str, first: str) -> None:
    page = visitor.client.get("/vragen", params={"zoek": search}).text
    summaries = [part.partition("</summary>")[0] for part in page.split("<summary>")[1:]]
    assert next(text for text in summaries if text.endswith("?")) == first


@pytest.mark.parametrize(
    ("address", "answers_first"), [("/vragen?zoek=school", True), ("/vragen?thema=verkeer", True), ("/vragen", False)]
)
def test_on_a_phone_what_was_found_comes_before_the_question_box(
    visitor: Browser, town: Town, address: str, answers_first: bool
) -> None:
    page = visitor.get(address).text
    assert (page.index('class="qa"') < page.index('id="gesprek"')) is answers_first


def test_a_search_without_result_says_what_to_do(visitor: Browser, town: Town) -> None:
    page = words(visitor.get("/vragen?zoek=xylofoon").text)
    assert "Niets gevonden bij ‘xylofoon’" in page
    assert QUESTION not in page


def test_a_theme_shows_its_own_answers_only(visitor: Browser, town: Town) -> None:
    page = visitor.get("/vragen?thema=zorg").text
    assert "Naar welke huisarts" in page
    assert QUESTION not in page


def test_a_question_goes_to_the_chatbot_as_a_resident_under_a_pseudonym(
    visitor: Browser, rasa: StandInRasa, town: Town
) -> None:
    page = words(visitor.post("/vragen", {"tekst": "Komt er een hek?"}).text)
    assert "U Komt er een hek? Chatbot Ik hoorde: Komt er een hek?" in page
    [heard] = rasa.heard
    assert heard["text"] == "Komt er een hek?"
    assert heard["sender"].startswith("resident:page:")
    assert visitor.client.cookies["bezoeker"] not in heard["sender"]


def test_the_same_visitor_goes_on_with_the_same_conversation(
    visitor: Browser, new_browser: Callable[[], Browser], rasa: StandInRasa, town: Town
) -> None:
    other = new_browser()
    visitor.post("/vragen", {"tekst": "een"})
    visitor.post("/vragen", {"tekst": "twee"})
    other.post("/vragen", {"tekst": "drie"})
    senders = [heard["sender"] for heard in rasa.heard]
    assert senders[0] == senders[1] != senders[2]


def test_buttons_of_the_chatbot_work_as_forms(visitor: Browser, rasa: StandInRasa, town: Town) -> None:
    rasa.answer = lambda heard: [{"text": "Bedoelt u dit?", "buttons": [
        {"title": "Ja, dit", "payload": '/choose_entry{"entry":"e12"}'}]}]  # fmt: skip
    page = visitor.post("/vragen", {"tekst": "Parkeren?"}).text
    assert 'value="/choose_entry{&#34;entry&#34;:&#34;e12&#34;}">Ja, dit</button>' in page
    visitor.post("/vragen", {"knop": '/choose_entry{"entry":"e12"}', "titel": "Ja, dit"})
    assert rasa.heard[-1]["payload"] == '/choose_entry{"entry":"e12"}'


@pytest.mark.parametrize("payload", ["/start_practice", "/restart", "/choose_scenario{}", "hallo", "//"])
def test_a_resident_cannot_press_what_is_not_theirs(
    visitor: Browser, rasa: StandInRasa, town: Town, payload: str
) -> None:
    assert visitor.post("/vragen", {"knop": payload}).status_code == 400
    assert rasa.heard == []


def test_a_typed_payload_travels_as_text(visitor: Browser, rasa: StandInRasa, town: Town) -> None:
    visitor.post("/vragen", {"tekst": "/start_practice"})
    assert rasa.heard[0]["text"] == "/start_practice"
    assert "payload" not in rasa.heard[0]


def test_a_notice_waits_until_the_visitor_says_it_was_read(
    visitor: Browser, rasa: StandInRasa, store: SqlStore, town: Town, clock: Clock
) -> None:
    visitor.post("/vragen", {"tekst": "Komt er een hek?"})
    conversation = rasa.heard[0]["sender"]
    letter = Message("U stelde ons vraag 9: ‘Komt er een hek?’\n\nNee.")
    enqueue(store, NewOutgoing(OutgoingKind.NOTICE, conversation, None, letter, "n1"), now=clock())
    [notice] = kept_notices(store, conversation)
    for _ in range(2):
        assert "Er is antwoord op uw vraag" in visitor.get("/vragen").text
    visitor.post("/vragen/gelezen", {"bericht": str(notice.id)}, page="/vragen")
    assert "Er is antwoord op uw vraag" not in visitor.get("/vragen").text


def test_a_notice_is_shown_to_nobody_else(
    visitor: Browser, new_browser: Callable[[], Browser], rasa: StandInRasa, store: SqlStore, town: Town, clock: Clock
) -> None:
    visitor.post("/vragen", {"tekst": "Komt er een hek?"})
    conversation = rasa.heard[0]["sender"]
    enqueue(store, NewOutgoing(OutgoingKind.NOTICE, conversation, None, Message("Geheim"), "n1"), now=clock())
    [notice] = kept_notices(store, conversation)
    other = new_browser()
    assert "Geheim" not in other.get("/vragen").text
    other.post("/vragen/gelezen", {"bericht": str(notice.id)}, page="/vragen")
    with store.view() as work:
        found = work.outgoing.get(notice.id)
    assert found is not None
    assert found.state is Delivery.KEPT
