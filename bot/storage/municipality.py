"""Reads municipality.yml. Every complaint names the file, the key and the cure (in Dutch: officials read it)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.domain.municipality import DEFAULT, OTHER, Municipality, Owner, PrivacyContact

MAX_TERM = 60
"""Working days, about three months: a longer promise is a mistake."""
FILE_NAME = "municipality.yml"
TEXTS = (
    "name", "location_name", "location_description", "public_name_of_bot", "phone", "phone_hours", "email", "website",
)  # fmt: skip


KEYS = (
    *TEXTS, "privacy_contact", "default_owner", "owners", "political_owners", "political_term_working_days",
    "side_issue_owners",
)  # fmt: skip


class MunicipalityError(ValueError):
    """The file cannot be used; the message names the file, the key and the cure."""


class _Reader:
    """One file while it is read, so that every complaint can name it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def wrong(self, key: str, cure: str) -> MunicipalityError:
        return MunicipalityError(f"{self._path}, '{key}': {cure}")

    def text(self, values: Mapping[str, Any], key: str, within: str = "") -> str:
        value = values.get(key)
        if not isinstance(value, (str, int)) or not str(value).strip():
            raise self.wrong(f"{within}{key}", "vul hier tekst in.")
        return str(value).strip()

    def mapping(self, values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = values.get(key)
        if not isinstance(value, dict) or not value:
            raise self.wrong(key, "zet hieronder regels met 'onderwerp: waarde', ingesprongen met twee spaties.")
        return value

    def days(self, values: Mapping[str, Any], key: str, within: str = "") -> int:
        value = values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_TERM:
            raise self.wrong(
                f"{within}{key}", f"'{value}' kan niet: schrijf een aantal werkdagen van 1 tot en met {MAX_TERM}."
            )
        return value

    def owner(self, value: Any, key: str) -> Owner:
        if not isinstance(value, dict):
            raise self.wrong(key, "schrijf {owner: Naam van het team, term_working_days: 5}.")
        within = f"{key}."
        return Owner(self.text(value, "owner", within), self.days(value, "term_working_days", within))

    def owners(self, values: Mapping[str, Any], key: str) -> dict[str, Owner]:
        found = self.mapping(values, key)
        return {str(topic): self.owner(owner, f"{key}.{topic}") for topic, owner in found.items()}


def load_municipality(folder: Path) -> Municipality:
    """The municipality in `folder`. Raises MunicipalityError."""
    path = folder / FILE_NAME
    reader = _Reader(path)
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise MunicipalityError(
            f"{path} is er niet: kopieer het voorbeeld uit bot/content/municipality, of zet "
            f"DIALOOGCOACH_MUNICIPALITY_DIR goed."
        ) from error
    except yaml.YAMLError as error:
        raise MunicipalityError(f"{path} is geen geldige YAML: {error}") from error
    if not isinstance(values, dict):
        raise MunicipalityError(f"{path} is leeg: kopieer het voorbeeld uit bot/content/municipality.")
    return _municipality(reader, values)


def _municipality(reader: _Reader, values: Mapping[str, Any]) -> Municipality:
    for key in values:
        if key not in KEYS:
            near = difflib.get_close_matches(str(key), KEYS, 1)
            raise reader.wrong(
                str(key), f"deze regel ken ik niet{f'; bedoelt u {near[0]!r}?' if near else ', haal hem weg.'}"
            )
    contact = reader.mapping(values, "privacy_contact")
    political = reader.mapping(values, "political_owners")
    side_issues = reader.owners(values, "side_issue_owners")
    if DEFAULT not in political:
        raise reader.wrong(f"political_owners.{DEFAULT}", "vul in wie antwoordt als het onderwerp er niet bij staat.")
    if OTHER not in side_issues:
        raise reader.wrong(f"side_issue_owners.{OTHER}", "vul in wie alles oppakt wat nergens anders bij hoort.")
    return Municipality(
        **{key: reader.text(values, key) for key in TEXTS},
        privacy_contact=PrivacyContact(
            *(reader.text(contact, key, "privacy_contact.") for key in ("name", "email", "phone"))
        ),
        default_owner=reader.owner(values.get("default_owner"), "default_owner"),
        political_term_working_days=reader.days(values, "political_term_working_days"),
        owners=reader.owners(values, "owners"),
        political_owners={str(topic): reader.text(political, topic, "political_owners.") for topic in political},
        side_issue_owners=side_issues,
    )
