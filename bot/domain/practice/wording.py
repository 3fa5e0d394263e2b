"""The bare words of a message: plain form, sentences, and whether they are a text at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.domain.practice.typing_slips import SLIPPABLE_LENGTH, one_slip

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_ACCENT = re.compile("[\u0300-\u036f]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'"})

FUNCTION_WORDS = frozenset(
    """ik je jij u hij zij ze we wij jullie hen hun me mij jou ons mijn m'n jouw uw z'n zijn haar onze het 't de een 'n
    dat dit die deze daar hier er wat wie waar hoe wanneer waarom waarvoor welke en of maar want dus als dan toen nu nou
    niet geen wel ook nog al heel erg zo te om van voor met op in aan bij naar uit over door tot tegen onder tussen
    is ben bent was waren wordt worden werd heb hebt heeft hebben had hadden kan kun kunt kunnen kon zal zult zullen zou
    zouden wil wilt willen wilde moet moeten moest mag mogen mocht ga gaat gaan ging doe doet doen deed kom komt komen
    ja nee eens even echt toch meer weer zelf iets niets alles iemand niemand omdat zodat terwijl hoor eigenlijk ge gij
    oe da nie ne ou k n""".split()
)
"""Words that hold Dutch sentences together. Running text is about half of them; a list of keywords has hardly any."""

HEAP_FROM = 6
HEAP_SHARE = 0.12
"""So many words or more, of which less than this share are function words: no text but a heap of keywords."""


def plain(text: str) -> str:
    """Lower case, straight quotes, accents off, single spaces: 'Vóór  1 mei' → 'voor 1 mei'."""
    straight = text.translate(_QUOTES).lower()
    bare = straight if straight.isascii() else _ACCENT.sub("", unicodedata.normalize("NFD", straight))
    return " ".join(bare.split())


def either(*phrases: str) -> re.Pattern[str]:
    """One pattern for any of these phrases, as whole words in plain text. Phrases are regular expressions."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


def words(text: str) -> list[str]:
    """The words of a text in plain form."""
    return WORD.findall(plain(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, with their end marks."""
    return [found.strip() for found in SENTENCE.findall(text) if found.strip(" .!?…")]


def said_before(text: str, earlier: Iterable[str], at_least: float = 0.8) -> bool:
    """Whether nearly the same words were used before (Jaccard overlap, 0-1). Very short texts ('ja') never count."""
    own = words(text)
    return len(own) >= 3 and any(_overlap(set(own), set(words(other))) >= at_least for other in earlier)


def _overlap(one: set[str], other: set[str]) -> float:
    """The share of words in common; a slip of the finger does not make it another word."""
    left = [word for word in other - one if len(word) >= SLIPPABLE_LENGTH]
    slips = sum(any(one_slip(word, each) for each in left) for word in one - other if len(word) >= SLIPPABLE_LENGTH)
    common = len(one & other) + slips
    return common / (len(one) + len(other) - common)


def is_heap(text: str) -> bool:
    """Whether a text is a heap of keywords, with hardly a word that holds a sentence together."""
    found = words(text)
    return len(found) >= HEAP_FROM and sum(w in FUNCTION_WORDS for w in found) / len(found) < HEAP_SHARE
