"""What the pages say about the municipality, read from municipality.yml once, when the process starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


class MunicipalityUnreadable(Exception):
    """municipality.yml is missing or incomplete. The message names the file and the cure."""


@dataclass(frozen=True)
class Municipality:
    """Texts for the pages.

    topics, owners: what the desk may choose from, in alphabetical order.
    """

    name: str
    location_name: str
    location_description: str
    phone: str
    phone_hours: str
    email: str
    website: str
    privacy_name: str
    privacy_email: str
    topics: tuple[str, ...]
    owners: tuple[str, ...]


def read_municipality(folder: Path) -> Municipality:
    """Read municipality.yml in `folder`. Raises MunicipalityUnreadable."""
    path = folder / "municipality.yml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _municipality(raw)
    except OSError as error:
        raise MunicipalityUnreadable(f"{path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise MunicipalityUnreadable(
            f"{path} is incomplete or not YAML: {error}. Compare it with the example."
        ) from error


def _municipality(raw: Any) -> Municipality:
    privacy = raw.get("privacy_contact") or {}
    owners = _owners(raw)
    return Municipality(
        name=str(raw["name"]),
        location_name=str(raw["location_name"]),
        location_description=str(raw.get("location_description", "")),
        phone=str(raw["phone"]),
        phone_hours=str(raw.get("phone_hours", "")),
        email=str(raw["email"]),
        website=str(raw.get("website", "")),
        privacy_name=str(privacy.get("name", "")),
        privacy_email=str(privacy.get("email", raw["email"])),
        topics=tuple(sorted(topic for topic in owners if topic != "default")),
        owners=tuple(sorted({*owners.values(), str(raw["default_owner"]["owner"])}, key=str.casefold)),
    )


def _owners(raw: Any) -> dict[str, str]:
    """Topic → who answers it, of all three kinds of questions."""
    found = {topic: str(owner) for topic, owner in (raw.get("political_owners") or {}).items()}
    for group in ("owners", "side_issue_owners"):
        found |= {f"{topic}": str(each["owner"]) for topic, each in (raw.get(group) or {}).items()}
    return found
