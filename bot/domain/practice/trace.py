"""A talk as the practice contract wants it: what was said, tension and heard per turn, and the skills at the end."""

from __future__ import annotations

from typing import Any

from bot.domain.practice.coach import cue
from bot.domain.practice.debrief import ending_of_talk
from bot.domain.practice.skills import judge
from bot.domain.practice.talk import Talk, TurnResult


def trace_of(talk: Talk) -> dict[str, Any]:
    """JSON-like: trace, opening, skills, ending. Tension and heard are whole numbers, 0-100."""
    return {
        "trace": [_turn(talk, turn) for turn in talk.turns],
        "opening": {"resident": talk.opening, "tension": round(talk.opening_mood.tension)},
        "skills": {judgement.skill.value: judgement.mark.value for judgement in judge(talk)},
        "ending": ending_of_talk(talk).value,
    }


def _turn(talk: Talk, turn: TurnResult) -> dict[str, Any]:
    remark = cue(talk, turn)
    return {
        "turn": turn.number,
        "resident": turn.reply,
        "tension": round(turn.mood.tension),
        "heard": round(turn.mood.heard),
        "moves": list(dict.fromkeys(tagged.move.value for tagged in turn.message.moves)),
        "feedback": [remark.text] if remark else [],
    }
