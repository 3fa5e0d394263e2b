"""Reads the sentences for residents, and checks them before anybody sees one."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from bot.domain.matching.concepts import Concepts
from bot.domain.municipality import Municipality
from bot.domain.resident.topics import TopicGuide
from bot.domain.resident.wording import Wording
from bot.storage.matching_model import CONCEPTS, CONTENT

FILE: Final = CONTENT / "wording" / "resident.yml"
GENERAL: Final = frozenset({"municipality", "location", "phone", "phone_hours", "email", "website"})
_REGISTERED: Final = frozenset({"number", "owner", "date"})
_LANGUAGES: Final = ("en", "uk", "ru", "ar", "tr", "pl", "fr", "de", "fa", "ti", "unknown")
_SMALLTALK: Final = (
    "greet",
    "thanks",
    "bye",
    "are_you_a_bot",
    "how_are_you",
    "joke_or_chat",
    "test",
    "praise",
    "nothing",
)

MUST_SAY: Final[Mapping[str, frozenset[str]]] = {
    **{key: frozenset() for key in (
            "introduce", "acknowledge", "acknowledge_fear", "acknowledge_anger", "acknowledge_grief",
            "acknowledge_distrust", "acknowledge_warmth", "helped", "yes", "no", "did_you_mean", "did_you_ask", "or_this",
            "none_of_these", "about_what",
            "ask_consent", "consent_yes", "consent_no", "consent_yes_sign", "consent_no_sign", "which_question",
            "glad_it_helped", "which_of_these", "yes_to_nothing", "no_to_nothing",
            "entry_gone", "ask_again", "human", "missed", "call_us",
            "after_danger", "after_self_harm", "abuse", "emergency_danger", "emergency_self_harm",
            "smalltalk", "no_questions", "my_questions",
        )},
    **{f"smalltalk_{kind}": frozenset() for kind in _SMALLTALK},
    **{f"language_{code}": frozenset({"number", "date"}) for code in _LANGUAGES},
    **dict.fromkeys(("registered", "political", "side_issue", "already_registered", "no_answer_yet", "passed_on"), _REGISTERED),
    **{key: frozenset({"question"}) for key in ("understood", "also")},
    "answer_again": frozenset({"answer"}),
    "vouched": frozenset({"owner"}),
    "dated": frozenset({"date"}),
    "sourced": frozenset({"source"}),
    **dict.fromkeys(
        ("ask_consent_several", "consent_given", "consent_given_several", "consent_refused", "consent_refused_several"),
        frozenset({"numbers"}),
    ),
    "several": frozenset({"count"}),
    "about": frozenset({"question"}),
    "no_more_than_this": frozenset({"question"}),
    "only_told": frozenset(),
    "pass_on": frozenset(),
    "question_open": frozenset({"number", "question", "owner", "date"}),
    "question_answered": frozenset({"number", "question", "date"}),
    "question_dismissed": frozenset({"number", "question"}),
}  # fmt: skip
"""Every kind of sentence with the values it has to name: a promise without number, name or date is none (point 6)."""


class WordingError(ValueError):
    """The sentences cannot be used; the message names the file, the key and the cure (Dutch: officials write them)."""


def load_wording(municipality: Municipality, path: Path = FILE) -> Wording:
    """All sentences, checked. Raises WordingError."""
    try:
        stored = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WordingError(f"{path} is er niet.") from error
    except yaml.YAMLError as error:
        raise WordingError(f"{path} is geen geldige YAML: {error}") from error
    if not isinstance(stored, dict):
        raise WordingError(f"{path} is leeg.")
    for key, needed in MUST_SAY.items():
        _check(path, key, stored.get(key), needed)
    values = {
        "municipality": municipality.name,
        "location": municipality.location_name,
        "phone": municipality.phone,
        "phone_hours": municipality.phone_hours,
        "email": municipality.email,
        "website": municipality.website,
    }
    return Wording({key: tuple(str(each) for each in variants) for key, variants in stored.items()}, values)


def load_topic_guide(path: Path = CONCEPTS) -> TopicGuide:
    """Words by which questions find their owner."""
    stored = yaml.safe_load(path.read_text(encoding="utf-8"))
    return TopicGuide(Concepts(stored["side_issue_topics"]), Concepts(stored["political_topics"]))


def _check(path: Path, key: str, variants: Any, needed: frozenset[str]) -> None:
    if not isinstance(variants, list) or not variants or not all(isinstance(each, str) and each for each in variants):
        raise WordingError(f"{path}, '{key}': zet hier een of meer zinnen onder, elk op een regel met '- ' ervoor.")
    for variant in variants:
        written = {name for _, name, _, _ in string.Formatter().parse(variant) if name is not None}
        named = {"owner" if name == "Owner" else name for name in written}  # the same, to begin a sentence with
        missing, unknown = needed - named, named - needed - GENERAL
        if missing:
            raise WordingError(f"{path}, '{key}': in ‘{variant}’ ontbreekt {_braced(missing)}.")
        if unknown:
            raise WordingError(
                f"{path}, '{key}': ‘{variant}’ noemt {_braced(unknown)}; dat kan de chatbot niet invullen."
            )


def _braced(names: frozenset[str] | set[str]) -> str:
    return " en ".join(f"{{{name}}}" for name in sorted(names))
