"""The start page: what is here, and for whom."""

from __future__ import annotations

from starlette.responses import Response

from bot.domain.practice.counting import SMALLEST_SHOWN
from bot.services.own_talks import TERM
from bot.web.pages import render
from bot.web.visit import Visit


def show_home(visit: Visit) -> Response:
    """GET /"""
    return render(visit, "home.html")


def show_privacy(visit: Visit) -> Response:
    """GET /privacy: which data are kept, why and how long."""
    return render(visit, "privacy.html", talks_term=TERM, smallest_count=SMALLEST_SHOWN)
