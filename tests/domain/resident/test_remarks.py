"""Remarks on the reply before."""

from __future__ import annotations

import pytest

from bot.domain.resident.remarks import Remark, remark_in


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Geen van deze.", Remark.NONE_OF_THESE),
        ("nee geen van die vragen", Remark.NONE_OF_THESE),
        ("het staat er niet tussen", Remark.NONE_OF_THESE),
        ("Dat is geen antwoord!", Remark.NOT_ANSWERED),
        ("nou dat is toch geen antwoord op mijn vraag", None),
        ("dat is geen antwoord op mijn vraag", Remark.NOT_ANSWERED),
        ("sorry maar dat vroeg ik niet", Remark.NOT_ANSWERED),
        ("daar heb ik niks aan", Remark.NOT_ANSWERED),
        ("dat wist ik al", Remark.NOT_ANSWERED),
        ("ja hoor", Remark.YES),
        ("👍🏽", Remark.YES),
        ("ok", Remark.YES),
        ("geef het maar door", Remark.YES),
        ("👎", Remark.NO),
        ("laat maar", Remark.NO),
        ("hoe dan?", Remark.MORE),
        ("leg eens uit", Remark.MORE),
        ("wat bedoelt u daarmee?", Remark.MORE),
    ],
)
def test_a_remark_is_recognised_as_the_whole_message(text: str, remark: Remark | None) -> None:
    said = remark_in(text)
    assert (said.remark if said else None) is remark


@pytest.mark.parametrize(
    ("text", "choice"),
    [("de eerste", 1), ("2", 2), ("doe maar de tweede", 2), ("nummer 3 graag", 3), ("de laatste", -1)],
)
def test_a_suggestion_is_chosen_by_its_place(text: str, choice: int) -> None:
    said = remark_in(text)
    assert said is not None and (said.remark, said.choice) == (Remark.CHOICE, choice)


@pytest.mark.parametrize(
    "text",
    [
        "nee, ik bedoel hoe lang het duurt",
        "dat is geen antwoord, ik wil weten wanneer het opengaat",
        "komt de eerste groep in juni?",
        "160 mensen is te veel",
        "😡😡",
        "",
        "ja maar wie betaalt dat dan",
        "hoe laat dan?",
        "geen van de bewoners mag werken?",
        "ik ben het er niet mee eens",
    ],
)
def test_what_says_more_is_no_remark(text: str) -> None:
    assert remark_in(text) is None


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("ja maar wie zegt dat", Remark.SOURCE),
        ("en hoe weet ik dat dit klopt?", Remark.SOURCE),
        ("is dat wel zo?", Remark.SOURCE),
        ("heeft een mens dit geschreven", Remark.SOURCE),
        ("en mijn andere vraag dan?", Remark.MISSED),
        ("u bent een vraag vergeten", Remark.MISSED),
        ("Kan ik ergens met iemand praten, gewoon een mens?", Remark.HUMAN),
        ("ik wil een medewerker spreken", Remark.HUMAN),
        ("EN DAARNA?", Remark.MORE),
        ("hoezo staat dat vast", Remark.MORE),
        ("waar staat het gebouw", None),
        ("wie heeft dat besloten", None),
        ("waarom komt die opvang hier", None),
        ("mag ik een medewerker van het COA spreken", None),
        ("kan ik met iemand praten over de school", None),
        ("klopt het dat er 160 mensen komen?", None),
    ],
)
def test_doubt_a_missed_question_and_the_wish_for_a_person_are_remarks(text: str, remark: Remark | None) -> None:
    said = remark_in(text)
    assert (said.remark if said else None) is remark
