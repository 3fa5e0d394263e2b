"""A small Bot API on loopback that speaks real HTTP: for tests, and for measuring load.

    with running_bot_api() as api:          # settings: TELEGRAM_TOKEN=api.token, TELEGRAM_API_URL=api.url
        api.types(7, "Hoeveel mensen komen er?")
        api.wait_for(lambda: api.sent_to(7))

It runs in a thread with an event loop of its own, so whoever is tested may be killed, cancelled or blocked.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

Json = dict[str, Any]

BOT = {"id": 1, "is_bot": True, "first_name": "Vraagbaak", "username": "vraagbaak_bot"}
MAX_TEXT_UNITS = 4096
MAX_DATA_BYTES = 64


@dataclass(frozen=True)
class Call:
    """A request that came in; `at` is time.monotonic()."""

    method: str
    values: Mapping[str, str]
    at: float

    @property
    def chat_id(self) -> int | None:
        return int(self.values["chat_id"]) if "chat_id" in self.values else None


@dataclass(frozen=True)
class Sent:
    """A message that a chat got. `buttons`: title → callback data."""

    chat_id: int
    message_id: int
    text: str
    buttons: Mapping[str, str]
    at: float


@dataclass
class Fault:
    """What goes wrong with the next `times` calls of a method, for one chat or for all.

    status: the error that Telegram gives (0: none); description and parameters go with it.
    drop: the connection breaks 'before' or 'after' the call is handled.
    delay_seconds: how long Telegram thinks, before anything else.
    """

    method: str
    chat_id: int | None = None
    times: int = 1
    status: int = 0
    description: str = "made to fail"
    parameters: Json = field(default_factory=dict)
    drop: str = ""
    delay_seconds: float = 0.0

    def strikes(self, call: Call) -> bool:
        """Whether this call goes wrong; it counts when so."""
        if self.times <= 0 or call.method != self.method or self.chat_id not in (None, call.chat_id):
            return False
        self.times -= 1
        return True


class Refusal(Exception):
    """An error that the Bot API answers with."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.parameters = parameters


class Dropped(Exception):
    """The connection is to be broken."""


