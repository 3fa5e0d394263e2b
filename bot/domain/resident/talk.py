"""What of a talk with a resident has to be remembered from one message to the next. Nothing of who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

REMEMBERED = 3
"""So many suggestions stay answerable: buttons of older messages are usually no longer meant."""


@dataclass(frozen=True)
class Asked:
    """A question that was answered or got suggestions, kept until it is clear whether that helped.

    others: ids of further likely entries, best first.
    """

    text: str
    kind: str
    emotion: bool = False
    topic: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Talk:
    """turn: how many messages were answered. introduced: whether the bot said that it is a chatbot.

    entry: the entry last shown. number: the question last registered.
    asked: questions by the turn they came in. wording: for each kind of sentence the variant last used.
    """

    turn: int = 0
    introduced: bool = False
    entry: str | None = None
    number: int | None = None
    asked: Mapping[int, Asked] = field(default_factory=dict)
    wording: Mapping[str, int] = field(default_factory=dict)

    def next_turn(self) -> Talk:
        """The same talk, one message on."""
        return replace(self, turn=self.turn + 1)

    def remember(self, asked: Asked) -> Talk:
        """Keep a question under this turn, and forget the oldest."""
        kept = {**self.asked, self.turn: asked}
        return replace(self, asked={turn: kept[turn] for turn in sorted(kept)[-REMEMBERED:]})

    def latest(self) -> Asked | None:
        """The question last kept."""
        return self.asked[max(self.asked)] if self.asked else None

    def to_json(self) -> dict[str, Any]:
        """Plain values, for the slot that Rasa keeps."""
        asked = {str(turn): {**vars(each), "others": list(each.others)} for turn, each in self.asked.items()}
        return {**vars(self), "asked": asked, "wording": dict(self.wording)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Talk:
        """Read `to_json` back; whatever an older version wrote otherwise is forgotten."""
        try:
            values = dict(stored or {})
            asked = {
                int(turn): Asked(**{**each, "others": tuple(each["others"])})
                for turn, each in values.pop("asked", {}).items()
            }
            return cls(asked=asked, **values)
        except (TypeError, ValueError, KeyError, AttributeError):
            return cls()
