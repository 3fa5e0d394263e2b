"""The whole product as `make run` starts it: Telegram's protocol at one end, a browser at the desk at the other.

One talk of each kind through real Rasa, action server, web and Telegram processes. The model is the trained one.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from bot.settings import read_settings
from bot.training import model_path
from tests.bot_api import BotApi, running_bot_api
from tests.end_to_end.browsers import chromium
from tests.product import Product, running_product
from tests.wordings import worded

REPLY_SECONDS = 40
pytestmark = pytest.mark.skipif(not model_path(read_settings()).exists(), reason="no trained model: run 'make train'")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """All of it."""
    with running_bot_api() as telegram, running_product(tmp_path_factory.mktemp("var"), telegram) as running:
        yield running
    assert running.process.returncode == 0


@pytest.fixture(scope="module")
def desk(product: Product) -> Iterator[Page]:
    """A browser in which the administrator is logged in."""
    with chromium() as browser:
        page = browser.new_page()
        page.set_default_timeout(REPLY_SECONDS * 1000)
        page.goto(product.login)
        page.get_by_role("main").get_by_role("button").first.click()
        yield page


def replies(telegram: BotApi, chat: int, text: str) -> list[str]:
    """What the bot answers a message of a chat: everything that comes until it has been silent for a moment."""
    before = len(telegram.texts(chat))
    telegram.types(chat, text)
    telegram.wait_for(lambda: len(telegram.texts(chat)) > before, REPLY_SECONDS)
    seen = -1
    while seen != len(telegram.texts(chat)):
        seen = len(telegram.texts(chat))
        time.sleep(2.5)
    return telegram.texts(chat)[before:]


def press(telegram: BotApi, chat: int, title: str) -> None:
    message = next(each for each in reversed(telegram.sent_to(chat)) if title in each.buttons)
    telegram.presses(chat, message.message_id, message.buttons[title])


ASKERS = {
    11: "Welk merk bedden komt er eigenlijk in de kamers?",
    12: "van welk merk zijn de bedden in de kamers",
    13: "Ik werk in een beddenzaak, dus ik ben nieuwsgierig. Welk merk bedden zetten jullie daar in de kamers?",
}
"""Three chats, one question."""
ANSWER = "De bedden zijn van het merk Slaapgoed. Het COA heeft ze gekocht."


def ask_and_agree(telegram: BotApi, chat: int, question: str, number: int) -> None:
    """Somebody's unknown question gets that number and a date; then 'yes' to a message when there is an answer."""
    said = " ".join(replies(telegram, chat, question))
    assert worded("registered", said) and re.search(rf"\b{number}\b", said)
    assert re.search(r"\d{1,2} \w+ 20\d\d", said)
    press(telegram, chat, next(title for title in telegram.sent_to(chat)[-1].buttons if title.startswith("Ja")))
    telegram.wait_for(lambda: worded("consent_given", telegram.texts(chat)[-1]), REPLY_SECONDS)
    assert re.search(rf"\b{number}\b", telegram.texts(chat)[-1])


def deliveries(telegram: BotApi) -> list[int]:
    """How often each asker has read the answer."""
    return [sum(ANSWER in text for text in telegram.texts(chat)) for chat in ASKERS]


def test_a_question_of_three_goes_all_the_way_round(product: Product, desk: Page) -> None:
    telegram = product.telegram
    for number, (chat, question) in enumerate(ASKERS.items(), start=1):
        ask_and_agree(telegram, chat, question, number)

    desk.goto(product.address + "/bureau")
    expect(desk.get_by_role("link", name=re.compile("bedden"))).to_have_count(1)
    desk.get_by_role("link", name=re.compile("bedden")).click()
    for question in ASKERS.values():
        expect(desk.get_by_role("main")).to_contain_text(question)
    desk.get_by_label("Vraag, zoals die op de site komt").fill("Welk merk bedden komt er in de kamers?")
    desk.get_by_label("Antwoord", exact=True).fill(ANSWER)
    desk.get_by_role("button", name="Publiceer").click()
    telegram.wait_for(lambda: all(deliveries(telegram)), REPLY_SECONDS)
    time.sleep(2)
    assert deliveries(telegram) == [1, 1, 1]

    assert any(ANSWER in text for text in replies(telegram, 14, "welk merk bedden komt er in de kamers"))
    assert ANSWER in httpx.get(product.address + "/vragen", params={"zoek": "bedden"}, trust_env=False).text


