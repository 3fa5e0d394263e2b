"""A visitor for tests: keeps cookies, and hands back the token of the page it is on, as a browser's form does."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

import httpx
from starlette.testclient import TestClient

Fields = Mapping[str, str | Sequence[str]]


class Browser:
    """One visitor."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, address: str) -> httpx.Response:
        """Open a page, following redirects."""
        return self.client.get(address)

    def post(self, address: str, fields: Fields, *, page: str | None = None, **more: object) -> httpx.Response:
        """Send a form that stands on `page` (by default the page at `address`), with that page's token."""
        token = csrf_of(self.client.get(page or address).text)
        return self.client.post(address, data={"csrf": token, **fields}, **more)  # type: ignore[arg-type]

    def fragment(self, address: str, fields: Fields) -> httpx.Response:
        """Send a form as our scripts do."""
        return self.post(address, fields, headers={"X-Fragment": "1"})


def csrf_of(page: str) -> str:
    """The token in a page's forms."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, "this page has no form with a token"
    return found[1]


def words(page: str) -> str:
    """The text of a page on one line, without tags."""
    body = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def hidden(page: str, name: str) -> str:
    """The value of the first hidden field of that name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name} on this page"
    return html.unescape(found[1])
