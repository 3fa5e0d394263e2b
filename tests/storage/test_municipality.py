"""municipality.yml, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.domain.municipality import Owner
from bot.domain.questions import QuestionKind
from bot.storage.municipality import MunicipalityError, load_municipality

EXAMPLE = Path("bot/content/municipality")


def changed(folder: Path, **values: Any) -> Path:
    stored = yaml.safe_load((EXAMPLE / "municipality.yml").read_text(encoding="utf-8"))
    (folder / "municipality.yml").write_text(yaml.safe_dump({**stored, **values}), encoding="utf-8")
    return folder


def test_every_kind_of_question_has_an_owner() -> None:
    municipality = load_municipality(EXAMPLE)
    assert municipality.owner_of(QuestionKind.FACTUAL, "verkeer") == Owner("Afdeling Verkeer", 5)
    assert municipality.owner_of(QuestionKind.FACTUAL, "onbekend") == Owner("Team Communicatie", 5)
    assert municipality.owner_of(QuestionKind.POLITICAL, "besluit") == Owner("gemeenteraad", 15)
    assert municipality.owner_of(QuestionKind.POLITICAL, "") == Owner("college van burgemeester en wethouders", 15)
    assert municipality.owner_of(QuestionKind.SIDE_ISSUE, "afval").term_working_days == 5
    assert municipality.owner_of(QuestionKind.SIDE_ISSUE, "") == Owner("Klantcontactcentrum", 5)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"name": ""}, "'name'"),
        ({"owners": {"verkeer": {"owner": "X", "term_working_days": 0}}}, "owners.verkeer.term_working_days"),
        ({"owners": {"verkeer": "X"}}, "owners.verkeer"),
        ({"political_owners": {"besluit": "raad"}}, "political_owners.default"),
        ({"side_issue_owners": {"afval": {"owner": "X", "term_working_days": 3}}}, "side_issue_owners.overig"),
        ({"default_owner": None}, "default_owner"),
        ({"side_isue_owners": {}}, "'side_isue_owners': deze regel ken ik niet; bedoelt u 'side_issue_owners'?"),
        ({"political_term_working_days": 300}, "van 1 tot en met 60"),
        ({"political_term_working_days": "vijf"}, "political_term_working_days"),
        ({"privacy_contact": {"name": "A", "phone": "1"}}, "privacy_contact.email"),
    ],
)
def test_a_wrong_value_is_named_with_its_file(tmp_path: Path, wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(MunicipalityError) as error:
        load_municipality(changed(tmp_path, **wrong))
    assert named in str(error.value)
    assert str(tmp_path / "municipality.yml") in str(error.value)


def test_a_missing_file_says_where_to_find_an_example(tmp_path: Path) -> None:
    with pytest.raises(MunicipalityError, match="kopieer het voorbeeld"):
        load_municipality(tmp_path)
