"""What people read when something is not there, not allowed or broken: what happened, and what they can do."""

from __future__ import annotations

import logging
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.services.errors import NotFound
from bot.services.ports import StoreUnavailable
from bot.web.headers import secure
from bot.web.pages import render_plain
from bot.web.site import site_of
from bot.web.visit import SignedOut

logger = logging.getLogger(__name__)

STATUS_PAGES: Final[dict[int, tuple[str, str]]] = {
    400: (
        "Dit verzoek klopt niet",
        "We begrijpen niet wat er is verstuurd. Ga terug, ververs de pagina en probeer het opnieuw.",
    ),
    403: (
        "Deze pagina is niet voor jouw account",
        "Je bent wel ingelogd, maar je mag deze pagina niet openen. Heb je de pagina nodig voor je werk? "
        "Vraag de beheerder om je account aan te passen.",
    ),
    404: (
        "Deze pagina bestaat niet",
        "Misschien is het adres verkeerd overgenomen, of is de pagina weggehaald. "
        "Ga naar de startpagina en zoek van daaruit verder.",
    ),
    405: ("Dit kan niet op deze pagina", "Ga naar de startpagina en probeer het van daaruit opnieuw."),
    413: ("Dit is te groot", "Wat u verstuurde is groter dan 2 MB. Maak het kleiner en probeer het opnieuw."),
    429: (
        "Even rustig aan",
        "Er komen veel verzoeken van deze plek. Wacht een paar minuten en probeer het dan opnieuw.",
    ),
}
TOKEN_PAGE: Final = (
    "Dit formulier is verlopen",
    "Het formulier hoort niet meer bij deze sessie, dus we hebben niets verwerkt. Ga terug naar de vorige pagina, "
    "kopieer wat u had getypt, ververs de pagina en probeer het opnieuw.",
)
STORE_PAGE: Final = (
    "We kunnen nu niet bij de gegevens",
    "Er is niets opgeslagen en er is niets verloren wat al was opgeslagen. Probeer het over een paar minuten opnieuw. "
    "Blijft dit zo? Meld het bij de beheerder van deze website.",
)
FAILURE_PAGE: Final = (
    "Er ging iets mis",
    "Dat ligt niet aan u. De fout is vastgelegd voor de beheerder. Ga terug en probeer het nog eens; "
    "wat u had getypt staat meestal nog in het formulier.",
)


async def on_http_error(request: Request, error: Exception) -> Response:
    """A status that one of our own pages or Starlette raised."""
    assert isinstance(error, HTTPException)
    title, advice = STATUS_PAGES.get(error.status_code, FAILURE_PAGE)
    if error.status_code == 403 and error.detail == "token":
        title, advice = TOKEN_PAGE
    return render_plain(request, "error.html", error.status_code, title=title, advice=advice, typed={})


async def on_not_found(request: Request, error: Exception) -> Response:
    """A use case was asked for something that is not there; its message is a Dutch sentence."""
    return render_plain(request, "error.html", 404, title="Niet gevonden", advice=str(error), typed={})


async def on_signed_out(request: Request, error: Exception) -> Response:
    """The session ended while somebody was typing: their words come back so that they can copy them."""
    assert isinstance(error, SignedOut)
    return render_plain(
        request,
        "error.html",
        401,
        title="Je bent niet meer ingelogd",
        advice="Er is niets opgeslagen. Kopieer eerst wat je had getypt, en log dan opnieuw in.",
        typed=error.typed,
        sign_in=True,
    )


async def on_store_unavailable(request: Request, error: Exception) -> Response:
    """The database is away. Where it is and why goes to the log, not to the page."""
    logger.error("Store unavailable for %s %s: %s", request.method, request.url.path, error)
    title, advice = STORE_PAGE
    return render_plain(request, "error.html", 503, title=title, advice=advice, typed={})


async def on_failure(request: Request, error: Exception) -> Response:
    """A mistake of ours. Starlette raises it again after this response, so the server logs it with its traceback."""
    title, advice = FAILURE_PAGE
    response = render_plain(request, "error.html", 500, title=title, advice=advice, typed={})
    secure(response.headers, https=site_of(request).https)
    return response


HANDLERS: Final = {
    HTTPException: on_http_error,
    NotFound: on_not_found,
    SignedOut: on_signed_out,
    StoreUnavailable: on_store_unavailable,
    Exception: on_failure,
}
