"""The way to Telegram's Bot API, over python-telegram-bot's request classes."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from telegram import Bot, BotCommand
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.settings import PREFIX, Settings
from bot.telegram.reading import WANTED
from bot.telegram.sparing import Sparing
from bot.telegram.texts import COMMANDS
from bot.telegram.timing import Timing
from bot.telegram.verdicts import seconds_of
from bot.telegram.waiting import pause

logger = logging.getLogger(__name__)

CONNECTIONS = 48
"""More than the chats that are answered and sent to at one time, each with a 'typing…' of its own."""

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


class WrongSettings(Exception):
    """Somebody has to mend a setting; trying again cannot help. The message names it and the cure."""


class TokenRefused(WrongSettings):
    """Telegram does not know the token, which the message leaves out."""

    def __init__(self) -> None:
        super().__init__(
            f"Telegram refuses the token in {PREFIX}TELEGRAM_TOKEN. Ask @BotFather for it with /mybots > API Token, "
            "copy it whole (digits, a colon, letters and digits), and start again. With a Bot API server of your own, "
            f"{PREFIX}TELEGRAM_API_URL must end in '/bot'."
        )


class Updates:
    """Telegram's updates as it sends them, unread: one that cannot be understood must not stop the others.

    `Bot.get_updates` parses the whole batch first, and logs the messages when that fails.
    """

    def __init__(self, request: BaseRequest, address: str, timing: Timing) -> None:
        self._request = request
        self._address = address
        self._timing = timing

    async def after(self, offset: int | None) -> Sequence[dict[str, Any]]:
        """The updates from `offset` on, once there are any; Telegram forgets what came before it.

        Raises TelegramError.
        """
        query = {"timeout": self._timing.poll_seconds, "allowed_updates": json.dumps(WANTED)}
        if offset is not None:
            query["offset"] = offset
        address = f"{self._address}/getUpdates?{urlencode(query)}"
        found = await self._request.post(address, read_timeout=self._timing.poll_seconds + self._timing.silence_seconds)
        return found if isinstance(found, list) else []


@asynccontextmanager
async def connected(settings: Settings, timing: Timing) -> AsyncIterator[tuple[Bot, Updates]]:
    """The bot and its updates, for as long as the block lasts. Nothing is sent yet. Raises TokenRefused."""
    if not _TOKEN.fullmatch(settings.telegram_token):
        raise TokenRefused
    # Asks python-telegram-bot for time spans instead of whole seconds, the only way it will have them in future.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    sending, polling = _request(settings, timing, CONNECTIONS), _request(settings, timing, 1)
    bot = Bot(settings.telegram_token, settings.telegram_api_url, request=sending, get_updates_request=polling)
    address = settings.telegram_api_url + settings.telegram_token
    try:
        yield bot, Updates(polling, address, timing)
    finally:
        await asyncio.gather(sending.shutdown(), polling.shutdown())


async def prepare(bot: Bot, stop: asyncio.Event, timing: Timing) -> None:
    """Check the token and set the menu; until it works or the stop. Raises TokenRefused."""

    async def connect() -> None:
        await bot.get_me()
        await _set_menu(bot)
        logger.info("Connected with Telegram")

    await until_done(connect, stop, timing)


async def until_done(request: Callable[[], Awaitable[object]], stop: asyncio.Event, timing: Timing) -> None:
    """Ask Telegram until it does it, or until the stop.

    Raises TokenRefused, and BadRequest when Telegram will never do it.
    """
    sparing, failures = Sparing(logger), 0
    while not stop.is_set():
        try:
            await request()
            return
        except InvalidToken:
            # From None: python-telegram-bot puts the token in some of its messages.
            raise TokenRefused from None
        except BadRequest:
            raise
        except RetryAfter as error:
            await pause(seconds_of(error), stop)
        except TelegramError as error:
            failures += 1
            sparing.warn("Telegram cannot be reached (%s); trying again", type(error).__name__)
            await pause(timing.network.after(failures), stop)


async def _set_menu(bot: Bot) -> None:
    try:
        await bot.set_my_commands([BotCommand(name, says) for name, says in COMMANDS])
    except BadRequest as error:
        # Residents can do without the menu; without the bot they cannot.
        logger.warning("Telegram refuses the menu of commands: %s", error)


def _request(settings: Settings, timing: Timing, connections: int) -> HTTPXRequest:
    address = urlsplit(settings.telegram_api_url)
    options = {
        # A proxy from the environment may be the only way out to Telegram, but never the way to this machine itself.
        "trust_env": address.hostname not in ("127.0.0.1", "::1", "localhost"),
        # Plain HTTP, to a Bot API server on this machine, needs no certificates; reading them takes some time.
        "verify": address.scheme == "https",
    }
    return HTTPXRequest(connections, read_timeout=timing.silence_seconds, httpx_kwargs=options)
