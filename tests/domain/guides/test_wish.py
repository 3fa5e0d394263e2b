"""What an official's words ask for, in the wordings people use."""

from __future__ import annotations

import pytest

from bot.domain.guides_wish import Asked, Wish, ask, subject_in_guide


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("waarom?", Wish.WHY),
        ("Waarom zou dat werken?", Wish.WHY),
        ("wat is de reden daarvan", Wish.WHY),
        ("hoezo?", Wish.WHY),
        ("geef eens een voorbeeldje", Wish.EXAMPLE),
        ("Heb je daar een praktijkvoorbeeld van?", Wish.QUESTION),
        ("heb je daar een concreet voorbeeld van?", Wish.EXAMPLE),
        ("hoe zeg ik dat?", Wish.EXAMPLE),
        ("hoe zeg ik dat netjes?", Wish.EXAMPLE),
        ("en daarna?", Wish.NEXT),
        ("Wat is de volgende stap?", Wish.NEXT),
        ("en dan?", Wish.NEXT),
        ("meer hierover graag", Wish.MORE),
        ("kun je dat uitleggen?", Wish.MORE),
        ("vertel er eens wat meer over", Wish.MORE),
        ("dat bedoel ik niet", Wish.MISSED),
        ("ik bedoelde iets anders", Wish.MISSED),
        ("hier heb ik niks aan", Wish.MISSED),
        ("welke onderwerpen ken je?", Wish.THEMES),
    ],
)
def test_asking_on_is_recognised_in_free_wordings(text: str, wish: Wish) -> None:
    assert ask(text).wish is wish


@pytest.mark.parametrize(
    ("text", "guide"),
    [
        ("wat zegt de VNG daarover?", "vng"),
        ("en volgens doedemocratie?", "dialoog"),
        ("doet doedemocratie daar ook een uitspraak over", "dialoog"),
        ("klopt dat ook volgens de vng?", "vng"),
        ("En de andere handreiking?", None),
        ("zegt de andere gids daar ook iets over?", None),
    ],
)
def test_the_other_guide_is_asked_for_by_name_or_as_the_other(text: str, guide: str | None) -> None:
    assert ask(text) == Asked(Wish.OTHER_GUIDE, guide)


@pytest.mark.parametrize(
    "text",
    [
        "waarom zijn mensen zo boos",
        "wat doe ik daarna met de vragen?",
        "heb je een voorbeeld van een goede uitnodiging",
        "40 insprekers op de lijst, wat nu",
        "vertel eens wat meer over statafels",
        "iemand helpt me niet in de zaal",
        "moet ik meer medewerkers inzetten",
        "mag ik statafels gebruiken",
        "",
        "?!",
    ],
)
def test_a_question_with_a_subject_of_its_own_stays_a_question(text: str) -> None:
    assert ask(text).wish is Wish.QUESTION


def test_a_question_may_name_the_guide_it_wants_answered_from() -> None:
    assert ask("wat zegt de VNG over insprekers?") == Asked(Wish.QUESTION, "vng")
    assert ask("zeggen de VNG en DoeDemocratie iets over insprekers?").guide is None


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("wat zegt de VNG over insprekers?", "insprekers"),
        ("Wat staat er in de handreiking over griffiers", "griffiers"),
        ("heeft doedemocratie iets over statafels op een zaterdag?", "statafels op een zaterdag"),
        ("wat zegt de VNG daarover?", ""),
        ("moet ik over de handreiking beginnen", ""),
        ("wat doe ik met vragen over de handreiking", ""),
        ("", ""),
    ],
)
def test_what_is_asked_of_a_guide_is_read_without_the_words_about_the_guide(text: str, subject: str) -> None:
    assert subject_in_guide(text) == subject


@pytest.mark.parametrize(
    ("text", "about", "guide"),
    [
        ("Welke punten gaan over sociale media?", "sociale media", None),
        ("welke tips zijn er over de pers", "pers", None),
        ("alles over veiligheid", "veiligheid", None),
        ("wat staat er allemaal over emoties in de vng", "emoties", "vng"),
        ("geef me een lijst van tips over uitnodigen", "uitnodigen", None),
    ],
)
def test_a_list_names_its_subject(text: str, about: str, guide: str | None) -> None:
    assert ask(text) == Asked(Wish.LIST, guide, about=about)


@pytest.mark.parametrize(
    ("text", "guide", "number"),
    [
        ("punt 42", "dialoog", "42"),
        ("wat staat er in punt 42?", "dialoog", "42"),
        ("laat paragraaf 6.4 zien", "vng", "6.4"),
        ("VNG 8.2", "vng", "8.2"),
        ("hoofdstuk 7", "vng", "7"),
    ],
)
def test_a_point_is_opened_by_its_number(text: str, guide: str, number: str) -> None:
    assert ask(text) == Asked(Wish.POINT, guide, number=number)
