"""Who may say what to Rasa: the lock that keeps residents out of practice and guides."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.channels.client import (
    MAX_TEXT_CHARACTERS,
    WEBHOOK_PATH,
    Bubble,
    ConversationUnavailable,
    RasaClient,
    shorten,
)
from bot.channels.gateway import DialogueChannel, as_typed, read_message
from bot.channels.payloads import PAYLOADS, is_allowed
from bot.domain.people import Role, speaker_of

RESIDENT = "resident:telegram:ab12"
OFFICIAL = "official:web:17"


@pytest.mark.parametrize(
    "typed",
    [
        "/start_practice",
        "//start_practice",
        " /start_practice",
        "/ /start_practice",
        "/\u2003/\t//start_practice",
        "\x00/start_practice",
        "\x1f/\ufeff/start_practice",
        '\n/start_practice{"scenario":"x"}',
        '/guide{"role":"official"}',
        "/restart",
        "/session_start",
        "/ask_hint@1.0",
    ],
)
@pytest.mark.parametrize("sender", [RESIDENT, OFFICIAL])
def test_what_is_typed_is_never_a_payload(typed: str, sender: str) -> None:
    message, _ = read_message({"sender": sender, "text": typed})
    assert not message.text.startswith("/")


@pytest.mark.parametrize("intent", sorted(PAYLOADS[Role.OFFICIAL] - PAYLOADS[Role.RESIDENT]))
def test_a_resident_cannot_press_an_officials_button(intent: str) -> None:
    with pytest.raises(ValueError, match="not for a resident"):
        read_message({"sender": RESIDENT, "payload": f"/{intent}"})


@pytest.mark.parametrize(
    "payload",
    [
        "/restart",
        "/session_start",
        "/guide",
        "/action_start_practice",
        "start_practice",
        "/choose_entry{}{}",
        "/x",
        "/",
    ],
)
@pytest.mark.parametrize("role", list(Role))
def test_nobody_can_press_what_is_no_button(payload: str, role: Role) -> None:
    assert not is_allowed(payload, role)


def test_a_button_of_ones_own_is_passed_on() -> None:
    message, _ = read_message({"sender": RESIDENT, "payload": '/choose_entry{"entry":"e12"}'})
    assert message.text == '/choose_entry{"entry":"e12"}'
    assert message.metadata == {"role": "resident", "channel": "telegram"}


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (None, "JSON object"),
        ([], "JSON object"),
        ({"text": "hoi"}, "sender"),
        ({"sender": "admin:web:1", "text": "hoi"}, "sender must look like"),
        ({"sender": "official:web:", "text": "hoi"}, "sender must look like"),
        ({"sender": "official:web:1\nresident:web:2", "text": "hoi"}, "sender must look like"),
        ({"sender": OFFICIAL}, "'text' or 'payload'"),
        ({"sender": OFFICIAL, "text": 3}, "'text' or 'payload'"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(body: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_message(body)


@pytest.mark.parametrize(
    ("sender", "said", "heard"),
    [
        (RESIDENT, "HOE LANG DUURT DAT DAN?", "hoe lang duurt dat dan?"),
        (RESIDENT, "Het COA is de baas", "Het COA is de baas"),
        (RESIDENT, "AZC?", "AZC?"),
        (OFFICIAL, "HOE LANG DUURT DAT DAN?", "HOE LANG DUURT DAT DAN?"),
    ],
)
def test_a_resident_in_capitals_is_not_taken_to_shout(sender: str, said: str, heard: str) -> None:
    assert read_message({"sender": sender, "text": said})[0].text == heard


def test_an_empty_message_stays_a_message() -> None:
    assert as_typed("///") == " "
    message, _ = read_message({"sender": OFFICIAL, "text": ""})
    assert message.text is not None


def test_a_long_message_keeps_its_end_where_the_question_often_stands() -> None:
    text = shorten("Er was eens " * 2_000 + "en hoeveel mensen komen er nu?")
    assert len(text) <= MAX_TEXT_CHARACTERS
    assert text.startswith("Er was eens")
    assert text.endswith("hoeveel mensen komen er nu?")


async def handle(message: UserMessage) -> None:
    """Rasa's part: what it does is in the words."""
    if message.text == "traag":
        await asyncio.sleep(5)
    if message.text == "kapot":
        raise RuntimeError("kapot")
    if message.text != "stil":
        await message.output_channel.send_text_message(message.sender_id, f"Gehoord: {message.text}")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the channel listens. Sanic can start only one server in a process, so the tests share it."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    started, loop = threading.Event(), asyncio.new_event_loop()

    async def serve() -> Any:
        app = Sanic("test_gateway", configure_logging=False)
        app.blueprint(DialogueChannel("geheim", 0.3).blueprint(handle), url_prefix="/webhooks/dialoogcoach")
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        await server.startup()
        await server.start_serving()
        started.set()
        return server

    def run() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(serve())
        loop.run_forever()
        server.close()
        loop.run_until_complete(server.wait_closed())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(10)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def send(address: str, text: str, secret: str = "geheim") -> httpx.Response:
    body = {"sender": OFFICIAL, "text": text}
    return httpx.post(address + WEBHOOK_PATH, json=body, headers={"Authorization": f"Bearer {secret}"})


def test_the_right_secret_gets_an_answer(address: str) -> None:
    response = send(address, "hoi")
    assert response.status_code == 200
    assert response.json()["messages"][0]["text"] == "Gehoord: hoi"


@pytest.mark.parametrize("secret", ["x", "fout", "geheimpje"])
def test_another_secret_gets_none(address: str, secret: str) -> None:
    assert send(address, "hoi", secret).status_code == 401


@pytest.mark.parametrize(("text", "status"), [("stil", 502), ("traag", 504), ("kapot", 500)])
def test_no_answer_is_an_error_and_never_an_empty_reply(address: str, text: str, status: int) -> None:
    response = send(address, text)
    assert response.status_code == status
    assert text not in response.text


def ask(address: str, text: str, secret: str = "geheim") -> tuple[Bubble, ...]:
    async def through_client() -> tuple[Bubble, ...]:
        client = RasaClient(address, secret, timeout_seconds=2)
        try:
            return await client.send(speaker_of(OFFICIAL), text=text)
        finally:
            await client.close()

    return asyncio.run(through_client())


def test_the_client_brings_back_what_the_assistant_said(address: str) -> None:
    assert ask(address, "hoi") == (Bubble("Gehoord: hoi"),)


@pytest.mark.parametrize(("text", "reason"), [("stil", "failed"), ("traag", "slow"), ("kapot", "failed")])
def test_the_client_says_when_there_is_no_reply(address: str, text: str, reason: str) -> None:
    with pytest.raises(ConversationUnavailable) as raised:
        ask(address, text)
    assert raised.value.reason == reason


def test_the_client_says_when_rasa_is_not_there_yet() -> None:
    with pytest.raises(ConversationUnavailable) as raised:
        ask("http://127.0.0.1:9", "hoi")
    assert raised.value.reason == "starting"
