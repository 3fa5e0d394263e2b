"""What the coach has to say about a deed. Each remark: quoted words, what they did, the point, a better sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.practice.deeds import Deed

POINT_PREFIX = "punt "


@dataclass(frozen=True)
class Advice:
    """Why a deed works or does not. '{name}', '{ze}' and '{Ze}' stand for the resident.

    instead: what would have helped, for the example sentence; None for praise. short: the advice in a few words.
    """

    why: str
    short: str
    points: tuple[str, ...]
    instead: Deed | None = None


ADVICE: Mapping[Deed, Advice] = {
    Deed.RETALIATE: Advice(
        "Een verwijt of een sneer maakt er een wedstrijd van: {name} moet nu winnen en hoort je niet meer. Merk je dat "
        "je zelf "
        "kwaad "
        "wordt, adem dan eerst uit en zeg rustig wat je wel en niet wilt.",
        "Sla niet terug, ook niet met een grapje of een sneer",
        ("43",),
        Deed.SET_LIMIT,
    ),
    Deed.HARSH_LIMIT: Advice(
        "Een grens trekken is goed, maar zo klinkt hij als een tegenaanval of een discussie. Een grens werkt als "
        "hij kort "
        "en kalm is en over het gedrag gaat.",
        "Trek je grens kort en kalm, zonder sneer en zonder discussie",
        ("43",),
        Deed.SET_LIMIT,
    ),
    Deed.LET_PASS: Advice(
        "{name} speelde op de persoon en jij ging erlangs. Zo leert {ze} dat het mag, en de volgende keer gaat "
        "{ze} verder.",
        "Reageer op een persoonlijke aanval meteen met een grens",
        ("43",),
        Deed.SET_LIMIT,
    ),
    Deed.CANCELLED: Advice(
        "Je begon met begrip en haalde het met het tweede deel weer weg. {name} onthoudt alleen wat na de 'maar' kwam.",
        "Zet een punt na je erkenning, en laat de 'maar' weg",
        ("42",),
        Deed.ACKNOWLEDGE,
    ),
    Deed.DISMISS: Advice(
        "Geruststellen klinkt voor {name} als: uw gevoel klopt niet. Dan moet {ze} harder praten om het te laten zien.",
        "Sus niet, benoem wat je ziet",
        ("37", "42"),
        Deed.ACKNOWLEDGE,
    ),
    Deed.ARGUE: Advice(
        "Zo hoog in de emotie komt een tegenargument niet binnen; het maakt van {name} een tegenstander.",
        "Ga niet in discussie zolang de emotie hoog is",
        ("42",),
        Deed.SUMMARIZE,
    ),
    Deed.FACTS_BOUNCED: Advice(
        "Het zal kloppen, alleen kan {name} er nu nog niets mee. Eerst moet {ze} merken dat je ziet wat het met "
        "{haar} doet.",
        "Bewaar feiten tot de emotie gezakt is",
        ("42",),
        Deed.ACKNOWLEDGE,
    ),
    Deed.CLOSED_QUESTION: Advice(
        "Dit zijn vragen voor een formulier: {name} kan alleen ja of nee zeggen en kan niets kwijt.",
        "Stel vragen waar een verhaal op past",
        ("38", "39"),
        Deed.EXPLORE,
    ),
    Deed.UNNEEDED_LIMIT: Advice(
        "{name} was fel, maar speelde niet op de persoon. Een grens aan kritiek of aan boosheid voelt als mond dicht.",
        "Bewaar je grens voor gedrag; kritiek en boosheid mogen",
        ("37", "43"),
        Deed.ACKNOWLEDGE,
    ),
    Deed.NEEDLESS_SUPPORT: Advice(
        "Er was boosheid, geen gevaar. Beveiliging erbij halen maakt {name} tot een probleem.",
        "Haal hulp bij agressie, niet bij boosheid",
        ("37", "43"),
        Deed.ACKNOWLEDGE,
    ),
    Deed.EARLY_ADJOURN: Advice(
        "Er was nog geen reden om te stoppen. {name} hoort: ik wil van u af.",
        "Blijf nog even zitten: eerst het verhaal, dan pas een andere afspraak",
        ("39", "44"),
        Deed.EXPLORE,
    ),
    Deed.OVERPROMISE: Advice(
        "Dit kun je niet waarmaken. Nu geeft het lucht; straks vraagt {name} ernaar en dan kost het meer dan het "
        "opleverde.",
        "Beloof niets waar je niet over gaat",
        ("40", "41"),
        Deed.CLARIFY_ROOM,
    ),
    Deed.BROKEN_PROMISE: Advice(
        "Eerst klonk het alsof er ruimte was, nu blijkt van niet. Niets maakt mensen bozer. Wees de volgende keer "
        "meteen "
        "open over wat vastligt.",
        "Zeg vooraf wat vastligt en wat niet",
        ("41", "24"),
        Deed.APOLOGIZE,
    ),
    Deed.SPECULATE: Advice(
        "Je gaf een antwoord dat je niet had. {name} gaat ermee naar huis, en als het anders uitpakt ben jij het "
        "geweest.",
        "Gok niet: zeg wie het weet en wanneer",
        ("6",),
        Deed.FULL_DEFERRAL,
    ),
    Deed.VAGUE_DEFERRAL: Advice(
        "Niets verzinnen is goed. Alleen heeft {name} nu niets om zich aan vast te houden: van wie hoort {ze} "
        "het, en wanneer?",
        "Maak je 'ik weet het niet' af met wie, wanneer en hoe",
        ("6",),
        Deed.FULL_DEFERRAL,
    ),
    Deed.REPEATED: Advice(
        "Dit zei je al. De tweede keer klinkt het als een zin uit een cursus.",
        "Zeg begrip telkens over iets anders dat je hoort",
        ("39", "42"),
        Deed.ACKNOWLEDGE,
    ),
    Deed.FORMULA: Advice(
        "'Ik snap het' kan iedereen zeggen. {name} merkt pas dat je het ziet als je zegt wát je ziet.",
        "Benoem wat je ziet in plaats van 'ik snap het'",
        ("42",),
        Deed.ACKNOWLEDGE,
    ),
    Deed.ACKNOWLEDGE: Advice(
        "Je benoemde wat je zag en liet het staan. Daardoor hoefde {name} het niet nog eens te laten zien.",
        "je benoemt de emotie en laat die staan",
        ("42",),
    ),
    Deed.APOLOGIZE: Advice(
        "Je gaf toe dat het beter kon. Dat kost even iets en levert vertrouwen op.",
        "je durft toe te geven dat iets niet goed ging",
        ("21",),
    ),
    Deed.SUMMARIZE: Advice(
        "Je gaf terug wat je hoorde. {name} weet nu dat het is aangekomen.",
        "je controleert of je het goed begrepen hebt",
        ("41",),
    ),
    Deed.EXPLORE: Advice(
        "Je vroeg door en liet ruimte. Daarop komt het verhaal achter de boosheid.",
        "je vraagt door in plaats van te antwoorden",
        ("38", "39"),
    ),
    Deed.SET_LIMIT: Advice(
        "Rustig, duidelijk en over het gedrag: {name} mocht boos blijven en wist waar de streep lag.",
        "je trekt een grens zonder zelf boos te worden",
        ("43",),
    ),
    Deed.ADJOURN: Advice(
        "Je stopte toen het niet meer ging en liet een deur open. Dat hoort erbij, ook als {name} kwaad blijft.",
        "je stopt op tijd en spreekt een ander moment af",
        ("43", "44"),
    ),
    Deed.CALL_SUPPORT: Advice(
        "Je haalde er iemand bij toen het nodig was. Je hoeft dit niet alleen te doen.",
        "je haalt op tijd hulp",
        ("43",),
    ),
    Deed.FULL_DEFERRAL: Advice(
        "Geen gok, maar een afspraak: {name} weet van wie het antwoord komt en wanneer.",
        "je verzint niets en zegt wie er wanneer op terugkomt",
        ("6",),
    ),
    Deed.FACTS_LANDED: Advice(
        "Eerst liet je merken dat je de vraag begreep, toen gaf je het feit. Zo komt het aan.",
        "je geeft feiten op een moment dat ze aankomen",
        ("41", "42"),
    ),
    Deed.CLARIFY_ROOM: Advice(
        "Eerlijk over wat vastligt en wat niet. Leuk is het niet voor {name}, duidelijk wel.",
        "je bent open over wat wel en niet kan",
        ("40", "41"),
    ),
}

COSTLIEST_FIRST = (
    Deed.RETALIATE, Deed.HARSH_LIMIT, Deed.BROKEN_PROMISE, Deed.LET_PASS, Deed.CANCELLED, Deed.OVERPROMISE,
    Deed.DISMISS, Deed.SPECULATE, Deed.ARGUE, Deed.UNNEEDED_LIMIT, Deed.NEEDLESS_SUPPORT, Deed.EARLY_ADJOURN,
    Deed.VAGUE_DEFERRAL, Deed.FACTS_BOUNCED, Deed.CLOSED_QUESTION, Deed.REPEATED, Deed.FORMULA,
)  # fmt: skip

PRAISED_FIRST = (
    Deed.SET_LIMIT, Deed.ADJOURN, Deed.FULL_DEFERRAL, Deed.ACKNOWLEDGE, Deed.CLARIFY_ROOM, Deed.SUMMARIZE,
    Deed.APOLOGIZE, Deed.CALL_SUPPORT, Deed.EXPLORE,
)  # fmt: skip


def named(points: tuple[str, ...]) -> str:
    """Points as they are referred to everywhere: ('42', '43') → 'punt 42 en 43'."""
    return POINT_PREFIX + (points[0] if len(points) == 1 else ", ".join(points[:-1]) + " en " + points[-1])
