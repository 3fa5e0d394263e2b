"""The conversation about the guides, on the real entries and a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.domain.gaps import GapReason
from bot.domain.guides_map import GuideMap
from bot.domain.replies import Say
from bot.domain.understanding import Understanding
from bot.services.guide import ask_guide, is_about_guides, show_entry
from bot.services.guide_follow_ups import missed
from bot.services.guide_gaps import list_gaps
from bot.services.guide_replies import GuideContext, GuideTurn
from bot.services.ports import Store
from bot.storage.guides import load_guides, load_themes

GUIDES = GuideMap(load_guides(), load_themes())
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
NOTHING = GuideContext()
ABOUT_LIMITS = GuideContext("wat doe ik als iemand scheldt", "dialoog-43", ("dialoog-42", "vng-6.4.14"))


def understood(text: str, *parts: Understanding, **chances: float) -> Understanding:
    """A message that is about these entries; 'out_of_scope/near' as out_of_scope."""
    names = {"out_of_scope": "out_of_scope/near", "smalltalk": "smalltalk/test"}
    intents = {
        names.get(name, f"guide/{name.replace('_', '-', 1).replace('_', '.')}"): p for name, p in chances.items()
    }
    return Understanding(text, intents, parts=parts)


def asked(store: Store, message: Understanding, context: GuideContext = NOTHING) -> GuideTurn:
    """One turn."""
    return ask_guide(store, GUIDES, message, context, NOW)


def titles(say: Say) -> list[str]:
    """What stands on its buttons."""
    return [button.title for button in say.buttons]


def test_an_answer_names_its_point_and_offers_what_goes_with_it(store: Store) -> None:
    turn = asked(store, understood("iemand scheldt", dialoog_43=0.8))
    (say,) = turn.says
    assert "(Handreiking dialoog, punt 43)" in say.text
    assert titles(say) == [
        "Let op je eigen emoties",
        "Roep hulp in: je staat er niet alleen voor",
        "Maak een afspraak voor een ander moment",
        "Dat bedoel ik niet",
    ]
    assert turn.context == GuideContext("iemand scheldt", "dialoog-43", topic="Trek een grens bij agressie")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("waarom zou dat werken?", "Met een duidelijke grens"),
        ("geef eens een voorbeeldje", "opmerkingen over het gezin"),
        ("wat zegt de VNG daarover?", "(VNG-handreiking, paragraaf 6.4)"),
        ("en de andere gids?", "(VNG-handreiking, paragraaf 6.4)"),
        ("en daarna dan?", "(Handreiking dialoog, punt 44)"),
        ("vertel er eens meer over", "Een voorbeeld:"),
        ("en als hij doorgaat?", "Gaat de ander door, vraag jezelf dan af"),
    ],
)
def test_asking_on_keeps_the_topic_however_it_is_worded(store: Store, text: str, held: str) -> None:
    turn = asked(store, understood(text, smalltalk=0.7, dialoog_9=0.1), ABOUT_LIMITS)
    assert held in turn.says[0].text
    assert turn.context.entry is not None
    assert list_gaps(store) == ()


@pytest.mark.parametrize("text", ["waarom?", "en daarna?", "dat bedoel ik niet", "meer hierover"])
def test_asking_on_about_nothing_asks_what_is_meant(store: Store, text: str) -> None:
    turn = asked(store, understood(text, smalltalk=0.7))
    assert [say.response for say in turn.says] == ["utter_follow_up_to_what"]


def test_asking_the_guide_that_just_answered_says_so(store: Store) -> None:
    turn = asked(store, understood("wat zegt doedemocratie daarover?"), ABOUT_LIMITS)
    assert turn.says[0].response == "utter_same_guide"
    assert turn.context == ABOUT_LIMITS


def test_where_the_other_guide_is_silent_that_is_said(store: Store) -> None:
    turn = asked(store, understood("en de andere handreiking?"), GuideContext("ibs", "vng-8.2.4"))
    assert turn.says[0] == Say(response="utter_other_guide_is_silent", values={"guide": "Handreiking dialoog"})


def test_a_fresh_question_in_between_is_no_follow_up(store: Store) -> None:
    turn = asked(store, understood("en hoe zit het met statafels?", vng_6_3_1=0.9), ABOUT_LIMITS)
    assert turn.context.entry == "vng-6.3.1"


def test_a_vague_follow_up_offers_what_is_near_and_keeps_the_topic(store: Store) -> None:
    turn = asked(store, understood("en bij een groep?", dialoog_48_1=0.22, dialoog_8=0.08), ABOUT_LIMITS)
    assert turn.says[0].response == "utter_follow_up_near"
    assert 1 <= len(turn.says[0].buttons) <= 3
    assert turn.context.entry == "dialoog-43"
    assert turn.context.offered


def test_a_follow_up_without_an_answer_is_kept_behind_the_question_it_follows(store: Store) -> None:
    outside = understood("en wie betaalt dat?", out_of_scope=0.8)
    again = GuideContext("wie belt de mediator › en wanneer?", "dialoog-48.1")
    assert asked(store, outside, again).says[0].response == "utter_guide_does_not_say"
    assert [gap.text for gap in list_gaps(store)] == ["wie belt de mediator › en wie betaalt dat?"]


def test_a_question_about_one_guide_is_answered_from_it(store: Store) -> None:
    turn = asked(store, understood("wat zegt de VNG over insprekers?", dialoog_19=0.7))
    assert turn.context.entry == "vng-6.3.6"
    subject = understood("griffiers", out_of_scope=0.8)
    meta = replace(understood("wat staat er in de handreiking over griffiers", dialoog_0_2=0.8), subject=subject)
    assert asked(store, meta).says[0].response == "utter_guide_does_not_say"
    silent = asked(store, understood("wat zegt doedemocratie over de IBS-methode?", vng_8_2_4=0.7))
    assert silent.says[0].text.startswith("In de Handreiking dialoog vind ik dit niet apart.")


def test_two_questions_get_two_answers(store: Store) -> None:
    first = understood("Wie nodig ik uit?", vng_6_2=0.7)
    second = understood("Wat doe ik als iemand scheldt?", dialoog_43=0.8)
    turn = asked(store, understood(f"{first.text} {second.text}", first, second, dialoog_43=0.5, vng_6_2=0.3))
    assert [say.text.splitlines()[0] for say in turn.says] == [
        "Over ‘Wie nodig ik uit?’:",
        "Over ‘Wat doe ik als iemand scheldt?’:",
    ]
    assert turn.context.entry == "dialoog-43"


def test_of_two_questions_the_one_about_something_else_is_kept_as_a_gap(store: Store) -> None:
    first = understood("Wie nodig ik uit?", vng_6_2=0.7)
    second = understood("Hoe lang duurt een procedure?", out_of_scope=0.9)
    turn = asked(store, understood("beide", first, second, vng_6_2=0.5))
    assert [say.response for say in turn.says] == [None, None, "utter_guide_does_not_say"]
    assert [gap.text for gap in list_gaps(store)] == ["Hoe lang duurt een procedure?"]


def test_two_sentences_about_one_thing_get_one_answer(store: Store) -> None:
    first = understood("Iemand scheldt mij uit, mag dat?", dialoog_43=0.7)
    second = understood("Wat doe ik tegen schelden?", dialoog_43=0.8)
    assert len(asked(store, understood("beide", first, second, dialoog_43=0.8)).says) == 1
    unclear = understood("Is er koffie?", smalltalk=0.4, out_of_scope=0.2)
    assert len(asked(store, understood("beide", first, unclear, dialoog_43=0.8)).says) == 1


def test_a_list_is_buttons_where_short_and_text_with_numbers_where_long(store: Store) -> None:
    short = asked(store, understood("welke punten gaan over statafels?"))
    assert [button.title.partition(":")[0] for button in short.says[0].buttons] == ["punt 14", "6.3"]
    long = asked(store, understood("welke punten gaan over sociale media?"))
    assert "- 8.2: Gebruik de IBS-methode: drie labels per bericht" in long.says[0].text
    assert titles(long.says[0])[0] == "Waarvoor gebruiken inwoners sociale media?"
    none = asked(store, understood("welke punten gaan over de griffier?"))
    assert none.says[0] == Say(response="utter_no_points_about", values={"about": "griffier"})
    assert [gap.text for gap in list_gaps(store)] == ["griffier"]


def test_a_point_a_title_and_the_themes_can_be_asked_for(store: Store) -> None:
    assert asked(store, understood("punt 42")).context.entry == "dialoog-42"
    assert asked(store, understood("eerst de emotie, dan pas de inhoud")).context.entry == "dialoog-42"
    assert asked(store, understood("punt 99")).says[0].response == "utter_no_such_point"
    assert "- sociale media" in asked(store, understood("welke onderwerpen ken je?")).says[0].text
    assert "7.2: Stap 2" in asked(store, understood("hoofdstuk 7")).says[0].text


def test_missed_answers_are_kept_and_the_next_ones_offered(store: Store) -> None:
    first = asked(store, understood("dat bedoel ik niet"), ABOUT_LIMITS)
    assert [say.response for say in first.says] == ["utter_thanks_for_judgement", "utter_did_you_mean"]
    assert titles(first.says[1]) == [
        "Eerst de emotie, dan pas de inhoud",
        "Hevige emotie? Niet uitleggen of overtuigen",
    ]
    (gap,) = list_gaps(store)
    assert (gap.text, gap.reason, gap.entry_id) == (ABOUT_LIMITS.question, GapReason.NOT_HELPFUL, "dialoog-43")
    second = asked(store, understood("ook niet wat ik zocht"), first.context)
    assert [say.response for say in second.says] == ["utter_ask_otherwise"]
    assert {each.reason for each in list_gaps(store)} == {GapReason.NOT_HELPFUL, GapReason.NONE}


def test_the_button_under_an_older_answer_still_counts_without_changing_the_topic(store: Store) -> None:
    turn = missed(store, GUIDES, ABOUT_LIMITS, NOW, "dialoog-9")
    assert [say.response for say in turn.says] == ["utter_thanks_for_judgement"]
    assert turn.context == ABOUT_LIMITS
    assert [gap.text for gap in list_gaps(store)] == ["Bij ‘Praat apart met partners en nodig breed uit’"]
    gone = missed(store, GUIDES, ABOUT_LIMITS, NOW, "dialoog-77")
    assert [say.response for say in gone.says] == ["utter_button_is_old"]


def test_no_name_or_number_reaches_the_gap_list(store: Store) -> None:
    asked(store, understood("bel mij op 06-12345678 over de asielprocedure", out_of_scope=0.9))
    assert "12345678" not in list_gaps(store)[0].text


def test_a_button_shows_its_entry_and_an_old_one_says_so() -> None:
    assert show_entry(GUIDES, "dialoog-42", ABOUT_LIMITS).context.next == ("vng-6.4.14",)
    assert show_entry(GUIDES, "dialoog-77", NOTHING).says[0].response == "utter_button_is_old"


@pytest.mark.parametrize(
    ("text", "context", "about"),
    [
        ("en dan?", ABOUT_LIMITS, True),
        ("en dan?", NOTHING, False),
        ("is dat altijd goed?", ABOUT_LIMITS, True),
        ("punt 42", NOTHING, True),
        ("bedankt!", ABOUT_LIMITS, False),
        ("hoe gaat het met je", ABOUT_LIMITS, False),
    ],
)
def test_what_looks_like_small_talk_may_be_about_the_guides(text: str, context: GuideContext, about: bool) -> None:
    assert is_about_guides(text, context) is about
