"""Signing in with a one-time link, and signing out.

Opening the link does nothing yet: mail programs and virus scanners open links too and would use it up. The button does.
"""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.services.accounts import end_session, redeem_login_link
from bot.services.errors import LinkRefused
from bot.web.cookies import drop_session, session_token, set_session
from bot.web.limits import LOGIN
from bot.web.pages import render
from bot.web.visit import Visit


def show_login(visit: Visit) -> Response:
    """GET /inloggen?sleutel=…"""
    return render(visit, "login.html", key=visit.query.get("sleutel", ""), refused="")


def log_in(visit: Visit) -> Response:
    """POST /inloggen: spend the link."""
    limits, key = visit.site.limits, f"login:{visit.request.client.host if visit.request.client else 'unknown'}"
    if limits.is_spent(LOGIN, key):
        refused = "Er is vanaf deze plek te vaak geprobeerd in te loggen. Wacht tien minuten en probeer het opnieuw."
        return render(visit, "login.html", status=429, key=visit.value("sleutel"), refused=refused)
    try:
        session = redeem_login_link(
            visit.site.store, visit.value("sleutel"), now=visit.now, hours=visit.site.settings.session_hours
        )
    except LinkRefused as error:
        limits.count(key)
        return render(visit, "login.html", status=403, key="", refused=str(error))
    response = RedirectResponse("/", status_code=303)
    set_session(response, visit.site, session.token)
    return response


def log_out(visit: Visit) -> Response:
    """POST /uitloggen."""
    token = session_token(visit.request, visit.site)
    if token:
        end_session(visit.site.store, token)
    response = RedirectResponse("/", status_code=303)
    drop_session(response, visit.site)
    return response
