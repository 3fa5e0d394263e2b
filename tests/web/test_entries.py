"""The municipality's answers at the desk: change, withdraw, history, CSV in and out."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest
from starlette.applications import Starlette

from bot.domain.accounts import AccountRole
from bot.domain.faq import EntryState
from bot.domain.faq_csv import parse_faq_csv
from bot.language.embedder import EmbedderError
from bot.services import answers
from bot.services.clusters import cluster
from bot.services.ports import StoreUnavailable
from bot.storage.faq_files import write_faq_file
from bot.storage.question_types import load_question_types
from bot.storage.store import SqlStore
from tests.web.browser import Browser, hidden, words
from tests.web.town import NOW, Clock, Town

FIRST = "/bureau/antwoorden/antwoord/e01"
NEW = "/bureau/antwoorden/nieuw"


def fields(**changed: str) -> dict[str, str]:
    """The editor's fields, filled in."""
    usual = {
        "actie": "opslaan", "vraag": "Hoeveel mensen komen er?", "antwoord": "Er komen 150 mensen.", "soort": "factual",
        "thema": "aantallen", "eigenaar": "Programma Opvang", "bron": "", "controle": "", "status": "published",
    }  # fmt: skip
    return {**usual, **changed}


def test_a_changed_text_is_online_at_once_and_the_old_one_is_kept(
    communications: Browser, visitor: Browser, store: SqlStore
) -> None:
    version = hidden(communications.get(FIRST).text, "versie")
    page = words(communications.post(FIRST, fields(versie=version)).text)
    assert "Het antwoord is opgeslagen." in page
    assert "hoogstens 160 mensen" in page.partition("Eerdere versies")[2]
    public = words(visitor.get("/vragen").text)
    assert "Er komen 150 mensen." in public
    assert "hoogstens 160 mensen" not in public


def test_two_at_once_the_second_is_told_and_keeps_the_text(
    communications: Browser, administrator: Browser, store: SqlStore
) -> None:
    version = hidden(communications.get(FIRST).text, "versie")
    administrator.post(FIRST, fields(versie=version, antwoord="Versie van de een."))
    response = communications.post(FIRST, fields(versie=version, antwoord="Versie van de ander."))
    assert response.status_code == 409
    assert "Joost Veenstra heeft dit antwoord intussen veranderd" in words(response.text)
    assert "Versie van de ander." in response.text.partition('name="antwoord"')[2].partition("</textarea>")[0]
    assert answers.entry(store, "e01").answer == "Versie van de een."


def test_withdrawing_and_publishing_again(communications: Browser, visitor: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(FIRST).text, "versie")
    communications.post(FIRST, {"actie": "intrekken", "versie": version})
    assert "Hoeveel mensen komen er in Huize" not in visitor.get("/vragen").text
    assert answers.entry(store, "e01").state is EntryState.WITHDRAWN
    communications.post(FIRST, fields(versie=hidden(communications.get(FIRST).text, "versie")))
    assert "Er komen 150 mensen." in visitor.get("/vragen").text


def test_who_got_the_answer_hears_of_the_change_only_when_asked(
    communications: Browser, store: SqlStore, town: Town
) -> None:
    account = town.accounts[AccountRole.COMMUNICATIONS]
    answers.answer_with_entry(
        store, cluster_id=1, expected_version=cluster(store, 1).version, account_id=account.id, entry_id="e01", now=NOW
    )
    version = hidden(communications.get(FIRST).text, "versie")
    quiet = communications.post(FIRST, fields(versie=version, antwoord="Tikfout weg."))
    assert "krijgen bericht" not in quiet.text
    version = hidden(communications.get(FIRST).text, "versie")
    told = communications.post(FIRST, fields(versie=version, antwoord="Echt anders.", bericht="ja"))
    assert "2 inwoners krijgen bericht van de nieuwe tekst." in told.text


