"""What each type of question is called: the sentence by which residents are shown that theirs was understood."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import yaml

DOMAIN: Final = Path(__file__).resolve().parents[2] / "domain.yml"
PREFIX: Final = "utter_faq/"
_LEAD: Final = re.compile(r"^U (?:wilt weten|vraagt naar|vraagt|zoekt)\s+")


@cache
def load_question_types() -> dict[str, str]:
    """Type → Dutch words for colleagues, such as 'Hoe lang de opvang blijft', in the order of domain.yml."""
    domain = yaml.load(DOMAIN.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        name.removeprefix(PREFIX): _as_title(variants[0]["text"])
        for name, variants in domain["responses"].items()
        if name.startswith(PREFIX)
    }


def _as_title(sentence: str) -> str:
    words = _LEAD.sub("", sentence).rstrip(".")
    return words[:1].upper() + words[1:]
