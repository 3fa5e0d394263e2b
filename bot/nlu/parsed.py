"""The shape of what our components add to Rasa's parse output, and how the domain reads it.

Imports nothing of Rasa, so that the action server stays small.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from bot.domain.moves import Move, TaggedMove
from bot.domain.understanding import Understanding, Vector

EMBEDDING: Final = "embedding"  # the sentence vector, packed
INTENTS: Final = "intents"  # [full intent, probability] pairs, best first
EMOTION: Final = "emotion"  # probability 0-1 of strong emotion
UNSURE_MOVES: Final = "unsure_moves"  # the tagger's doubt about the moves it marked
PARTS: Final = "parts"  # the questions of a message that holds several: {"text", "intents"} each
WITH_TOPIC: Final = "with_topic"  # the message read together with what was talked about: {"text", "intents"}
SUBJECT: Final = "subject"  # what is asked of a guide by name: {"text", "intents"}
MOVE_ENTITY: Final = "move"
NUMBER_ENTITY: Final = "number"


def pack(vector: Vector) -> str:
    """A vector as text: 384 half-precision numbers in base64, about 1 KB."""
    return base64.b64encode(vector.astype(np.float16).tobytes()).decode("ascii")


def unpack(packed: str) -> Vector:
    """The vector back from `pack`, L2-normalised again since half precision rounds."""
    vector = np.frombuffer(base64.b64decode(packed), dtype=np.float16).astype(np.float32)
    result: Vector = vector / max(float(np.linalg.norm(vector)), 1e-6)
    return result


def understanding_of(parsed: Mapping[str, Any]) -> Understanding:
    """Rasa's parse output, or a tracker's latest message, as the domain sees it.

    A pressed button has an intent without probabilities; a foreign pipeline gives none of our keys. Both read as
    'nothing known', which the services answer honestly.
    """
    packed = parsed.get(EMBEDDING)
    return Understanding(
        text=parsed.get("text") or "",
        intents={name: float(chance) for name, chance in parsed.get(INTENTS) or ()},
        embedding=unpack(packed) if packed else None,
        emotion=float(parsed.get(EMOTION) or 0.0),
        moves=tuple(_move(each) for each in parsed.get("entities") or () if each.get("entity") == MOVE_ENTITY),
        unsure_moves=bool(parsed.get(UNSURE_MOVES, True)),
        parts=tuple(understanding_of(each) for each in parsed.get(PARTS) or ()),
        with_topic=understanding_of(parsed[WITH_TOPIC]) if parsed.get(WITH_TOPIC) else None,
        subject=understanding_of(parsed[SUBJECT]) if parsed.get(SUBJECT) else None,
    )


def _move(entity: Mapping[str, Any]) -> TaggedMove:
    return TaggedMove(
        Move(entity["value"]), int(entity["start"]), int(entity["end"]), float(entity.get("confidence_entity", 1.0))
    )
