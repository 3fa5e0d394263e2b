"""Hostile words through every form and every search box: never a 500, and nothing of it becomes code.

About a thousand requests: each kind of word goes through each place where somebody can type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from bot.domain.accounts import AccountRole
from bot.services.clusters import cluster
from bot.storage.store import SqlStore
from tests.web.browser import Browser, csrf_of
from tests.web.stand_in_rasa import StandInRasa
from tests.web.town import Town

WORDS = {
    "script": "<script>alert('raak')</script>",
    "attribute": '"\' onfocus=alert(1) autofocus x="',
    "image": "<img src=x onerror=alert('raak')>",
    "svg": "'\"><svg/onload=alert`raak`>",
    "closing tags": "</textarea></title></script><script>alert('raak')</script>",
    "comment": "--><script>alert('raak')</script><!--",
    "link": "javascript:alert('raak') data:text/html,<script>alert('raak')</script>",
    "address": "https://x.nl/\"onmouseover=alert('raak') www.x.nl'><script>alert('raak')</script>",
    "entities": "&lt;script&gt;alert('raak')&lt;/script&gt; &#60;b&#62; &amp;",
    "template": "{{ 7*7 }} {% include '/etc/passwd' %} {{ ''.__class__.__mro__ }} ${7*7} #{7*7} %(x)s {0}",
    "sql": "'; DROP TABLE questions; -- \" OR 1=1 /* */ UNION SELECT * FROM accounts",
    "like": "%_%' ESCAPE '\\' \\",
    "markdown": "[klik](javascript:alert(1)) ![x](http://evil/x.png) **vet** _schuin_ `code` ||geheim||",
    "payload": '/start_practice{"scenario":"x"} /restart /session_start @bot #x',
    "path": "../../../../etc/passwd..\\..\\windows\\system32 file:///etc/passwd",
    "header": "x\r\nSet-Cookie: raak=1\r\n\r\n<html>",
    "control": "".join(map(chr, [*range(32), *range(127, 160)])) + "na",
    "zero width": "wa\u200bch\u200ct\u200dwo\u2060ord\ufeff \u00ad",
    "right to left": "\u202egnirts\u202c \u2067abc\u2069 مرحبا שלום \u200f",
    "combining": "Z" + "\u0351\u0489\u034f" * 400,
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈🇳🇱\U0001f9d1\U0001f3ff\u200d\U0001f4bb" * 50,
    "unassigned": "\ufffe\uffff\U0010ffff\ue000\U000e0041",
    "long": "lang " * 13_108,
    "one word": "x" * 65_536,
    "long script": "<script>alert('raak')</script>" * 2_000,
    "formula": "=cmd|' /C calc'!A0",
    "number": "99999999999999999999999999",
    "minus": "-1",
    "other digits": "١٢٣ ⅷ ²",
    "date": "0000-00-00",
    "empty": "",
    "spaces": " \t\n\u00a0\u2003 ",
    "json": '{"a": [1, null, "\\u0000"], "__proto__": {}}',
    "percent": "%00%0d%0a%3Cscript%3E %s %n %",
    "newlines": "\n" * 5_000 + "einde",
    "backtick": "`$(reboot)` ; | && > /dev/null",
}


class Reader(HTMLParser):
    """Reads a page as a browser does, and keeps what could run: scripts inside it, handlers, odd addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.code: list[str] = []
        self.feed(page)
        if "\x00" in page:
            self.code.append("NUL")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.code.append("script")
        if tag in ("iframe", "object", "embed", "style", "base"):
            self.code.append(tag)
        self.code += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction"):
            if not re.match(r"(?:/|#|\?|https?://|mailto:|tel:|$)", given.get(name, "")):
                self.code.append(f"{tag} {name}={given[name][:20]}")


