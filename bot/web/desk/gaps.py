"""Questions of colleagues that the guides do not answer: input for whoever keeps the guides up to date."""

from __future__ import annotations

from typing import Final

from starlette.responses import RedirectResponse, Response

from bot.domain.gaps import GapReason
from bot.services.guide_gaps import close_gap, list_gaps
from bot.web.pages import render
from bot.web.visit import Visit

REASONS: Final[dict[GapReason, str]] = {
    GapReason.NONE: "Niets gevonden",
    GapReason.NOT_HELPFUL: "Antwoord hielp niet",
}


def show_gaps(visit: Visit) -> Response:
    """GET /bureau/handreiking: all of them, or with ?soort= those of one reason."""
    wanted = visit.request.query_params.get("soort", "")
    reason = GapReason(wanted) if wanted in {each.value for each in GapReason} else None
    return render(
        visit,
        "desk/gaps.html",
        gaps=list_gaps(visit.site.store, reason=reason),
        reasons=REASONS,
        chosen=reason,
        title_of=_title_of(visit),
        done="Van de lijst gehaald." if visit.request.query_params.get("gedaan") else "",
    )


def change_gaps(visit: Visit) -> Response:
    """POST /bureau/handreiking: `gat` is dealt with."""
    close_gap(visit.site.store, visit.whole_number("gat"), account_id=visit.account.id, now=visit.now)
    return RedirectResponse("/bureau/handreiking?gedaan=1", status_code=303)


def _title_of(visit: Visit) -> dict[str, str]:
    return {entry.id: f"{entry.title} ({entry.source})" for entry in visit.site.guides}
