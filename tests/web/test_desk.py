"""The review desk: from an unanswered question to an answer for everybody who asked."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.accounts import AccountRole
from bot.domain.outgoing import Delivery
from bot.domain.personal_data import mask_personal_data
from bot.domain.questions import QuestionKind, QuestionState
from bot.services import answers
from bot.services.audit import audit_trail
from bot.services.clusters import claim, cluster, open_clusters
from bot.services.guide_gaps import list_gaps
from bot.services.notices import deliveries_of_cluster, lease_next, mark_uncertain
from bot.storage.store import SqlStore
from tests.web.browser import Browser, hidden, words
from tests.web.town import NOW, Clock, Town, ask

TAXI = "/bureau/vraag/1"
ANSWER = "Ja, er rijden twee busjes per dag. Zij rijden niet door de Kerkstraat."


def editor(**changed: str) -> dict[str, str]:
    """The editor's fields, filled in."""
    usual = {
        "actie": "publiceren", "vraag": "Rijden er taxibusjes?", "antwoord": ANSWER, "soort": "factual",
        "thema": "verkeer", "eigenaar": "Afdeling Verkeer", "bron": "Verkeersplan 2026", "controle": "2027-03-01",
    }  # fmt: skip
    return {**usual, **changed}


def test_the_list_shows_who_waits_longest_and_says_in_words_what_is_late(communications: Browser) -> None:
    page = words(communications.get("/bureau").text)
    places = [page.index(text) for text in ("3 dagen te laat", "2026 vandaag", "2026 morgen", "2026 over 4 dagen")]
    assert places == sorted(places)
    assert page.index("Waarom moet het weer bij ons?!") < page.index("De containers bij de flat")
    assert "4 open" in page
    assert "1 te laat" in page


def test_askers_texts_are_masked_everywhere_at_the_desk(communications: Browser, store: SqlStore, town: Town) -> None:
    account = town.accounts[AccountRole.COMMUNICATIONS]
    pages = [communications.get("/bureau").text, communications.get(TAXI).text]
    answers.publish_answer(
        store, cluster_id=1, expected_version=cluster(store, 1).version, account_id=account.id, question="Busjes?",
        answer="Ja.", kind=QuestionKind.FACTUAL, topic="verkeer", owner="Afdeling Verkeer", type=None, now=NOW,
    )  # fmt: skip
    pages += [communications.get(TAXI).text, communications.get("/bureau/antwoorden/antwoord/v1").text]
    assert all("[telefoonnummer]" in page and "[e-mailadres]" in page for page in pages)
    assert not any("06-12345678" in page or "anna@voorbeeld.nl" in page for page in pages)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"soort": "political"}, ["Waarom moet het weer"]),
        ({"soort": "side_issue"}, ["De containers"]),
        ({"thema": "bewoners"}, ["Mogen de bewoners"]),
        ({"eigenaar": "Afdeling Verkeer"}, ["Rijden er straks"]),
        ({"zoek": "flat"}, ["De containers"]),
        ({"status": "answered"}, []),
        (
            {"status": "alle", "volgorde": "most_asked"},
            ["Rijden er straks", "Waarom moet", "De containers", "Mogen de"],
        ),
    ],
)
def test_filters(communications: Browser, query: dict[str, str], shown: list[str]) -> None:
    page = communications.client.get("/bureau", params=query).text
    known = ("Rijden er straks", "Waarom moet", "De containers", "Mogen de")
    assert [text for text in known if text in page] == [text for text in known if any(text in each for each in shown)]
    assert all(text in page for text in shown)


def test_nonsense_in_the_address_is_refused_kindly(communications: Browser) -> None:
    assert communications.get("/bureau?soort=raar").status_code == 400
    assert communications.get("/bureau/vraag/999").status_code == 404
    assert communications.get("/bureau/vraag/nul").status_code == 404


