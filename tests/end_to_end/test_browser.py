"""The pages in a real browser: accessible by axe's rules, usable by keyboard alone, with and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from bot.bootstrap import now_utc
from bot.domain.accounts import AccountRole
from bot.domain.moves import Move
from bot.domain.questions import QuestionState
from bot.services import practice
from bot.services.clusters import cluster
from tests.end_to_end.conftest import NARROW, WIDE, RunningSite
from tests.web.stand_in_rasa import Answers, Heard, StandInRasa, echo
from tests.web.test_practice_page import SCENARIOS, said
from tests.web.town import ask

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]

OFFICIAL, DESK, ADMINISTRATOR = AccountRole.OFFICIAL, AccountRole.COMMUNICATIONS, AccountRole.ADMINISTRATOR
PAGES: tuple[tuple[str, AccountRole | None], ...] = (
    ("/", None), ("/", ADMINISTRATOR), ("/inloggen", None), ("/inloggen?sleutel=x", None), ("/privacy", None),
    ("/vragen", None), ("/vragen?zoek=school", None), ("/vragen?zoek=xylofoon", None), ("/nergens", None),
    ("/oefenen", OFFICIAL), ("/oefenen/terugblik", OFFICIAL), ("/oefenen/voortgang", OFFICIAL), ("/bureau", OFFICIAL), ("/bureau", DESK),
    ("/bureau?status=alle", DESK), ("/bureau/vraag/1", DESK), ("/bureau/vraag/2", DESK), ("/bureau/berichten", DESK),
    ("/bureau/antwoorden", DESK), ("/bureau/antwoorden/nieuw", DESK), ("/bureau/antwoorden/antwoord/e01", DESK),
    ("/bureau/antwoorden/inlezen", DESK), ("/bureau/antwoorden/nakijken", DESK), ("/bureau/handreiking", DESK), ("/bureau/coach", DESK),
    ("/beheer", ADMINISTRATOR), ("/beheer/oefenen", ADMINISTRATOR),
    ("/beheer/logboek", ADMINISTRATOR), ("/wachtwoord", OFFICIAL), ("/balie", OFFICIAL), ("/nieuws", None),
    ("/bureau/overzicht", DESK), ("/bureau/overzicht?dagen=365", DESK), ("/bureau/nieuws", DESK),
    ("/bureau/nieuws/nieuw", DESK), ("/bureau/terugbellen", DESK),
)  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(autouse=True)
def talkative(assistant: StandInRasa) -> None:
    """The stand-in answers again as usual."""
    assistant.answer, assistant.status = echo, 200


@pytest.fixture(scope="module")
def finished_talk(site: RunningSite) -> None:
    """The official looked back on a talk."""
    conversation = f"official:web:{site.town.accounts[OFFICIAL].id}"
    practice.start_talk(site.store, SCENARIOS, conversation, now_utc(), "bewonersavond", seed=7)
    for text, move in (
        ("Dat klopt niet, het geld komt van het Rijk.", Move.ARGUE),
        ("Ik zie dat u boos bent.", Move.ACKNOWLEDGE_EMOTION),
        ("Wat is er met uw moeder gebeurd?", Move.EXPLORE),
        ("U hoort het vrijdag van de wethouder.", Move.DEFER_ANSWER),
    ):
        practice.say(site.store, SCENARIOS, conversation, said(text, move), now_utc())
    practice.stop_talk(site.store, SCENARIOS, conversation, now_utc())


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong, with the elements."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]


def is_wider_than_the_screen(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def sticking_out(page: Page) -> list[str]:
    """The cards whose content lies over what stands beside them."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".card")]
          .filter((card) => getComputedStyle(card).overflowX === "visible" && card.scrollWidth > card.clientWidth + 1)
          .map((card) => card.textContent.trim().slice(0, 40))"""
    )
    return found


def has_visible_focus(page: Page) -> bool:
    """Whether the focused element is marked, and not hidden under something else."""
    return bool(
        page.evaluate(
            """() => {
              const focused = document.activeElement;
              const style = getComputedStyle(focused);
              const box = focused.getBoundingClientRect();
              const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
              return inside && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
            }"""
        )
    )


def press_until(page: Page, name: str, most: int = 80) -> None:
    """Press Tab until the element with this accessible name or text has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        text = page.evaluate(
            "() => (document.activeElement.labels?.[0] ?? document.activeElement).textContent.replace(/\\s+/g, ' ').trim()"
        )
        if text.startswith(name):
            return
    raise AssertionError(f"{name!r} cannot be reached with {most} times Tab")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_passes_axe_and_fits_the_screen(
    open_page: OpenPage, site: RunningSite, finished_talk: None, viewport: ViewportSize
) -> None:
    faults: dict[str, object] = {}
    opened: dict[AccountRole | None, Page] = {}
    for path, role in PAGES:
        page = opened.get(role) or opened.setdefault(role, open_page("/", role=role, viewport=viewport))
        page.goto(site.address + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        if found := violations(page):
            faults[path] = found
        if is_wider_than_the_screen(page):
            faults[f"{path} sideways"] = True
        if cards := sticking_out(page):
            faults[f"{path} cards"] = cards
    assert faults == {}
    assert len(PAGES) >= 20


def test_on_a_phone_the_desks_menu_and_filters_are_folded(open_page: OpenPage) -> None:
    wide = open_page("/bureau", role=DESK)
    for name in ("Antwoorden", "Overzicht"):
        expect(wide.get_by_role("navigation").get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(wide.get_by_label("Wie antwoordt")).to_be_visible()
    expect(wide.get_by_text("Meer filters")).to_be_hidden()
    narrow = open_page("/bureau", role=DESK, viewport=NARROW, script=False)
    link = narrow.get_by_role("link", name="Antwoorden", exact=True)
    expect(link).to_be_hidden()
    expect(narrow.get_by_label("Wie antwoordt")).to_be_hidden()
    narrow.get_by_text("Meer filters").click()
    expect(narrow.get_by_label("Wie antwoordt")).to_be_visible()
    narrow.get_by_text("Werklijst en meer").click()
    link.click()
    expect(narrow.get_by_role("heading", name="Antwoorden", exact=True)).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/vragen", "/oefenen", "/bureau", "/bureau/vraag/1", "/beheer"])
def test_wherever_tab_goes_the_focus_can_be_seen(open_page: OpenPage, path: str) -> None:
    page = open_page(path, role=ADMINISTRATOR)
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if not has_visible_focus(page):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert unseen == []


def test_the_first_tab_leads_past_the_menu(open_page: OpenPage) -> None:
    page = open_page("/vragen")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def practising(heard: Heard) -> Answers:
    """A talk with a resident, as it comes over the channel."""
    if "start_practice" in heard.get("payload", ""):
        buttons = [{"title": "Hint", "payload": "/ask_hint"}]
        return [
            {"text": "Dus dat komt daar gewoon.", "buttons": buttons},
            {"custom": {"speaker": "resident", "name": "Ingrid"}},
        ]
    return echo(heard)


def test_practising_by_keyboard_alone(open_page: OpenPage, assistant: StandInRasa) -> None:
    assistant.answer = practising
    page = open_page("/oefenen", role=OFFICIAL)
    log = page.get_by_role("log")
    press_until(page, "Praat met Ingrid")
    page.keyboard.press("Enter")
    expect(log).to_contain_text("Dus dat komt daar gewoon.")
    expect(page.get_by_label("Je bericht")).to_be_focused()
    page.keyboard.type("Ik zie dat u boos bent.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Vertel eens.")
    page.keyboard.press("Enter")
    expect(log).to_contain_text("Ik hoorde: Ik zie dat u boos bent.")
    assert assistant.heard[-1]["text"] == "Ik zie dat u boos bent.\nVertel eens."
    expect(page.get_by_label("Je bericht")).to_have_value("")
    expect(page.get_by_label("Je bericht")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    while page.evaluate("document.activeElement.textContent.trim()") != "Hint":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(log).to_contain_text("Ik hoorde: /ask_hint")
    assert violations(page) == []


def test_a_resident_asks_and_presses_a_button_on_a_phone(open_page: OpenPage, assistant: StandInRasa) -> None:
    buttons = [{"title": "Ja, dank u", "payload": "/answer_helped"}]
    assistant.answer = lambda heard: [{"text": "Op het terrein. Is uw vraag beantwoord?", "buttons": buttons}]
    page = open_page("/vragen", viewport=NARROW)
    page.get_by_label("Uw vraag", exact=True).fill("Waar parkeren ze?")
    page.get_by_role("button", name="Verstuur uw vraag").click()
    page.get_by_role("button", name="Ja, dank u").click()
    expect(page.get_by_role("log").locator(".bubble--own")).to_have_text(["UWaar parkeren ze?", "UJa, dank u"])
    expect(page.locator("[data-chat-state]")).to_be_empty()  # it stands there before it has arrived
    assert assistant.heard[-1]["payload"] == "/answer_helped"
    assert violations(page) == []
    assert not is_wider_than_the_screen(page)


def test_what_was_typed_stays_when_the_assistant_fails(open_page: OpenPage, assistant: StandInRasa) -> None:
    assistant.status = 500
    page = open_page("/oefenen", role=OFFICIAL)
    box = page.get_by_label("Je bericht")
    box.fill("Een lange zin die ik niet kwijt wil.")
    box.press("Enter")
    expect(page.locator("[data-chat-state]")).to_contain_text("door een storing")
    expect(box).to_have_value("Een lange zin die ik niet kwijt wil.")
    expect(page.get_by_role("log").locator(".bubble--own")).to_have_count(0)
    assert violations(page) == []
    assistant.status = 200
    box.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Ik hoorde: Een lange zin die ik niet kwijt wil.")
    expect(page.locator("[data-chat-state]")).to_be_empty()


def test_what_was_typed_stays_when_the_connection_falls_away(open_page: OpenPage) -> None:
    page = open_page("/oefenen", role=OFFICIAL)
    page.context.set_offline(True)
    box = page.get_by_label("Je bericht")
    box.fill("Hallo?")
    box.press("Enter")
    expect(page.locator("[data-chat-state]")).to_contain_text("geen verbinding met de server")
    expect(box).to_have_value("Hallo?")


def test_words_of_the_assistant_never_run_as_code(open_page: OpenPage, assistant: StandInRasa) -> None:
    evil = "<img src=x onerror=\"document.title='raak'\"><script>document.title='raak'</script>"
    assistant.answer = lambda heard: [{"text": evil, "buttons": [{"title": evil, "payload": "/greet"}]}]
    page = open_page("/oefenen", role=OFFICIAL)
    page.get_by_label("Je bericht").fill(evil)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator(".bubble").last).to_contain_text("<img src=x")
    assert "raak" not in page.title()


def test_without_script_everything_still_works(open_page: OpenPage, assistant: StandInRasa) -> None:
    assistant.answer = practising
    page = open_page("/oefenen", role=OFFICIAL, script=False)
    page.get_by_role("button", name="Praat met Ingrid").click()
    expect(page.get_by_role("log")).to_contain_text("Dus dat komt daar gewoon.")
    page.get_by_label("Je bericht").fill("Vertel eens.")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("log")).to_contain_text("Ik hoorde: Vertel eens.")


def test_answering_a_question_by_keyboard_with_a_live_preview(open_page: OpenPage, site: RunningSite) -> None:
    question = ask(site.store, "Komt er een speeltuin bij het gebouw?", "resident:page:f", now=now_utc())
    page = open_page(f"/bureau/vraag/{question.cluster_id}", role=DESK)
    press_until(page, "Vraag, zoals die op de site komt")
    page.keyboard.type("Komt er een speeltuin?")
    page.keyboard.press("Tab")
    page.keyboard.type("Ja, in het voorjaar.")
    expect(page.locator(".phone__message")).to_contain_text("Ja, in het voorjaar.")
    press_until(page, "Publiceer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Het antwoord staat online.")
    assert cluster(site.store, question.cluster_id).state is QuestionState.ANSWERED
    public = open_page("/vragen?zoek=speeltuin")
    expect(public.get_by_role("main")).to_contain_text("Ja, in het voorjaar.")


def test_the_main_job_by_keyboard_alone(open_page: OpenPage, site: RunningSite) -> None:
    """From the list to an open row, claimed, answered, previewed and published."""
    question = ask(site.store, "Komt er een moestuin bij het gebouw?", "resident:page:k", now=now_utc())
    page = open_page("/bureau?volgorde=newest", role=DESK)
    press_until(page, "Komt er een moestuin")
    assert has_visible_focus(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Komt er een moestuin")
    press_until(page, "Pak deze vraag op")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Je hebt deze vraag opgepakt")
    assert cluster(site.store, question.cluster_id).claimed_by == site.town.accounts[DESK].id
    press_until(page, "Vraag, zoals die op de site komt")
    page.keyboard.type("Komt er een moestuin?")
    press_until(page, "Antwoord")
    page.keyboard.type("Ja, achter het gebouw.")
    press_until(page, "Bekijk voorbeeld")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".phone__message")).to_contain_text("Ja, achter het gebouw.")
    assert violations(page) == []
    press_until(page, "Publiceer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Het antwoord staat online.")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_caller_is_helped_by_keyboard_alone(
    open_page: OpenPage, site: RunningSite, assistant: StandInRasa, viewport: ViewportSize
) -> None:
    data = {"outcome": "suggest", "detail": "", "entries": ["e12", "e13"], "answers": 0, "owner": "Afdeling Verkeer"}
    assistant.answer = lambda heard: [{"custom": {"front_desk": data}}] if "text" in heard else echo(heard)
    page = open_page("/balie", role=OFFICIAL, viewport=viewport)
    page.keyboard.type("komt er een trapveldje")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Misschien bedoelt de beller")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert has_visible_focus(page)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert violations(page) == []
    assert not is_wider_than_the_screen(page)
    page.keyboard.press("F2")
    expect(page.get_by_role("heading", name="is genoteerd")).to_be_visible()
    expect(page.get_by_label("Telefoonnummer")).to_be_focused()
    assert violations(page) == []
    assert not is_wider_than_the_screen(page)
    page.keyboard.type("06 12 34 56 78")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("wordt gewist zodra iemand heeft gebeld")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Wat vraagt de beller?")).to_be_focused()


