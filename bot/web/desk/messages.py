"""Messages of which nobody knows whether they arrived: a person decides, because sending twice is worse than asking."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.services.errors import NotPossible
from bot.services.notices import resolve_uncertain, uncertain_messages
from bot.web.pages import render
from bot.web.visit import Visit, number_in


def show_messages(visit: Visit) -> Response:
    """GET /bureau/berichten"""
    return _page(visit)


def decide(visit: Visit) -> Response:
    """POST /bureau/berichten: send once more, or let it be. `rij`: the desk's row to go back to, if any."""
    choice = visit.value("actie")
    if choice not in ("opnieuw", "laten"):
        raise HTTPException(400)
    try:
        resolve_uncertain(
            visit.site.store,
            visit.whole_number("bericht"),
            account_id=visit.account.id,
            resend=choice == "opnieuw",
            now=visit.now,
        )
    except NotPossible as error:
        return _page(visit, problem=str(error), status=409)
    row = number_in(visit.value("rij"))
    return RedirectResponse(f"/bureau/vraag/{row}" if row is not None else "/bureau/berichten", status_code=303)


def _page(visit: Visit, problem: str = "", status: int = 200) -> Response:
    return render(
        visit,
        "desk/messages.html",
        status=status,
        messages=uncertain_messages(visit.site.store),
        problem=problem,
    )
