"""Signing in: by password, with a one-time link, or through the municipality's own sign-in; and signing out.

Opening a link does nothing yet: mail programs and virus scanners open links too and would use it up. The button does.
"""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.domain.accounts import Session, SignInMeans
from bot.domain.passwords import MIN_CHARS
from bot.services.accounts import end_session, redeem_login_link
from bot.services.errors import NotPossible, SignInRefused, TooManyAttempts
from bot.services.sign_in import (
    asks_current,
    choose_password,
    counted_attempt,
    may_use_password,
    sign_in_with_password,
)
from bot.web import provider
from bot.web.cookies import drop_session, session_token, set_session
from bot.web.pages import render
from bot.web.visit import SyncHandler, Visit


def show_login(visit: Visit) -> Response:
    """GET /inloggen, or with a link: /inloggen?sleutel=…"""
    return _page(visit, key=visit.query.get("sleutel", ""))


def log_in(visit: Visit) -> Response:
    """POST /inloggen: spend the link in `sleutel`, or try `email` and `wachtwoord`."""
    try:
        session = _with_link(visit) if visit.value("sleutel") else _with_password(visit)
    except TooManyAttempts as error:
        return _page(visit, key=visit.value("sleutel"), refused=str(error), status=429)
    except SignInRefused as error:
        return _page(visit, refused=str(error), status=403)
    # Who was invited chooses a password first; it can wait, the link was enough for now.
    to_password = session.means is SignInMeans.LINK and not session.account.has_password
    to_password = to_password and may_use_password(session.account) and visit.site.settings.oidc is None
    response = RedirectResponse("/wachtwoord" if to_password else "/", status_code=303)
    set_session(response, visit.site, session.token)
    return response


def leave_for_provider(visit: Visit) -> Response:
    """GET /inloggen/werkaccount"""
    return _or_refused(visit, provider.leave)


def back_from_provider(visit: Visit) -> Response:
    """GET /inloggen/werkaccount/terug"""
    return _or_refused(visit, provider.come_back)


def log_out(visit: Visit) -> Response:
    """POST /uitloggen."""
    token = session_token(visit.request, visit.site)
    if token:
        end_session(visit.site.store, token)
    response = RedirectResponse("/", status_code=303)
    drop_session(response, visit.site)
    return response


def show_password(visit: Visit) -> Response:
    """GET /wachtwoord: one's own."""
    return _password_page(visit)


def change_password(visit: Visit) -> Response:
    """POST /wachtwoord"""
    town = visit.site.municipality
    try:
        choose_password(
            visit.site.store,
            visit.site.passwords,
            visit.signed_in,
            current=visit.form.get("huidig", ""),
            password=visit.form.get("nieuw", ""),
            repeated=visit.form.get("nogmaals", ""),
            known=(town.name, town.location_name),
            now=visit.now,
        )
    except NotPossible as error:
        return _password_page(visit, problem=str(error), status=422)
    return _password_page(visit, done="Je wachtwoord is opgeslagen. Op andere apparaten ben je nu uitgelogd.")


def _with_link(visit: Visit) -> Session:
    site = visit.site
    with counted_attempt(site.store, visit.address, now=visit.now):
        return redeem_login_link(site.store, visit.value("sleutel"), now=visit.now, hours=site.settings.session_hours)


def _with_password(visit: Visit) -> Session:
    site = visit.site
    return sign_in_with_password(
        site.store,
        site.passwords,
        email=visit.value("email"),
        password=visit.form.get("wachtwoord", ""),
        address=visit.address,
        now=visit.now,
        hours=site.settings.session_hours,
    )


def _or_refused(visit: Visit, step: SyncHandler) -> Response:
    try:
        return step(visit)
    except SignInRefused as error:
        return _page(visit, refused=str(error), status=403)


def _page(visit: Visit, key: str = "", refused: str = "", status: int = 200) -> Response:
    return render(
        visit,
        "login.html",
        status=status,
        key=key,
        refused=refused,
        email=visit.value("email"),
        provider=visit.site.settings.oidc is not None,
    )


def _password_page(visit: Visit, done: str = "", problem: str = "", status: int = 200) -> Response:
    return render(
        visit,
        "password.html",
        status=status,
        done=done,
        problem=problem,
        allowed=may_use_password(visit.account),
        asks_current=asks_current(visit.signed_in),
        min_chars=MIN_CHARS,
    )
