"""A colleague at the review desk: looks at the list, opens a question, publishes an answer, over and over."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

import httpx

PAUSE_SECONDS: Final = 2.0
ANSWER: Final = (
    "Dat is nog niet bekend. De gemeente laat het weten zodra het vaststaat. Dat is uiterlijk over een maand."
)


@dataclass
class Form:
    """A form of a page: where it goes, and its fields as they are filled in. buttons: name → values."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: set[tuple[str, str]] = field(default_factory=set)


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._area = ""
        self._choice = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append(Form(values.get("action", "")))
        if not self.found or not (name := values.get("name")):
            if tag == "option" and self.found and self._choice and "selected" in values:
                self.found[-1].fields[self._choice] = values.get("value", "")
            return
        form = self.found[-1]
        if tag == "button":
            form.buttons.add((name, values.get("value", "")))
        elif tag == "textarea":
            self._area, form.fields[name] = name, ""
        elif tag == "select":
            self._choice, form.fields[name] = name, ""
        elif tag == "input" and (values.get("type") not in ("checkbox", "radio") or "checked" in values):
            form.fields[name] = values.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[-1].fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._choice = ""


@dataclass
class Desk:
    """seconds: how long each page took. published: how many answers. failed: what the desk answered with an error."""

    address: str
    login: str
    seconds: list[float] = field(default_factory=list)
    published: int = 0
    failed: list[str] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        """Until the stop."""
        with httpx.Client(base_url=self.address, timeout=60, follow_redirects=True, trust_env=False) as client:
            self._sign_in(client)
            while not stop.wait(PAUSE_SECONDS):
                listed = self._timed(client, "GET", "/bureau")
                rows = re.findall(r"/bureau/vraag/\d+", listed)
                if rows:
                    self._answer(client, rows[-1])
                self._timed(client, "GET", "/bureau/berichten")

    def _sign_in(self, client: httpx.Client) -> None:
        form = Forms(client.get(self.login).text).found[-1]
        forms = [each for each in Forms(client.get(self.login).text).found if "sleutel" in each.fields] or [form]
        client.post(forms[0].action or self.login, data=forms[0].fields).raise_for_status()

    def _answer(self, client: httpx.Client, row: str) -> None:
        page = self._timed(client, "GET", row)
        wanted = ("actie", "publiceren")
        form = next((each for each in Forms(page).found if wanted in each.buttons), None)
        if form is None:
            return
        told = {name: value.strip() or ANSWER for name, value in form.fields.items()}
        filled = {**form.fields, **{name: told[name] for name in ("vraag", "antwoord") if name in told}}
        answered = self._timed(client, "POST", form.action or row, {**filled, wanted[0]: wanted[1]})
        if not any(wanted in each.buttons for each in Forms(answered).found):
            self.published += 1

    def _timed(self, client: httpx.Client, method: str, path: str, data: dict[str, str] | None = None) -> str:
        started = time.monotonic()
        try:
            response = client.request(method, path, data=data)
        except httpx.HTTPError as error:
            self.failed.append(f"{method} {path}: {type(error).__name__}")
            return ""
        self.seconds.append(time.monotonic() - started)
        if response.status_code >= 500:
            self.failed.append(f"{method} {path}: {response.status_code}")
        return response.text
