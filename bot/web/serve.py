"""Runs the application under uvicorn, with the options that this product needs."""

from __future__ import annotations

import uvicorn
from starlette.applications import Starlette

from bot.settings import Settings


def make_server(app: Starlette, settings: Settings) -> uvicorn.Server:
    """A server for `app` on WEB_HOST:WEB_PORT; call run() on it."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.web_host,
            port=settings.web_port,
            ws="none",  # no page uses web sockets, and Rasa's Sanic holds websockets at a version uvicorn cannot import
            access_log=False,  # a line of it may hold somebody's login link
            server_header=False,
            log_config=None,  # our own logging takes what uvicorn says
        )
    )
