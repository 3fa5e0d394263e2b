"""Reads the guide entries, and the themes they can be listed by, from their YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from bot.domain.guides import GuideEntry, GuideLibrary
from bot.domain.guides_map import Theme

THEMES_FILE: Final = Path(__file__).resolve().parent.parent / "content" / "guide_themes.yml"
PHRASINGS_DIR: Final = Path(__file__).resolve().parent.parent.parent / "data" / "nlu"
GUIDE_DIR: Final = Path(__file__).resolve().parent.parent / "content" / "guide"
_NEEDED: Final = ("id", "points", "title", "answer")


class GuideContentError(ValueError):
    """A guide file that cannot be used; the message names file, entry and cure, in Dutch for whoever keeps it."""


def load_guides(folder: Path = GUIDE_DIR) -> GuideLibrary:
    """All entries of all *.yml files in the folder, in the order of the guides."""
    return GuideLibrary([entry for _, entry in entries_by_file(folder)])


def entries_by_file(folder: Path = GUIDE_DIR) -> list[tuple[str, GuideEntry]]:
    """Every entry with the name of its file, also where an id stands twice. Raises GuideContentError."""
    entries = [(path.name, entry) for path in sorted(folder.glob("*.yml")) for entry in _entries_of(path)]
    if not entries:
        raise GuideContentError(f"In {folder} staat geen enkel *.yml-bestand met punten uit de handreikingen.")
    return entries


def count_phrasings(folder: Path = PHRASINGS_DIR) -> dict[str, tuple[str, int]]:
    """Entry id → the file with its phrasings and how many there are, from Rasa's training data."""
    counted: dict[str, tuple[str, int]] = {}
    for path in sorted(folder.glob("*.yml")):
        for block in _blocks_of(path):
            group, _, entry_id = str(block.get("intent", "")).partition("/")
            if group == "guide":
                number = sum(line.lstrip().startswith("- ") for line in str(block.get("examples", "")).splitlines())
                counted[entry_id] = (path.name, counted.get(entry_id, ("", 0))[1] + number)
    return counted


def _blocks_of(path: Path) -> list[dict[str, Any]]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise GuideContentError(f"{path.name} is geen geldige YAML: {error}") from error
    return [block for block in (content or {}).get("nlu") or () if isinstance(block, dict)]


def load_themes(path: Path = THEMES_FILE) -> tuple[Theme, ...]:
    """The subjects that entries can be listed by, in the file's order. Raises GuideContentError."""
    return tuple(_theme(path, number, row) for number, row in enumerate(_rows_of(path, "- theme:"), start=1))


def _theme(path: Path, number: int, row: Any) -> Theme:
    if not isinstance(row, dict) or not row.get("theme") or not row.get("title"):
        raise GuideContentError(f"{path.name}, nummer {number}: verwacht de velden 'theme:' en 'title:'.")
    return Theme(str(row["theme"]), str(row["title"]), tuple(str(each) for each in row.get("words") or ()))


def _entries_of(path: Path) -> list[GuideEntry]:
    return [_entry(path, number, row) for number, row in enumerate(_rows_of(path, "- id:"), start=1)]


def _rows_of(path: Path, start: str) -> list[Any]:
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise GuideContentError(f"{path.name} is geen geldige YAML: {error}") from error
    if not isinstance(rows, list):
        raise GuideContentError(f"{path.name}: verwacht een lijst waarvan elk deel begint met '{start}'.")
    return rows


def _entry(path: Path, number: int, row: Any) -> GuideEntry:
    where = f"{path.name}, {row['id']}" if isinstance(row, dict) and row.get("id") else f"{path.name}, nummer {number}"
    if not isinstance(row, dict):
        raise GuideContentError(f"{where}: verwacht velden als 'id:' en 'title:'.")
    for field in _NEEDED:
        if not row.get(field):
            raise GuideContentError(f"{where}: het veld '{field}' ontbreekt of is leeg.")
    unknown = set(row) - set(GuideEntry.__dataclass_fields__)
    if unknown:
        raise GuideContentError(f"{where}: onbekend veld {', '.join(sorted(unknown))}.")
    lists: dict[str, Any] = {
        field: tuple(str(each) for each in row.get(field) or ()) for field in ("points", "themes", "related")
    }
    texts: dict[str, Any] = {
        field: str(row.get(field) or "").strip()
        for field in ("id", "title", "answer", "why", "say", "example", "next", "twin")
    }
    return GuideEntry(**texts, **lists)
