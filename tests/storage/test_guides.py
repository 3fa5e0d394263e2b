"""Reading the guide files, and what is said when one is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.storage.guides import GuideContentError, count_phrasings, entries_by_file, load_guides, load_themes

ENTRY = '- id: dialoog-1\n  points: ["1"]\n  title: Titel\n  answer: Antwoord.\n'


def written(folder: Path, text: str) -> Path:
    """A folder with one guide file."""
    (folder / "dialoog.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("- id: [", "dialoog.yml is geen geldige YAML"),
        ("id: dialoog-1", "elk deel begint met '- id:'|begint met '- id:'"),
        (ENTRY.replace("  title: Titel\n", ""), "dialoog.yml, dialoog-1: het veld 'title'"),
        (ENTRY + "  tekst: x\n", "dialoog.yml, dialoog-1: onbekend veld tekst"),
        ("- hallo", "dialoog.yml, nummer 1: verwacht velden"),
    ],
)
def test_a_guide_file_that_cannot_be_used_names_the_place_and_the_cure(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(GuideContentError, match=named):
        load_guides(written(tmp_path, text))


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(GuideContentError, match="geen enkel"):
        load_guides(tmp_path)


def test_a_theme_needs_a_name_and_a_title(tmp_path: Path) -> None:
    path = tmp_path / "guide_themes.yml"
    path.write_text("- theme: weer\n", encoding="utf-8")
    with pytest.raises(GuideContentError, match="guide_themes.yml, nummer 1"):
        load_themes(path)


def test_phrasings_are_counted_per_entry(tmp_path: Path) -> None:
    text = (
        'version: "3.1"\nnlu:\n- intent: guide/dialoog-1\n  examples: |\n    - een\n    - twee\n- intent: faq/noise\n'
    )
    (tmp_path / "guide_dialoog.yml").write_text(text, encoding="utf-8")
    assert count_phrasings(tmp_path) == {"dialoog-1": ("guide_dialoog.yml", 2)}


@pytest.mark.parametrize(
    ("points", "source"),
    [
        ('["42"]', "Handreiking dialoog, punt 42"),
        ('["32", "33"]', "Handreiking dialoog, punten 32 en 33"),
        ('["inleiding"]', "Handreiking dialoog, inleiding"),
    ],
)
def test_a_source_reads_as_people_look_it_up(tmp_path: Path, points: str, source: str) -> None:
    entry = load_guides(written(tmp_path, ENTRY.replace('["1"]', points))).find("dialoog-1")
    assert entry is not None
    assert entry.source == source


def test_a_chapter_of_the_vng_guide_is_called_a_chapter() -> None:
    entry = load_guides().find("vng-9")
    assert entry is not None
    assert entry.source == "VNG-handreiking, hoofdstuk 9"


def test_the_check_finds_nothing_to_mend_in_the_real_guides() -> None:
    done = CliRunner().invoke(app, ["guide", "check"])
    assert done.exit_code == 0
    assert "FOUT" not in done.output


def test_the_check_prints_a_hint_and_still_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    (file, first), *others = entries_by_file()
    wordy = replace(first, answer=f"Dit is {'heel ' * 20}lang.")
    monkeypatch.setattr("bot.commands.content.entries_by_file", lambda: [(file, wordy), *others])
    done = CliRunner().invoke(app, ["guide", "check"])
    assert done.exit_code == 0
    assert f"hint  {file}, {first.id}: een zin in het antwoord telt 23 woorden" in done.output
