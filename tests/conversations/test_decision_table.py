"""Every row of the decision table (`bot.domain.resident.decision`), as a resident meets it: real model, rules and actions.

What is asserted holds for all wordings in resident.yml: a reply is recognised by the kind of sentence, whichever
variant came, and by what it has to name (an answer, a number, who, a date).

| row | tests here |
|---|---|
| danger now; thoughts of suicide | `test_danger…`, `test_thoughts…`, `test_just_after…`, `test_a_long_life…` |
| abuse without a question; with one | `test_abuse…`, `test_who_swears…` |
| strong emotion | `test_a_feeling…`, `test_joy…` |
| a confident match | `test_a_known_question…`, `test_capitals…`, `test_the_question_at_the_end…` |
| the same again | `test_a_known_question_asked_again…`, `test_an_open_question_asked_again…` |
| two or three likely | `test_a_doubtful…`, `test_a_suggestion…`, `test_none_of_these…`, `test_a_yes_to_several…` |
| administrative-political; something else; not known | `test_what_others_answer…`, `test_what_nobody_knows…` |
| several at once | `test_several…`, `test_five_questions…`, `test_an_emergency_among…` |
| something told, nothing asked | `test_who_tells…` |
| follow-ups and remarks | `test_a_follow_up…`, `test_that_is_no_answer…`, `test_who_says…`, `test_my_other_question…`, `test_a_person…` |
| a bare yes or no; nothing it can be about | `test_a_yes_to_nothing…`, `test_words_about_nothing…` |
| consent | `test_another_question_instead_of_consent…`, `test_consent…` |
| another language; emoji; small talk; chatbot | `test_another_language…`, `test_signs…`, `test_small_talk…`, `test_it_says_once…` |
| an edited message | `test_an_edited…` |

Commands, photos, voice messages and group chats are Telegram's: tests/telegram/test_commands.py, test_other_updates.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.conversations.assistant import Reply, Resident

Meet = Callable[[], Resident]

HOW_MANY, NUMBER = "Hoeveel mensen komen er wonen?", "160 mensen"
WHEN, OPENING = "Wanneer gaat Huize Merelweide open?", "14 juni 2027"
UNKNOWN, ALSO_UNKNOWN = "Welke kleur wordt de voordeur?", "Wie maakt de ramen schoon?"
POLITICAL = "Vindt de burgemeester zelf dat hij nog geloofwaardig is?"
BROKEN_LAMP, LAMP_OWNER = "De lantaarnpaal in mijn straat is al weken stuk.", "Afdeling Beheer Openbare Ruimte"
VAGUE = ("iets over kinderen en sport", "azc", "Wanneer open?", "iets met de buurt")
STORY = (
    "Wij kwamen hier in 1987 wonen en de straat was toen nog niet eens af.",
    "Er stond een hek, en een paard van de boer aan de overkant.",
    "Mijn man werkte bij de fabriek en ik bracht de kinderen met de fiets naar school.",
    "Later kwam er een bushalte, en die is ook weer weggehaald.",
    "De buren van nummer 12 zijn verhuisd naar Spanje en hun huis heeft een jaar te koop gestaan.",
    "Wij zijn blijven zitten, want wij vinden het hier mooi.",
    "In de zomer zitten we met z'n allen buiten en dan barbecueën we op het veldje.",
    "Vorige week kreeg ik een brief en daar stond van alles in over vergunningen en procedures.",
    "Ik heb hem drie keer gelezen en mijn dochter heeft hem ook gelezen.",
    "Zij zegt dat ik me niet zo druk moet maken, maar zo ben ik nou eenmaal. Snapt u dat?",
)
DATE = re.compile(r"\b\d{1,2} [a-z]+ 20\d\d\b")
PROMISES = ("registered", "political", "side_issue")


def open_numbers(resident: Resident) -> list[int]:
    """The numbers of what this resident asked."""
    return [int(number) for number in re.findall(r"^(\d+)\.", resident.types("/vragen").text, re.MULTILINE)]


def promised(reply: Reply, kind: str) -> bool:
    """Whether it says who answers and when, in this way, and asks about a notice."""
    asked = reply.says("ask_consent") or reply.says("ask_consent_several")
    return reply.says(kind) and bool(DATE.search(reply.text)) and asked and "give_consent" in reply.actions


def in_doubt(resident: Resident) -> Reply:
    """A reply with suggestions: which message brings them depends on the trained weights."""
    for text in VAGUE:
        if "choose_entry" in resident.types(text).actions:
            return resident.last
    raise AssertionError(f"none of {VAGUE} is doubtful any more: name another")


# Emergencies


@pytest.mark.parametrize("text", ["er is brand in het gebouw!", "help, een man met een mes bij de ingang"])
def test_danger_is_told_112_and_nothing_else(resident: Resident, text: str) -> None:
    assert [bubble.text for bubble in resident.types(text).bubbles] == ["Bel nu 112."]
    assert open_numbers(resident) == []


def test_an_emergency_among_questions_goes_before_all_of_them(resident: Resident) -> None:
    assert resident.types(f"{HOW_MANY} Er ligt hier nu iemand bewusteloos voor de deur!").text == "Bel nu 112."


def test_thoughts_of_suicide_are_met_kindly_and_with_113(resident: Resident) -> None:
    reply = resident.types("ik wil niet meer leven")
    assert reply.says("emergency_self_harm") and "0800-0113" in reply.text
    for text in ("niemand kan mij helpen", "ik wil niet meer leven", "dan weet ik het ook niet"):
        again = resident.types(text)
        assert again.says("after_self_harm") and "0800-0113" in again.text


@pytest.mark.parametrize("text", ["ik heb gebeld", "moet ik binnen blijven??", "ja", "wat nu"])
def test_just_after_an_emergency_nothing_else_is_looked_up(resident: Resident, text: str) -> None:
    resident.types("er staat iemand met een mes bij de ingang!")
    assert resident.types(text).kinds("after_", "did_you", *PROMISES) == {"after_danger"}


def test_after_an_emergency_a_clear_question_is_answered(resident: Resident) -> None:
    resident.types("er is brand in het gebouw!")
    assert NUMBER in resident.types(HOW_MANY).text


@pytest.mark.parametrize(
    "text", ["Ik woon hier mijn hele leven al", "Ik woon hier al veertig jaar, en altijd met plezier."]
)
def test_a_long_life_here_is_no_wish_to_die(resident: Resident, text: str) -> None:
    assert resident.types(text).kinds("emergency") == set()


# Abuse and feelings


def test_abuse_without_a_question_meets_a_limit_and_the_door_stays_open(resident: Resident) -> None:
    reply = resident.types("stelletje mafkezen, rot toch op")
    assert reply.says("abuse") and reply.buttons == ()
    assert open_numbers(resident) == []
    assert NUMBER in resident.types(HOW_MANY).text


def test_who_swears_and_asks_gets_an_answer(resident: Resident) -> None:
    reply = resident.types("stelletje mafkezen, wanneer gaat dat ding nou open?")
    assert OPENING in reply.text and not reply.says("abuse")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ik ben zo bang voor wat er komt. Is er wel beveiliging?", "acknowledge_fear"),
        ("Dit is schandalig, niemand vertelt ons iets! Wanneer gaat het open?", "acknowledge_anger"),
        ("We worden altijd belazerd door jullie. Hoeveel mensen komen er nou echt?", "acknowledge_distrust"),
    ],
)
def test_a_feeling_is_acknowledged_before_the_facts(resident: Resident, text: str, kind: str) -> None:
    reply = resident.types(text)
    first = Reply(reply.bubbles[:1])
    assert first.kinds("acknowledge") == {kind}
    assert len(reply.bubbles) > 1


def test_acknowledging_comes_in_other_words_each_time(resident: Resident) -> None:
    said = [resident.types(f"Ik ben zo bang! {text}").bubbles[0].text for text in (WHEN, HOW_MANY, WHEN)]
    assert len({text.split(". ")[-1] for text in said}) == 3


# Known questions


def test_a_known_question_is_answered_with_its_date_and_whether_it_helped(resident: Resident) -> None:
    reply = resident.types(HOW_MANY)
    assert NUMBER in reply.text and "16 november 2026" in reply.text
    assert reply.says("helped") and reply.actions == ("answer_helped", "answer_did_not_help")
    assert resident.presses("answer_helped").says("glad_it_helped")


def test_an_answer_that_did_not_help_goes_on_until_a_person_has_it(resident: Resident) -> None:
    resident.types(HOW_MANY)
    reply = resident.presses("answer_did_not_help")
    if "none_of_these" in reply.actions:
        reply = resident.presses("none_of_these")
    assert promised(reply, "registered")


def test_a_known_question_asked_again_offers_somebody_to_ask(resident: Resident) -> None:
    resident.types(WHEN)
    reply = resident.types("wanneer gaat huize merelweide open")
    assert reply.says("answer_again") and OPENING in reply.text
    assert promised(resident.types("ja graag"), "registered")


def test_capitals_are_no_shouting(meet: Meet) -> None:
    assert OPENING in meet().types("WANNEER GAAT HUIZE MERELWEIDE OPEN").text
    assert meet().types("MIJN VROUW HEEFT DAAR NOG GELEGEN").kinds("emergency", *PROMISES) == set()


def test_the_question_at_the_end_of_a_long_story_is_found(resident: Resident) -> None:
    text = f"{' '.join(STORY * 4)} Wat ik nu eigenlijk wil weten: {WHEN[0].lower()}{WHEN[1:]}"
    assert len(text) > 3000
    assert OPENING in resident.types(text).text


# Doubt


def test_a_doubtful_question_gets_at_most_three_suggestions_and_none_of_these(resident: Resident) -> None:
    reply = in_doubt(resident)
    assert reply.kinds("did_you", "only_told") & {"did_you_mean", "did_you_ask"}
    assert reply.actions[-1] == "none_of_these" and 1 <= reply.actions.count("choose_entry") <= 3


@pytest.mark.parametrize("how", ["press", "place", "title", "later"])
def test_a_suggestion_may_be_pressed_named_by_its_place_or_typed(resident: Resident, how: str) -> None:
    title = in_doubt(resident).buttons[1].title
    if how == "press":
        reply = resident.presses("choose_entry", 1)
    elif how == "title":
        reply = resident.types(title.lower().rstrip("…?"))
    else:
        if how == "later":
            assert NUMBER in resident.types(HOW_MANY).text
        reply = resident.types("de tweede")
    assert reply.says("helped") and reply.actions == ("answer_helped", "answer_did_not_help")


@pytest.mark.parametrize("text", ["geen van deze", "nee", "👎"])
def test_none_of_these_in_words_passes_the_question_on(resident: Resident, text: str) -> None:
    in_doubt(resident)
    reply = resident.types(text)
    assert reply.kinds(*PROMISES) and "give_consent" in reply.actions


def test_a_yes_to_several_suggestions_asks_which(resident: Resident) -> None:
    in_doubt(resident)
    assert resident.types("ja").says("which_of_these")


def test_a_second_question_while_a_choice_is_shown_is_answered(resident: Resident) -> None:
    in_doubt(resident)
    assert OPENING in resident.types(WHEN).text


# What somebody else answers


@pytest.mark.parametrize(
    ("text", "kind", "owner"),
    [(POLITICAL, "political", "burgemeester"), (BROKEN_LAMP, "side_issue", LAMP_OWNER)],
)
def test_what_others_answer_goes_to_them_with_a_number_and_a_date(
    resident: Resident, text: str, kind: str, owner: str
) -> None:
    reply = resident.types(text)
    assert promised(reply, kind) and owner.lower() in reply.text.lower()
    (number,) = open_numbers(resident)
    assert re.search(rf"\b{number}\b", reply.text)


def test_what_nobody_knows_gets_a_number_who_and_when(resident: Resident) -> None:
    reply = resident.types(UNKNOWN)
    if "none_of_these" in reply.actions:
        reply = resident.presses("none_of_these")
    assert promised(reply, "registered")
    (number,) = open_numbers(resident)
    assert re.search(rf"\b{number}\b", reply.text)


def test_an_open_question_asked_again_keeps_its_number(resident: Resident) -> None:
    resident.types(BROKEN_LAMP)
    resident.types("nee")
    reply = resident.types(BROKEN_LAMP.lower())
    assert reply.says("already_registered") and LAMP_OWNER in reply.text
    assert len(open_numbers(resident)) == 1


# Several at once


@pytest.mark.parametrize(
    ("other", "kind"), [(POLITICAL, "political"), (f"En {BROKEN_LAMP[0].lower()}{BROKEN_LAMP[1:]}", "side_issue")]
)
def test_several_things_each_get_their_due(resident: Resident, other: str, kind: str) -> None:
    reply = resident.types(f"{WHEN} {other}")
    assert OPENING in reply.text and reply.says("several")
    assert promised(reply, kind) and len(open_numbers(resident)) == 1


def test_five_questions_in_one_breath_all_get_a_reply(resident: Resident) -> None:
    reply = resident.types(
        "Hoeveel mensen komen er, wanneer gaat het open, waarom hier en niet in Halmerdijk zelf, wie betaalt de "
        "beveiliging en wordt mijn huis minder waard?"
    )
    assert NUMBER in reply.text and OPENING in reply.text and "nadeelcompensatie" in reply.text
    beside = len(re.findall(r"choose_entry", " ".join(reply.actions))) or len(open_numbers(resident))
    assert beside >= 1


# Telling, and remarks


@pytest.mark.parametrize(
    "text", ["Ik vind het maar niks.", "Mijn man heeft daar gelegen tot hij overleed. Het breekt mijn hart."]
)
def test_who_tells_something_is_heard_and_nothing_is_guessed(resident: Resident, text: str) -> None:
    reply = resident.types(text)
    assert reply.says("only_told") and reply.actions == ("none_of_these",)
    assert resident.types("geef maar door").says("passed_on")


@pytest.mark.parametrize("text", ["en hoe lang dan?", "en tot wanneer?"])
def test_a_follow_up_without_a_subject_keeps_it(resident: Resident, text: str) -> None:
    resident.types(WHEN)
    reply = resident.types(text)
    assert "13 juni 2032" in reply.text or "none_of_these" in reply.actions


def test_how_then_offers_somebody_to_ask(resident: Resident) -> None:
    resident.types(HOW_MANY)
    reply = resident.types("hoezo staat dat vast?")
    assert reply.says("no_more_than_this") and reply.actions == ("none_of_these",)
    assert promised(resident.types("ja"), "passed_on")


def test_that_is_no_answer_to_a_question_passed_on_is_granted(resident: Resident) -> None:
    resident.types(BROKEN_LAMP)
    reply = resident.types("dat is geen antwoord")
    assert reply.says("no_answer_yet") and LAMP_OWNER in reply.text
    assert resident.types("ja").says("consent_given")


def test_that_is_no_answer_to_an_answer_leads_on(resident: Resident) -> None:
    resident.types(HOW_MANY)
    reply = resident.types("dat is geen antwoord")
    assert reply.says("or_this") or promised(reply, "registered")


@pytest.mark.parametrize("text", ["wie zegt dat", "en hoe weet ik of dat klopt?", "heeft een mens dit geschreven"])
def test_who_says_so_is_told_whose_answer_it_is(resident: Resident, text: str) -> None:
    resident.types(HOW_MANY)
    reply = resident.types(text)
    assert reply.says("vouched") and "Programma Opvang" in reply.text and "16 november 2026" in reply.text
    assert "088-000 12 34" in reply.text


def test_my_other_question_is_asked_for_and_consent_still_stands(resident: Resident) -> None:
    resident.types(BROKEN_LAMP)
    assert resident.types("en mijn andere vraag dan?").says("missed")
    assert resident.types("ja").says("consent_given")


def test_a_person_can_be_called(resident: Resident) -> None:
    reply = resident.types("kan ik gewoon een mens spreken?")
    assert reply.says("human") and "088-000 12 34" in reply.text


# Nothing to go by


@pytest.mark.parametrize(("text", "kind"), [("ja", "yes_to_nothing"), ("nee", "no_to_nothing")])
def test_a_yes_to_nothing_asks_what_they_want_to_know(resident: Resident, text: str, kind: str) -> None:
    assert resident.types(text).says(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hoezo", "about_what"),
        ("de tweede", "about_what"),
        ("dat is geen antwoord", "ask_again"),
        ("geen van deze", "ask_again"),
    ],
)
def test_words_about_nothing_ask_for_the_question(resident: Resident, text: str, kind: str) -> None:
    reply = resident.types(text)
    assert reply.says(kind) and reply.buttons == ()


@pytest.mark.parametrize("text", ["😡😡", "🤷‍♀️", "?", "…"])
def test_signs_without_words_are_asked_for_words(resident: Resident, text: str) -> None:
    assert resident.types(text).says("smalltalk_nothing")


# Consent


@pytest.mark.parametrize(("text", "kind"), [("ja graag", "consent_given"), ("nee hoor", "consent_refused")])
def test_consent_may_be_given_or_refused_in_words(resident: Resident, text: str, kind: str) -> None:
    resident.types(BROKEN_LAMP)
    assert resident.types(text).says(kind)


def test_another_question_instead_of_consent_is_answered_and_consent_asked_with_the_next(resident: Resident) -> None:
    resident.types(BROKEN_LAMP)
    assert NUMBER in resident.types(HOW_MANY).text
    reply = resident.types("Er ligt overal hondenpoep in het park.")
    first, second = open_numbers(resident)
    assert reply.says("ask_consent_several") and f"{first} en {second}" in reply.text
    assert resident.types("nee").text


def test_a_second_question_that_nobody_knows_is_asked_consent_for_with_the_first(resident: Resident) -> None:
    resident.types(BROKEN_LAMP)
    reply = resident.types("Er ligt overal hondenpoep in het park.")
    assert promised(reply, "side_issue")
    assert resident.types("ja").says("consent_given_several")


# Who talks


@pytest.mark.parametrize(
    ("text", "beginning"),
    [("When does the centre open and how can I help?", "Thank you"), ("Коли відкриється центр?", "Дякуємо")],
)
def test_another_language_gets_a_short_reply_in_it_and_is_passed_on(
    resident: Resident, text: str, beginning: str
) -> None:
    reply = resident.types(text)
    assert reply.text.startswith(beginning) and "112" in reply.text
    assert [button.title for button in reply.buttons] == ["✅", "❌"]
    assert resident.types("ja").says("consent_given")
    assert NUMBER in resident.types(HOW_MANY).text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("goedemorgen", "smalltalk_greet"),
        ("dank u wel", "smalltalk_thanks"),
        ("ben je een robot?", "smalltalk_are_you_a_bot"),
    ],
)
def test_small_talk_is_short_and_honest(resident: Resident, text: str, kind: str) -> None:
    reply = resident.types(text)
    assert len(reply.bubbles) == 1 and reply.buttons == ()
    assert reply.says(kind) or "response" in kind


def test_it_says_once_that_it_is_a_chatbot(resident: Resident) -> None:
    assert "chatbot" in resident.types(HOW_MANY).text
    assert "chatbot" not in resident.types(WHEN).text


def test_an_edited_message_changes_the_open_question(resident: Resident) -> None:
    resident.types("Er ligt overal hondenpoep in het park.", message_id="7")
    resident.types("Er ligt overal hondenpoep in de speeltuin.", message_id="7")
    assert "speeltuin" in resident.types("/vragen").text and len(open_numbers(resident)) == 1


@pytest.mark.parametrize("text", ["/start_practice", "oefenen", "/guide", "/list_scenarios"])
def test_an_officials_words_get_a_resident_nowhere(resident: Resident, text: str) -> None:
    said = resident.types(text).text.lower()
    assert said and "oefengesprek" not in said and "handreiking" not in said
