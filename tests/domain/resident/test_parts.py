"""Messages that ask several things, with the weights and the embedder that the product uses."""

from __future__ import annotations

import pytest

from bot.domain.matching.index import FaqIndex
from bot.domain.resident.decision import Outcome
from bot.domain.resident.parts import Part, judge_each, questions_in, tells
from bot.domain.understanding import Understanding
from tests.domain.matching.test_finding import built, embed
from tests.domain.test_faq_check import ENTRIES


@pytest.fixture(scope="module")
def index() -> FaqIndex:
    return built(ENTRIES)


def take_apart(index: FaqIndex, text: str, last_entry: str | None = None) -> tuple[Part, ...]:
    vector = embed([text])[0]
    return judge_each(Understanding(text, index.model.space.intents_of(vector), vector), index, embed, last_entry)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Hoeveel mensen komen er? Wanneer gaat Huize Merelweide open?", ["e01", "e07"]),
        ("hoeveel mensen komen er en hoe lang blijft de opvang", ["e01", "e09"]),
        ("mag ik spullen brengen en kan ik ook vrijwilliger worden", ["e37", "e36"]),
        ("Waar wordt er geparkeerd? En naar welke school gaan de kinderen?", ["e25", "e27"]),
    ],
)
def test_each_question_gets_its_own_answer(index: FaqIndex, text: str, ids: list[str]) -> None:
    parts = take_apart(index, text)
    assert [(part.decision.outcome, part.decision.ids[0]) for part in parts] == [(Outcome.ANSWER, each) for each in ids]


def test_questions_that_nobody_answered_stay_apart(index: FaqIndex) -> None:
    parts = take_apart(index, "Welke kleur wordt de voordeur? Wie maakt de ramen schoon? Welk merk koelkast komt er?")
    assert len(parts) == 3
    assert Outcome.ANSWER not in {part.decision.outcome for part in parts}


def test_a_report_beside_a_question_is_heard(index: FaqIndex) -> None:
    parts = take_apart(index, "Wanneer gaat het open? O ja en de lantaarnpaal in de Dorpsstraat is al weken stuk.")
    assert [part.decision.outcome for part in parts] == [Outcome.ANSWER, Outcome.SIDE_ISSUE]


@pytest.mark.parametrize(
    "text",
    [
        "Ik woon hier al 40 jaar. De lantaarn voor mijn deur is stuk en wanneer gaat de opvang open?",
        "de straatlantaarn bij ons doet het al weken niet en hoeveel mensen komen er eigenlijk wonen?",
    ],
)
def test_a_report_and_a_question_in_one_sentence_are_both_heard(index: FaqIndex, text: str) -> None:
    outcomes = {part.decision.outcome for part in take_apart(index, text)}
    assert outcomes == {Outcome.ANSWER, Outcome.SIDE_ISSUE}


@pytest.mark.parametrize(
    "text",
    [
        "Mijn moeder is ziek en hoe moet dat dan als de opvang opengaat?",
        "Wij wonen aan de dijk en wat gaat dit kosten?",
        "Wij trouwen op 5 september in de kapel en wanneer gaat de opvang open?",
        "Mijn kleinzoon begint na de zomer in groep 3 en waar gaan die kinderen naar school?",
    ],
)
def test_a_story_with_a_question_in_one_sentence_is_one_thing(index: FaqIndex, text: str) -> None:
    assert len(take_apart(index, text)) == 1


def test_five_questions_with_commas_between_them_are_five(index: FaqIndex) -> None:
    text = (
        "Hoeveel mensen komen er, wanneer gaat het open, waarom hier en niet in Halmerdijk zelf, wie betaalt de "
        "beveiliging en wordt mijn huis minder waard?"
    )
    parts = take_apart(index, text)
    assert len(parts) == 5
    answered = {part.decision.ids[0] for part in parts if part.decision.outcome is Outcome.ANSWER}
    assert {"e01", "e07"} <= answered


def test_a_report_with_a_question_about_it_is_one_thing(index: FaqIndex) -> None:
    parts = take_apart(index, "Ik wacht sinds maart op een afspraak over mijn Wmo-aanvraag. Tot wie kan ik mij wenden?")
    assert len(parts) == 1


def test_the_same_sentence_twice_is_one_report(index: FaqIndex) -> None:
    report = "En de lantaarnpaal in de Dorpsstraat is al weken stuk. "
    parts = take_apart(index, f"Wanneer gaat het open? {report}{report}")
    assert [part.decision.outcome for part in parts] == [Outcome.ANSWER, Outcome.SIDE_ISSUE]


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Mijn vrouw heeft daar nog gelegen", True),
        ("wij wonen hier al dertig jaar", True),
        ("parkeren bij de school", False),
        ("Hoeveel mensen komen er bij ons wonen?", False),
        ("ik wil weten hoeveel mensen er komen", False),
    ],
)
def test_who_speaks_of_themselves_and_asks_nothing_tells(text: str, telling: bool) -> None:
    assert tells(text) is telling


def test_a_question_asked_twice_is_answered_once(index: FaqIndex) -> None:
    text = "Wanneer gaat Huize Merelweide open? Nou? Wanneer gaan ze open?"
    assert len(take_apart(index, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Zit er internet in de kamers en wie betaalt dat abonnement?",
        "weten jullie al wanneer en waar de bijeenkomst is",
        "hangen er camera's bij de poort en wie kijkt die beelden",
        "wie is de contactpersoon en hoe krijg ik die te pakken",
        "Bent u gek geworden? Wie heeft dit besloten?",
        "Er komt zeker weer niks van terecht en wij zitten met de rommel",
        "",
    ],
)
def test_what_hangs_together_stays_together(index: FaqIndex, text: str) -> None:
    assert len(take_apart(index, text)) == 1


def test_the_question_at_the_end_of_a_long_story_is_found(index: FaqIndex) -> None:
    story = (
        "Ik woon hier al veertig jaar en mijn man is ziek. We hebben altijd met plezier gewoond, echt waar. Nu hoor ik "
        "van alles en ik lig er wakker van. Mijn kleindochter fietst daar elke dag langs. Mijn buurvrouw zegt dat het "
        "pas volgend jaar gebeurt. Ik weet niet meer wat ik moet geloven, dus zeg het me maar: wanneer komen de eerste "
        "bewoners"
    )
    (part,) = take_apart(index, story)
    assert (part.decision.outcome, part.decision.ids[0]) == (Outcome.ANSWER, "e07")


def test_more_questions_than_can_be_taken_one_by_one_stay_together_at_the_end(index: FaqIndex) -> None:
    text = " ".join(f"Hoeveel {what} komen er?" for what in "lampen stoelen tafels bedden kasten ramen deuren".split())
    asked = questions_in(text, index)
    assert len(asked) == 5 and asked[-1].count("?") == 3


def test_a_short_question_that_refers_to_the_answer_before_is_not_answered_with_another_at_a_guess(
    index: FaqIndex,
) -> None:
    (part,) = take_apart(index, "wie controleert dat", last_entry="e01")
    assert part.decision.outcome is not Outcome.ANSWER
