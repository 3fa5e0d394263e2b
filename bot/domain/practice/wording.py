"""What can be read from the bare words of a message, without a language model: small, checkable questions.

The tagger says which moves a message holds. These functions say what it cannot: is it a stock phrase, is it said
before, does a 'maar' follow, does the question leave room.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ACCENT = re.compile("[\u0300-\u036f]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'"})
SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")

FUNCTION_WORDS = frozenset(
    """ik je jij u hij zij ze we wij jullie hen hun me mij jou ons mijn m'n jouw uw z'n zijn haar onze het 't de een 'n
    dat dit die deze daar hier er wat wie waar hoe wanneer waarom waarvoor welke en of maar want dus als dan toen nu nou
    niet geen wel ook nog al maar heel erg zo te om van voor met op in aan bij naar uit over door tot tegen onder tussen
    is ben bent was waren wordt worden werd heb hebt heeft hebben had hadden kan kun kunt kunnen kon zal zult zullen zou
    zouden wil wilt willen wilde moet moeten moest mag mogen mocht ga gaat gaan ging doe doet doen deed kom komt komen
    ja nee eens even echt toch meer weer zelf iets niets alles iemand niemand omdat zodat terwijl hoor eigenlijk ge gij
    oe da nie ne ou k n""".split()
)
"""Words that hold Dutch sentences together. Running text is about half of them; a list of keywords has hardly any."""

STOCK_WORDS = frozenset(
    """snap begrijp begrijpen snappen hoor horen gehoord zie ja goed oke oké ok okay natuurlijk vervelend jammer helaas
    heus best helemaal volkomen uiteraard uw je jouw zorg zorgen gevoel gevoelens gevoelig mening punt emotie emoties
    lastig balen sorry begrip volledig allemaal heel zeker uhm eh mevrouw meneer""".split()
)
"""What a stock acknowledgement is made of: take these away and nothing is left that is about this resident."""

EMOTION = re.compile(
    r"\b(boos|bozer|boosheid|kwaad|kwaadheid|woede\w*|razend|ziedend|furieus|bang\w*|angst\w*|eng|doodeng|bezorgd\w*"
    r"|ongerust\w*|zorgen maakt|zorgelijk|verdriet\w*|pijn|onmacht|machteloos\w*|teleurgesteld|teleurstelling"
    r"|frustr\w+|gefrustreerd|gepasseerd|overvallen|geschrokken|schrik\w*|schrok|onrust\w*|onzeker\w*|wantrouw\w+"
    r"|raakt|hoog zit|hoog u dit zit|dwars\s?zit\w*|zit diep|diep dit zit|heftig\w*|slopend|zwaar|baal\w*|wakker"
    r"|gemis|mist|eenzaam\w*|klap|onrecht\w*|oneerlijk|verraden|in de steek|niet serieus genomen|overkom\w*"
    r"|hoop onrust|angstig|spannend|verbijsterd|zat|moedeloos|spijt|rouw|onveilig\w*|overdonderd|(er)?buiten (\w+ )?gehouden|erbuiten|zorg (om|over)|gevoel dat)\b"
)

APOLOGY = re.compile(
    r"\b(spijt (me|mij|ons)|(mijn|onze|m'n) (excuses|verontschuldig\w+)|excuses|neem ik terug"
    r"|sorry (dat|voor|daarvoor)|sorry\s*[.!]|(was|is) (te |zo )?(makkelijk|fout|onhandig|lomp|niet goed|niet netjes|bot"
    r"|verkeerd|niet handig)( \w+)? van (me|mij|ons)|ik (doe|deed) het (nu |net )?(verkeerd|niet goed)"
    r"|ik begin opnieuw|(had|hadden) (ik|we|wij|u|je)( \w+){0,3} (eerder|anders|beter|niet)( \w+){0,2} "
    r"(moeten|mogen|gemoeten))\b"
)
HOLLOW_APOLOGY = re.compile(r"\bsorry( \w+)? maar\b|\bsorry hoor\b|\bexcuus maar\b")

GREETING = re.compile(
    r"^(goede(n|r)?\s?(morgen|middag|avond)|hallo|hoi|hey|hee|dag|welkom|mijn naam is|ik ben \w+ van)\b"
)
FAREWELL = re.compile(
    r"\b(tot ziens|tot (morgen|overmorgen|gauw|snel|dan|(maan|dins|woens|donder|vrij|zater|zon)dag|volgende week)"
    r"|(fijne|prettige|goede) (avond|dag|middag|reis)( nog)?|wel thuis|(goedenavond|dag)( (mevrouw|meneer)?( \w+)?)?\W*$"
    r"|hoor(t)? (je|u) (me|mij|van mij|van me))"
)

OPEN_WORDS = re.compile(
    r"\b(hoe|wat|waarom|waar|waarvoor|waardoor|waarmee|waarin|welk|welke|wie|wanneer|hoezo|vertel\w*|uitleggen"
    r"|meer zeggen|toelichten|meenemen|voorbeeld)\b"
)
CLOSED_START = re.compile(
    r"^((en|dus|maar|nou|ja|goed|oke|oké|zo|gewoon|of|dan) )*"
    r"(bent|ben|heeft|hebt|heb|had|woont|woon|is|zijn|was|kunt|kun|kan|wilt|wil|gaat|ga|komt|kom|weet|vindt|vind|denkt"
    r"|denk|klopt|mag|moet|zit|staat|doet|ziet|kent|ken|hoort|leest|las|werkt|betaalt|snapt|snap|begrijpt)\b"
)
YES_OR_NO = re.compile(r"\b(ja of (een )?nee|voor of tegen|wel of niet)\b")
CHOICE = re.compile(r"\b(vooral|meer|eerder|juist)\b.*\bof\b|\bof (ook|is het|zit|speelt|gaat het)\b")

BUT = re.compile(r"\b(maar|alleen|echter|toch is|aan de andere kant|tegelijk)\b")


def plain(text: str) -> str:
    """Lower case, straight quotes, accents off, single spaces: 'Vóór  1 mei' → 'voor 1 mei'."""
    straight = text.translate(_QUOTES).lower()
    bare = straight if straight.isascii() else _ACCENT.sub("", unicodedata.normalize("NFD", straight))
    return " ".join(bare.split())


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
    return len(one & other) / len(one | other)


def names_emotion(text: str) -> bool:
    """Whether a word for an emotion or its weight is used."""
    return EMOTION.search(plain(text)) is not None


def is_formula(text: str) -> bool:
    """Whether an acknowledgement is a stock phrase: 'Ik begrijp uw zorgen.' Naming what it does to someone is not."""
    if names_emotion(text):
        return False
    return not [w for w in words(text) if w not in STOCK_WORDS and w not in FUNCTION_WORDS]


def is_salad(text: str) -> bool:
    """Whether a text is a heap of keywords: five words or more, and hardly any that hold a sentence together."""
    found = words(text)
    return len(found) >= 5 and sum(w in FUNCTION_WORDS for w in found) / len(found) < 0.2


def apologizes(text: str) -> bool:
    """Whether a shortcoming is admitted, and not taken back at once: 'Dat was te makkelijk van me.'"""
    bare = plain(text)
    found = APOLOGY.search(bare)
    if not found or HOLLOW_APOLOGY.search(bare.replace(",", "")):
        return False
    rest_of_sentence = re.split(r"[.!?]", bare[found.end() :])[0]
    return BUT.search(rest_of_sentence) is None


def greets(text: str) -> bool:
    """Whether a message opens with a greeting."""
    return GREETING.search(plain(text)) is not None


def says_farewell(text: str) -> bool:
    """Whether a message ends the meeting: 'Tot donderdag.'"""
    last = sentences(text)[-1:]
    return bool(last) and FAREWELL.search(plain(last[0])) is not None


def is_closed_question(text: str) -> bool:
    """Whether the questions in a text only want a yes or a no.

    'Hebt u de brief ontvangen?' is closed; 'Wilt u vertellen wat er speelt?' and a real choice between feelings are not.
    """
    asked = [plain(s) for s in sentences(text) if s.endswith("?")] or [plain(text)]
    return all(_leaves_no_room(question) for question in asked)


def _leaves_no_room(question: str) -> bool:
    if YES_OR_NO.search(question):
        return True
    if OPEN_WORDS.search(question) or CHOICE.search(question):
        return False
    return CLOSED_START.search(question) is not None


class Asked(str, Enum):
    """What an open question is after: the three levels of a story (38)."""

    STORY = "story"  # what happened: the content
    HEART = "heart"  # what it does to you: the emotion
    NEED = "need"  # what you want with it: the intention


ASKS_NEED = re.compile(
    r"\b(nodig|help\w*|hielp|gewild|verwacht\w*|wens\w*|liefst|liever|idee\w*|voorstel\w*|oploss\w*|voorkeur|meeneem"
    r"|wat (zou|zouden|wilt|wil|kunnen|kan|moet)|hoe (zou|zouden|wilt|wil)|zou (u|je|jij) (\w+ )?(willen|graag)"
    r"|anders (zou|gewild|gekund|gemoeten)|betekenen|belangrijkste? voor)\b"
)
ASKS_HEART = re.compile(
    r"\b(bang|angst\w*|raakt|zorg\w*|voelt?|gevoel|dwars\w*|erg(ste?)|heftig\w*|zwaarst\w*|moeilijk\w*|pijn|boos\w*"
    r"|wakker|verdriet\w*|spannend\w*|hoog|diep|doet (het|dit|dat)|met (u|je|jou)|maakt (het|dit|dat)|onmacht)\b"
)


def asks_for(text: str) -> Asked:
    """Which level of the story a question is after; the story itself where nothing points elsewhere."""
    bare = plain(text)
    if ASKS_NEED.search(bare):
        return Asked.NEED
    return Asked.HEART if ASKS_HEART.search(bare) else Asked.STORY
