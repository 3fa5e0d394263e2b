"""Recognises the languages in which residents get a short reply. By script where it tells, else by everyday words."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.matching.words import plain

DUTCH: Final = frozenset(
    "de het een en van ik je dat die in is op te zijn niet met voor er maar om hem dan zou wat mijn men dit zo "
    "door over ze bij "
    "ook tot naar hoe wie waar wanneer heeft hebben wordt komt komen mag kan wij jullie waarom hoeveel".split()
)
WORDS: Final = {
    "en": "the and is are you how what where when can will there for my with have this that they do does not "
    "please people your it a to of from",
    "de": "der die das und ist sind nicht ich wie wo wann kann wird fur mit haben es ein eine sie wir mein "
    "kommen leute ihr auf von dem den bitte gibt",
    "fr": "le la les et est sont je vous comment ou quand peut pour avec avoir ce il elle nous mon des une un "
    "que pas dans combien bonjour merci",
    "pl": "i jest nie jak gdzie kiedy czy dla moj sie na do to co w z ile bedzie prosze dziekuje dzien dobry "
    "mozna mam beda pan",
    "tr": "ve bir bu ne icin nasil nerede zaman mi mu var yok ben biz siz kac ile merhaba cok tesekkur kadar "
    "gelecek insan icin musunuz",
}
_VOCABULARY: Final = {language: frozenset(found.split()) for language, found in WORDS.items()}
_SCRIPTS: Final = {"ti": r"[\u1200-\u139f]", "cyrillic": r"[\u0400-\u04ff]", "arabic": r"[\u0600-\u06ff\u0750-\u077f]"}
_LETTERS: Final = re.compile(r"[^\W\d_]")
_PERSIAN: Final = re.compile(r"[پچژگی]|\b(?:است|این|را|چه|می|برای|چند|کجا|سلام)\b")
_RUSSIAN: Final = re.compile(r"[ыэъё]")
ENOUGH: Final = 2
"""So many everyday words must speak for another language, and more than for Dutch."""


def language_of(text: str) -> str:
    """'nl', or the code of another language: en, uk, ru, ar, tr, pl, fr, de, fa, ti. In doubt it is Dutch."""
    letters = len(_LETTERS.findall(text))
    for script, pattern in _SCRIPTS.items():
        if letters and len(re.findall(pattern, text)) > letters / 2:
            return _within_script(script, text)
    found = re.findall(r"[^\W\d_]+", plain(text).replace("ı", "i").replace("ł", "l"))
    votes = {language: sum(word in known for word in found) for language, known in _VOCABULARY.items()}
    best = max(votes, key=lambda language: votes[language])
    dutch = sum(word in DUTCH for word in found)
    return best if votes[best] >= ENOUGH and votes[best] > dutch else "nl"


def _within_script(script: str, text: str) -> str:
    if script == "cyrillic":
        return "ru" if _RUSSIAN.search(text.lower()) else "uk"
    if script == "arabic":
        return "fa" if _PERSIAN.search(text) else "ar"
    return script
