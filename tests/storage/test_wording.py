"""resident.yml is checked before anybody reads a sentence from it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.storage.municipality import load_municipality
from bot.storage.wording import FILE, WordingError, load_wording

MUNICIPALITY = load_municipality(Path("bot/content/municipality"))


@pytest.mark.parametrize(
    ("key", "variants", "named"),
    [
        ("registered", ["Uw vraag is genoteerd."], "{date} en {number} en {owner}"),
        ("abuse", ["Rustig, {naam}."], "{naam}"),
        ("helped", [], "'helped'"),
        ("helped", None, "'helped'"),
    ],
)
def test_a_sentence_that_promises_nothing_or_names_too_much_is_refused(
    tmp_path: Path, key: str, variants: list[str] | None, named: str
) -> None:
    stored = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    (tmp_path / "resident.yml").write_text(yaml.safe_dump({**stored, key: variants}), encoding="utf-8")
    with pytest.raises(WordingError) as error:
        load_wording(MUNICIPALITY, tmp_path / "resident.yml")
    assert named in str(error.value)