def test_a_new_answer_apart_from_any_question(communications: Browser, visitor: Browser) -> None:
    response = communications.post(NEW, fields(versie="0", vraag="Komt er een hek?", antwoord="Nee."))
    assert response.status_code == 200
    assert response.url.path.startswith("/bureau/antwoorden/antwoord/b")
    assert "Komt er een hek?" in visitor.get("/vragen").text


def test_a_draft_is_for_the_team_only(communications: Browser, visitor: Browser) -> None:
    communications.post(NEW, fields(versie="0", vraag="Komt er een hek?", status="draft"))
    assert "Komt er een hek?" not in visitor.get("/vragen").text
    assert "Komt er een hek?" in communications.get("/bureau/antwoorden?status=draft").text


def test_phrasings_can_be_added_and_taken_away(communications: Browser, store: SqlStore) -> None:
    page = communications.post(
        FIRST, {"actie": "koppelen", "versie": "1", "formulering": "Aantal koppen? Bel 0612345678"}
    )
    assert "Aantal koppen? Bel [telefoonnummer]" in page.text
    assert answers.entry(store, "e01").phrasings == ("Aantal koppen? Bel 0612345678",)
    key = hidden(page.text.partition("Aantal koppen")[2], "formulering")
    communications.post(FIRST, {"actie": "ontkoppelen", "versie": "1", "formulering": key})
    assert answers.entry(store, "e01").phrasings == ()


def test_the_list_points_at_answers_past_their_review_date(communications: Browser, clock: Clock) -> None:
    assert "Controledatum voorbij" in communications.get("/bureau/antwoorden").text
    assert "is de controledatum voorbij" not in communications.get("/bureau/antwoorden").text
    clock.forward(hours=1)
    communications.post(NEW, fields(versie="0", vraag="Oud?", controle="2026-01-01"))
    assert "Van 1 antwoord is de controledatum voorbij" in words(communications.get("/bureau/antwoorden").text)
    page = communications.get("/bureau/antwoorden?status=controle").text
    assert "Oud?" in page
    assert "Hoeveel gezinnen" not in page


def test_export_gives_back_what_the_store_holds(communications: Browser, store: SqlStore) -> None:
    response = communications.get("/bureau/antwoorden/antwoorden.csv")
    assert response.headers["content-disposition"] == 'attachment; filename="antwoorden-2026-11-23.csv"'
    assert response.content.startswith("\ufeffid;question".encode())
    rows = parse_faq_csv(response.content.decode())
    assert [replace(row, phrasings=()) for row in rows] == [
        replace(each, phrasings=(), version=1) for each in answers.published_entries(store)
    ]


def upload(browser: Browser, data: bytes) -> str:
    """Send a file; the words of the page that comes back."""
    response = browser.post("/bureau/antwoorden/inlezen", {}, files={"bestand": ("antwoorden.csv", data, "text/csv")})
    assert response.status_code in (200, 422)
    return words(response.text)


def test_a_spreadsheet_goes_out_and_in(communications: Browser, store: SqlStore) -> None:
    response = communications.get("/bureau/antwoorden/antwoorden.xlsx")
    assert response.headers["content-disposition"] == 'attachment; filename="antwoorden-2026-11-23.xlsx"'
    count = len(answers.published_entries(store))
    assert f"Hetzelfde gebleven {count}" in upload(communications, response.content)
    fresh = [replace(answers.published_entries(store)[0], id="x1", question="Komt er een café?")]
    assert "Nieuw 1" in upload(communications, write_faq_file(fresh, ".xlsx"))
    assert answers.entry(store, "x1").question == "Komt er een café?"


def test_importing_a_file(communications: Browser, store: SqlStore) -> None:
    data = "id;question;answer;kind;topic;owner\nx1;Komt er een café?;Nee.;feitelijk;gebouw;Vastgoed\n".encode("cp1252")
    assert "Nieuw 1 : x1" in upload(communications, data).replace("1: x1", "1 : x1")
    assert answers.entry(store, "x1").question == "Komt er een café?"


