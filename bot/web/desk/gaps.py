"""Questions of colleagues that the guides do not answer: input for whoever keeps the guides up to date."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from bot.domain.gaps import GapReason
from bot.services.guide_gaps import list_gaps
from bot.web.pages import render
from bot.web.visit import Visit

REASONS: Final[dict[GapReason, str]] = {
    GapReason.NONE: "Niets gevonden",
    GapReason.NOT_HELPFUL: "Antwoord hielp niet",
}


def show_gaps(visit: Visit) -> Response:
    """GET /bureau/handreiking"""
    return render(visit, "desk/gaps.html", gaps=list_gaps(visit.site.store), reasons=REASONS)
