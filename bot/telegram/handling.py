"""Handles one update: finds out what it is, has it answered, and finishes it together with its answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import Bot

from bot.channels.client import ConversationUnavailable, RasaClient
from bot.channels.payloads import is_allowed
from bot.domain.incoming import Update
from bot.domain.outgoing import Message, NewOutgoing, OutgoingKind
from bot.domain.people import Role, Speaker
from bot.domain.questions import QuestionState
from bot.services.contacts import block_chat, remember_contact
from bot.services.inbox import fail_update, finish_update
from bot.services.notices import enqueue
from bot.services.ports import Store, StoreUnavailable
from bot.services.questions import edit_question, question_of_message
from bot.telegram.assistant import ask, typing
from bot.telegram.commands import Ask, asks_of
from bot.telegram.outage import Outage
from bot.telegram.outline import outline
from bot.telegram.pressing import Presses, acknowledge
from bot.telegram.pseudonym import resident_of
from bot.telegram.reading import Blocked, Edited, Ignored, InGroup, Pressed, Typed, Wordless, read_event
from bot.telegram.setbacks import Setbacks
from bot.telegram.texts import ONLY_PRIVATE, ONLY_TEXT, STALE_BUTTON, changed
from bot.telegram.timing import Timing

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handler:
    """What handling needs. `secret` makes pseudonyms; `queued` is set when there is something to send."""

    bot: Bot
    store: Store
    rasa: RasaClient
    now: Callable[[], datetime]
    timing: Timing
    secret: str
    outage: Outage
    setbacks: Setbacks
    presses: Presses
    queued: asyncio.Event

    async def handle(self, update: Update) -> None:
        """Finish this update, or leave it waiting for another try. Raises StoreUnavailable."""
        try:
            event = read_event(update.payload)
        except Exception as error:
            # Whatever python-telegram-bot stumbled over: kept for the operator, and out of the way of the rest.
            logger.error("Update %d cannot be read, and is kept as failed: %s", update.update_id, outline(error))
            await self._in_thread(fail_update, update.update_id, error="unreadable", retry_at=None)
            return
        if isinstance(event, (Typed, Edited, Pressed)):
            await self._converse(update, event, resident_of(event.chat_id, self.secret))
        else:
            await self._settle(update, event)

    async def _settle(self, update: Update, event: Wordless | InGroup | Blocked | Ignored) -> None:
        """What needs no assistant."""
        if isinstance(event, InGroup):
            await self._say_once(event.chat_id, ONLY_PRIVATE, f"group:{event.chat_id}")
        elif isinstance(event, Wordless):
            photos = event.album or f"single-{update.update_id}"
            await self._say_once(event.chat_id, ONLY_TEXT, f"wordless:{event.chat_id}:{photos}")
        elif isinstance(event, Blocked):
            await asyncio.to_thread(block_chat, self.store, event.chat_id)
        await self._finish(update, (), "")

    async def _converse(self, update: Update, event: Typed | Edited | Pressed, speaker: Speaker) -> None:
        try:
            answers = await self._without_assistant(update, event, speaker)
            if answers is None and self.outage.is_on:
                await self._wait(update, event, speaker)
                return
            if answers is None:
                answers = await self._ask(event, speaker)
        except ConversationUnavailable as error:
            if await self.outage.is_behind(error.reason):
                await self._wait(update, event, speaker)
            else:
                await self.setbacks.failed(update, event, speaker.sender_id, error.reason)
        except StoreUnavailable:
            raise
        except Exception as error:
            logger.error("Update %d met a mistake of ours: %s", update.update_id, outline(error))
            await self.setbacks.failed(update, event, speaker.sender_id, type(error).__name__)
        else:
            await self._finish(update, answers, speaker.sender_id)

    async def _without_assistant(
        self, update: Update, event: Typed | Edited | Pressed, speaker: Speaker
    ) -> Sequence[Message] | None:
        """The answers that are known without asking; None when the assistant has to answer."""
        if isinstance(event, Pressed):
            await acknowledge(self.bot, event)
            if self.presses.is_double(event, update.update_id):
                return ()
            return None if is_allowed(event.data, Role.RESIDENT) else (Message(STALE_BUTTON),)
        if isinstance(event, Edited):
            return await asyncio.to_thread(reword, self.store, speaker.sender_id, update, event, self.now())
        return None

    async def _ask(self, event: Typed | Edited | Pressed, speaker: Speaker) -> Sequence[Message]:
        # Before asking: after '/vergeetmij' the contact is gone, and must stay gone.
        await self._in_thread(remember_contact, conversation=speaker.sender_id, chat_id=event.chat_id)
        asks = (Ask(payload=event.data),) if isinstance(event, Pressed) else asks_of(event.text)
        async with typing(self.bot, event.chat_id, self.timing):
            return await ask(self.rasa, speaker, asks, id_of(event))

    async def _wait(self, update: Update, event: Typed | Edited | Pressed, speaker: Speaker) -> None:
        await self.setbacks.tell_delay(update, speaker.sender_id)
        self.outage.hold(event.chat_id)

    async def _say_once(self, chat_id: int, text: str, key: str) -> None:
        conversation = resident_of(chat_id, self.secret).sender_id
        new = NewOutgoing(OutgoingKind.REPLY, conversation, chat_id, Message(text), key)
        await self._in_thread(enqueue, new)
        self.queued.set()

    async def _finish(self, update: Update, answers: Sequence[Message], conversation: str) -> None:
        await self._in_thread(finish_update, update.update_id, answers, conversation=conversation)
        self.queued.set()

    async def _in_thread(self, use_case: Callable[..., object], *values: object, **named: object) -> None:
        """Run a use case that takes the store first and `now` by name."""
        await asyncio.to_thread(use_case, self.store, *values, now=self.now(), **named)


def id_of(event: Typed | Edited | Pressed) -> str:
    """What names a message however often it is asked. Each press of a button is one of its own: the message that it
    stands under is the bot's, and others may be pressed there later."""
    return f"press:{event.query_id}" if isinstance(event, Pressed) else str(event.message_id)


def reword(store: Store, conversation: str, update: Update, event: Edited, now: datetime) -> tuple[Message, ...] | None:
    """Give the open question of an edited message its new words; None when no question of it is open.

    The receipt is queued with the change: after a crash in between, the words would be no news any more.
    """
    message_id = str(event.message_id)
    question = question_of_message(store, conversation=conversation, message_id=message_id)
    if question is None or question.state is not QuestionState.OPEN:
        return None
    key, message = f"edited:{update.update_id}", Message(changed(question.number))
    edit_question(
        store,
        conversation=conversation,
        number=question.number,
        text=event.text,
        embedding=None,
        now=now,
        receipt=NewOutgoing(OutgoingKind.REPLY, conversation, event.chat_id, message, key),
    )
    return ()
