"""What the actions share: the parts of the process, reading a tracker, and saying something.

rasa_sdk imports this when the action server starts, so nothing here opens a file or a database by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.bootstrap import Parts, build
from bot.domain.people import Role, Speaker, speaker_of
from bot.domain.replies import Say
from bot.domain.understanding import Understanding
from bot.nlu.parsed import understanding_of

Events = list[dict[str, Any]]


@lru_cache(maxsize=1)
def parts() -> Parts:
    """The store, the guides and so on, built at the first message."""
    return build()


def speaker(tracker: Tracker) -> Speaker:
    """Who is talking; see bot.domain.people."""
    return speaker_of(tracker.sender_id, tracker.get_latest_input_channel())


def is_official(tracker: Tracker) -> bool:
    """Whether an official is talking. The channel keeps residents from officials' buttons; this is the second lock."""
    return speaker(tracker).role is Role.OFFICIAL


def understanding(tracker: Tracker) -> Understanding:
    """The latest message as understood."""
    return understanding_of(tracker.latest_message)


def message_id(tracker: Tracker) -> str | None:
    """The channel's own id of the latest message, where it has one."""
    said: Iterator[dict[str, Any]] = (event for event in reversed(tracker.events) if event.get("event") == "user")
    latest = next(said, None)
    return (latest.get("metadata") or {}).get("message_id") if latest else None


def entity(tracker: Tracker, name: str) -> str | None:
    """What stands behind a button or in a command: the value of the first such entity."""
    return next((str(value) for value in tracker.get_latest_entity_values(name)), None)


def numbers(tracker: Tracker, name: str = "n") -> tuple[int, ...]:
    """Several whole numbers behind one button, as '3,4'; none where there are none."""
    values = (entity(tracker, name) or "").split(",")
    return tuple(int(value) for value in values if value.strip().isdigit())


def number(tracker: Tracker, name: str = "n") -> int | None:
    """The same as a whole number; None where there is none."""
    value = entity(tracker, name)
    return int(value) if value is not None and value.isdigit() else None


def say(dispatcher: CollectingDispatcher, says: Iterable[Say]) -> None:
    """Hand the bubbles to Rasa."""
    for each in says:
        buttons = [{"title": button.title, "payload": button.payload} for button in each.buttons]
        if each.response:
            dispatcher.utter_message(response=each.response, buttons=buttons or None, **each.values)
        if each.text or each.data:
            extra = {"json_message": dict(each.data)} if each.data else {}
            dispatcher.utter_message(text=each.text or None, buttons=buttons or None, **extra)
