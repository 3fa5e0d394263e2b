"""/metrics, in Prometheus's text format: counts from the database, and how long this process took over its pages.

For this machine alone, or whoever has METRICS_TOKEN. Behind a proxy every visitor may seem to come from this machine, so
without a token it answers only where the site itself is on loopback.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.services.measures import Measures, measure
from bot.settings import LOOPBACK
from bot.web.site import Site, site_of
from bot.web.timings import Labels, Timings, line

logger = logging.getLogger("bot.web.requests")

TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
QUIET: Final = ("/static", "/gezond", "/metrics")
"""Routes that monitors and style sheets ask for: counted, not logged."""


class RequestTimes:
    """ASGI middleware: measures each request, and logs it without what was typed or who it was."""

    def __init__(self, app: ASGIApp, timings: Timings) -> None:
        self._app = app
        self._timings = timings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            seconds, route = time.perf_counter() - began, route_of(scope)
            method = scope["method"] if scope["method"] in ("GET", "POST", "HEAD") else "other"
            self._timings.add(method, route, status, seconds)
            if not route.startswith(QUIET):
                fields = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4)}
                logger.info("request", extra=fields)


def route_of(scope: Scope) -> str:
    """The route with the names of what varies, '/bureau/vraag/{number}': nobody's words, and not too many of them."""
    if "endpoint" not in scope:
        return "unknown"
    if scope["path"].startswith("/static"):
        return "/static"
    parts = scope["path"].split("/")
    names = {str(value): name for name, value in scope.get("path_params", {}).items()}
    return "/".join(_named(part, names) for part in parts)


def _named(part: str, names: Mapping[str, str]) -> str:
    whole = names.get(part)
    if whole:
        return f"{{{whole}}}"
    stem, dot, ending = part.rpartition(".")
    return f"{stem}.{{{names[ending]}}}" if dot and ending in names else part


async def metrics(request: Request) -> Response:
    """GET /metrics"""
    site = site_of(request)
    if not may_read(request, site):
        raise HTTPException(404)
    found = await run_in_threadpool(measure, site.store, now=site.now(), today=site.today)
    lines = [*_counts(found), *site.timings.lines()]
    return PlainTextResponse("\n".join(lines) + "\n", media_type=TYPE)


def may_read(request: Request, site: Site) -> bool:
    """Whether this is the monitor."""
    token = site.settings.metrics_token
    if token:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    client = request.client.host if request.client else ""
    return client in LOOPBACK and urlsplit(site.settings.public_url).hostname in LOOPBACK


def _counts(found: Measures) -> Iterable[str]:
    yield from _gauge(
        "questions", "Questions by kind and state.",
        [((("kind", kind.value), ("state", state.value)), n) for (kind, state), n in found.questions.items()],
    )  # fmt: skip
    yield from _gauge("questions_late", "Open questions past their promised day.", [((), found.late_questions)])
    yield from _gauge(
        "messages", "Messages in the outbox by kind and state.",
        [((("kind", kind.value), ("state", state.value)), n) for (kind, state), n in found.messages.items()],
    )  # fmt: skip
    if found.oldest_pending_seconds is not None:
        waits = [((), round(found.oldest_pending_seconds, 1))]
        yield from _gauge("oldest_pending_message_seconds", "How long the first message waits.", waits)
    updates = [((("state", state.value),), n) for state, n in found.updates.items()]
    yield from _gauge("telegram_updates", "Telegram's updates by state.", updates)
    yield from _gauge("published_answers", "Answers that may answer somebody now.", [((), found.published_answers)])
    yield from _gauge("reply_tasks", "People who are to be called or mailed back.", [((), found.reply_tasks)])


def _gauge(name: str, about: str, values: Iterable[tuple[Labels, float]]) -> Iterable[str]:
    yield f"# HELP dialoogcoach_{name} {about}"
    yield f"# TYPE dialoogcoach_{name} gauge"
    for labels, value in values:
        yield line(f"dialoogcoach_{name}", labels, value)
