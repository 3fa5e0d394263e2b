"""A small HTTP server in the place of Rasa: answers as told, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Heard = Mapping[str, str]
Answers = list[dict[str, Any]]


def echo(heard: Heard) -> Answers:
    """What it says unless told otherwise."""
    return [{"text": f"Ik hoorde: {heard.get('text', heard.get('payload'))}"}]


class StandInRasa:
    """heard: every message that came in. answer: what comes back. status, delay_seconds: to let things go wrong."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.heard: list[Heard] = []
        self.answer: Callable[[Heard], Answers] = echo
        self.status = 200
        self.delay_seconds = 0.0
        self.port = 0


def _handler(rasa: StandInRasa) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, {"status": "ok"})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.headers.get("Authorization") != f"Bearer {rasa.secret}":
                self._send(401, {"error": "wrong or missing secret"})
                return
            rasa.heard.append(body)
            time.sleep(rasa.delay_seconds)
            self._send(rasa.status, {"messages": rasa.answer(body)})

        def _send(self, status: int, body: Mapping[str, Any]) -> None:
            data = json.dumps(body).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except BrokenPipeError:
                pass  # the client gave up waiting, as some tests mean it to

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


class Server(ThreadingHTTPServer):
    """Takes more connections at once than the five that Python's server lets wait."""

    request_queue_size = 128


@contextmanager
def running(secret: str, port: int = 0) -> Iterator[StandInRasa]:
    """A server on a free loopback port (or on `port`), for as long as the block lasts."""
    rasa = StandInRasa(secret)
    server = Server(("127.0.0.1", port), _handler(rasa))
    rasa.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield rasa
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
