"""Names of people in what residents write, as far as words and capitals give them away.

No model: a list of first names that are common in the Netherlands, and the words that people put before a name. A name
that stands alone, is rare and has nothing before it is not found; the desk says so. Offices ('de burgemeester', 'wethouder
Jansen') are left alone: who holds one speaks in public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_FIRST: Final = """
    aaltje abdel abdelkader abdullah achmed adriaan agnes ahmed aicha aisha albert alex alexander ali alice amal amina
    amira amy anja anke anna anne annelies annemarie annemiek anouk anton antoinette arie arjan arnold astrid ayse aziz
    barbara bart bas bastiaan beatrix ben bernard bert bianca boris bouchra bram brenda brigitte britt carin carla carlijn
    carolien caroline cees charlotte chris christa christiaan christina claudia coen connie cor corrie cornelis daan daniel
    danielle daphne david debbie dennis diana dick diederik dirk dorien driss edith edwin eefje eline elisabeth elise ellen
    els elsbeth emiel emil emine emma emre erik esther eva evelien evert fadma farid fatih fatima fatma femke fleur floor
    floris frank frans fred frederik frits gabriel geert gerard gerda gerrit gert gertjan gijs gijsbert greet guus hakan
    halima hamid hamza hanna hanneke hans hasan hassan heidi heleen helena henk hennie henny henriette herman hetty hilde
    hugo hussein ibrahim ilse imane ine ineke ingeborg ingrid irene iris ivo ivonne jaap jack jacob jacqueline jamal jan
    janneke jantje jasmijn jasper jeanette jelle jennifer jenny jeroen jessica jet jo joanna job joep johan johanna johannes
    john joke jolanda joost joris jos jose josien judith jules julia kaan karel karim karin karlijn kasper kees kevin khadija
    khalid kim klaas koen koos krista latifa laura leendert leo leon leonie leyla lia lian liesbeth lieke lies linda lisa lise
    lodewijk loes lotte louis louise lucas lucy luuk maaike maarten maartje malika manon marc marcel marco margot margreet
    maria marianne marieke marielle marijke marijn marja marjan mark marleen marlies marloes martijn martin martine mathijs
    matthijs maud max mees mehmet meike melissa merel mia michael michel michiel mieke mila milan mina miranda mirjam mohamed
    mohammed monique murat mustafa nadia najat nancy naomi natasja nathalie nick nicole niek niels nienke nina noor noortje
    norbert olga oscar otto paul paula paulien peter petra pien piet pieter pim ramon rachid rashid rebecca reinier remco rene
    renate rene richard rick rik rita rob robert robin roel roelof rolf ron ronald rosa ruben rudi ruth ruud sabine said saida
    salma samira sander sandra sanne sara sarah saskia selma serkan sharon siem simon simone sjaak sjef sjoerd sofie sonja
    sophie stef stefan stefanie steven sultan susan suzanne sylvia tamara tanja teun theo theodoor thea thijs thomas tijn tijs
    tim tineke tjeerd tom tomasz ton toos trudy truus twan valerie vera veronique victor vincent wendy wesley willem willemijn
    wilma wim wouter xander yasmin yasmina yara youssef yusuf yvette yvonne zeynep zehra zohra
