"""The question in a long story."""

from __future__ import annotations

from bot.domain.matching.sentences import MAX_WINDOWS, windows

STORY = (
    "Ik woon hier al veertig jaar. Vroeger was het een school, daar heb ik nog op gezeten. Nu hoor ik van alles. "
    "Mijn buurman weet het ook niet. Wanneer gaat de opvang open?"
)


def test_the_question_at_the_end_of_a_story_comes_first() -> None:
    assert windows(STORY)[0] == "Wanneer gaat de opvang open?"


def test_a_question_before_a_complaint_comes_first_too() -> None:
    assert windows("Wie betaalt dit? Ik word er zo moe van. Echt.")[0] == "Wie betaalt dit?"


def test_the_tail_of_a_sentence_without_full_stops_is_looked_at() -> None:
    text = "dat pad is zo donker en mijn meiden fietsen daar elke avond en ik maak me zorgen, komen er nou eindelijk lampen"
    assert "komen er nou eindelijk lampen" in windows(text)


def test_one_short_sentence_needs_no_parts() -> None:
    assert windows("Komt er een hek?") == []


def test_an_endless_message_gives_few_parts() -> None:
    assert len(windows("Wat is dit? " * 2000)) <= MAX_WINDOWS