def test_a_known_question_is_answered_with_its_date(product: Product) -> None:
    said = " ".join(replies(product.telegram, 21, "Hoeveel mensen komen er wonen?"))
    assert "160 mensen" in said
    assert worded("dated", said) and "16 november 2026" in said


def test_a_resident_gets_nowhere_with_an_officials_words(product: Product) -> None:
    for chat, attempt in ((31, "/start_practice"), (32, "/guide"), (33, "oefenen"), (34, "/list_scenarios")):
        said = " ".join(replies(product.telegram, chat, attempt))
        assert "oefengesprek" not in said
        assert "Handreiking" not in said


def test_an_official_asks_the_guide_and_practises(product: Product, desk: Page) -> None:
    desk.goto(product.address + "/oefenen")
    box, talk = desk.get_by_label("Je bericht"), desk.get_by_role("main")
    box.fill("wat doe ik als iemand mij uitscheldt")
    desk.get_by_role("button", name="Verstuur").click()
    expect(talk).to_contain_text("punt 43")
    desk.get_by_role("button", name=re.compile("Praat met")).first.click()
    expect(talk).to_contain_text("Goed genoeg")
    for said in ("Goedenavond. Ik zie dat dit u raakt.", "Wat maakt u het meest boos?", "Rustig maar, het komt goed."):
        box.fill(said)
        desk.get_by_role("button", name="Verstuur").click()
        expect(box).to_have_value("")
    box.fill("stop")
    desk.get_by_role("button", name="Verstuur").click()
    expect(talk).to_contain_text("Nabespreking")
    expect(talk).to_contain_text("Rustig maar")


def test_an_official_chooses_by_name_pauses_and_erases(product: Product, desk: Page) -> None:
    desk.goto(product.address + "/oefenen")
    box, log = desk.get_by_label("Je bericht"), desk.get_by_role("log")

    def say(text: str, answer: str) -> None:
        box.fill(text)
        desk.get_by_role("button", name="Verstuur").click()
        expect(log.locator(".bubble").last).to_contain_text(answer)

    say("leerdoel grenzen", "Aan de telefoon")
    say("doe de telefoon maar", "")
    expect(log).to_contain_text("Je leerdoel: grenzen stellen.")
    say("Ik hoor hoe bang u bent, meneer Van Dongen.", "")
    say("pauze", "staat op pauze")
    say("wat doe ik als iemand mij uitscheldt", "punt 43")
    say("verder", "")
    say("hint", "Een grens is nu niet nodig")
    say("stop", "Kies je niets, dan bewaren we het een jaar")
    expect(log).to_contain_text("Jouw leerdoel")
    log.get_by_role("button", name="Nu wissen").click()
    expect(log.locator(".bubble").last).to_contain_text("gewist")
    memory = (product.settings.var_dir / "conversations.db").read_bytes()
    assert b"Van Dongen" not in memory
    with sqlite3.connect(product.settings.var_dir / "conversations.db") as rasas_own:
        assert rasas_own.execute("SELECT count(*) FROM events WHERE sender_id LIKE 'official:%'").fetchone() == (0,)
    rasas_own.close()
    desk.goto(product.address + "/oefenen/voortgang")
    expect(desk.get_by_role("main")).not_to_contain_text("Aan de telefoon")


def test_a_caller_gets_the_same_answer_and_an_unknown_question_its_owner(product: Product, desk: Page) -> None:
    desk.goto(product.address + "/balie")
    desk.get_by_label("Wat vraagt de beller?").fill("hoeveel mensen komen er wonen")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Dit is het antwoord")).to_be_visible(timeout=REPLY_SECONDS * 1000)
    expect(desk.get_by_role("main")).to_contain_text("160 mensen")
    desk.get_by_label("Wat vraagt de beller?").fill("de lantaarnpaal bij mij in de straat is al weken stuk")
    desk.keyboard.press("Enter")
    advice = desk.get_by_text("Dit lijkt over iets anders te gaan dan de opvang")
    expect(advice).to_contain_text("Afdeling Beheer Openbare Ruimte", timeout=REPLY_SECONDS * 1000)
    desk.keyboard.press("F2")
    expect(desk.get_by_role("heading", name="is genoteerd")).to_be_visible(timeout=REPLY_SECONDS * 1000)
    expect(desk.get_by_role("main")).to_contain_text("Afdeling Beheer Openbare Ruimte geeft uiterlijk")


def test_health_is_good(product: Product) -> None:
    response = httpx.get(product.address + "/gezond", trust_env=False)
    assert response.status_code == 200, response.text
