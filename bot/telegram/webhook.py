"""Takes updates in at an address of our own: kept in the store first, answered with 200 after that."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.services.ports import Store, StoreUnavailable
from bot.settings import PREFIX, Settings
from bot.telegram.api import WrongSettings, until_done
from bot.telegram.intake import keep_update
from bot.telegram.reading import WANTED
from bot.telegram.sparing import Sparing
from bot.telegram.timing import Timing
from bot.telegram.waiting import pause

logger = logging.getLogger(__name__)

MAX_BODY_BYTES: Final = 1024 * 1024
"""Far more than an update: a text has at most 4,096 characters."""

MAX_BODY_SECONDS: Final = 10.0
"""Nobody holds a connection open by sending a letter at a time."""

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


class WebhookRefused(WrongSettings):
    """Telegram will not use the address."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Telegram refuses the address in {PREFIX}TELEGRAM_WEBHOOK_URL ({reason}). It must start with https:// and "
            "be reachable from the internet on port 443, 80, 88 or 8443. Empty it to take updates in by polling."
        )


class CannotListen(Exception):
    """Another program has the port."""


class Webhook:
    """The endpoint, and its registration with Telegram. `arrived` is set whenever something new is kept."""

    def __init__(
        self,
        bot: Bot,
        settings: Settings,
        store: Store,
        now: Callable[[], datetime],
        timing: Timing,
        arrived: asyncio.Event,
    ) -> None:
        self._bot = bot
        self._settings = settings
        self._secret = settings.secret("telegram-webhook")
        self._store = store
        self._now = now
        self._timing = timing
        self._arrived = arrived
        self._sparing = Sparing(logger)

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until the stop. Raises TokenRefused, WebhookRefused and CannotListen.

        The registration stays when the process stops: Telegram keeps what comes in meanwhile, and offers it again.
        """
        server, listening = self._server(), listen(self._settings.telegram_webhook_host, self._port)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await self._register(stop)
            while not stop.is_set():
                await pause(self._timing.webhook_look_seconds, stop)
                await self._look(stop)
        finally:
            server.should_exit = True
            await serving
            listening.close()

    @property
    def _port(self) -> int:
        return self._settings.telegram_webhook_port

    def _server(self) -> uvicorn.Server:
        path = urlsplit(self._settings.telegram_webhook_url).path or "/"
        application = Starlette(routes=[Route(path, self._receive, methods=["POST"])])
        options = uvicorn.Config(
            application, ws="none", lifespan="off", access_log=False, server_header=False, log_config=None,
            limit_concurrency=200, timeout_keep_alive=60,
        )  # fmt: skip
        return _Server(options)

    async def _receive(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            return PlainTextResponse("wrong or missing secret", 401)
        try:
            body = await asyncio.wait_for(read_body(request), MAX_BODY_SECONDS)
            if body is None:
                return PlainTextResponse("too large", 413)
            new = await asyncio.to_thread(self._keep, body)
        except (asyncio.TimeoutError, ClientDisconnect):
            return PlainTextResponse("too slow", 408)
        except (ValueError, RecursionError):
            return PlainTextResponse("not an update", 400)
        except StoreUnavailable as error:
            self._sparing.warn("No updates are taken in: %s", error)
            return PlainTextResponse("try again", 503)
        if new:
            self._arrived.set()
        return PlainTextResponse("kept")

    def _keep(self, body: bytes) -> bool:
        raw: Any = json.loads(body)
        return keep_update(self._store, raw, self._now())

    async def _register(self, stop: asyncio.Event) -> None:
        def register() -> Any:
            return self._bot.set_webhook(
                self._settings.telegram_webhook_url,
                secret_token=self._secret,
                allowed_updates=list(WANTED),
                drop_pending_updates=False,  # people wrote it while we were away
            )

        try:
            await until_done(register, stop, self._timing)
        except BadRequest as error:
            raise WebhookRefused(str(error)) from None

    async def _look(self, stop: asyncio.Event) -> None:
        """Say so when Telegram cannot reach us: nothing comes in then, which looks just like silence."""
        if stop.is_set():
            return
        try:
            found = await self._bot.get_webhook_info()
        except TelegramError:
            return  # the outbox complains already when Telegram is away
        if found.url != self._settings.telegram_webhook_url:
            self._sparing.warn("Another program changed where Telegram brings updates; it is set to this address again")
            await self._register(stop)
        elif found.pending_update_count and found.last_error_message:
            self._sparing.warn(
                "Telegram cannot bring its updates to the webhook address (%d wait): %s",
                found.pending_update_count,
                found.last_error_message,
            )


class _Server(uvicorn.Server):
    """Leaves the signals to the process, which stops everything together."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing."""
        yield


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises CannotListen that names the setting."""
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        raise CannotListen(
            f"Port {port} on {host} cannot be used for Telegram's updates ({error.strerror}). Stop what uses it, or "
            f"choose another with {PREFIX}TELEGRAM_WEBHOOK_PORT."
        ) from error


async def read_body(request: Request) -> bytes | None:
    """The body, or None when it is larger than MAX_BODY_BYTES."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit() or int(announced) > MAX_BODY_BYTES:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            return None
    return bytes(body)
