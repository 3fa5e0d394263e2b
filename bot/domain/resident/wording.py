"""Picks the words: one of several variants, the same for the same talk and turn, and none of the last two."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.matching.words import plain
from bot.domain.resident.talk import Talk

FEELINGS: Final[tuple[tuple[str, str], ...]] = (
    ("distrust", r"belazer|belogen|vertrouw|geloof (?:er |ik )?(?:niks|niets|geen|niet)|liegen|liegt|leugen|achter onze "
                 r"rug|doofpot|wassen neus|volksverlakk|smoes|zwart op wit|beloofd"),
    ("grief", r"verdriet|huil|kapot van|hart breekt|breekt (?:me|mij|mijn|m'n) hart|overleed|gestorven|gemis|missen|"
              r"overleden|doodgegaan|\bdood\b|treurig|brok (?:van )?in|"
              r"ten einde raad|moedeloos|wanhop"),
    ("anger", r"boos|kwaad|woedend|woest|belachelijk|schand|pik (?:ik|het)|niet normaal|spuugzat|zat van|genoeg "
              r"van|te gek|ergeren|erger|idioot|flauwekul|onzin|goed wijs|over onze hoofden|!!|\?!|!\?"),
    ("fear", r"bang|angst|zorgen|ongerust|wakker|durf|eng\b|onveilig|benauwd|zenuwachtig|hart vast|schrik|"
             r"spannend|onrustig|knoop in"),
    ("warmth", r"fijn dat|wat (?:fijn|mooi|leuk|goed)|blij dat|ben blij|graag (?:iets|wat|mee\w*|helpen)|wil graag|super|welkom"),
)  # fmt: skip
"""Kinds of emotion by the words that carry them; the first that fits. Anything else gets a general acknowledgement."""


EXPLICIT: Final = re.compile(
    r"spuugzat|ben het zat|woedend|woest|\b(?:zo|erg|heel|hartstikke|ontzettend) (?:boos|kwaad|bang|verdrietig)\b|"
    r"doodsbang|maak me (?:echt |grote |veel )?zorgen|lig (?:er |hier )?(?:nachten )?wakker|verdriet|moet huilen|"
    r"kapot van|breekt (?:me|mij|mijn|m'n) hart|brok (?:van )?in|radeloos|ten einde raad|schandalig|belazerd|belogen|"
    r"wassen neus|achter onze rug|volksverlakk|doofpot|geloof er (?:niks|niets|geen)"
)
"""Words that leave no doubt about a feeling, whatever the gauge makes of the rest of the message."""


@dataclass(frozen=True)
class Wording:
    """Variants by kind of sentence, and values that hold for the whole municipality ('municipality', 'phone', …)."""

    variants: Mapping[str, Sequence[str]]
    values: Mapping[str, str]

    def pick(self, talk: Talk, conversation: str, key: str, **values: str | int) -> tuple[str, Talk]:
        """A sentence, and the talk in which it counts as used. Raises KeyError for a kind that has no sentences."""
        choices = self.variants[key]
        seed = hashlib.sha256(f"{conversation}\n{talk.turn}\n{key}".encode()).digest()
        before = talk.wording.get(key, ())[-min(2, len(choices) - 1) :] if len(choices) > 1 else ()
        fresh = [at for at in range(len(choices)) if at not in before]
        at = fresh[seed[0] % len(fresh)]
        used = replace(talk, wording={**talk.wording, key: (*before, at)[-2:]})
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


def names_feeling(text: str) -> bool:
    """Whether somebody says outright what they feel."""
    return bool(EXPLICIT.search(plain(text)))


def acknowledgement_of(text: str) -> str:
    """Which kind of acknowledgement fits the emotion in a message (point 42)."""
    normal = plain(text)
    for feeling, pattern in FEELINGS:
        if re.search(pattern, normal):
            return f"acknowledge_{feeling}"
    return "acknowledge"


COUNTING: Final = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


def counting_word(number: int) -> str:
    """A small number in words; figures from 11 on."""
    return COUNTING[number] if number < len(COUNTING) else str(number)


def enumerated(numbers: Sequence[int]) -> str:
    """Such as '3', '3 en 4' or '3, 4 en 5'."""
    *first, last = (str(number) for number in numbers)
    return f"{', '.join(first)} en {last}" if first else last
