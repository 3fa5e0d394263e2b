"""A short question weighed with the topic it follows on."""

from __future__ import annotations

import pytest

from bot.domain.guides import GuideDecision, GuideEntry
from bot.domain.guides_map import GuideMap
from bot.domain.guides_weighing import sentence_about, weigh
from bot.domain.understanding import Understanding
from bot.storage.guides import load_guides, load_themes

GUIDES = GuideMap(load_guides(), load_themes())


def entry(entry_id: str) -> GuideEntry:
    """The entry, which exists."""
    found = GUIDES.find(entry_id)
    assert found is not None
    return found


def test_a_sentence_of_the_answer_that_already_tells_is_found_however_its_words_are_joined() -> None:
    assert sentence_about("en als hij doorgaat?", entry("dialoog-43")).startswith("Gaat de ander door")
    assert sentence_about("en bij een groep?", entry("dialoog-43")) == ""
    assert sentence_about("en hoe vaak?", entry("vng-8.1.8")) == ""


def test_a_question_that_is_clear_alone_is_left_alone() -> None:
    clear = Understanding("en als ik zelf boos word?", {"guide/dialoog-43.1": 0.8})
    assert weigh(clear, entry("dialoog-43"), GUIDES) is None


def test_what_is_clearly_outside_stays_outside() -> None:
    outside = Understanding("en wie betaalt dat?", {"out_of_scope/near": 0.76, "guide/dialoog-32": 0.05})
    assert weigh(outside, entry("dialoog-48.1"), GUIDES) is None


def test_an_entry_near_the_topic_wins_from_one_far_away() -> None:
    message = Understanding(
        "en als er 300 mensen komen?",
        {"guide/vng-6.3.3": 0.21, "guide/dialoog-4": 0.15, "out_of_scope/near": 0.2},
    )
    leaning = weigh(message, entry("vng-6.3.1"), GUIDES)
    assert leaning is not None
    assert leaning.finding.decision is GuideDecision.ANSWER
    assert leaning.finding.candidates[0].id == "vng-6.3.3"


def test_vague_words_give_a_choice_near_the_topic_and_never_what_was_just_said() -> None:
    leaning = weigh(Understanding("en bij een groep?", {"guide/dialoog-8": 0.08}), entry("dialoog-43"), GUIDES)
    assert leaning is not None
    assert leaning.finding.decision is GuideDecision.SUGGEST
    offered = {each.id for each in leaning.finding.candidates}
    assert offered <= GUIDES.neighbours("dialoog-43")
    assert offered.isdisjoint({"dialoog-43", "vng-6.4.15"})


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_reading_it_with_the_topic_decides_between_equals(share: float) -> None:
    message = Understanding(
        "en wie begroet ze?",
        {"guide/dialoog-19": 0.16, "guide/vng-6.1.1": 0.17},
        with_topic=Understanding("", {"guide/dialoog-19": share}),
    )
    leaning = weigh(message, entry("vng-6.3.9"), GUIDES)
    assert leaning is not None
    assert (leaning.finding.candidates[0].id == "dialoog-19") is (share > 0)
