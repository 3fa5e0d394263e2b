"""Picks the words: one of several variants, the same for the same talk and turn, and never the same twice in a row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.matching.words import plain
from bot.domain.resident.talk import Talk

FEELINGS: Final[tuple[tuple[str, str], ...]] = (
    ("distrust", r"belazer|belogen|vertrouw|geloof (?:er )?(?:niks|niets|geen)|liegen|liegt|leugen|achter onze "
                 r"rug|doofpot|wassen neus|volksverlakk|smoes|zwart op wit|beloofd"),
    ("grief", r"verdriet|huil|kapot van|hart breekt|gemis|missen|overleden|doodgegaan|\bdood\b|treurig|brok in|"
              r"ten einde raad|moedeloos|wanhop"),
    ("anger", r"boos|kwaad|woedend|woest|belachelijk|schand|pik (?:ik|het)|niet normaal|spuugzat|zat van|genoeg "
              r"van|te gek|ergeren|erger|idioot|!!|\?!|!\?"),
    ("fear", r"bang|angst|zorgen|ongerust|wakker|durf|eng\b|onveilig|benauwd|zenuwachtig|hart vast|schrik|"
             r"spannend|onrustig|knoop in"),
)  # fmt: skip
"""Kinds of emotion by the words that carry them; the first that fits. Anything else gets a general acknowledgement."""


@dataclass(frozen=True)
class Wording:
    """Variants by kind of sentence, and values that hold for the whole municipality ('municipality', 'phone', …)."""

    variants: Mapping[str, Sequence[str]]
    values: Mapping[str, str]

    def pick(self, talk: Talk, conversation: str, key: str, **values: str | int) -> tuple[str, Talk]:
        """A sentence, and the talk in which it counts as used. Raises KeyError for a kind that has no sentences."""
        choices = self.variants[key]
        seed = hashlib.sha256(f"{conversation}\n{talk.turn}\n{key}".encode()).digest()
        at = seed[0] % len(choices)
        if at == talk.wording.get(key) and len(choices) > 1:
            at = (at + 1) % len(choices)
        used = replace(talk, wording={**talk.wording, key: at})
        return choices[at].format(**{**self.values, **values}), used

    def label(self, key: str) -> str:
        """The only sentence of a kind, such as the words on a button."""
        return self.variants[key][0]

    def line(self, key: str, **values: str | int) -> str:
        """The first sentence of a kind, for what is said outside a talk."""
        return self.variants[key][0].format(**{**self.values, **values})

    def has(self, key: str) -> bool:
        """Whether there are sentences of this kind."""
        return key in self.variants


def acknowledgement_of(text: str) -> str:
    """Which kind of acknowledgement fits the emotion in a message (point 42)."""
    normal = plain(text)
    for feeling, pattern in FEELINGS:
        if re.search(pattern, normal):
            return f"acknowledge_{feeling}"
    return "acknowledge"