def test_a_resident_without_telegram_leaves_an_address(
    open_page: OpenPage, site: RunningSite, assistant: StandInRasa
) -> None:
    def answer(heard: Heard) -> Answers:
        ask(site.store, heard["text"], heard["sender"], now=now_utc())
        return [{"text": "Uw vraag heeft een nummer."}]

    assistant.answer = answer
    page = open_page("/vragen", viewport=NARROW)
    page.get_by_label("Uw vraag", exact=True).fill("Komt er een jeu-de-boulesbaan?")
    page.get_by_role("button", name="Verstuur uw vraag").click()
    page.get_by_role("log").get_by_label("per mail").fill("kees@voorbeeld.nl")
    assert violations(page) == []
    assert not is_wider_than_the_screen(page)
    page.get_by_role("log").get_by_role("button", name="Bewaar mijn e-mailadres").click()
    expect(page.get_by_role("status").first).to_contain_text("We mailen u zodra er antwoord is")
    assert violations(page) == []


def test_a_debrief_prints_without_buttons_and_menu(open_page: OpenPage, finished_talk: None) -> None:
    page = open_page("/oefenen/terugblik", role=OFFICIAL)
    page.emulate_media(media="print")
    expect(page.locator(".graph")).to_be_visible()
    for hidden in (".top", ".foot", ".tool", "[data-print]"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_the_pages_look_as_designed(open_page: OpenPage) -> None:
    """The style sheets, the theme and the letters arrive: a page without them would pass every other test."""
    page = open_page("/vragen")
    button = page.get_by_role("button", name="Zoeken")
    assert button.evaluate("(each) => getComputedStyle(each).backgroundColor") == "rgb(13, 92, 112)"
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('1rem \"Noto Sans\"'))")
    assert button.evaluate("(each) => each.getBoundingClientRect().height") >= 44
