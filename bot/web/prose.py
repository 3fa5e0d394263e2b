"""Plain text with line breaks, as the bot and the team write it, made into HTML. Everything is escaped first."""

from __future__ import annotations

import re
from itertools import groupby

from markupsafe import Markup, escape

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\"'‘’]*[^\s<>()\"'‘’.,;:!?]")
_NUMBER = re.compile(r"\s*\d{1,2}[.)]\s+")
_BULLET = re.compile(r"\s*[-•*–]\s+")


def prose(text: str) -> Markup:
    """Paragraphs at empty lines, lists of lines that start with a dash, dot or number, breaks elsewhere, links."""
    return Markup("").join(_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())


def _block(block: str) -> Markup:
    runs = groupby(block.splitlines(), _marker)
    return Markup("").join(_run(marker, list(lines)) for marker, lines in runs)


def _marker(line: str) -> re.Pattern[str] | None:
    """What makes this line an item of a list; None for ordinary text."""
    return next((each for each in (_BULLET, _NUMBER) if each.match(line)), None)


def _run(marker: re.Pattern[str] | None, lines: list[str]) -> Markup:
    if marker is None:
        return Markup('<p class="utrecht-paragraph">{}</p>').format(Markup("<br>").join(map(_linked, lines)))
    items = Markup("").join(Markup("<li>{}</li>").format(_linked(marker.sub("", line, count=1))) for line in lines)
    if marker is _BULLET:
        return Markup('<ul class="utrecht-unordered-list">{}</ul>').format(items)
    first = re.search(r"\d+", lines[0])
    start = int(first[0]) if first else 1
    return Markup('<ol class="utrecht-ordered-list" start="{}">{}</ol>').format(start, items)


def _linked(line: str) -> Markup:
    parts: list[Markup] = []
    position = 0
    for match in _LINK.finditer(line):
        address = match[0] if match[0].startswith("http") else f"https://{match[0]}"
        link = Markup('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>').format(address, match[0])
        parts += [escape(line[position : match.start()]), link]
        position = match.end()
    return Markup("").join([*parts, escape(line[position:])])