"""
FIRST_NAMES: Final = frozenset(_FIRST.split())
ALSO_WORDS: Final = frozenset(
    "ben bert daan floor jet job kim leo max noor rob rosa said sultan tim ton vera victor".split()
)
"""First names that are also words, places or brands: alone they count only where something else points to a person."""

_WORD = r"[A-ZÀ-ÖØ-ÞŞĞİ][\w’'-]+"
_LINK = r"(?:van\s+(?:der|den|de|het|'t)|von|van|de|den|der|el|al|ten|ter|te|op\s+de|in\s+'t|'t|bin|ben)"
_SURNAME = rf"(?:{_LINK}\s+)?{_WORD}(?:-{_WORD})?"
_INITIALS = r"(?:[A-Z]\.\s?){1,4}"
_NAME = rf"(?:{_INITIALS}\s?{_SURNAME}|(?:(?i:{_LINK})\s+)?{_WORD}(?:\s+{_SURNAME})?)"

_BEFORE: Final = (
    r"(?i:mijn\s+naam\s+is|ik\s+heet|u\s+spreekt\s+met|hij\s+heet|zij\s+heet|ze\s+heet|genaamd|mijn\s+(?:man|vrouw|zoon|"
    r"dochter|buurman|buurvrouw|buurmeisje|buurjongen|moeder|vader|broer|zus|opa|oma|vriend|vriendin|collega|kleinzoon|"
    r"kleindochter)|(?:de\s+heer|meneer|mijnheer|mevrouw|mw\.?|mevr\.?|dhr\.?|dokter|juf|meester|tante|oom)|"
    r"(?:met\s+vriendelijke\s+groet(?:en)?|vriendelijke\s+groet(?:en)?|groetjes|groeten|groet|gr\.?|mvg)\s*,?|getekend\s*,?|"
    r"familie|fam\.?)"
)
_AFTER_WORDS = re.compile(rf"\b{_BEFORE}\s+(?P<part>{_NAME})")
_I_AM = re.compile(rf"\b(?i:ik\s+ben|dit\s+is|met)\s+(?P<part>{_WORD}(?:\s+{_SURNAME})?)")
# Looks ahead only, so that 'Volgens Samira el Idrissi' is tried at each of its words.
_LIKELY = re.compile(rf"(?<![\w@.-])(?=(?P<part>(?P<first>{_WORD})(?P<rest>\s+{_SURNAME})?))")
BEFORE_CHARS: Final = 40
"""How far back it is looked what a name belongs to."""
_LOWER = re.compile(
    r"\b(?i:mijn\s+naam\s+is|ik\s+heet)\s+"
    r"(?P<part>[a-zà-öø-ÿ’'-]{2,}(?:\s+(?:van|de|der|den)){0,2}(?:\s+[a-zà-öø-ÿ'-]{3,})?)"
)

NOT_NAMES: Final = frozenset(
    """
    ik u wij we jullie hij zij ze er het de een dat dit wat wie waar wanneer waarom hoe welke als maar en of want dus nee ja
    geen niet mijn uw ons onze hun alle bij van voor met naar over coa azc ind ggd gemeente burgemeester wethouder raad
    college raadslid telegram facebook whatsapp nederland oekraine syrie eritrea turkije somalie afghanistan jemen
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april juni juli augustus september
    oktober november december allemaal ook nu hier daar heel erg gewoon boos bang
    """.split()
)
"""Words that may stand with a capital where a name could stand."""
OFFICES: Final = re.compile(r"(?i:burgemeester|wethouder|minister|staatssecretaris|koning|koningin|raadslid)\s+$")
PLACES: Final = re.compile(
    r"(?i:straat|laan|weg|plein|kade|dijk|hof|park|huize?|villa|school|kerk|gemeente|wijk|buurt|sint|st\.?)$"
)

KNOWN_PLACES: Final = frozenset({"albert heijn", "jan linders", "anna paulowna", "maria hoop", "dirk van den broek"})
"""Shops and towns that are called as a person."""


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what looks like somebody's name; finds may overlap."""
    for match in _AFTER_WORDS.finditer(text):
        if not _is_word(_own_word(match["part"])):
            yield match.span("part")
    for match in _I_AM.finditer(text):
        if _is_first_name(match["part"].split()[0], strict=" " not in match["part"]):
            yield match.span("part")
    for match in _LOWER.finditer(text):
        if not _is_word(match["part"].split()[0]):
            yield match.span("part")
    for match in _LIKELY.finditer(text):
        if _stands_for_somebody(text, match):
            yield match.span("part")


def _stands_for_somebody(text: str, match: re.Match[str]) -> bool:
    """A known first name, alone or with a surname, that is no part of a place or an office."""
    before = text[max(0, match.start() - BEFORE_CHARS) : match.start()]
    first, rest = match["first"], match["rest"] or ""
    last_word = before.rsplit(maxsplit=1)[-1] if before.strip() else ""
    if (
        match["part"].casefold() in KNOWN_PLACES
        or OFFICES.search(before)
        or PLACES.search(last_word)
        or PLACES.search(match["part"])
    ):
        return False
    return _is_first_name(first, strict=not rest or _begins_sentence(before))


def _is_first_name(word: str, strict: bool) -> bool:
    """strict: nothing else points to a person, so a name that is also a word does not count."""
    plain = word.casefold().removesuffix("'s").removesuffix("’s")
    known = plain in FIRST_NAMES or plain.partition("-")[0] in FIRST_NAMES
    return known and not (strict and plain in ALSO_WORDS)


def _own_word(name: str) -> str:
    """What is left of a name without initials and 'van der' in front."""
    return re.sub(rf"^(?:{_INITIALS}|(?i:{_LINK})\s+)+", "", name).split()[0]


def _is_word(word: str) -> bool:
    return word.casefold().strip("'’-") in NOT_NAMES


def _begins_sentence(before: str) -> bool:
    return not before.strip() or before.rstrip()[-1] in ".!?:\n"
