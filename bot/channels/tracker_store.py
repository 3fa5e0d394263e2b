"""Rasa's memory of conversations, without the words. What was meant and done is enough to go on with.

What people said is kept where it serves: a practice talk with its official, a question with the desk. There it can be
erased. A second copy in Rasa's own table would outlive every 'gewist'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.schemas import check_schemas_once

WORDS_OF_TALK: Final = "said"
"""The slot that holds an official's turn while it is handled; afterwards it is emptied."""


@dataclass(frozen=True)
class _Wordless:
    """An event as it is written: what `SQLTrackerStore.save` asks of one."""

    event: Event

    @property
    def type_name(self) -> str:
        return str(self.event.type_name)

    def as_dict(self) -> dict[str, Any]:
        return without_words(self.event.as_dict())


class WordlessTrackerStore(SQLTrackerStore):
    """Like Rasa's own SQL store. In memory, for the length of a turn, a tracker has all its words.

    It is what every Rasa process of ours opens first, so schemas are checked once from here on.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As Rasa makes it, from endpoints.yml."""
        check_schemas_once()
        super().__init__(*args, **kwargs)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[_Wordless]:
        return map(_Wordless, super()._additional_events(session, tracker))


def without_words(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event without what somebody said or was told, and without what that could be read back from."""
    kind = event.get("event")
    if kind == "user":
        return {**event, "text": "", "parse_data": _meaning(event.get("parse_data") or {})}
    if kind == "bot":
        return {**event, "text": "", "data": {}}
    if kind == "slot" and event.get("name") == WORDS_OF_TALK and event.get("value") is not None:
        return {**event, "value": ""}
    return dict(event)


def _meaning(parsed: Mapping[str, Any]) -> dict[str, Any]:
    entities = [{"entity": each.get("entity"), "value": each.get("value")} for each in parsed.get("entities") or ()]
    intent = parsed.get("intent") or {}
    return {"text": "", "intent": {key: intent.get(key) for key in ("name", "confidence")}, "entities": entities}
