"""What the bot says back, before any channel gives it a shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MAX_PAYLOAD_BYTES = 64
"""Telegram's limit for the data behind a button."""

FORGET: Final = "forget"
"""Key in a bubble's data: once this reply is out, the channel erases Rasa's own record of the conversation."""


@dataclass(frozen=True)
class Button:
    """A choice. `payload` is a Rasa intent payload such as '/choose_entry{"entry":"e12"}', at most 64 bytes."""

    title: str
    payload: str

    def __post_init__(self) -> None:
        size = len(self.payload.encode())
        if size > MAX_PAYLOAD_BYTES:
            raise ValueError(f"button payload of {size} bytes, at most {MAX_PAYLOAD_BYTES} fit: {self.payload}")


def payload(intent: str, **entities: str | int) -> str:
    """An intent payload, as short as JSON allows: payload('choose_entry', entry='e1') → '/choose_entry{"entry":"e1"}'."""
    return f"/{intent}" + (json.dumps(entities, ensure_ascii=False, separators=(",", ":")) if entities else "")


@dataclass(frozen=True)
class Say:
    """One bubble.

    text: the words; or
    response: the name of a fixed response in domain.yml ('utter_…'), filled in with `values`.
    buttons: choices under it.
    data: for pages that can show more than text (a debrief's graph); other channels leave it out.
    """

    text: str = ""
    response: str | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    data: Mapping[str, Any] | None = None
