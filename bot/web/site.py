"""What every page needs, put together once by `create_app`."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Container
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from jinja2 import Environment
from starlette.requests import Request

from bot.channels.client import RasaClient
from bot.domain.dutch_days import local_day
from bot.domain.guides import GuideLibrary
from bot.domain.municipality import Municipality
from bot.services.faq_check import LookOver
from bot.services.ports import Unit
from bot.services.sign_in import Passwords
from bot.services.talk_ports import Scenarios, TalkUnit
from bot.settings import Settings
from bot.web.limits import Limits
from bot.web.timings import Timings


class WebUnit(Unit, TalkUnit, Protocol):
    """A unit of work with everything the pages need."""


class WebStore(Protocol):
    """The store, as `bot.services.ports.Store` and `bot.services.practice.TalkStore` in one."""

    def unit(self) -> AbstractContextManager[WebUnit]:
        """A unit that may write. Leaving it without `commit()` undoes everything."""

    def view(self) -> AbstractContextManager[WebUnit]:
        """A unit that only reads."""

    def ping(self) -> None:
        """Return when the database answers."""


@dataclass(frozen=True)
class Site:
    """The parts of the web process.

    now: gives the moment as an aware datetime in UTC.
    holidays: days that are no working days.
    secret: signs what visitors without an account hand back.
    look_over: points at what wants looking at in the answers; takes seconds when many texts are new.
    """

    settings: Settings
    store: WebStore
    rasa: RasaClient
    now: Callable[[], datetime]
    municipality: Municipality
    templates: Environment
    limits: Limits
    scenarios: Scenarios
    passwords: Passwords
    holidays: Container[date]
    guides: GuideLibrary
    secret: bytes
    timings: Timings
    look_over: LookOver

    @property
    def https(self) -> bool:
        """Whether browsers reach us over HTTPS, so that cookies may insist on it."""
        return self.settings.public_url.startswith("https://")

    @property
    def today(self) -> date:
        """The day it is in the Netherlands."""
        return local_day(self.now())

    def sign(self, purpose: str, value: str) -> str:
        """A keyed digest (64 hex digits) that nobody else can make."""
        return hmac.new(self.secret, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def site_of(request: Request) -> Site:
    """The site that this request came in on."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site
