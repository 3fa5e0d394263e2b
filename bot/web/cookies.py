"""The cookies: who is signed in, which visitor goes on with which conversation, and who is away at the provider."""

from __future__ import annotations

import re
import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.web.site import Site

SESSION: Final = "dialoogcoach"
VISITOR: Final = "bezoeker"
ERRAND: Final = "onderweg"
VISITOR_DAYS: Final = 60
"""Long enough to come back for an answer: the longest term that residents are promised is three weeks."""

_VISITOR_VALUE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def _name(site: Site, name: str) -> str:
    # The prefix makes browsers refuse the cookie unless it is Secure, for this host only and for the whole site.
    return f"__Host-{name}" if site.https else name


def _set(response: Response, site: Site, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        _name(site, name), value, max_age=seconds, path="/", secure=site.https, httponly=True, samesite="lax"
    )


def session_token(request: Request, site: Site) -> str | None:
    """The session cookie's value."""
    return request.cookies.get(_name(site, SESSION))


def set_session(response: Response, site: Site, token: str) -> None:
    """Keep somebody signed in for SESSION_HOURS."""
    _set(response, site, SESSION, token, site.settings.session_hours * 3600)


def drop_session(response: Response, site: Site) -> None:
    """Take the session cookie away."""
    response.delete_cookie(_name(site, SESSION), path="/", secure=site.https, httponly=True, samesite="lax")


def visitor_of(request: Request, site: Site) -> tuple[str, bool]:
    """The visitor's random value, and whether it is new and has to be set. One that we cannot have made is replaced."""
    value = request.cookies.get(_name(site, VISITOR), "")
    if _VISITOR_VALUE.fullmatch(value):
        return value, False
    return secrets.token_urlsafe(32), True


def set_visitor(response: Response, site: Site, value: str) -> None:
    """Give a visitor their value."""
    _set(response, site, VISITOR, value, VISITOR_DAYS * 86_400)


def errand_of(request: Request, site: Site) -> str:
    """What was to be remembered while somebody was away at the provider; '' when there is nothing."""
    return request.cookies.get(_name(site, ERRAND), "")


def set_errand(response: Response, site: Site, value: str, seconds: int) -> None:
    """Remember it. SameSite=Lax lets it come back with the provider's redirect."""
    _set(response, site, ERRAND, value, seconds)


def drop_errand(response: Response, site: Site) -> None:
    """It is done."""
    response.delete_cookie(_name(site, ERRAND), path="/", secure=site.https, httponly=True, samesite="lax")
