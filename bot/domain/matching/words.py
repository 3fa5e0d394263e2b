"""Dutch words as residents type them, brought to a common form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")

STOP: Final = frozenset(
    "de het een t n den der des en of maar want dus als dan dat die dit deze er d r daar hier ik je jij u we "
    "wij ze zij hij men mij me mijn mn m ons onze uw jouw jullie hun hen haar zijn z is ben bent was waren "
    "wordt worden werd heb hebt heeft hebben had hadden zal zullen zou zouden kan kun kunt kunnen kon mag mogen "
    "moet moeten moest wil wilt willen wilde gaat gaan ga ging komt komen kom kwam doet doen doe deed laat "
    "laten in op aan bij van voor met naar om tot uit over te ten ter door onder tegen tussen na ook al nog nu "
    "nou toch wel niet geen niks niets iets wat wie waar wanneer hoe hoeveel waarom welke welk eens even maar "
    "zo zon zo'n heel erg veel meer zeer echt gewoon eigenlijk precies straks ooit steeds weer misschien graag "
    "aub alstublieft hallo hoi goedemiddag goedemorgen goedenavond ja nee oke ok hè he hoor ofzo zoiets iemand "
    "mensen alles allemaal altijd nooit ergens nergens zelf weten weet zeggen zeg zegt vragen vraag krijg "
    "krijgt krijgen eerst net juist via per".split()
)
"""Words that say little about the subject of a question."""

TYPED: Final = {
    "wnr": "wanneer", "waneer": "wanneer", "hoevl": "hoeveel", "hoevel": "hoeveel", "hoeveeel": "hoeveel",
    "houveul": "hoeveel", "hvl": "hoeveel", "gwn": "gewoon", "ff": "even", "idd": "inderdaad", "egt": "echt",
    "wrm": "waarom", "waarm": "waarom", "vd": "van de", "ipv": "in plaats van", "nr": "nummer", "tel": "telefoon",
    "vluchtelinge": "vluchtelingen", "ingeent": "ingeënt", "gemeete": "gemeente", "savonds": "avonds",
    "snachts": "nachts", "smorgens": "morgens", "wa": "wat", "wie's": "wie is", "kids": "kinderen",
    "kiddos": "kinderen", "mn": "mijn", "zn": "zijn", "dr": "er", "ma": "maar",
}  # fmt: skip
"""What people type in haste or as they speak → the written word."""


def plain(text: str) -> str:
    """Lower case without accents, with straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words and numbers of a text in order, in plain form, hasty spellings mended."""
    found: list[str] = []
    for word in WORD.findall(plain(text)):
        found.extend(plain(TYPED[word]).split() if word in TYPED else [word])
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its endings, so that 'woningen', 'woning' and 'woninkje' come near each other.

    A rough hand: it need not give a real word, only the same one for the forms of a word.
    """
    if len(word) < 4 or word[0].isdigit():
        return word
    base = _without_ending(word)
    base = re.sub(r"([aeou])\1(?=[^aeiouy]$)", r"\1", base)  # 'huur' and 'huren', 'boom' and 'bomen'
    base = re.sub(r"([bdfgklmnprst])\1$", r"\1", base)
    if base.endswith("v"):
        base = base[:-1] + "f"
    if base.endswith("z"):
        base = base[:-1] + "s"
    return base


ENDINGS: Final = (
    ("inkjes", "ing"), ("inkje", "ing"), ("etjes", ""), ("etje", ""), ("tjes", ""), ("tje", ""), ("pjes", "p"),
    ("jes", ""), ("je", ""), ("heden", "heid"), ("'s", ""), ("eren", "er"), ("ende", "end"), ("en", ""), ("e", ""),
)  # fmt: skip
"""Endings, the first that fits, and what stays in their place."""


def _without_ending(word: str) -> str:
    for ending, left in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + left
    # A bare -s is a plural only behind such endings: 'kamers', 'foto's', but not 'huis' and 'bus'.
    return word[:-1] if re.search(r"(?:e[lmnr]|ie|aar|eur|or)s$", word) and len(word) > 4 else word


def terms(text: str) -> list[str]:
    """Stems of the words that say something about the subject, numbers included, in order."""
    return [stem(word) for word in words(text) if word not in STOP and (len(word) > 1 or word.isdigit())]


def letter_grams(text: str, sizes: tuple[int, ...] = (3, 4)) -> dict[str, int]:
    """How often each run of letters occurs within the words of a text; spaces mark where words begin and end."""
    counts: dict[str, int] = {}
    for word in words(text):
        if word in STOP:
            continue
        padded = f" {word} "
        for size in sizes:
            for at in range(len(padded) - size + 1):
                gram = padded[at : at + size]
                counts[gram] = counts.get(gram, 0) + 1
    return counts
