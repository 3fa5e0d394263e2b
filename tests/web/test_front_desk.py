"""Helping callers: the bot's answers, one key to write a question down, and a wish to be called back."""

from __future__ import annotations

from datetime import date

from bot.domain.questions import QuestionKind, QuestionState
from bot.services.questions import register_question
from bot.services.reply_wishes import reply_tasks
from bot.storage.store import SqlStore
from tests.web.browser import Browser, hidden, words
from tests.web.stand_in_rasa import Answers, Heard, StandInRasa
from tests.web.town import NOW, Town

QUESTION = "Komt er een speeltuin bij het gebouw?"


def found(outcome: str = "answer", entries: tuple[str, ...] = ("e12", "e01"), detail: str = "") -> Answers:
    """What the action server says of a caller's question."""
    data = {
        "outcome": outcome, "detail": detail, "entries": list(entries), "answers": int(outcome == "answer"),
        "owner": "het college",
    }  # fmt: skip
    return [{"custom": {"front_desk": data}}]


def search(browser: Browser, text: str = QUESTION) -> str:
    return browser.post("/balie", {"actie": "zoek", "zoek": text}).text


def call(page: str) -> dict[str, str]:
    """The fields that go on with the same caller."""
    return {name: hidden(page, name) for name in ("gesprek", "zegel", "vraag")}


def test_it_finds_what_the_bot_finds_and_registers_nothing(official: Browser, rasa: StandInRasa, town: Town) -> None:
    rasa.answer = lambda heard: found()
    page = words(search(official, "wat verandert er"))
    assert "Dit is het antwoord Wat verandert er aan het gebouw?" in page
    assert page.index("Wat verandert er aan het gebouw?") < page.index("Lijkt erop")
    assert "Antwoord van 16 november 2026" in page
    [heard] = rasa.heard
    assert heard["sender"].startswith("resident:phone:")
    assert heard["text"] == "wat verandert er"


def test_each_search_is_a_conversation_that_leads_to_nobody(official: Browser, rasa: StandInRasa, town: Town) -> None:
    search(official)
    search(official)
    assert rasa.heard[0]["sender"] != rasa.heard[1]["sender"]


def test_what_the_bot_knows_of_the_question_is_said(official: Browser, rasa: StandInRasa, town: Town) -> None:
    for outcome, detail, advice in (
        ("emergency", "danger", "om 112 te bellen"),
        ("emergency", "self_harm", "0800-0113"),
        ("political", "", "het college antwoordt daarop"),
        ("side_issue", "", "dan komt het bij het college"),
    ):
        rasa.answer = lambda heard, outcome=outcome, detail=detail: found(outcome, (), detail)
        assert advice in words(search(official))


def test_without_the_assistant_words_are_compared_and_that_is_said(
    official: Browser, rasa: StandInRasa, town: Town
) -> None:
    rasa.status = 500
    page = words(search(official, "waar wordt geparkeerd"))
    assert "De assistent is er nu niet" in page
    assert "Waar wordt er geparkeerd?" in page
    assert "Er is geen antwoord dat hierbij past" in words(search(official, "xylofoon"))


def test_a_question_is_registered_as_the_bot_does_it(
    official: Browser, rasa: StandInRasa, store: SqlStore, town: Town
) -> None:
    def answer(heard: Heard) -> Answers:
        if "text" in heard:
            return found("register", ())
        register_question(
            store, text=QUESTION, kind=QuestionKind.SIDE_ISSUE, topic="groen", owner="Beheer", due_on=date(2026, 11, 30),
            conversation=heard["sender"], emotion=False, embedding=None, now=NOW,
        )  # fmt: skip
        return [{"text": "Uw vraag heeft nummer 6."}]

    rasa.answer = answer
    page = words(official.post("/balie", {"actie": "noteer", **call(search(official))}, page="/balie").text)
    assert "‘Uw vraag heeft nummer 6. Beheer geeft uiterlijk maandag 30 november 2026 antwoord." in page
    assert rasa.heard[-1]["payload"] == "/none_of_these"
    with store.view() as work:
        question = work.questions.get(6)
    assert question is not None
    assert (question.wants_notice, question.state) == (False, QuestionState.OPEN)


def test_a_question_is_registered_when_the_assistant_is_away_and_only_once(
    official: Browser, rasa: StandInRasa, store: SqlStore, town: Town
) -> None:
    rasa.status = 500
    fields = {"actie": "noteer", **call(search(official))}
    pages = [words(official.post("/balie", fields, page="/balie").text) for _ in range(2)]
    assert all(
        "nummer 6. Team Communicatie geeft uiterlijk maandag 30 november 2026 antwoord" in page for page in pages
    )
    with store.view() as work:
        assert work.questions.get(7) is None
    log = store.view()
    with log as work:
        rows = [row for row in work.audit.find("question:6", 10) if row.action == "registered_call"]
    assert len(rows) == 2


def test_a_caller_who_wants_to_be_called_back_becomes_a_task(
    official: Browser, communications: Browser, rasa: StandInRasa, store: SqlStore, town: Town
) -> None:
    rasa.status = 500
    same = call(search(official))
    official.post("/balie", {"actie": "noteer", **same}, page="/balie")
    wrong = official.post("/balie", {"actie": "terugbellen", **same, "telefoon": "12"}, page="/balie")
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.text
    kept = official.post(
        "/balie", {"actie": "terugbellen", **same, "telefoon": "06 12345678", "naam": "Anna"}, page="/balie"
    )
    assert "wordt gewist zodra iemand heeft gebeld" in words(kept.text)
    [task] = reply_tasks(store)
    assert (task.address, task.name, task.question.text) == ("06 12345678", "Anna", QUESTION)
    page = communications.get("/bureau/terugbellen").text
    assert "06 12345678 , vraag naar Anna" in words(page)
    done = communications.post("/bureau/terugbellen", {"taak": str(task.id)})
    assert "Het adres is gewist" in done.text
    assert "06 12345678" not in done.text
    assert communications.post("/bureau/terugbellen", {"taak": str(task.id)}, page="/bureau").status_code == 409


def test_a_call_of_somebody_elses_making_is_refused(official: Browser, rasa: StandInRasa, town: Town) -> None:
    fields = call(search(official))
    for forged in ({"gesprek": "x"}, {"zegel": "x"}, {"gesprek": "", "zegel": ""}):
        refused = official.post("/balie", {"actie": "noteer", **fields, **forged}, page="/balie")
        assert refused.status_code == 400
    assert official.post("/balie", {"actie": "raar"}).status_code == 400
    assert official.post("/balie", {"actie": "terugbellen", **fields, "telefoon": "0612345678"}).status_code == 400
