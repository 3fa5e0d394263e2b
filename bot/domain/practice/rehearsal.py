"""Officials of our own who play a scenario: by the book, or by a trick. The linter and the tests learn from how it ends.

They speak in plain sentences with known moves, so that a scenario is tried without any tagger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Optional

from bot.domain.moves import Move, TaggedMessage, TaggedMove
from bot.domain.practice.scenario import QuestionStatus, Scenario
from bot.domain.practice.talk import Talk, respond, start, turn_taken
from bot.domain.practice.topics import UNMET

SURE = 0.95
"""The confidence (0-1) of every move in a rehearsal."""

_ABOUT = (
    "het plan", "uw straat", "deze avond", "het nieuws", "die brief", "uw huis", "de drukte", "de toekomst", "uw buren",
    "het lawaai", "de verkoop", "het terrein", "de planning", "het gebouw", "het verkeer",
)  # fmt: skip
_FEELING = ("boos", "verdrietig", "bang", "teleurgesteld", "machteloos", "gefrustreerd", "onzeker", "geschrokken")
_DAY = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")

WORDINGS: Mapping[Move, tuple[str, ...]] = {
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

LISTENING = (Move.ACKNOWLEDGE_EMOTION, Move.SUMMARIZE, Move.EXPLORE)
HELPING = (*LISTENING, Move.APPRECIATE, Move.CLARIFY_ROOM, Move.DEFER_ANSWER, Move.INFORM, Move.SET_LIMIT)
HARMING = (Move.DISMISS, Move.ARGUE, Move.RETALIATE, Move.SPECULATE, Move.OVERPROMISE)

Moves = tuple[Move, ...]
Player = Callable[[Talk], Optional[TaggedMessage]]
"""Decides from the talk so far what to say next; None: nothing more."""


def sentence(move: Move, turn: int) -> str:
    """One sentence that makes this move, a different one each turn."""
    wording = WORDINGS[move][turn % len(WORDINGS[move])]
    about = _ABOUT[(turn * 7 + len(move)) % len(_ABOUT)]
    return wording.format(about=about, feeling=_FEELING[turn % len(_FEELING)], day=_DAY[turn % len(_DAY)])


def message(*parts: tuple[Move, str], confidence: float = SURE, unsure: bool = False) -> TaggedMessage:
    """A message of sentences, each with its move."""
    text, moves = "", []
    for move, words in parts:
        begin = len(text) + (1 if text else 0)
        text = f"{text} {words}".strip()
        moves.append(TaggedMove(move, begin, len(text), confidence))
    return TaggedMessage(text, tuple(moves), unsure)


def doing(*moves: Move, turn: int = 0) -> TaggedMessage:
    """A message that makes these moves."""
    return message(*((move, sentence(move, turn)) for move in moves))


def loop(moves: Iterable[Move], turns: int) -> list[TaggedMessage]:
    """The same moves over and over, one a turn, each time in other words."""
    cycle = tuple(moves)
    return [doing(cycle[turn % len(cycle)], turn=turn) for turn in range(turns)]


def played(scenario: Scenario, player: Player, seed: int, turns: int) -> Talk:
    """A talk of at most so many turns, in which the resident's own temper decides on attacks."""
    talk = start(scenario, seed)
    for _ in range(turns):
        said = player(talk)
        if said is None:
            break
        talk = turn_taken(talk, respond(talk, said))
    return talk


# How people play


def by_the_book(talk: Talk) -> TaggedMessage:
    """Limit after an attack; emotion first; ask and give back; then content, honestly (6, 38-44)."""
    turn, topics = len(talk.turns), talk.memory.topics
    if talk.mood.under_attack:
        return doing(Move.SET_LIMIT, turn=turn)
    question = talk.scenario.question(topics.current)
    if question and topics.of(question.id) in UNMET and talk.mood.can_hear and question.better not in talk.said:
        known = question.status is QuestionStatus.KNOWN
        return message((Move.INFORM if known else Move.DEFER_ANSWER, question.better))
    rounds: tuple[Moves, ...] = (
        (Move.ACKNOWLEDGE_EMOTION, Move.EXPLORE), (Move.SUMMARIZE,), (Move.EXPLORE,), (Move.CLARIFY_ROOM,),
        (Move.ACKNOWLEDGE_EMOTION,), (Move.DEFER_ANSWER,), (Move.EXPLORE,), (Move.SUMMARIZE,), (Move.APPRECIATE,),
    )  # fmt: skip
    return doing(*rounds[turn % len(rounds)], turn=turn)


def always(*moves: Move) -> Player:
    """The same moves in turn, whatever happens, each time in other words."""
    return lambda talk: doing(moves[len(talk.turns) % len(moves)], turn=len(talk.turns))


def leaves(talk: Talk) -> TaggedMessage | None:
    """Gone at once."""
    return None if talk.turns else doing(Move.ADJOURN)


PLAYERS: Mapping[str, Player] = {
    "luistert, trekt een grens waar het moet en is eerlijk": by_the_book,
    "noemt alleen gevoelens": always(Move.ACKNOWLEDGE_EMOTION, Move.APPRECIATE),
    "belooft van alles": always(Move.ACKNOWLEDGE_EMOTION, Move.OVERPROMISE),
    "legt alleen uit": always(Move.INFORM),
    "sust": always(Move.DISMISS),
    "slaat terug": always(Move.RETALIATE),
    "loopt weg": leaves,
}
"""Together they should see nearly every ending; see `bot.domain.practice.lint_play`."""