def test_claiming_and_giving_back(communications: Browser, administrator: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    page = communications.post(TAXI, {"actie": "oppakken", "versie": version}).text
    assert "Je hebt deze vraag opgepakt" in page
    assert "Fatima de Boer" in words(administrator.get("/bureau").text).partition("Kerkstraat")[2]
    page = communications.post(TAXI, {"actie": "teruggeven", "versie": hidden(page, "versie")}).text
    assert "weer vrij" in page
    assert cluster(store, 1).claimed_by is None


def test_the_second_to_claim_is_told_who_was_first(
    communications: Browser, administrator: Browser, store: SqlStore
) -> None:
    version = hidden(administrator.get(TAXI).text, "versie")
    communications.post(TAXI, {"actie": "oppakken", "versie": version})
    response = administrator.post(TAXI, {"actie": "oppakken", "versie": version})
    assert response.status_code == 409
    assert "Fatima de Boer" in response.text.partition('role="alert"')[2][:300]


def test_an_answer_goes_to_everybody_who_wanted_it(communications: Browser, visitor: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    page = words(communications.post(TAXI, editor(versie=version)).text)
    assert "Het antwoord staat online. 2 inwoners die daarom vroegen, krijgen bericht." in page
    assert "Staat klaar om te versturen" in page
    assert "Te lezen bij het volgende bezoek" in page
    public = words(visitor.get("/vragen?zoek=taxibusjes").text)
    assert ANSWER in public
    assert "Antwoord van 23 november 2026. Bron: Verkeersplan 2026." in public
    saved = answers.entry(store, "v1")
    assert (saved.review_by, saved.owner, saved.topic) == (date(2027, 3, 1), "Afdeling Verkeer", "verkeer")
    assert cluster(store, 1).state is QuestionState.ANSWERED


def test_the_preview_is_the_very_text_that_is_sent(communications: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    page = communications.post(TAXI, editor(versie=version, actie="voorbeeld")).text
    shown = page.partition('<p class="phone__message">')[2].partition("</p>")[0]
    communications.post(TAXI, editor(versie=hidden(page, "versie")))
    [telegram, _] = sorted(deliveries_of_cluster(store, 1), key=lambda each: each.chat_id is None)
    assert words(shown) == mask_personal_data(words(telegram.message.text))
    assert ANSWER in telegram.message.text


def test_the_preview_keeps_the_form_as_it_was_and_publishes_nothing(communications: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    page = communications.post(TAXI, editor(versie=version, actie="voorbeeld")).text
    assert ANSWER in page.partition('name="antwoord"')[2].partition("</textarea>")[0]
    assert 'value="2027-03-01"' in page
    assert cluster(store, 1).state is QuestionState.OPEN
    fragment = communications.fragment(TAXI, editor(versie=version, actie="voorbeeld")).text
    assert "<html" not in fragment
    assert ANSWER in fragment


def test_long_sentences_and_borrowed_words_are_pointed_out(communications: Browser) -> None:
    version = hidden(communications.get("/bureau/vraag/4").text, "versie")
    long = "Dit is een zin die " + "maar door en door gaat " * 5 + "en dan eindelijk eens ophoudt."
    fields = editor(versie=version, actie="voorbeeld", antwoord=long, vraag="Mogen de bewoners honden houden?")
    page = words(communications.post("/bureau/vraag/4", fields).text)
    assert "1 lange zin: kan het korter?" in page
    assert "precies de woorden van een inwoner" in page


def test_personal_data_hold_publishing_up_until_somebody_looked(communications: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    fields = editor(versie=version, antwoord="Bel buurman Jan op 06-12345678.")
    response = communications.post(TAXI, fields)
    assert response.status_code == 422
    assert "telefoonnummer: 06-12345678" in response.text
    assert "Bel buurman Jan" in response.text
    assert cluster(store, 1).state is QuestionState.OPEN
    assert communications.post(TAXI, {**fields, "gecontroleerd": "ja"}).status_code == 200
    assert cluster(store, 1).state is QuestionState.ANSWERED


def test_the_municipalitys_own_number_may_stand_in_an_answer(communications: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    fields = editor(versie=version, antwoord="Bel ons: 088-000 12 34 of merelweide@example.nl.")
    assert communications.post(TAXI, fields).status_code == 200
    assert cluster(store, 1).state is QuestionState.ANSWERED


@pytest.mark.parametrize(("question", "answer"), [("", ANSWER), ("Rijden er busjes?", ""), ("Vraag?", "x" * 3501)])
def test_an_empty_or_too_long_answer_is_refused_and_kept(
    communications: Browser, store: SqlStore, question: str, answer: str
) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    response = communications.post(TAXI, editor(versie=version, vraag=question, antwoord=answer))
    assert response.status_code == 422
    assert (answer or question) in response.text
    assert cluster(store, 1).state is QuestionState.OPEN


def test_a_colleague_who_was_quicker_is_named_and_the_typed_text_stays(
    communications: Browser, administrator: Browser, store: SqlStore
) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    administrator.post(TAXI, {"actie": "indelen", "versie": version, "soort": "political"})
    response = communications.post(TAXI, editor(versie=version))
    assert response.status_code == 409
    assert "Joost Veenstra heeft deze vraag intussen veranderd" in words(response.text)
    assert "Wat je typte, staat nog in het formulier." in words(response.text)
    assert ANSWER in response.text.partition('name="antwoord"')[2].partition("</textarea>")[0]
    assert cluster(store, 1).state is QuestionState.OPEN
    again = communications.post(TAXI, editor(versie=hidden(response.text, "versie")))
    assert again.status_code == 200
    assert cluster(store, 1).state is QuestionState.ANSWERED


def test_a_preview_does_not_hide_that_somebody_was_quicker(
    communications: Browser, administrator: Browser, store: SqlStore
) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    administrator.post(TAXI, {"actie": "indelen", "versie": version, "soort": "political"})
    preview = communications.post(TAXI, editor(versie=version, actie="voorbeeld")).text
    assert communications.post(TAXI, editor(versie=hidden(preview, "versie"))).status_code == 409
    assert cluster(store, 1).state is QuestionState.OPEN


def test_a_row_that_was_merged_away_gives_the_typed_text_back(
    communications: Browser, administrator: Browser, store: SqlStore
) -> None:
    version = hidden(communications.get("/bureau/vraag/4").text, "versie")
    ticked = [f"{number}:{cluster(store, number).version}" for number in (1, 4)]
    administrator.post("/bureau", {"rij": ticked})
    response = communications.post("/bureau/vraag/4", editor(versie=version), page=TAXI)
    assert response.status_code == 409
    assert "Joost Veenstra heeft deze vraag samengevoegd" in words(response.text)
    assert ANSWER in response.text


def test_answering_with_an_answer_that_is_there_already(communications: Browser, store: SqlStore) -> None:
    ask(store, "Waar kunnen mensen parkeren?", "resident:page:gerard")
    [found] = open_clusters(store, search="parkeren")
    address = f"/bureau/vraag/{found.id}"
    page = communications.get(address).text
    assert "Waar wordt er geparkeerd?" in page.partition("Staat het antwoord er al?")[2]
    similar = hidden(page, "bestaand")
    fields = {"actie": "bestaand", "versie": hidden(page, "versie"), "bestaand": similar}
    assert "Het antwoord staat online. Niemand had om bericht gevraagd." in words(
        communications.post(address, fields).text
    )
    assert cluster(store, found.id).questions[0].answered_by == similar


def test_sorting(communications: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    fields = {
        "actie": "indelen", "versie": version, "soort": "side_issue", "thema": "overlast",
        "eigenaar": "Team Communicatie", "datum": "2026-12-01", "label": "damage_control",
    }  # fmt: skip
    assert "De indeling is opgeslagen" in communications.post(TAXI, fields).text
    found = cluster(store, 1)
    assert (found.kind, found.topic, found.due_on) == (QuestionKind.SIDE_ISSUE, "overlast", date(2026, 12, 1))


def test_dismissing_needs_a_reason_and_keeps_it(communications: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    assert communications.post(TAXI, {"actie": "wegleggen", "versie": version, "reden": " "}).status_code == 422
    page = communications.post(
        TAXI, {"actie": "wegleggen", "versie": version, "reden": "Grapje van <b>de</b> buren"}
    ).text
    assert "Grapje van &lt;b&gt;de&lt;/b&gt; buren" in page
    assert cluster(store, 1).state is QuestionState.DISMISSED


def test_splitting_and_merging(communications: Browser, store: SqlStore) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    page = communications.post(TAXI, {"actie": "afsplitsen", "versie": version, "vraagnummer": ["2"]})
    assert "in een rij van zichzelf" in page.text
    assert len(open_clusters(store)) == 5
    number = int(page.url.path.rsplit("/", 1)[1])
    ticked = [f"{each}:{cluster(store, each).version}" for each in (1, number)]
    assert "Eén antwoord gaat straks naar iedereen" in communications.post("/bureau", {"rij": ticked}).text
    assert len(cluster(store, 1).questions) == 2


def test_merging_one_row_is_refused_with_advice(communications: Browser) -> None:
    response = communications.post("/bureau", {"rij": ["1:1"]})
    assert response.status_code == 422
    assert "ten minste twee" in response.text


def test_a_message_of_which_nobody_knows_is_shown_and_decided_by_a_person(
    communications: Browser, store: SqlStore, clock: Clock
) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    communications.post(TAXI, editor(versie=version))
    [taken] = lease_next(store, now=clock(), lease_seconds=60, limit=5)
    mark_uncertain(store, taken.id, error="time-out")
    assert "Van 1 bericht is niet zeker" in words(communications.get("/bureau").text)
    page = words(communications.get("/bureau/berichten").text)
    assert "[telefoonnummer]" in page
    assert "06-12345678" not in page
    communications.post("/bureau/berichten", {"actie": "opnieuw", "bericht": str(taken.id)})
    assert {each.state for each in deliveries_of_cluster(store, 1)} == {Delivery.PENDING, Delivery.KEPT}
    again = communications.post("/bureau/berichten", {"actie": "opnieuw", "bericht": str(taken.id)}, page="/bureau")
    assert again.status_code == 409


def test_the_row_says_what_happened_and_who_did_it(communications: Browser) -> None:
    version = hidden(communications.get(TAXI).text, "versie")
    communications.post(TAXI, {"actie": "oppakken", "versie": version})
    page = words(communications.get(TAXI).text)
    assert "Fatima de Boer pakte de vraag op 23 november 2026 om 10.30 uur" in page


def test_gaps_in_the_guides_are_listed(communications: Browser) -> None:
    page = words(communications.get("/bureau/handreiking").text)
    assert "Hoe lang duurt een asielprocedure gemiddeld? 1 Niets gevonden" in page
    assert "Antwoord hielp niet: Eerst de emotie, dan pas de inhoud (Handreiking dialoog, punt 42)" in page


def test_gaps_can_be_seen_by_what_happened(communications: Browser) -> None:
    page = words(communications.get("/bureau/handreiking?soort=not_helpful").text)
    assert "begint te huilen" in page
    assert "asielprocedure" not in page


def test_a_gap_that_is_dealt_with_leaves_the_list(communications: Browser, store: SqlStore) -> None:
    first = list_gaps(store)[0]
    page = communications.post("/bureau/handreiking", {"gat": str(first.id)})
    assert "Van de lijst gehaald." in page.text
    assert first.text not in page.text
    assert [row.action for row in audit_trail(store, subject=f"gap:{first.id}")] == ["closed"]
    assert communications.post("/bureau/handreiking", {"gat": str(first.id)}).status_code == 200


def test_a_claimed_row_can_be_freed_for_a_colleague_who_is_ill(
    communications: Browser, store: SqlStore, town: Town
) -> None:
    joost = town.accounts[AccountRole.ADMINISTRATOR]
    claim(store, cluster_id=1, expected_version=cluster(store, 1).version, account_id=joost.id, now=NOW)
    page = communications.get(TAXI).text
    assert "Maak vrij (ook al is Joost Veenstra ermee bezig)" in page
    communications.post(TAXI, {"actie": "teruggeven", "versie": hidden(page, "versie")})
    assert cluster(store, 1).claimed_by is None
