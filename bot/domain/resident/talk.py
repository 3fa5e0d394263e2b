"""What of a talk with a resident has to be remembered from one message to the next. Nothing of who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

CHOICE = "choice"
PASS_ON = "pass_on"
AFTER_ALARM = 3
"""So many messages after an emergency are read as being about it."""
REMEMBERED = 6
"""So many suggestions stay answerable: buttons of older messages are usually no longer meant."""


@dataclass(frozen=True)
class Asked:
    """A question that was answered or got suggestions, kept until it is clear whether that helped.

    others: ids of further likely entries, best first. offered: those that stand on buttons now, in their order.
    in_context: the text also says which answer it leans on. told: it may be no question, but something that somebody wanted to say.
    """

    text: str
    kind: str
    emotion: bool = False
    topic: str = ""
    others: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    told: bool = False
    in_context: bool = False


@dataclass(frozen=True)
class Talk:
    """turn: how many messages were answered. introduced: whether the bot said that it is a chatbot.

    entry: the entry last shown. numbers: the questions for which consent to a notice was asked last.
    awaiting: what a bare 'ja' or 'nee' answers: consent, whether it helped, a CHOICE, or whether to PASS_ON.
    alarm: the emergency last told of ('danger', 'self_harm'), and in which turn; see `recent_alarm`.
    asked: questions by key, in the order in which they were kept.
    wording: for each kind of sentence the variants used last, the latest last.
    """

    turn: int = 0
    introduced: bool = False
    entry: str | None = None
    numbers: tuple[int, ...] = ()
    awaiting: str | None = None
    asked: Mapping[int, Asked] = field(default_factory=dict)
    wording: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    alarm: str = ""
    alarmed_at: int = 0

    def next_turn(self) -> Talk:
        """The same talk, one message on."""
        return replace(self, turn=self.turn + 1)

    def remember(self, asked: Asked) -> tuple[int, Talk]:
        """Keep a question, and forget the oldest; the key under which it is kept."""
        key = max(self.asked, default=0) + 1
        kept = {**self.asked, key: asked}
        return key, replace(self, asked={each: kept[each] for each in sorted(kept)[-REMEMBERED:]})

    @property
    def recent_alarm(self) -> str:
        """The emergency that what is said now may still be about, or ''."""
        return self.alarm if self.turn - self.alarmed_at < AFTER_ALARM else ""

    def latest(self) -> Asked | None:
        """The question last kept."""
        return self.asked[max(self.asked)] if self.asked else None

    def to_json(self) -> dict[str, Any]:
        """Plain values, for the slot that Rasa keeps."""
        asked = {str(key): {**vars(each), **_lists(each)} for key, each in self.asked.items()}
        wording = {key: list(used) for key, used in self.wording.items()}
        return {**vars(self), "asked": asked, "wording": wording, "numbers": list(self.numbers)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Talk:
        """Read `to_json` back; whatever an older version wrote otherwise is forgotten."""
        try:
            values = dict(stored or {})
            asked = {
                int(key): Asked(**{**each, "others": tuple(each["others"]), "offered": tuple(each["offered"])})
                for key, each in values.pop("asked", {}).items()
            }
            wording = {key: tuple(used) for key, used in values.pop("wording", {}).items()}
            return cls(asked=asked, wording=wording, numbers=tuple(values.pop("numbers", ())), **values)
        except (TypeError, ValueError, KeyError, AttributeError):
            return cls()


def _lists(asked: Asked) -> dict[str, list[str]]:
    return {"others": list(asked.others), "offered": list(asked.offered)}