def test_the_editor_names_every_type_of_question_in_dutch(communications: Browser) -> None:
    page = communications.get(FIRST).text
    assert '<option value="number_of_people" selected>Hoeveel mensen er in de opvang komen (number_of_people)' in page
    assert page.count("<option") > 90


CLASH = (
    b"id;question;answer;kind;topic;owner;review_by\n"
    b"x1;Hoeveel mensen komen er wonen?;Er komen 80 mensen wonen.;feitelijk;aantallen;COA;2026-01-05\n"
)


def test_an_import_says_what_wants_looking_at_and_so_does_a_page_of_its_own(
    communications: Browser, store: SqlStore
) -> None:
    page = upload(communications, CLASH)
    assert answers.entry(store, "x1").state is EntryState.PUBLISHED
    for found in (page, words(communications.get("/bureau/antwoorden/nakijken").text)):
        contradiction = found.partition("Antwoorden die elkaar tegenspreken")[2]
        assert "(‘Hoeveel mensen komen er wonen?’) spreken elkaar tegen" in contradiction
        assert "Open e01 Open x1" in contradiction.partition("Controledatum voorbij")[0].replace("e01Open", "e01 Open")
        assert "x1: na te kijken voor 5 januari 2026" in found
    assert 'href="/bureau/antwoorden/nakijken"' in communications.get("/bureau/antwoorden").text


def test_where_nothing_stands_out_that_is_said(communications: Browser, store: SqlStore) -> None:
    for each in answers.published_entries(store):
        answers.withdraw_entry(store, entry_id=each.id, expected_version=each.version, account_id=1, now=NOW)
    assert "nog niets na te kijken" in words(communications.get("/bureau/antwoorden/nakijken").text)
    typed = CLASH.replace(b"review_by", b"type").replace(b"2026-01-05", b"number_of_people")
    assert "Van 1 antwoord viel niets op" in upload(communications, typed)


def test_a_type_is_suggested_by_the_name_it_has_at_the_desk(communications: Browser) -> None:
    page = upload(communications, CLASH.replace(b"review_by", b"type").replace(b"2026-01-05", b"parking"))
    assert "past niet bij" in page
    assert load_question_types()["parking"] in page
    assert "‘parking’" not in page and "number_of_people" not in page


@pytest.mark.parametrize("broken", [EmbedderError("weg"), StoreUnavailable("weg"), RuntimeError("kapot")])
def test_an_import_goes_on_when_looking_over_fails(
    communications: Browser, store: SqlStore, app: Starlette, broken: Exception
) -> None:
    def fail(*_: object) -> NoReturn:
        raise broken

    app.state.site = replace(app.state.site, look_over=fail)
    page = upload(communications, CLASH)
    assert "Nieuw 1: x1" in page and "Het nakijken lukt op dit moment niet." in page
    assert answers.entry(store, "x1").state is EntryState.PUBLISHED


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "leeg of niet gekozen"),
        (b"id;question\n1;2\n", "deze kolommen ontbreken in de kopregel"),
        (b"id;question;answer;kind;topic;owner\na;V?;A;raar;t;o\nb;;A;factual;t;o\n", "Rij 3, kolom 'question'"),
        (b"\x00\x01\x02\xff" * 50, "Er is niets ingelezen"),
    ],
)
def test_a_file_with_faults_changes_nothing_and_says_where(
    communications: Browser, store: SqlStore, data: bytes, problem: str
) -> None:
    before = answers.all_entries(store)
    assert problem in upload(communications, data)
    assert answers.all_entries(store) == before


def test_a_file_that_is_too_large_is_refused(communications: Browser) -> None:
    response = communications.post(
        "/bureau/antwoorden/inlezen", {}, files={"bestand": ("a.csv", b"x" * 3_000_000, "text/csv")}
    )
    assert response.status_code == 413
