"""docs/privacy.md says what is kept, how long and why: of every table, and with the terms that the program keeps to."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from bot.domain.retention import Removed, Terms
from bot.storage.rasa_conversations import EVENTS
from bot.storage.tables import metadata

PAPER = (Path(__file__).resolve().parents[1] / "docs" / "privacy.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in PAPER.splitlines()
    if line.startswith("| ") and "`" in line
]


def test_each_table_of_the_database_stands_in_it_once() -> None:
    told = [name for row in ROWS for name in re.findall(r"`([a-z_]+)`", row[1])]
    assert len(metadata.tables) >= 20
    assert sorted(told) == sorted([*metadata.tables, EVENTS.name])


def test_each_term_of_the_program_stands_in_it_with_its_days() -> None:
    told = dict(re.findall(r"`([a-z_]+_days)` \((\d+) days?\)", " ".join(row[3] for row in ROWS)))
    assert told == {name: str(days) for name, days in asdict(Terms()).items()}


def test_each_row_says_what_why_how_long_and_for_whom() -> None:
    assert len(ROWS) >= 18
    assert [row for row in ROWS if len(row) != 5 or not all(row)] == []


def test_whatever_has_a_term_is_cleaned_up() -> None:
    cleaned = {*Removed.__annotations__, "conversations"}
    named = {name.removesuffix("_days") for name in asdict(Terms())}
    assert {"audit_rows" if name == "audit" else name for name in named} <= cleaned