class BotApi:
    """calls: everything that was asked. sent: every message that arrived. before, after: hooks around a call.

    webhook: what setWebhook said, while it is set. refused: the statuses with which it refused an update.
    """

    def __init__(self, token: str = "123456:TEST-token") -> None:
        self.token = token
        self.url = ""
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.faults: list[Fault] = []
        self.before: Callable[[Call], None] = lambda call: None
        self.after: Callable[[Call], None] = lambda call: None
        self._waiting: list[Json] = []
        self._update_ids = count(1000)
        self._message_ids = count(1)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._arrived = asyncio.Event()
        self.webhook: Mapping[str, str] = {}
        self.refused: list[int] = []

    # ---- what people do in Telegram

    def push(self, **update: Any) -> int:
        """Any update at all; its id."""
        with self._lock:
            update_id = next(self._update_ids)
            self._waiting.append({"update_id": update_id, **update})
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._arrived.set)
        return update_id

    def message(self, chat_id: int, **content: Any) -> Json:
        """A message as Telegram describes it; a negative chat_id is a group."""
        return {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": chat(chat_id),
            "from": {"id": abs(chat_id), "is_bot": False, "first_name": "Sam"},
            **content,
        }

    def types(self, chat_id: int, text: str) -> int:
        """Somebody sends a text; the message id."""
        return self.posts(chat_id, text=text)

    def posts(self, chat_id: int, **content: Any) -> int:
        """Somebody sends something else, such as photo=[…]; the message id."""
        message = self.message(chat_id, **content)
        self.push(message=message)
        return int(message["message_id"])

    def edits(self, chat_id: int, message_id: int, text: str) -> None:
        """Somebody changes an earlier message."""
        edited = {**self.message(chat_id, text=text), "message_id": message_id, "edit_date": int(time.time())}
        self.push(edited_message=edited)

    def presses(self, chat_id: int, message_id: int, data: str) -> None:
        """Somebody presses a button under a message of the bot."""
        query = {
            "id": str(time.time_ns()),
            "from": {"id": chat_id, "is_bot": False, "first_name": "Sam"},
            "message": {**self.message(chat_id, text="…"), "message_id": message_id, "from": BOT},
            "chat_instance": "1",
            "data": data,
        }
        self.push(callback_query=query)

    def membership(self, chat_id: int, status: str) -> None:
        """The bot's place in a chat changes: 'kicked' when somebody blocks it."""
        change = {"old_chat_member": member("member"), "new_chat_member": member(status)}
        sender = {"id": abs(chat_id), "is_bot": False, "first_name": "Sam"}
        self.push(my_chat_member={"chat": chat(chat_id), "from": sender, "date": int(time.time()), **change})

    # ---- what a test looks at

    def sent_to(self, chat_id: int) -> list[Sent]:
        """Every message this chat got, oldest first."""
        return [each for each in list(self.sent) if each.chat_id == chat_id]

    def texts(self, chat_id: int) -> list[str]:
        """The texts of `sent_to`."""
        return [each.text for each in self.sent_to(chat_id)]

    def called(self, method: str, chat_id: int | None = None) -> list[Call]:
        """Every call of a method, for one chat or for all."""
        return [call for call in list(self.calls) if call.method == method and chat_id in (None, call.chat_id)]

    @property
    def unconfirmed(self) -> list[int]:
        """Ids of updates that Telegram would give again."""
        with self._lock:
            return [update["update_id"] for update in self._waiting if isinstance(update.get("update_id"), int)]

    def fail(self, method: str, status: int = 0, **fault: Any) -> Fault:
        """Let something go wrong; see Fault."""
        made = Fault(method, status=status, **fault)
        self.faults.append(made)
        return made

    def flood(self, chat_id: int, seconds: int, times: int = 1) -> Fault:
        """Telegram tells to wait with this chat."""
        return self.fail("sendMessage", 429, chat_id=chat_id, times=times, parameters={"retry_after": seconds})

    @staticmethod
    def wait_for(done: Callable[[], Any], seconds: float = 20.0) -> Any:
        """Wait until `done` gives something true, and return that. Raises AssertionError after so many seconds."""
        until = time.monotonic() + seconds
        while True:
            found = done()
            if found:
                return found
            assert time.monotonic() < until, f"not within {seconds} s: {done}"
            time.sleep(0.02)

    # ---- the server

    async def serve(self, started: Callable[[], None], stop: asyncio.Event, port: int) -> None:
        """Listen until the stop."""
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._connection, "127.0.0.1", port)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot"
        started()
        bringing = asyncio.create_task(self._bring(stop))
        await stop.wait()
        await bringing
        server.close()
        self._loop = None

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                target, values = await read_request(reader)
                status, body = await self._answer(target, values)
                writer.write(response(status, body))
                await writer.drain()
        except Dropped:
            writer.transport.abort()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, target: str, values: dict[str, str]) -> tuple[int, Json]:
        try:
            return 200, {"ok": True, "result": await self._handle(target, values)}
        except Refusal as error:
            body: Json = {"ok": False, "error_code": error.status, "description": str(error)}
            return error.status, body | ({"parameters": error.parameters} if error.parameters else {})

    async def _handle(self, target: str, values: dict[str, str]) -> Any:
        token, _, method = target.removeprefix("/bot").partition("/")
        if token != self.token:
            raise Refusal(401, "Unauthorized")
        call = Call(method, values, time.monotonic())
        handler = getattr(self, f"_{method}", None)
        if handler is None:
            raise Refusal(404, "Not Found")
        fault = next((fault for fault in self.faults if fault.strikes(call)), None)
        self.before(call)
        self.calls.append(call)
        if fault:
            await asyncio.sleep(fault.delay_seconds)
            if fault.drop == "before":
                raise Dropped
            if fault.status:
                raise Refusal(fault.status, fault.description, fault.parameters)
        result = await handler(call)
        self.after(call)
        if fault and fault.drop == "after":
            raise Dropped
        return result

    # ---- the methods

    async def _getMe(self, call: Call) -> Json:  # noqa: N802
        return BOT

    async def _getUpdates(self, call: Call) -> list[Json]:  # noqa: N802
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, limit = int(call.values.get("offset", 0)), int(call.values.get("limit", 100))
        with self._lock:
            self._waiting = [update for update in self._waiting if not is_confirmed(update, offset)]
        until = time.monotonic() + int(call.values.get("timeout", 0))
        while not self._waiting and time.monotonic() < until:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), until - time.monotonic())
            except asyncio.TimeoutError:
                break
        return self._waiting[:limit]

    async def _sendMessage(self, call: Call) -> Json:  # noqa: N802
        text, buttons = call.values.get("text", "").strip(), read_buttons(call.values.get("reply_markup"))
        if not text:
            raise Refusal(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > MAX_TEXT_UNITS:
            raise Refusal(400, "Bad Request: message is too long")
        if any(len(data.encode()) > MAX_DATA_BYTES for data in buttons.values()):
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        assert call.chat_id is not None
        message = {**self.message(call.chat_id, text=text), "from": BOT}
        self.sent.append(Sent(call.chat_id, int(message["message_id"]), text, buttons, call.at))
        return message

    async def _yes(self, call: Call) -> bool:
        return True

    _answerCallbackQuery = _editMessageReplyMarkup = _setMyCommands = _sendChatAction = _yes  # noqa: N815

    async def _setWebhook(self, call: Call) -> bool:  # noqa: N802
        if urlsplit(call.values["url"]).scheme not in ("https", "http"):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = call.values
        self._arrived.set()
        return True

    async def _deleteWebhook(self, call: Call) -> bool:  # noqa: N802
        self.webhook = {}
        return True

    async def _getWebhookInfo(self, call: Call) -> Json:  # noqa: N802
        with self._lock:
            waiting = len(self._waiting)
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": waiting}
        return {**info, "last_error_message": f"Wrong response: {self.refused[-1]}"} if self.refused else info

    async def _bring(self, stop: asyncio.Event) -> None:
        """Bring updates to the webhook one by one; what it does not take, it gets again."""
        while not stop.is_set():
            self._arrived.clear()
            await asyncio.sleep(0.01)
            if not self.webhook or not self._waiting:
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._arrived.wait(), 0.2)
                continue
            update = self._waiting[0]
            status = await asyncio.to_thread(bring, self.webhook, update)
            if status == 200:
                with self._lock:
                    self._waiting = [each for each in self._waiting if each is not update]
            else:
                self.refused.append(status)
                await asyncio.sleep(0.05)