def forms(word: str, store: SqlStore) -> Iterator[tuple[AccountRole | None, str, dict[str, str]]]:
    """Every form, with the word in each field where somebody types or a value can be forged."""
    row, version = "/bureau/vraag/2", str(cluster(store, 2).version)
    desk, official, administrator = AccountRole.COMMUNICATIONS, AccountRole.OFFICIAL, AccountRole.ADMINISTRATOR
    answer = {"vraag": word, "antwoord": word, "bron": word, "versie": version}
    plain = {"soort": "factual", "thema": "verkeer", "eigenaar": "Afdeling Verkeer"}
    yield None, "/vragen", {"tekst": word}
    yield None, "/vragen", {"knop": word, "titel": word}
    yield None, "/vragen/adres", {"vraag": "1", "email": word}
    yield None, "/vragen/adres", {"vraag": word, "email": word}
    yield None, "/inloggen", {"email": word, "wachtwoord": word}
    yield official, "/balie", {"actie": "zoek", "zoek": word}
    yield official, "/balie", {"actie": "noteer", "gesprek": word, "zegel": word, "vraag": word}
    yield official, "/wachtwoord", {"huidig": word, "nieuw": word, "nogmaals": word}
    yield official, "/oefenen", {"tekst": word}
    yield desk, "/bureau", {"rij": word}
    yield desk, row, {**answer, **plain, "actie": "voorbeeld"}
    yield desk, row, {**answer, **plain, "actie": "publiceren", "type": word}
    yield desk, row, {"actie": "publiceren", **answer, "soort": word, "thema": word, "eigenaar": word, "controle": word}
    yield desk, row, {"actie": "indelen", "versie": version, "soort": "factual", "thema": word, "datum": word}
    yield desk, row, {"actie": "stap", "versie": version, "stap": "declined", "bericht": word[:1000]}
    yield desk, row, {"actie": "stap", "versie": version, "stap": word, "bericht": word}
    yield desk, row, {"actie": "afsplitsen", "versie": word, "vraagnummer": word}
    yield desk, row, {"actie": "samenvoegen", "versie": version, "andere": word, "andere_versie": word}
    yield desk, row, {"actie": "wegleggen", "versie": version, "reden": word}
    yield desk, "/bureau/nieuws/nieuw", {"actie": "plaatsen", "versie": "0", "kop": word, "tekst": word}
    yield desk, "/bureau/nieuws/nieuw", {"actie": "voorbeeld", "versie": "0", "kop": word, "tekst": word}
    yield desk, "/bureau/antwoorden/nieuw", {**answer, **plain, "actie": "opslaan", "versie": "0", "status": "draft"}
    yield desk, "/bureau/antwoorden/antwoord/e01", {"actie": "koppelen", "formulering": word, "versie": "1"}
    yield desk, "/bureau/terugbellen", {"taak": word}
    yield desk, "/bureau/berichten", {"actie": "laten", "bericht": word, "rij": word}
    yield administrator, "/beheer", {"actie": "nieuw", "naam": word, "email": f"{word}@x.nl", "rol": "official"}
    yield administrator, "/beheer", {"actie": word, "account": word, "rol": word}


SEARCHES = (
    (None, "/vragen", ("zoek", "thema", "adres")),
    (AccountRole.COMMUNICATIONS, "/bureau", ("zoek", "eigenaar", "thema")),
    (AccountRole.COMMUNICATIONS, "/bureau", ("status", "soort", "termijn", "label", "volgorde")),
    (AccountRole.COMMUNICATIONS, "/bureau/antwoorden", ("zoek", "thema")),
    (AccountRole.COMMUNICATIONS, "/bureau/overzicht", ("dagen",)),
    (AccountRole.COMMUNICATIONS, "/bureau/vraag/1", ("gedaan", "berichten")),
    (AccountRole.ADMINISTRATOR, "/beheer/logboek", ("wie", "over", "voor")),
    (None, "/inloggen", ("sleutel",)),
)
PAGES = (
    (None, "/vragen"), (None, "/nieuws"), (AccountRole.COMMUNICATIONS, "/bureau?status=alle"),
    (AccountRole.COMMUNICATIONS, "/bureau/vraag/2"), (AccountRole.COMMUNICATIONS, "/bureau/antwoorden"),
    (AccountRole.COMMUNICATIONS, "/bureau/antwoorden/antwoord/e01"), (AccountRole.COMMUNICATIONS, "/bureau/nieuws"),
    (AccountRole.COMMUNICATIONS, "/bureau/overzicht"), (AccountRole.ADMINISTRATOR, "/beheer"),
    (AccountRole.ADMINISTRATOR, "/beheer/logboek"),
)  # fmt: skip
"""Where whatever was kept is shown afterwards."""


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS.keys())
def test_hostile_words_break_nothing_and_never_become_code(
    word: str,
    visitor: Browser,
    signed_in: Callable[[AccountRole], Browser],
    store: SqlStore,
    rasa: StandInRasa,
    town: Town,
) -> None:
    rasa.answer = lambda heard: [{"text": heard.get("text", heard.get("payload", ""))}]
    browsers: dict[AccountRole | None, Browser] = {None: visitor, **{role: signed_in(role) for role in AccountRole}}
    tokens = {role: csrf_of(each.get("/vragen").text) for role, each in browsers.items()}
    sent = 0
    faults: list[str] = []

    def look(what: str, status: int, text: str) -> None:
        nonlocal sent
        sent += 1
        if status >= 500 or (found := Reader(text).code):
            faults.append(f"{what}: {status} {[] if status >= 500 else found}")

    for role, address, query in SEARCHES:
        if len(quote(word)) * len(query) < 60_000:  # what a server takes as an address
            response = browsers[role].client.get(address, params=dict.fromkeys(query, word))
            look(f"GET {address}", response.status_code, response.text)
    for role, address, fields in forms(word, store):
        response = browsers[role].client.post(address, data={"csrf": tokens[role], **fields})
        look(f"POST {address} {fields.get('actie', '')[:10]}", response.status_code, response.text)
    for role, address in PAGES:
        response = browsers[role].get(address)
        assert response.status_code == 200
        look(f"page {address}", response.status_code, response.text)
    assert faults == []
    assert sent >= 37


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "1e3", "١", "1%00"])
def test_a_number_in_the_address_that_is_none_is_not_found(communications: Browser, number: str) -> None:
    for address in (f"/bureau/vraag/{number}", f"/bureau/nieuws/{number}"):
        assert communications.get(address).status_code == 404
    assert communications.get(f"/bureau/antwoorden/antwoord/{number}").status_code == 404
