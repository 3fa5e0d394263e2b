"""Talks to the Rasa server on behalf of somebody whom this process has authenticated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import httpx

from bot.domain.people import Speaker
from bot.domain.replies import Button

WEBHOOK_PATH = "/webhooks/dialoogcoach/webhook"
MAX_TEXT_CHARACTERS = 10_000
"""Longer messages are cut before they travel; the end is kept, since a question often stands last."""


class ConversationUnavailable(Exception):
    """Rasa gave no reply. `reason` is 'starting' (nothing listens yet), 'slow' (no reply in time) or 'failed'."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


@dataclass(frozen=True)
class Bubble:
    """One message of the bot as it comes back over the channel."""

    text: str
    buttons: tuple[Button, ...] = ()
    data: Mapping[str, Any] | None = None


def shorten(text: str) -> str:
    """Cut a message to MAX_TEXT_CHARACTERS, keeping the start and, mostly, the end."""
    if len(text) <= MAX_TEXT_CHARACTERS:
        return text
    head = MAX_TEXT_CHARACTERS // 4
    return text[:head] + " … " + text[-(MAX_TEXT_CHARACTERS - head - 3) :]


class RasaClient:
    """One connection pool to the Rasa server; close it when done."""

    def __init__(self, base_url: str, secret: str, timeout_seconds: float) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=httpx.Timeout(timeout_seconds, connect=2.0),
            verify=base_url.startswith("https"),  # reading certificates takes some time, and loopback has none
            trust_env=False,  # a proxy from the environment must never see what residents write
        )

    async def send(
        self,
        speaker: Speaker,
        *,
        text: str | None = None,
        payload: str | None = None,
        message_id: str | None = None,
    ) -> tuple[Bubble, ...]:
        """Say something as `speaker`: `text` they typed, or the `payload` of a button they pressed.

        message_id: the channel's own id of the message, so that an edit of it finds the question it became, and so does
        the message itself when it is sent once more.
        Raises ConversationUnavailable when there is no reply.
        """
        body: dict[str, str] = {"sender": speaker.sender_id}
        if message_id is not None:
            body["message_id"] = message_id
        if payload is not None:
            body["payload"] = payload
        else:
            body["text"] = shorten(text or "")
        try:
            response = await self._http.post(WEBHOOK_PATH, json=body)
            response.raise_for_status()
            return bubbles_of(response.json()["messages"])
        except httpx.HTTPStatusError as error:
            slow = error.response.status_code == httpx.codes.GATEWAY_TIMEOUT
            raise ConversationUnavailable("slow" if slow else "failed", str(error)) from error
        except httpx.ConnectError as error:
            raise ConversationUnavailable("starting", str(error)) from error
        except httpx.TimeoutException as error:
            raise ConversationUnavailable("slow", type(error).__name__) from error
        except (httpx.HTTPError, KeyError, ValueError, TypeError) as error:
            raise ConversationUnavailable("failed", str(error)) from error

    async def is_ready(self) -> bool:
        """Whether Rasa has loaded its model and answers."""
        try:
            return (await self._http.get("/webhooks/dialoogcoach/", timeout=1.0)).is_success
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()


def bubbles_of(messages: Sequence[Mapping[str, Any]]) -> tuple[Bubble, ...]:
    """Rasa sends a bubble's data as a message of its own after its text: they are one again here."""
    bubbles: list[Bubble] = []
    for message in messages:
        if bubbles and set(message) <= {"recipient_id", "custom"}:
            bubbles[-1] = replace(bubbles[-1], data=message.get("custom"))
            continue
        buttons = tuple(Button(each["title"], each["payload"]) for each in message.get("buttons") or ())
        bubbles.append(Bubble(message.get("text") or "", buttons, message.get("custom")))
    return tuple(bubbles)
