"""One request as our pages see it: who is there, what they sent, and whether they may."""

from __future__ import annotations

import hmac
import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.domain.accounts import Account, AccountRole, Session
from bot.domain.signs import clean
from bot.services.accounts import session_of
from bot.web.cookies import session_token, set_visitor, visitor_of
from bot.web.site import Site, site_of

FRAGMENT_HEADER = "x-fragment"
"""Sent by our scripts: answer with the new part of the page only."""


MAX_NUMBER = 2**31 - 1
"""What PostgreSQL's integers hold."""


CHOSEN = frozenset({"csrf", "versie", "actie", "soort", "thema", "eigenaar", "status", "type", "rol", "actief", "stap"})
"""Fields that nobody types into: not given back to who has to sign in again."""


def number_in(text: str) -> int | None:
    """A whole number that the database can hold; None for anything else."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else MAX_NUMBER + 1
    return number if number <= MAX_NUMBER else None


def wants_fragment(request: Request) -> bool:
    """Whether one of our scripts asks, and not the browser for a whole page."""
    return request.headers.get(FRAGMENT_HEADER) == "1"


class SignedOut(Exception):
    """A form came in from somebody who is not signed in (any more). `typed`: what they filled in, by field name."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        super().__init__("signed out")
        self.typed = typed


@dataclass(frozen=True)
class Visit:
    """One request.

    visitor: a random value that only this browser has; it is a name for nobody.
    form: what a POST carried; files stay behind in `files`.
    """

    request: Request
    site: Site
    session: Session | None
    visitor: str
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        """Who is signed in; only for pages that need a role."""
        return self.signed_in.account

    @property
    def signed_in(self) -> Session:
        """The session; only for pages that need a role."""
        assert self.session is not None, "this page needs a role: give it one in its route"
        return self.session

    @property
    def address(self) -> str:
        """Where the request comes from, for limits only; behind a proxy on this machine as that proxy says."""
        return self.request.client.host if self.request.client else "unknown"

    @property
    def now(self) -> datetime:
        """This moment, aware, UTC."""
        return self.site.now()

    @property
    def csrf(self) -> str:
        """What every form on the page must hand back."""
        return self.session.csrf if self.session else self.site.sign("csrf", self.visitor)

    @property
    def wants_fragment(self) -> bool:
        """See the function of the same name."""
        return wants_fragment(self.request)

    @property
    def query(self) -> Mapping[str, str]:
        """What stands in the address."""
        return {name: clean(value) for name, value in self.request.query_params.items()}

    def value(self, name: str) -> str:
        """A field of the form without spaces around it; '' when it is not there."""
        return self.form.get(name, "").strip()

    def whole_number(self, name: str) -> int:
        """A field that our own page filled with a number. Raises HTTPException 400 when it does not hold one."""
        number = number_in(self.value(name))
        if number is None:
            raise HTTPException(400)
        return number

    def short(self, name: str, most: int = 200) -> str:
        """A field that our own page offers short values for. Raises HTTPException 400 for a longer one."""
        text = self.value(name)
        if len(text) > most:
            raise HTTPException(400)
        return text

    def path_number(self, name: str) -> int:
        """A number in the address. Raises HTTPException 404 for one that the database cannot hold."""
        number = self.request.path_params[name]
        assert isinstance(number, int)
        if number > MAX_NUMBER:
            raise HTTPException(404)
        return number


SyncHandler = Callable[[Visit], Response]
AsyncHandler = Callable[[Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def page(handler: SyncHandler | AsyncHandler, role: AccountRole | None = None, *, visitors: bool = False) -> Endpoint:
    """Make a route's endpoint of a handler.

    role: who may come here; None for everybody. Without a session GET leads to the login page and POST raises
        SignedOut, so that what was typed can be shown; with too small a role both give 403, and so does a POST whose
        form does not carry the page's own token.
    visitors: the page has a form for people without an account, so their browser gets a cookie.
    """

    async def endpoint(request: Request) -> Response:
        site = site_of(request)
        visitor, is_new = visitor_of(request, site)
        session = await _session(request, site)
        request.state.session = session  # an error page keeps the menu of who is there
        visit = Visit(request, site, session, visitor)
        if request.method == "POST":
            visit = _with_form(visit, await request.form(max_files=1, max_fields=500))
        if role is not None and session is None:
            return _ask_to_sign_in(visit)
        if request.method == "POST":
            _check_token(visit)
        if role is not None and session is not None and not session.account.role.covers(role):
            raise HTTPException(403)
        response = await _run(handler, visit)
        if is_new and visitors:
            set_visitor(response, site, visitor)
        return response

    return endpoint


async def _session(request: Request, site: Site) -> Session | None:
    token = session_token(request, site)
    if not token:
        return None
    return await run_in_threadpool(session_of, site.store, token, now=site.now())


def _with_form(visit: Visit, data: FormData) -> Visit:
    items = data.multi_items()
    texts = [(name, clean(value)) for name, value in items if isinstance(value, str)]
    lists = {name: tuple(value for key, value in texts if key == name) for name, _ in texts}
    files = {name: value for name, value in items if isinstance(value, UploadFile)}
    return Visit(visit.request, visit.site, visit.session, visit.visitor, dict(texts), files, lists)


def _ask_to_sign_in(visit: Visit) -> Response:
    if visit.request.method != "POST":
        return RedirectResponse("/inloggen", status_code=303)
    # Another site may have sent this form: then its words are not shown as if they were the visitor's own.
    own = visit.request.headers.get("sec-fetch-site") == "same-origin"
    typed = {name: text for name, text in visit.form.items() if name not in CHOSEN and text.strip()}
    raise SignedOut(typed if own else {})


def _check_token(visit: Visit) -> None:
    given = visit.form.get("csrf", "")
    if not hmac.compare_digest(given.encode(), visit.csrf.encode()):
        raise HTTPException(403, "token")


async def _run(handler: SyncHandler | AsyncHandler, visit: Visit) -> Response:
    if inspect.iscoroutinefunction(handler):
        result: Any = await handler(visit)
    else:
        # The store is synchronous: it must not hold up the pages of others.
        result = await run_in_threadpool(handler, visit)
    assert isinstance(result, Response)
    return result
