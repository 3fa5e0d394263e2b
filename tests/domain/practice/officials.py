"""Officials for the tests: messages with known moves, in as many wordings as a test needs."""

from __future__ import annotations

import random
from collections.abc import Iterable

from bot.domain.moves import Move, TaggedMessage, TaggedMove

SURE = 0.95

ABOUT = ("het plan", "uw straat", "deze avond", "het nieuws", "die brief", "uw huis", "de drukte", "de toekomst", "uw buren",
         "het lawaai", "de verkoop", "het terrein", "de planning", "het gebouw", "het verkeer")  # fmt: skip
FEELING = ("boos", "verdrietig", "bang", "teleurgesteld", "machteloos", "gefrustreerd", "onzeker", "geschrokken")
DAY = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")

WORDINGS: dict[Move, tuple[str, ...]] = {
    Move.ACKNOWLEDGE_EMOTION: (
        "Ik zie dat u {feeling} bent om {about}.",
        "Dat {about} u zo raakt, merk ik aan alles; u klinkt {feeling}.",
        "Wat zwaar, {about}, ik hoor hoe {feeling} u daarvan wordt.",
    ),
    Move.SUMMARIZE: (
        "Dus het gaat u vooral om {about}, klopt dat?",
        "Begrijp ik goed dat {about} voor u het belangrijkste is?",
        "U zegt eigenlijk dat er met {about} niets is gedaan, heb ik dat goed?",
    ),
    Move.EXPLORE: (
        "Wat maakt {about} voor u zo moeilijk?",
        "Hoe ging dat precies met {about}?",
        "Waar loopt u tegenaan als het over {about} gaat?",
    ),
    Move.SET_LIMIT: (
        "U mag kwaad zijn over {about}, mij beledigen mag niet.",
        "Over {about} praat ik graag door, schelden doen we hier niet.",
    ),
    Move.ADJOURN: ("Laten we stoppen; {day} praten we verder over {about}.",),
    Move.DEFER_ANSWER: (
        "Over {about} weet ik dat niet; mijn collega belt u {day}.",
        "Dat antwoord over {about} heb ik niet, ik vraag het na en mail u {day}.",
    ),
    Move.CLARIFY_ROOM: (
        "Het besluit staat vast, over {about} kunt u nog meepraten.",
        "Aan {about} verandert niets meer, dat ligt vast; over de afspraken praat u mee.",
    ),
    Move.INFORM: ("Bij {about} gaat het om vijf jaar.", "Voor {about} is een vergunning aangevraagd."),
    Move.APPRECIATE: ("Dank dat u over {about} begint.", "Goed dat u {about} noemt."),
    Move.CALL_SUPPORT: ("Ik roep de beveiliging erbij om {about}.",),
    Move.DISMISS: ("Ach, {about}, dat valt allemaal best mee.", "U maakt {about} veel te groot."),
    Move.ARGUE: (
        "Wat u over {about} zegt klopt gewoon niet.",
        "Kijk naar de cijfers over {about}, die zeggen wat anders.",
    ),
    Move.OVERPROMISE: (
        "Ik garandeer u dat {about} helemaal goed komt.",
        "Ik beloof u dat er met {about} niets gebeurt.",
    ),
    Move.RETALIATE: ("U zeurt alleen maar over {about}.", "Met u valt over {about} niet te praten."),
    Move.SPECULATE: ("Ik denk dat {about} een jaartje duurt, zoiets.", "Ik gok dat het met {about} wel zo zal zijn."),
    Move.OTHER: ("Zeg, {about} hè.",),
}
MOVES = tuple(move for move in Move if move is not Move.OTHER)


def sentence(move: Move, turn: int) -> str:
    """One sentence that makes this move, a different one each turn."""
    wording = WORDINGS[move][turn % len(WORDINGS[move])]
    return wording.format(
        about=ABOUT[(turn * 7 + len(move)) % len(ABOUT)], feeling=FEELING[turn % len(FEELING)], day=DAY[turn % len(DAY)]
    )


def message(*parts: tuple[Move, str], confidence: float = SURE, unsure: bool = False) -> TaggedMessage:
    """A message of sentences, each with its move."""
    text, moves = "", []
    for move, words in parts:
        start = len(text) + (1 if text else 0)
        text = f"{text} {words}".strip()
        moves.append(TaggedMove(move, start, len(text), confidence))
    return TaggedMessage(text, tuple(moves), unsure)


def doing(*moves: Move, turn: int = 0) -> TaggedMessage:
    """A message that makes these moves."""
    return message(*((move, sentence(move, turn)) for move in moves))


def loop(moves: Iterable[Move], turns: int) -> list[TaggedMessage]:
    """The same moves over and over, one a turn, each time in other words."""
    cycle = tuple(moves)
    return [doing(cycle[turn % len(cycle)], turn=turn) for turn in range(turns)]


def somebody(rng: random.Random, turns: int) -> list[TaggedMessage]:
    """Any official at all: one to three moves a turn."""
    return [doing(*rng.sample(MOVES, rng.randint(1, 3)), turn=rng.randrange(10_000)) for _ in range(turns)]


def adding(extra: TaggedMessage, to: TaggedMessage, front: bool) -> TaggedMessage:
    """One message with another said before or after it."""
    first, second = (extra, to) if front else (to, extra)
    shift = len(first.text) + 1
    moved = tuple(TaggedMove(t.move, t.start + shift, t.end + shift, t.confidence) for t in second.moves)
    return TaggedMessage(f"{first.text} {second.text}", first.moves + moved, to.unsure)
