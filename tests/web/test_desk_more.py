"""The desk beside answering: overview and files, news, by-catch, addresses that residents leave."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from bot.domain.follow_up import Step
from bot.domain.questions import QuestionState
from bot.services.clusters import cluster, dismiss
from bot.services.follow_ups import follow_ups
from bot.services.notices import deliveries_of_cluster
from bot.services.reply_wishes import reply_tasks
from bot.storage.store import SqlStore
from bot.web.dutch import log_words
from tests.web.browser import Browser, hidden, words
from tests.web.stand_in_rasa import Answers, Heard, StandInRasa
from tests.web.test_desk import TAXI
from tests.web.town import NOW, Clock, Town, ask

BINS = "/bureau/vraag/2"


def test_the_overview_shows_each_chart_with_its_table(communications: Browser, store: SqlStore) -> None:
    for n in range(6):
        ask(store, f"Is het veilig, en {n}?", f"resident:telegram:v{n}", topic="veiligheid", emotion=n < 3, now=NOW)
    page = communications.get("/bureau/overzicht?dagen=30").text
    assert page.count('<svg class="graph"') == page.count("<table") == 4
    said = words(page)
    assert "Veiligheid 6 6 6" in said
    assert "minder dan 5" in said
    assert "1 van 11 open te laat" in said
    assert communications.get("/bureau/overzicht?dagen=7").status_code == 400


def test_an_empty_overview_is_no_mistake(communications: Browser, clock: Clock) -> None:
    clock.forward(hours=11)
    assert communications.get("/bureau/overzicht?dagen=365").status_code == 200


def test_the_questions_come_as_csv_and_xlsx_masked_and_without_askers(communications: Browser, store: SqlStore) -> None:
    ask(store, '=HYPERLINK("http://x") werkt dit?', "resident:telegram:zzz")
    csv = communications.get("/bureau/overzicht/vragen.csv")
    assert csv.content.startswith(b"\xef\xbb\xbfnummer;gevraagd op;vraag;")
    rows = csv.text.splitlines()
    assert rows[1].startswith("1;2026-11-22;Rijden er straks taxibusjes door de Kerkstraat? Bel me op [telefoonnummer]")
    assert "'=HYPERLINK" in csv.text
    sheet = load_workbook(io.BytesIO(communications.get("/bureau/overzicht/vragen.xlsx").content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:3] == ["nummer", "gevraagd op", "vraag"]
    assert sheet.cell(7, 3).data_type == "s"
    for text in (csv.text, str([[cell.value for cell in row] for row in sheet.rows])):
        assert "resident:" not in text
        assert "06-12345678" not in text
    assert communications.get("/bureau/overzicht/vragen.exe").status_code == 404
    assert "sloeg een bestand op" in _log(store)


def _log(store: SqlStore) -> str:
    with store.view() as work:
        return " ".join(log_words(row) for row in work.audit.find("export:questions", 5))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("termijn=laat", {"Waarom moet"}), ("termijn=vandaag", {"De containers"}),
        ("termijn=week", {"Rijden er", "De containers", "Mogen de"}), ("van=mij", {"Rijden er"}),
        ("label=meaning", {"Waarom moet"}),
    ],
)  # fmt: skip
def test_more_filters(communications: Browser, query: str, shown: set[str]) -> None:
    communications.post(TAXI, {"actie": "oppakken", "versie": hidden(communications.get(TAXI).text, "versie")})
    why = "/bureau/vraag/3"
    communications.post(
        why, {"actie": "indelen", "versie": hidden(communications.get(why).text, "versie"), "soort": "political",
              "label": "meaning"},
    )  # fmt: skip
    page = communications.get(f"/bureau?{query}").text
    assert {text for text in ("Rijden er", "Waarom moet", "De containers", "Mogen de") if text in page} == shown


def test_by_catch_gets_a_step_and_the_asker_a_message(communications: Browser, store: SqlStore) -> None:
    ask(store, "De containers bij de flat zitten al weken vol!", "resident:page:kees", wants_notice=True,
        kind=cluster(store, 2).kind, topic="afval", owner="Beheer")  # fmt: skip
    version = hidden(communications.get(BINS).text, "versie")
    empty = communications.post(BINS, {"actie": "stap", "versie": version, "stap": "solved", "bericht": ""})
    assert empty.status_code == 422
    page = communications.post(
        BINS,
        {"actie": "stap", "versie": hidden(empty.text, "versie"), "stap": "passed_on", "bericht": "Het ligt bij <b>."},
    )
    said = words(page.text)
    assert "De stap is opgeslagen. 1 inwoner die daarom vroeg, krijgt bericht." in said
    assert "Doorgegeven , door Fatima de Boer" in said
    assert "Het ligt bij &lt;b&gt;." in page.text
    [told] = deliveries_of_cluster(store, 2)
    assert told.message.text.startswith("U meldde ons (nummer 6)")
    assert "Doorgegeven" in words(communications.get("/bureau").text)
    fields = {"actie": "stap", "versie": hidden(page.text, "versie"), "stap": "solved", "bericht": "Ze zijn leeg."}
    communications.post(BINS, fields)
    assert cluster(store, 2).state is QuestionState.ANSWERED
    assert [each.step for each in follow_ups(store, 2)] == [Step.PASSED_ON, Step.SOLVED]


def test_what_was_laid_aside_before_is_pointed_out(communications: Browser, store: SqlStore, town: Town) -> None:
    first = ask(store, "Komt er een zwembad?", "resident:page:a")
    by = next(iter(town.accounts.values())).id
    dismiss(store, cluster_id=first.cluster_id, expected_version=1, account_id=by, reason="Gaat nergens over", now=NOW)
    again = ask(store, "Komt er een zwembad??", "resident:page:b")
    page = words(communications.get(f"/bureau/vraag/{again.cluster_id}").text)
    assert "Dezelfde vraag is eerder weggelegd . De reden was: Gaat nergens over" in page


def test_news_is_written_previewed_placed_changed_and_taken_away(
    communications: Browser, visitor: Browser, town: Town
) -> None:
    fields = {"kop": "De raad besloot", "tekst": "Het gaat door.\n\n- In januari <b>begint</b> het.", "versie": "0"}
    address = "/bureau/nieuws/nieuw"
    preview = communications.post(address, {**fields, "actie": "voorbeeld"}).text
    assert "Nieuws over de opvang: De raad besloot" in words(preview)
    assert "De raad besloot" not in visitor.get("/nieuws").text
    placed = communications.post(address, {**fields, "actie": "plaatsen"})
    assert "Het nieuws staat online." in placed.text
    for page in ("/vragen", "/nieuws"):
        assert "<li>In januari &lt;b&gt;begint&lt;/b&gt; het.</li>" in visitor.get(page).text
    item = placed.url.path
    stale = communications.post(item, {**fields, "actie": "plaatsen"})
    assert stale.status_code == 409
    assert "Fatima de Boer heeft dit bericht intussen veranderd" in words(stale.text)
    version = hidden(stale.text, "versie")
    gone = communications.post(item, {**fields, "versie": version, "actie": "weghalen"})
    assert "weggehaald" in gone.text
    assert "De raad besloot" not in visitor.get("/vragen").text


def test_news_with_somebodys_number_waits_for_a_look(communications: Browser, visitor: Browser, town: Town) -> None:
    fields = {"actie": "plaatsen", "versie": "0", "kop": "Bel Jan", "tekst": "Bel Jan op 06-12345678."}
    held = communications.post("/bureau/nieuws/nieuw", fields)
    assert held.status_code == 422
    assert "telefoonnummer: 06-12345678" in held.text
    assert communications.post("/bureau/nieuws/nieuw", {**fields, "gecontroleerd": "ja"}).status_code == 200
    assert "Bel Jan" in visitor.get("/nieuws").text
    assert communications.post("/bureau/nieuws/nieuw", {**fields, "actie": "raar"}).status_code == 400
    assert communications.get("/bureau/nieuws/99").status_code == 404


def test_a_visitor_leaves_an_address_with_their_own_question_and_takes_it_back(
    visitor: Browser, rasa: StandInRasa, store: SqlStore, town: Town
) -> None:
    def answer(heard: Heard) -> Answers:
        ask(store, heard["text"], heard["sender"], now=NOW)
        return [{"text": "Uw vraag heeft een nummer."}]

    rasa.answer = answer
    fragment = visitor.post("/vragen", {"tekst": "Komt er een hek?"}, headers={"X-Fragment": "1"}).text
    assert "antwoord op vraag 6 per mail" in words(fragment)
    assert hidden(fragment, "vraag") == "6"
    wrong = visitor.post("/vragen/adres", {"vraag": "6", "email": "geen <adres>"}, page="/vragen")
    assert wrong.status_code == 422
    assert "geen &lt;adres&gt;" in wrong.text
    fields = {"vraag": "6", "email": "kees@voorbeeld.nl"}
    kept = visitor.post("/vragen/adres", fields, page="/vragen")
    assert "We mailen u zodra er antwoord is" in kept.text
    assert "kees@voorbeeld.nl" not in kept.text
    [task] = reply_tasks(store)
    assert (task.address, task.question.number) == ("kees@voorbeeld.nl", 6)
    gone = visitor.post("/vragen/adres", {"actie": "wissen"}, page="/vragen")
    assert "Uw e-mailadres is gewist" in gone.text
    assert reply_tasks(store) == ()


def test_nobody_leaves_an_address_with_somebody_elses_question(visitor: Browser, store: SqlStore, town: Town) -> None:
    refused = visitor.post("/vragen/adres", {"vraag": "1", "email": "kees@voorbeeld.nl"}, page="/vragen")
    assert refused.status_code == 422
    assert reply_tasks(store) == ()
