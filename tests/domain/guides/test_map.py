"""How the entries of the real guides hang together."""

from __future__ import annotations

import pytest

from bot.domain.guides import GuideEntry, GuideLibrary
from bot.domain.guides_map import GuideMap, section_of
from bot.storage.guides import load_guides, load_themes

GUIDES = GuideMap(load_guides(), load_themes())


@pytest.mark.parametrize(
    ("entry_id", "twin"),
    [
        ("dialoog-42", "vng-6.4.14"),
        ("dialoog-43", "vng-6.4.15"),
        ("dialoog-6", "vng-6.4.3"),
        ("dialoog-22", "vng-6.3.9"),
        ("vng-6.4.15", "dialoog-43"),
        ("vng-6.2.5", "dialoog-12"),
        ("vng-8.2.4", None),
        ("dialoog-34", None),
    ],
)
def test_each_entry_knows_the_same_subject_in_the_other_guide_or_that_there_is_none(
    entry_id: str, twin: str | None
) -> None:
    entry = GUIDES.find(entry_id)
    assert entry is not None
    found = GUIDES.counterpart(entry)
    assert (found.id if found else None) == twin


def test_most_points_of_the_dialogue_guide_have_a_counterpart() -> None:
    without = {each.id for each in GUIDES.library if each.guide == "dialoog" and not GUIDES.counterpart(each)}
    assert without == {
        "dialoog-0.1",
        "dialoog-34",
        "dialoog-43.1",
        "dialoog-44",
        *(f"dialoog-{point}" for point in ("45", "45.1", "46", "47", "48", "48.1", "49", "51", "51.1")),
    }


@pytest.mark.parametrize(
    ("entry_id", "after"),
    [
        ("dialoog-42", "dialoog-43"),
        ("dialoog-43", "dialoog-44"),
        ("dialoog-43.1", "dialoog-43.2"),
        ("dialoog-43.2", "dialoog-44"),
        ("vng-7.1", "vng-7.2"),
        ("vng-6.4.15", "vng-6.5"),
        ("vng-3.9", "vng-4.1"),
        ("dialoog-51", None),
    ],
)
def test_what_comes_next_follows_the_guide(entry_id: str, after: str | None) -> None:
    entry = GUIDES.find(entry_id)
    assert entry is not None
    found = GUIDES.after(entry)
    assert (found.id if found else None) == after


@pytest.mark.parametrize(
    ("asked", "theme"),
    [
        ("sociale media", "sociale media"),
        ("social media", "sociale media"),
        ("de emoties", "emotie"),
        ("boze bewoners", "emotie"),
        ("uitnodigingen", "uitnodiging"),
        ("het COA", "coa"),
        ("de pers", "media"),
    ],
)
def test_a_theme_goes_by_many_names(asked: str, theme: str) -> None:
    subject = GUIDES.subject(asked)
    assert subject is not None
    assert subject.theme is not None
    assert subject.theme.name == theme
    assert len(subject.entries) >= 5


def test_a_subject_that_is_no_theme_is_found_by_its_words() -> None:
    subject = GUIDES.subject("statafels")
    assert subject is not None
    assert {"dialoog-14", "vng-6.3.1"} <= {each.id for each in subject.entries}
    assert GUIDES.subject("griffier") is None
    assert GUIDES.subject("") is None


def test_a_list_can_be_of_one_guide() -> None:
    subject = GUIDES.subject("emoties", "vng")
    assert subject is not None
    assert {each.guide for each in subject.entries} == {"vng"}


def test_a_number_opens_a_point_a_section_or_a_chapter() -> None:
    assert [each.id for each in GUIDES.numbered("dialoog", "43")] == ["dialoog-43", "dialoog-43.1", "dialoog-43.2"]
    assert GUIDES.numbered("vng", "8.2")[0].id == "vng-8.2"
    assert {section_of(each.id) for each in GUIDES.numbered("vng", "8")} == {"vng-8.1", "vng-8.2"}
    assert GUIDES.numbered("dialoog", "99") == ()


def test_a_title_typed_over_is_found() -> None:
    found = GUIDES.titled("eerst de emotie dan pas de inhoud")
    assert found is not None
    assert found.id == "dialoog-42"


def test_links_count_both_ways() -> None:
    entries = [
        GuideEntry("dialoog-1", ("1",), "Een", "Iets over bomen.", related=("vng-3",)),
        GuideEntry("vng-3", ("3",), "Drie", "Iets anders."),
    ]
    assert GuideMap(GuideLibrary(entries)).neighbours("vng-3") == {"dialoog-1"}