def bring(webhook: Mapping[str, str], update: Json) -> int:
    """Post an update to a webhook as Telegram does; the status, or 0 when nobody answers."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.get("secret_token", "")}
    try:
        return httpx.post(webhook["url"], json=update, headers=headers, trust_env=False, timeout=10).status_code
    except httpx.HTTPError:
        return 0


def is_confirmed(update: Json, offset: int) -> bool:
    """Whether an update is behind the offset; one without a usable number goes with any offset."""
    update_id = update.get("update_id")
    return offset > 0 and (not isinstance(update_id, int) or update_id < offset)


def chat(chat_id: int) -> Json:
    """A private chat, or a group for a negative id."""
    if chat_id < 0:
        return {"id": chat_id, "type": "group", "title": "Buurt"}
    return {"id": chat_id, "type": "private", "first_name": "Sam"}


def member(status: str) -> Json:
    """The bot as a member of a chat."""
    return {"user": BOT, "status": status, "until_date": 0} if status == "kicked" else {"user": BOT, "status": status}


def read_buttons(markup: str | None) -> dict[str, str]:
    """Title → data of an inline keyboard."""
    rows: Sequence[Sequence[Json]] = json.loads(markup)["inline_keyboard"] if markup else []
    return {button["text"]: button["callback_data"] for row in rows for button in row}


async def read_request(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
    """The path and the values of a request, from its address and its form."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    target = urlsplit(head[0].split(" ")[1])
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    body = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
    pairs = [*parse_qsl(target.query, True), *parse_qsl(body, keep_blank_values=True)]
    return target.path, dict(pairs)


def response(status: int, body: Json) -> bytes:
    """An HTTP response with a JSON body."""
    data = json.dumps(body).encode()
    return (
        f"HTTP/1.1 {status} x\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
    )


@contextmanager
def running_bot_api(port: int = 0) -> Iterator[BotApi]:
    """A Bot API on a free loopback port (or on `port`), for as long as the block lasts."""
    api, started, stop, loop = BotApi(), threading.Event(), asyncio.Event(), asyncio.new_event_loop()

    def run() -> None:
        loop.run_until_complete(api.serve(started.set, stop, port))
        for task in asyncio.all_tasks(loop):
            task.cancel()
            loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(20), "the Bot API did not start"
    try:
        yield api
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
