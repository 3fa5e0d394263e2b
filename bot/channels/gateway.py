"""The input channel inside Rasa. It trusts only our own processes, and gives every message the role they vouch for."""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.erasing import erase_conversation, wants_erasing
from bot.channels.payloads import is_allowed
from bot.domain.people import Role, speaker_of
from bot.domain.signs import clean, quieted
from bot.settings import read_settings

logger = logging.getLogger(__name__)

SENDER = re.compile(r"(official|resident):[a-z]+:[A-Za-z0-9_-]{1,64}")
GRACE_SECONDS = 5
"""How much longer than its clients the channel waits: Rasa itself would wait 300 s for an action, nobody does."""


class DialogueChannel(InputChannel):
    """POST /webhooks/dialoogcoach/webhook with {"sender", "text" | "payload"}; answers {"messages": […]}.

    A typed text is never read as a payload: a resident who types '/start_practice' has typed a word. Only `payload`
    counts as one, and only what the sender's role may press.
    """

    def __init__(self, secret: str, max_seconds: float) -> None:
        self._secret = secret
        self._max_seconds = max_seconds

    @classmethod
    def name(cls) -> str:
        """The name in credentials.yml's address and in the tracker."""
        return "dialoogcoach"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> DialogueChannel:
        """The secret comes from VAR_DIR, not from credentials.yml: nothing secret stands in the repository."""
        if credentials:
            raise RasaException("The dialoogcoach channel takes no settings in credentials.yml: leave it empty.")
        settings = read_settings()
        return cls(settings.secret("channel"), settings.reply_timeout_seconds + GRACE_SECONDS)

    def _is_trusted(self, request: Request) -> bool:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._secret}".encode())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two addresses: a health check, and the webhook."""
        channel = Blueprint("dialoogcoach_channel", __name__)

        @channel.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @channel.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_trusted(request):
                return response.json({"error": "wrong or missing secret"}, status=401)
            try:
                message, collector = read_message(request.json)
            except ValueError as error:
                return response.json({"error": str(error)}, status=400)
            try:
                await asyncio.wait_for(on_new_message(message), self._max_seconds)
            except asyncio.TimeoutError:
                logger.error("No reply within %s s; is the action server busy or away?", self._max_seconds)
                return response.json({"error": "no reply in time"}, status=504)
            except Exception:
                # Not the message itself: what people write does not belong in a log.
                logger.exception("A message could not be handled")
                return response.json({"error": "the message could not be handled"}, status=500)
            if wants_erasing(collector.messages):
                store = request.app.ctx.agent.tracker_store
                await asyncio.get_running_loop().run_in_executor(None, erase_conversation, store, message.sender_id)
            if not collector.messages:
                # Every action says something; Rasa logs an action server that is away and stays silent.
                return response.json({"error": "no action answered"}, status=502)
            return response.json({"messages": collector.messages})

        return channel


def read_message(body: Any) -> tuple[UserMessage, CollectingOutputChannel]:
    """Turn a request body into a Rasa message. Raises ValueError that names what is wrong with it."""
    if not isinstance(body, dict) or not isinstance(body.get("sender"), str):
        raise ValueError("a JSON object with 'sender' is needed")
    if not SENDER.fullmatch(body["sender"]):
        raise ValueError("sender must look like 'official:web:17' or 'resident:telegram:ab12'")
    speaker = speaker_of(body["sender"])
    given = body.get("payload", body.get("text"))
    if not isinstance(given, str):
        raise ValueError("'text' or 'payload' is needed, as a string")
    if "payload" in body and not is_allowed(given, speaker.role):
        raise ValueError(f"this payload is not for a {speaker.role.value}: {given[:64]!r}")
    text = given if "payload" in body else as_typed(given)
    if "payload" not in body and speaker.role is Role.RESIDENT:
        text = quieted(text)
    collector = CollectingOutputChannel()
    metadata = {"role": speaker.role.value, "channel": speaker.channel}
    if isinstance(body.get("message_id"), str):
        metadata["message_id"] = body["message_id"][:64]
    return UserMessage(text, collector, body["sender"], input_channel="dialoogcoach", metadata=metadata), collector


def as_typed(text: str) -> str:
    """A typed text as Rasa may see it: slashes in front would make it an intent payload, so all of them go.

    So do control characters: Rasa's tracker store and ours could not keep them.
    """
    return re.sub(r"^[\s/]+", "", clean(text)).rstrip() or " "
