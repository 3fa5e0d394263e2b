"""Plain text with line breaks, as the bot and the team write it, made into HTML. Everything is escaped first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\"'‘’]*[^\s<>()\"'‘’.,;:!?]")
_BULLET = re.compile(r"\s*[-•*–]\s+")


def prose(text: str) -> Markup:
    """Paragraphs at empty lines, lists of lines that start with a dash or dot, breaks elsewhere, links made links."""
    return Markup("").join(_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())


def _block(block: str) -> Markup:
    return Markup("").join(_run(lines, bulleted) for bulleted, lines in _runs(block.splitlines()))


def _runs(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Lines that belong together, with whether they are a list."""
    run: list[str] = []
    for line in lines:
        if run and bool(_BULLET.match(line)) != bool(_BULLET.match(run[0])):
            yield bool(_BULLET.match(run[0])), run
            run = []
        run.append(line)
    if run:
        yield bool(_BULLET.match(run[0])), run


def _run(lines: list[str], bulleted: bool) -> Markup:
    if bulleted:
        items = (Markup("<li>{}</li>").format(_linked(_BULLET.sub("", line, count=1))) for line in lines)
        return Markup('<ul class="utrecht-unordered-list">{}</ul>').format(Markup("").join(items))
    return Markup('<p class="utrecht-paragraph">{}</p>').format(Markup("<br>").join(_linked(line) for line in lines))


def _linked(line: str) -> Markup:
    parts: list[Markup] = []
    position = 0
    for match in _LINK.finditer(line):
        address = match[0] if match[0].startswith("http") else f"https://{match[0]}"
        link = Markup('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>').format(address, match[0])
        parts += [escape(line[position : match.start()]), link]
        position = match.end()
    return Markup("").join([*parts, escape(line[position:])])
