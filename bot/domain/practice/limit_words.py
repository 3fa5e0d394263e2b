"""The words of a limit (43): behaviour with a boundary, and whether it is barked."""

from __future__ import annotations

import re

from bot.domain.practice.wording import plain

BEHAVIOUR = re.compile(
    r"\b(?:scheld\w*|gescholden|beledig\w*|dreig\w*|bedreig\w*|persoonlijk|(?:mij|me|ons|mijzelf) als persoon|op de persoon"
    r"|toon|schreeuw\w*|uitmak\w*|uitschelden|woorden|zo(?:'n)? (?:praten|opmerking\w*|toespreken|aanspreken|tegen mij"
    r"|tegen me|taal)|over mij|aan mij|mijn (?:gezin|kinderen|vrouw|man|huis)|die vinger|stem verheffen|intimid\w*)\b"
)
BOUNDARY = re.compile(
    r"\b(?:niet|geen|stop\w*|grens|streep|ophoud\w*|hou(?:d)? op|houd(?:t)? u? ?op|accepteer|dulden|duld|pik|te ver|klaar mee"
    r"|buiten|laatste keer|kappen|kap)\b"
)
SNARL = re.compile(
    r"\b(?:doe|doet|ben|bent|wees)(?: (?:eens|je|u|eindelijk|nou|even|toch|gewoon))* normaal\b"
    r"|\bhou(?:d|dt)?(?: (?:je|u|uw|toch|nou|eens))* (?:grote )?(?:mond|bek|kop|waffel)\b|\bkop dicht\b"
    r"|\bkap(?:pen|t)?(?: (?:je|u|nou|nu))* (?:er)? ?mee\b|\blaat (?:je|u)(?: er)? (?:uit|eruit|verwijderen)\b"
    r"|\banders (?:sta|vlieg|lig)(?:t)? (?:je|u) (?:meteen |zo |er )?(?:buiten|uit)\b"
)
"""A limit that is barked."""

SNEER = re.compile(
    r"\bwie denk(?:t)? (?:je|u|jij) wel\b|\b(?:kleuter|proleet|sukkel|idioot|schreeuwlelijk|zielig|belachelijk mens|onbeschoft"
    r"|grote mond|aanstel\w*|wereldvreemd)\b"
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
