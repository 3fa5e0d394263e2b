"""What a message says about feelings: is an emotion named, is it a stock phrase, is a shortcoming admitted."""

from __future__ import annotations

import re

from bot.domain.practice.wording import FUNCTION_WORDS, either, plain, words

EMOTION = either(
    r"boos|bozer|boosheid|kwaad|kwaadheid|woede\w*|razend|ziedend|furieus|frustr\w+|gefrustreerd|verontwaardig\w*",
    r"bang\w*|angst\w*|eng|doodeng|bezorgd\w*|ongerust\w*|zorgen maakt|zorgelijk|zorg (?:om|over)",
    r"geschrokken|schrik\w*|schrok|onrust\w*|onzeker\w*|onveilig\w*|spannend|overdonderd|verbijsterd",
    r"verdriet\w*|pijn|gemis|mist|rouw|eenzaam\w*|moedeloos|spijt|klap|zwaar|slopend|heftig\w*|wakker",
    r"onmacht|machteloos\w*|teleurgesteld|teleurstelling|wantrouw\w+|onrecht\w*|oneerlijk|verraden|in de steek",
    r"gepasseerd|overvallen|overkom\w*|niet serieus genomen|erbuiten|(?:er)?buiten (?:\w+ )?gehouden|baal\w*|zat",
    r"raakt|hoog zit|hoog u dit zit|dwars\s?zit\w*|zit diep|diep dit zit|gevoel dat",
)

STOCK_WORDS = frozenset(
    """snap begrijp begrijpen snappen hoor horen gehoord zie ja goed oke ok okay natuurlijk vervelend jammer helaas
    heus best helemaal volkomen uiteraard uw je jouw zorg zorgen gevoel gevoelens gevoelig mening punt emotie emoties
    lastig balen sorry begrip volledig allemaal heel zeker uhm eh mevrouw meneer""".split()
)
"""What a stock acknowledgement is made of: take these away and nothing is left that is about this resident."""

STOCK_VERBS = frozenset({"snap", "begrijp", "vervelend", "snappen", "begrijpen"})

APOLOGY = either(
    r"spijt (?:me|mij|ons)|(?:mijn|onze|m'n) (?:excuses|verontschuldig\w+)|excuses|neem ik terug|ik begin opnieuw",
    r"sorry (?:dat|voor|daarvoor)",
    r"(?:was|is) (?:te |zo )?(?:makkelijk|fout|onhandig|lomp|bot|verkeerd|niet (?:goed|netjes|handig))(?: \w+)?"
    r" van (?:me|mij|ons)",
    r"ik (?:doe|deed) het (?:nu |net )?(?:verkeerd|niet goed)",
    r"(?:had|hadden) (?:ik|we|wij|u|je)(?: \w+){0,3} (?:eerder|anders|beter|niet)(?: \w+){0,2} (?:moeten|mogen)",
)
HOLLOW_APOLOGY = either(r"sorry(?: \w+)? maar", r"sorry hoor", r"excuus maar")
TAKEN_BACK = either("maar", "alleen", "echter", "toch is", "aan de andere kant", "tegelijk")


def names_emotion(text: str) -> bool:
    """Whether a word for an emotion or its weight is used."""
    return EMOTION.search(plain(text)) is not None


def is_formula(text: str) -> bool:
    """Whether an acknowledgement is a stock phrase: 'Ik begrijp uw zorgen.' Naming what it does to someone is not."""
    return not names_emotion(text) and set(words(text)) <= STOCK_WORDS | FUNCTION_WORDS


def has_stock_phrase(text: str) -> bool:
    """Whether a clause is nothing but a stock acknowledgement: 'Ja, snap ik. Nou, …'."""
    clauses = re.findall(r"[^.,;!?]+(?![^.,;!?]*\?)", text)
    return any(is_formula(clause) and STOCK_VERBS & set(words(clause)) for clause in clauses)


def apologizes(text: str) -> bool:
    """Whether a shortcoming is admitted, and not taken back at once: 'Dat was te makkelijk van me.'"""
    bare = plain(text)
    found = APOLOGY.search(bare)
    if not found or HOLLOW_APOLOGY.search(bare.replace(",", "")):
        return False
    rest_of_sentence = re.split(r"[.!?]", bare[found.end() :])[0]
    return TAKEN_BACK.search(rest_of_sentence) is None
