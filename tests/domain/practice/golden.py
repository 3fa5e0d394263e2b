"""Whole talks with everything they brought about, kept as files: a change of behaviour shows line by line.

`python -m tests.domain.practice.golden` writes them anew. Read the difference before keeping it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.domain.moves import Move, TaggedMessage
from bot.domain.practice import report
from bot.domain.practice.coach import cue, hint
from bot.domain.practice.debrief import debrief
from bot.domain.practice.goals import Goal
from bot.domain.practice.rehearsal import message
from bot.domain.practice.scenario import Scenario
from bot.domain.practice.talk import Talk, TurnResult, replay
from bot.storage.scenarios import load_scenarios

FOLDER = Path(__file__).with_name("golden")
SCENARIOS = ("bewonersavond", "telefoon")
SEED = 7

ACK, ASK, SUM, LIMIT = Move.ACKNOWLEDGE_EMOTION, Move.EXPLORE, Move.SUMMARIZE, Move.SET_LIMIT
DEFER, ROOM, FACTS = Move.DEFER_ANSWER, Move.CLARIFY_ROOM, Move.INFORM

OFFICIALS: dict[str, tuple[tuple[TaggedMessage, ...], tuple[int, ...]]] = {
    "listens": (
        (
            message((ACK, "Dit raakt u diep, dat hoor ik."), (ASK, "Wat is er precies gebeurd?")),
            message((LIMIT, "U mag boos zijn, maar mij uitschelden wil ik niet."), (ASK, "Wat zit u het meest dwars?")),
            message((SUM, "Begrijp ik goed dat het vooral gaat om hoe u het hebt moeten horen?")),
            message((ROOM, "Dat het er komt ligt vast; over de afspraken eromheen praat u nog mee.")),
            message((DEFER, "Dat weet ik niet. Ik vraag het de projectleider en bel u vrijdag.")),
            message((Move.APPRECIATE, "Dank dat u dit vertelde. Tot vrijdag.")),
        ),
        (2,),
    ),
    "explains": (
        (
            message((FACTS, "Er komen hoogstens honderdtwintig mensen, voor vijf jaar.")),
            message((Move.ARGUE, "Dat klopt niet, het geld komt van het Rijk.")),
            message((ACK, "Ik snap dat u boos bent,"), (Move.ARGUE, "maar andere dorpen doen dit ook.")),
            message((Move.SPECULATE, "Ik denk dat het in het voorjaar wel zover zal zijn.")),
        ),
        (3,),
    ),
    "soothes": (
        (
            message((Move.DISMISS, "Rustig maar, het komt allemaal goed.")),
            message((ACK, "Ja, dat snap ik.")),
            message((Move.DISMISS, "Zo erg is het toch niet?")),
            message((DEFER, "Daar komen we nog op terug.")),
        ),
        (),
    ),
    "promises": (
        (
            message((ACK, "Ik zie hoe bang u bent.")),
            message((Move.OVERPROMISE, "Ik beloof u dat er niets gaat gebeuren.")),
            message((ASK, "Wat zou u nodig hebben?")),
            message((ROOM, "Eerlijk gezegd: het besluit staat al vast.")),
            message((ACK, "Dat had ik zo niet moeten zeggen, het spijt me dat ik u die hoop gaf.")),
        ),
        (),
    ),
    "hits_back": (
        (
            message((Move.RETALIATE, "U zeurt, en u luistert zelf ook niet.")),
            message((LIMIT, "En nu houdt u op,"), (Move.RETALIATE, "wie denkt u wel dat u bent!")),
            message((Move.CALL_SUPPORT, "Dan haal ik de beveiliging erbij.")),
            message((Move.OTHER, "blub blub")),
            message((Move.ADJOURN, "Ik stop. Belt u morgen tussen negen en tien.")),
        ),
        (2, 3),
    ),
}


def whole_trace(scenario: Scenario, official: str) -> dict[str, Any]:
    """A talk with everything that followed from it."""
    said, provoke = OFFICIALS[official]
    talk = replay(scenario, SEED, said, provoke)
    return {
        "opening": talk.opening,
        "turns": [_turn(talk, turn) for turn in talk.turns],
        "hint_at_the_end": hint(talk).text,
        "debrief": report.as_text(debrief(talk)).splitlines(),
        "debrief_for_limits": report.as_text(debrief(talk, Goal.LIMIT)).splitlines()[:3],
    }


def _turn(talk: Talk, turn: TurnResult) -> dict[str, Any]:
    found = cue(talk, turn)
    return {
        "said": turn.message.text,
        "deeds": {felt.deed.value: [round(felt.tension, 2), round(felt.heard, 2)] for felt in turn.felt},
        "resident": turn.reply,
        "mood": [round(turn.mood.tension, 2), round(turn.mood.heard, 2), turn.mood.phase.value],
        "attack": turn.attack,
        "topic": turn.memory.topics.current,
        "cue": found.text if found else "",
    }


def file_of(scenario_id: str, official: str) -> Path:
    """Where a talk is kept."""
    return FOLDER / f"{scenario_id}_{official}.json"


def main() -> None:
    """Write every talk anew."""
    FOLDER.mkdir(exist_ok=True)
    known = {each.id: each for each in load_scenarios()}
    for scenario_id in SCENARIOS:
        for official in OFFICIALS:
            trace = json.dumps(whole_trace(known[scenario_id], official), ensure_ascii=False, indent=1)
            file_of(scenario_id, official).write_text(trace + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
