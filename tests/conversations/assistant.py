"""The trained assistant and its actions in one process: what our own channel hands to Rasa, and what a resident reads.

Nothing is left out but the two sockets: messages pass the channel's own checks, the trained model, the rules, the
actions as the action server runs them, and a real store with the example municipality's answers.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.channels.client import Bubble, bubbles_of, shorten
from bot.channels.gateway import read_message
from bot.domain.replies import Button
from tests.wordings import worded, wordings


@dataclass(frozen=True)
class Reply:
    """All that came back on one message."""

    bubbles: tuple[Bubble, ...]

    @property
    def text(self) -> str:
        """What stands there, bubble after bubble."""
        return "\n".join(bubble.text for bubble in self.bubbles)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, in order."""
        return tuple(button for bubble in self.bubbles for button in bubble.buttons)

    @property
    def actions(self) -> tuple[str, ...]:
        """What the buttons do, without what stands behind it."""
        return tuple(re.split(r"[/{]", button.payload)[1] for button in self.buttons)

    def says(self, kind: str) -> bool:
        """Whether a sentence of this kind stands in it, in whichever of its wordings (resident.yml)."""
        return worded(kind, self.text)

    def kinds(self, *prefixes: str) -> set[str]:
        """Which kinds of sentence, of those that begin so, stand in it."""
        return {kind for kind in wordings() if kind.startswith(prefixes) and self.says(kind)}


class Assistant:
    """Rasa with the model, and the actions. Needs the settings in the environment; see conftest.py."""

    def __init__(self, archive: Path) -> None:
        from rasa.core.agent import Agent  # importing TensorFlow takes seconds: not before it is needed
        from rasa.utils.endpoints import EndpointConfig
        from rasa_sdk.executor import ActionExecutor

        executor = ActionExecutor()
        executor.register_package("actions")

        class InThisProcess(EndpointConfig):
            """The action server without the server."""

            async def request(self, *_: Any, json: Any = None, **__: Any) -> Any:
                return await executor.run(json)

        self._agent: Any = Agent.load(str(archive), action_endpoint=InThisProcess("http://127.0.0.1/"))
        self._loop = asyncio.new_event_loop()

    def type(self, sender: str, text: str, message_id: str | None = None) -> Reply:
        """Type a message."""
        body = {"sender": sender, "text": shorten(text)}
        return self._send({**body, "message_id": message_id} if message_id else body)

    def press(self, sender: str, button: Button) -> Reply:
        """Press a button."""
        return self._send({"sender": sender, "payload": button.payload})

    def _send(self, body: dict[str, str]) -> Reply:
        message, collector = read_message(body)
        self._loop.run_until_complete(self._agent.handle_message(message))
        return Reply(bubbles_of(collector.messages))

    def close(self) -> None:
        """Give the event loop back."""
        self._loop.close()


class Resident:
    """Somebody in a talk of their own. `last`: the reply to what they did last."""

    def __init__(self, assistant: Assistant, name: str, channel: str = "telegram") -> None:
        self.conversation = f"resident:{channel}:{name}"
        self._assistant = assistant
        self.last = Reply(())

    def types(self, text: str, message_id: str | None = None) -> Reply:
        """Type a message, and read what comes back."""
        self.last = self._assistant.type(self.conversation, text, message_id)
        return self.last

    def presses(self, action: str, at: int = 0) -> Reply:
        """Press the button under the last reply that does this; the one at that place where there are several."""
        found = [button for button in self.last.buttons if re.match(rf"/{action}\b", button.payload)]
        assert len(found) > at, f"no button {action!r} under: {self.last.text}"
        self.last = self._assistant.press(self.conversation, found[at])
        return self.last
