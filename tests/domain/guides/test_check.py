"""What `dialoogcoach guide check` finds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.guides import GuideEntry
from bot.domain.guides_check import GuideContent, Remark, check_guides
from bot.storage.guides import count_phrasings, entries_by_file, load_themes

REAL = GuideContent(entries_by_file(), count_phrasings(), load_themes(), "guide_themes.yml")


def errors(content: GuideContent) -> list[str]:
    """The errors as printed."""
    return [str(each) for each in check_guides(content) if each.is_error]


def with_entry(entry_id: str, **changed: object) -> GuideContent:
    """The real content with one entry changed."""
    entries = [(file, replace(each, **changed) if each.id == entry_id else each) for file, each in REAL.entries]  # type: ignore[arg-type]
    return replace(REAL, entries=entries)


def test_the_guides_as_they_are_have_no_errors() -> None:
    assert len(REAL.entries) > 190
    assert errors(REAL) == []


@pytest.mark.parametrize(
    ("entry_id", "changed", "line"),
    [
        ("dialoog-42", {"related": ("dialoog-77",)}, "dialoog.yml, dialoog-42: 'related' verwijst naar dialoog-77"),
        ("vng-6.4.3", {"twin": "vng-3"}, "vng.yml, vng-6.4.3: 'twin' hoort naar de andere handreiking te wijzen"),
        ("vng-6.4.3", {"next": "vng-99"}, "vng.yml, vng-6.4.3: 'next' verwijst naar vng-99"),
        ("dialoog-1", {"title": "x" * 61}, "dialoog.yml, dialoog-1: de titel telt 61 tekens"),
        ("dialoog-1", {"themes": ("weer",)}, "dialoog.yml, dialoog-1: het onderwerp 'weer' staat niet in"),
        ("dialoog-2", {"id": "dialoog-1"}, "dialoog.yml, dialoog-1: dit id staat er 2 keer"),
    ],
)
def test_a_mistake_is_named_with_file_and_id(entry_id: str, changed: dict[str, object], line: str) -> None:
    found = errors(with_entry(entry_id, **changed))
    assert any(each.startswith(f"FOUT  {line}") for each in found)


def test_a_point_without_an_entry_is_missed() -> None:
    left = [(file, each) for file, each in REAL.entries if each.id not in ("dialoog-34", "vng-9", "vng-9.1")]
    found = errors(replace(REAL, entries=left))
    assert "FOUT  dialoog.yml, dialoog-34: over 34 van de Handreiking dialoog staat er nog niets" in found
    assert "FOUT  vng.yml, vng-9: over 9 van de VNG-handreiking staat er nog niets" in found


def test_too_few_phrasings_are_counted_per_point_and_none_at_all_per_entry() -> None:
    counted = {**REAL.phrasings, "dialoog-34": ("guide_dialoog.yml", 29), "vng-6.4.3": ("guide_vng.yml", 2)}
    assert errors(replace(REAL, phrasings=counted)) == [
        "FOUT  dialoog.yml, dialoog-34: er zijn 29 manieren om naar dialoog-34 te vragen; maak er ten minste 30 van",
        "FOUT  vng.yml, vng-6.4.3: er zijn 2 manieren om ernaar te vragen; zo wordt dit punt niet gevonden",
    ]


def test_phrasings_of_an_entry_that_is_gone_are_found() -> None:
    counted = {**REAL.phrasings, "dialoog-77": ("guide_dialoog.yml", 31)}
    assert errors(replace(REAL, phrasings=counted)) == [
        "FOUT  guide_dialoog.yml, dialoog-77: hier staan vragen bij een punt dat niet bestaat"
    ]


def test_a_long_sentence_is_a_hint_and_no_error() -> None:
    long = " ".join(["woord"] * 25) + "."
    entry = GuideEntry("dialoog-1", ("1",), "Titel", long)
    content = GuideContent([("dialoog.yml", entry)], {"dialoog-1": ("guide_dialoog.yml", 30)}, (), "guide_themes.yml")
    hints = [each for each in check_guides(content) if not each.is_error]
    assert hints == [
        Remark(
            "dialoog.yml",
            "dialoog-1",
            "een zin in het antwoord telt 25 woorden, prettig leest tot 20: ‘woord woord woord woord woord woord …’",
            is_error=False,
        )
    ]
