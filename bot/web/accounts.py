"""The administrator's page: who has an account, and one-time links to hand over."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.domain.accounts import Account, AccountRole
from bot.services.accounts import change_account, create_account, issue_login_link, list_accounts
from bot.services.errors import NotFound, NotPossible
from bot.web.dutch import ROLE_HELP, ROLES, counted
from bot.web.pages import render
from bot.web.visit import Visit


@dataclass(frozen=True)
class Outcome:
    """What a form did, for the top of the page. `link` is shown once: only its digest is kept."""

    done: str = ""
    refused: str = ""
    link: str = ""
    name: str = ""
    email: str = ""


def show_accounts(visit: Visit) -> Response:
    """GET /beheer"""
    return _page(visit, Outcome())


def change_accounts(visit: Visit) -> Response:
    """POST /beheer: `actie` says what."""
    actions = {"nieuw": _create, "link": _new_link, "wijzig": _change}
    action = actions.get(visit.value("actie"))
    if action is None:
        raise HTTPException(400)
    try:
        return _page(visit, action(visit))
    except (NotFound, NotPossible) as error:
        refused = Outcome(refused=str(error), name=visit.value("naam"), email=visit.value("email"))
        return _page(visit, refused, status=422)


def _create(visit: Visit) -> Outcome:
    account = create_account(
        visit.site.store,
        name=visit.value("naam"),
        email=visit.value("email"),
        role=_role(visit),
        now=visit.now,
        by=visit.account.id,
    )
    return Outcome(done=f"Het account van {account.name} is gemaakt.", link=_link(visit, account.id))


def _new_link(visit: Visit) -> Outcome:
    account = _chosen(visit)
    return Outcome(done=f"Er is een nieuwe inloglink voor {account.name}.", link=_link(visit, account.id))


def _change(visit: Visit) -> Outcome:
    chosen = _chosen(visit)
    account = change_account(
        visit.site.store,
        account_id=chosen.id,
        role=_role(visit),
        active=visit.value("actief") == "ja",
        now=visit.now,
        by=visit.account.id,
    )
    return Outcome(done=f"Het account van {account.name} is aangepast.")


def _chosen(visit: Visit) -> Account:
    number = visit.whole_number("account")
    for account in list_accounts(visit.site.store):
        if account.id == number:
            return account
    raise NotFound(f"Er is geen account met nummer {number}.")


def _role(visit: Visit) -> AccountRole:
    try:
        return AccountRole(visit.value("rol"))
    except ValueError:
        raise HTTPException(400) from None


def _link(visit: Visit, account_id: int) -> str:
    settings = visit.site.settings
    token = issue_login_link(
        visit.site.store, account_id=account_id, now=visit.now, minutes=settings.login_link_minutes, by=visit.account.id
    )
    return f"{settings.public_url}/inloggen?sleutel={quote(token)}"


def _page(visit: Visit, outcome: Outcome, status: int = 200) -> Response:
    minutes = visit.site.settings.login_link_minutes
    valid = counted(minutes // 60, "uur", "uur") if minutes % 60 == 0 else counted(minutes, "minuut", "minuten")
    return render(
        visit,
        "accounts.html",
        status=status,
        accounts=list_accounts(visit.site.store),
        outcome=outcome,
        roles=list(AccountRole),
        role_help=ROLE_HELP,
        role_options=[(role.value, ROLES[role]) for role in AccountRole],
        valid=valid,
    )
