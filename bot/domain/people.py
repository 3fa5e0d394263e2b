"""Who speaks. A speaker's role comes from the process that authenticated them, never from what they type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(str, Enum):
    """What somebody may do in the conversation."""

    OFFICIAL = "official"
    RESIDENT = "resident"


TERMINAL_CHANNEL = "cmdline"
"""Rasa's name for `rasa shell`: whoever has the terminal has the machine, and counts as an official."""


@dataclass(frozen=True)
class Speaker:
    """One side of a conversation.

    role: what the speaker may do.
    channel: where they are: 'web', 'telegram', 'page' (the public page), 'phone' (an official types for a caller) or
        'cmdline'.
    key: who they are within that channel; for residents a pseudonym, never a user name or chat id.
    """

    role: Role
    channel: str
    key: str

    @property
    def sender_id(self) -> str:
        """The conversation id that Rasa knows this speaker by, such as 'official:web:17'."""
        return f"{self.role.value}:{self.channel}:{self.key}"


def speaker_of(sender_id: str, input_channel: str | None = None) -> Speaker:
    """Read a speaker back from a Rasa conversation id.

    Only our own channel can make an id with a role in front, so the prefix can be trusted. An id without one is
    the terminal's (an official) or somebody unknown, who may do no more than a resident.
    """
    role, _, rest = sender_id.partition(":")
    channel, _, key = rest.partition(":")
    if key and role in {each.value for each in Role}:
        return Speaker(Role(role), channel, key)
    if input_channel == TERMINAL_CHANNEL:
        return Speaker(Role.OFFICIAL, TERMINAL_CHANNEL, sender_id)
    return Speaker(Role.RESIDENT, input_channel or "unknown", sender_id)
