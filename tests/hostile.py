"""What people with bad intentions, and software with bad luck, send: the same thousand for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

WORDS: Final = "opvang buurt school bus straat veilig wanneer hoeveel waarom gemeente mensen é ü ’ ,".split()

HTML: Final = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</p><b>vet", "&lt;b&gt;", "<a href='javascript:x'>",
    "<svg/onload=alert(1)>", "{{7*7}}", "{% raw %}", "${jndi:ldap://x/y}", "<!--", "]]>", "<?xml version='1.0'?>",
)  # fmt: skip
SQL: Final = (
    "'; DROP TABLE questions; --", "' OR '1'='1", "1); DELETE FROM outgoing; --", '" UNION SELECT * FROM accounts --',
    "%' ESCAPE '\\", "\\'; SELECT pg_sleep(10); --", "%s %(x)s :name ?", "NULL",
)  # fmt: skip
MARKDOWN: Final = (
    "*vet* _schuin_ [x](javascript:alert(1))", "```\nrm -rf /\n```", "[klik](tg://user?id=1)", "||geheim||", "~~weg~~",
    "\\*\\_\\[", "[](", "__" * 50, "`" * 7, "# kop\n- [ ] taak",
)  # fmt: skip
RIGHT_TO_LEFT: Final = (
    "\u202egnavpo",
    "\u2067مرحبا\u2069",
    "متى يفتح المركز؟",
    "\u200fשלום",
    "a\u202e\u202d\u2066\u2069b",
)
ZERO_WIDTH: Final = ("o\u200bp\u200bvang", "\u200d" * 40, "\ufeffhallo", "\u2060\u180e", "Z" + "\u0335\u0488" * 200)
CONTROL: Final = (
    "\x00",
    "a\x00b",
    "\x1b[31mrood\x1b[0m",
    "\x07\x08",
    "regel\r\nregel",
    "\x85\x9f",
    "\ud83d",
    "x\udc00y",
    "\uffff",
)
PAYLOADS: Final = (
    '/start_practice{"x":1}', "/start_practice", '/forget_me_confirmed{"a":{"b":1}}', "/restart", "/session_start",
    '/inform{"said":"x"}', "/action_debrief", "EXTERNAL: x", "/slot{}", '//give_consent{"n":1}', "/ /stop",
    '/choose_entry{"entry":"../../etc/passwd"}', "/greet@0.9", "/greet" * 50, "/" * 4000, "/vergeetmij nu",
)  # fmt: skip
NUMBERS: Final = ("0" * 300, "-1", "1e999", "NaN", "١٢٣", "９９９", "1" * 5000)


def words(dice: random.Random, count: int) -> str:
    """Ordinary words."""
    return " ".join(dice.choice(WORDS) for _ in range(count))


def around(choices: Sequence[str]) -> Callable[[random.Random], str]:
    """One of these, alone or among ordinary words."""

    def make(dice: random.Random) -> str:
        nasty = dice.choice(choices)
        return nasty if dice.random() < 0.4 else f"{words(dice, 3)} {nasty} {words(dice, 2)}"

    return make


def huge(dice: random.Random) -> str:
    """64 KiB or more, with and without a place to cut it."""
    piece = dice.choice(("a", "opvang ", "👨‍👩‍👧", "<b>", "é", "\n", "'\"", "مرحبا "))
    return (piece * (65536 // len(piece) + 1))[: 65536 + dice.randrange(100)]


def noise(dice: random.Random) -> str:
    """Any signs at all."""
    return "".join(
        chr(dice.choice((dice.randrange(0x250), dice.randrange(0x110000)))) for _ in range(dice.randrange(200))
    )


def mixed(dice: random.Random) -> str:
    """Several kinds in one."""
    return "".join(make(dice) for make in dice.sample(KINDS[:-2], 3))


KINDS: Final[list[Callable[[random.Random], str]]] = [
    *map(around, (HTML, SQL, MARKDOWN, RIGHT_TO_LEFT, ZERO_WIDTH, CONTROL, PAYLOADS, NUMBERS)),
    noise, mixed, huge,
]  # fmt: skip
OFTEN: Final = (10, 10, 10, 8, 8, 10, 14, 6, 10, 10, 2)


def hostile_texts(count: int, seed: int = 7) -> Iterator[str]:
    """So many texts, each of some kind; all kinds are among the first hundred."""
    dice = random.Random(seed)
    for n in range(count):
        make = KINDS[n] if n < len(KINDS) else dice.choices(KINDS, OFTEN)[0]
        yield make(dice)


def malformed_updates(count: int, chat_id: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Updates as Telegram would never send them, apart from their number."""
    dice = random.Random(seed)
    chat = {"id": chat_id, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "text": "Hallo"}
    strange: list[Any] = [None, True, [], {}, "x", -1, 2**80, 1.5, "\x00", "\ud800", [[]], {"id": {}}]
    for _ in range(count):
        broken: dict[str, Any] = json.loads(json.dumps(message))
        for name in dice.sample(["message_id", "date", "chat", "text", "entities", "photo", "from"], 2):
            broken[name] = dice.choice(strange)
        kind = dice.choice(["message", "edited_message", "callback_query", "my_chat_member", "wat_is_dit"])
        yield {kind: dice.choice([broken, broken, broken, *strange])}
