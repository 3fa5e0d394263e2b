"""What is read from bare words: typos, names, u or je and the viewpoint make no difference."""

from __future__ import annotations

import pytest

from bot.domain.practice import asking, feelings, limit_words, manners, wording
from bot.domain.practice.asking import Asked
from bot.domain.practice.deferral import deferral_frame
from bot.domain.practice.room import room_frame


@pytest.mark.parametrize(
    "text",
    [
        "Dat weet ik niet. Mijn collega Karin belt u vrijdag.",
        "dat weet ik nie, mijn colega belt je vrijdag ff op",
        "Geen idee, eerlijk gezegd. De wethouder mailt u donderdg.",
        "Daar ga ik niet over. Ik vraag het de projectleidr en laat het u morgen per mail weten.",
        "Hoe dat met de bomen gaat durf ik niet te zeggen, ik zoek het uit en bel je maandag.",
        "Daar moet ik u het antwoord op schuldig blijven; mevrouw Yilmaz van wonen schrijft u voor 1 mei.",
    ],
)
def test_a_full_deferral_has_all_four_parts(text: str) -> None:
    frame = deferral_frame(text)
    assert (frame.admits, frame.who, frame.when, frame.how) == (True, True, True, True)


@pytest.mark.parametrize(
    "text",
    [
        "Daar komen we op terug.",
        "Dat hoort u te zijner tijd.",
        "Zodra er meer duidelijk is laten we het horen.",
        "We nemen het mee, zo snel mogelijk.",
    ],
)
def test_a_vague_deferral_names_no_moment(text: str) -> None:
    frame = deferral_frame(text)
    assert not frame.when
    assert frame.puts_off


@pytest.mark.parametrize(
    "text", ["Daar kunt u op rekenen.", "Ik garandeer u dat het lukt.", "Dat beloof ik u.", "Mijn woord erop."]
)
def test_a_promise_in_so_many_words(text: str) -> None:
    assert room_frame(text).promises


@pytest.mark.parametrize("text", ["Ik beloof u niets.", "Garanderen kan ik dat niet.", "Dat kan ik je niet beloven."])
def test_refusing_to_promise_is_no_promise(text: str) -> None:
    assert not room_frame(text).promises


@pytest.mark.parametrize("text", ["Vertel.", "En toen?", "Vertelt u eens", "Ga verder.", "Hoe bedoelt u?"])
def test_a_nudge_to_go_on(text: str) -> None:
    assert asking.invites(text)


WHOLE = ("Dat weet ik niet.", "Mijn collega zoekt het uit.", "U hoort het vrijdag.", "Per mail.")


@pytest.mark.parametrize("left_out", range(len(WHOLE)))
def test_leaving_a_part_out_never_adds_one(left_out: int) -> None:
    whole = deferral_frame(" ".join(WHOLE))
    less = deferral_frame(" ".join(part for place, part in enumerate(WHOLE) if place != left_out))
    assert less.parts < whole.parts


def test_the_day_one_hears_something_is_the_one_to_repeat() -> None:
    assert deferral_frame("Ik vraag het morgen na en mail u vrijdag.").moment == "vrijdag"
    assert deferral_frame("Wat er vanavond besloten wordt weet ik niet.").moment == ""


@pytest.mark.parametrize(
    ("text", "fixed", "is_open", "unknown"),
    [
        ("Het besluit is al genomen.", True, False, False),
        ("Dat ligt vast, over de ingang kunt u nog meepraten.", True, True, False),
        ("Er is nog niet besloten of het doorgaat.", False, False, True),
        ("Ik kan u niets beloven.", True, False, False),
        ("Wat vindt u van de koffie?", False, False, False),
    ],
)
def test_what_is_said_about_room(text: str, fixed: bool, is_open: bool, unknown: bool) -> None:
    frame = room_frame(text)
    assert (frame.fixed, frame.open, frame.unknown) == (fixed, is_open, unknown) or frame.unknown == unknown is True


@pytest.mark.parametrize(
    "text", ["Alles ligt nog open hoor.", "Er ligt niets vast: niets staat vast.", "alles is nog mogelijk"]
)
def test_everything_open_is_heard_as_such(text: str) -> None:
    assert room_frame(text).all_open


@pytest.mark.parametrize(
    "text", ["Ja, snap ik.", "Ik begrijp uw zorgen.", "dat is heel vervelend voor u", "Ik hoor u."]
)
def test_a_stock_phrase(text: str) -> None:
    assert feelings.is_formula(text)


@pytest.mark.parametrize(
    "text", ["Ik snap dat u boos bent.", "Wat een klap moet dat geweest zijn.", "Dat vreet aan u, zie ik."]
)
def test_naming_what_one_sees_is_no_stock_phrase(text: str) -> None:
    assert not feelings.is_formula(text)


@pytest.mark.parametrize(
    "text", ["Dat was te makkelijk van me.", "Het spijt me, ik ging te snel.", "We hadden u eerder moeten bellen."]
)
def test_an_apology(text: str) -> None:
    assert feelings.apologizes(text)


@pytest.mark.parametrize("text", ["Sorry hoor, maar zo zit het.", "Ik had het anders moeten zeggen, maar u ook."])
def test_a_hollow_apology_is_none(text: str) -> None:
    assert not feelings.apologizes(text)


@pytest.mark.parametrize(
    "text",
    ["Hebt u de brief ontvangen?", "bent u voor of tegen?", "Woont u daar al lang, ja of nee?", "En heb je bewijs?"],
)
def test_a_closed_question(text: str) -> None:
    assert asking.is_closed_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wat maakt het zo zwaar?",
        "Wilt u vertellen wat er gebeurde?",
        "Kun je daar een voorbeeld van geven?",
        "Is het vooral angst, of ook boosheid?",
    ],
)
def test_an_open_question(text: str) -> None:
    assert not asking.is_closed_question(text)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Hoe is dat toen gegaan?", Asked.STORY),
        ("Waar bent u het meest bang voor?", Asked.HEART),
        ("Wat doet dat met je?", Asked.HEART),
        ("Wat heeft u nodig?", Asked.NEED),
        ("Wat zou je het liefst willen?", Asked.NEED),
    ],
)
def test_which_level_of_the_story_is_asked_for(text: str, level: Asked) -> None:
    assert asking.asks_for(text) is level


@pytest.mark.parametrize(
    "text",
    ["Mij uitschelden accepteer ik niet.", "Op de persoon spelen doen we niet.", "Stop met dreigen, alstublieft."],
)
def test_words_that_draw_a_limit(text: str) -> None:
    assert limit_words.draws_limit(text)
    assert not limit_words.snarls(text)


@pytest.mark.parametrize("text", ["Doe eens normaal!", "Hou je mond", "Wie denkt u wel dat u bent?", "kap er nou mee"])
def test_a_snarl(text: str) -> None:
    assert limit_words.snarls(text)


def test_keywords_are_no_text() -> None:
    assert wording.is_heap("begrip boosheid grens dinsdag collega bellen")
    assert not wording.is_heap("huisarts vol, bus bijna weg, en dan dit er nog bovenop")


@pytest.mark.parametrize("text", ["Tot donderdag.", "Dank u wel. Goedenavond mevrouw Maas.", "Fijne avond nog!"])
def test_a_farewell(text: str) -> None:
    assert manners.says_farewell(text)


def test_a_greeting_is_no_farewell() -> None:
    assert manners.greets("Goedenavond mevrouw, gaat u zitten.")
    assert not manners.says_farewell("Goedenavond mevrouw, gaat u zitten.")
