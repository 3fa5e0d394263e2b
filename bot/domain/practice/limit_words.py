"""The words of a limit (43): behaviour with a boundary, and whether it is barked."""

from __future__ import annotations

import re

from bot.domain.practice.wording import either, plain

BEHAVIOUR = either(
    r"scheld\w*|gescholden|uitschelden|beledig\w*|(?:be)?dreig\w*|intimid\w*|schreeuw\w*|uitmak\w*",
    "toon|woorden|die vinger",
    "persoonlijk|op de persoon|(?:mij|me|ons|mijzelf) als persoon|over mij|aan mij|stem verheffen",
    r"zo(?:'n)? (?:praten|opmerking\w*|toespreken|aanspreken|tegen mij|tegen me|taal)",
    "mijn (?:gezin|kinderen|vrouw|man|huis)",
)
BOUNDARY = either(
    r"niet|geen|grens|streep|te ver|klaar mee|buiten|laatste keer|accepteer|dulden|duld|pik",
    r"stop\w*|ophoud\w*|houdt? (?:u )?op|hou (?:je )?op|kappen|kap|afgelopen|beeindig\w*",
    "sluit(?:en)? (?:ik|we)|hang(?:en)? (?:ik|we)",
)
SNARL = either(
    "(?:doet?|bent?|wees)(?: (?:eens|je|u|eindelijk|nou|even|toch|gewoon))* normaal|kop dicht",
    "houd?t?(?: (?:je|u|uw|toch|nou|eens))* (?:grote )?(?:mond|bek|kop|waffel)",
    "kap(?:pen|t)?(?: (?:je|u|er|nou|nu))* ?(?:er)?mee|laat (?:je|u)(?: er)? (?:uit|eruit|verwijderen)",
    "anders (?:sta|vlieg|lig)t? (?:je|u) (?:meteen |zo |er )?(?:buiten|uit)",
)
"""A limit that is barked."""

SNEER = either(
    r"wie denkt? (?:je|u|jij) wel|kleuter|proleet|sukkel|idioot|schreeuwlelijk|zielig|belachelijk mens|onbeschoft",
    r"grote mond|aanstel\w*|wereldvreemd",
)


def draws_limit(text: str) -> bool:
    """Whether one sentence names behaviour and a boundary: 'Op de persoon spelen doen we niet.'"""
    return any(BEHAVIOUR.search(s) and BOUNDARY.search(s) for s in re.split(r"[.!?]", plain(text)))


def barks_limit(text: str) -> bool:
    """Whether a limit is barked: 'Doe eens normaal', 'hou je mond'."""
    return SNARL.search(plain(text)) is not None


def snarls(text: str) -> bool:
    """Whether a limit is barked or comes with a sneer at the person."""
    bare = plain(text)
    return SNARL.search(bare) is not None or SNEER.search(bare) is not None
