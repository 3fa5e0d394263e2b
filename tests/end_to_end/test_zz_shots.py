import pytest
from playwright.sync_api import Page
from bot.bootstrap import now_utc
from bot.domain.moves import Move
from bot.domain.practice.goals import Goal
from bot.services import practice, disputes
from tests.end_to_end.conftest import NARROW, WIDE
from tests.end_to_end.test_browser import OFFICIAL, DESK, ADMINISTRATOR
from tests.web.test_practice_page import SCENARIOS, said

TALKS = [
 [("Dat klopt niet, het geld komt van het Rijk.", Move.ARGUE),("Ik zie dat u boos bent.", Move.ACKNOWLEDGE_EMOTION),("Wat is er met uw moeder gebeurd?", Move.EXPLORE),("Ik beloof u dat het goed komt met de verlichting.", Move.OVERPROMISE),("U hoort het vrijdag van de wethouder, dat weet ik zelf niet.", Move.DEFER_ANSWER)],
 [("Rustig maar, het valt mee.", Move.DISMISS),("Ik hoor hoe het u raakt, van uw moeder.", Move.ACKNOWLEDGE_EMOTION),("Begrijp ik goed dat u vooral kwaad bent over hoe het gegaan is?", Move.SUMMARIZE),("U mag boos zijn, maar mij uitschelden wil ik niet.", Move.SET_LIMIT),("Wat zou u nodig hebben?", Move.EXPLORE),("Het besluit staat vast, over het licht praat u mee.", Move.CLARIFY_ROOM),("Dat weet ik niet. Ik vraag het de projectleider en bel u vrijdag.", Move.DEFER_ANSWER)],
]

def hold(site, who, talk, scenario, goal, seed=7, stop=True):
    practice.start_talk(site.store, SCENARIOS, who, now_utc(), scenario, seed=seed, goal=goal, cues=True)
    out=()
    for text, move in talk:
        out = practice.say(site.store, SCENARIOS, who, said(text, move), now_utc())
    return practice.stop_talk(site.store, SCENARIOS, who, now_utc()) if stop else out

def test_shots(open_page, site, assistant):
    who = f"official:web:{site.town.accounts[OFFICIAL].id}"
    for i in range(3):
        hold(site, who, TALKS[i % 2], ("bewonersavond","telefoon")[i % 2], Goal.ALL, seed=7+i)
    says = hold(site, who, TALKS[1], "bewonersavond", Goal.LIMIT, seed=7)
    disputes.disagree(site.store, SCENARIOS, who, 1, now_utc()); disputes.share_words(site.store, SCENARIOS, who, 1, now_utc())
    for _ in range(7):
        with site.store.unit() as work:
            from datetime import date
            work.practice_counts.add("bewonersavond", date(2026,10,1)); work.commit()
    def answer(heard):
        rows=[]
        for s in says:
            rows.append({"text": s.text, "buttons":[{"title":b.title,"payload":b.payload} for b in s.buttons]})
            if s.data: rows.append({"custom": dict(s.data)})
        return rows
    assistant.answer = answer
    for name, size in (("wide", WIDE), ("narrow", {"width": 375, "height": 800})):
        page = open_page("/oefenen", role=OFFICIAL, viewport=size)
        page.screenshot(path=f"/tmp/coach_shots/oefenen-{name}.png", full_page=True)
        page.get_by_label("Je bericht").fill("stop"); page.keyboard.press("Enter")
        page.get_by_text("Dit kan anders").first.wait_for()
        page.screenshot(path=f"/tmp/coach_shots/debrief-{name}.png", full_page=True)
        for path in ("terugblik", "voortgang"):
            page.goto(site.address + "/oefenen/" + path)
            page.screenshot(path=f"/tmp/coach_shots/{path}-{name}.png", full_page=True)
        if name == "wide":
            page.goto(site.address + "/oefenen/terugblik")
            page.evaluate("document.querySelectorAll('.debrief details').forEach((each) => { each.open = true; })")
            page.pdf(path="/tmp/coach_shots/terugblik.pdf", format="A4")
            with page.expect_download() as d: page.get_by_role("link", name="Download als Word-document").click()
            d.value.save_as("/tmp/coach_shots/nabespreking.docx")
        desk = open_page("/bureau/coach", role=ADMINISTRATOR, viewport=size)
        desk.screenshot(path=f"/tmp/coach_shots/coach-{name}.png", full_page=True)
        desk.goto(site.address + "/beheer/oefenen")
        desk.screenshot(path=f"/tmp/coach_shots/counts-{name}.png", full_page=True)
