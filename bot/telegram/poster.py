"""A QR code that opens the chat, for a poster or a letter: a sharp picture with a line of words under it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import segno
from PIL import Image, ImageDraw, ImageFont

MAX_TOPIC_CHARS: Final = 64
MAX_LINE_CHARS: Final = 60
"""More does not fit under the code in letters that can be read at arm's length."""

WIDTH_MM: Final = 80.0
"""The code is then readable from about 80 cm; print it larger for a larger distance, about a tenth of it."""

QUIET_MODULES: Final = 4
"""White around a code that scanners need (ISO 18004)."""

DPI: Final = 300
LETTER_MM: Final = 4.6
SMALL_MM: Final = 3.6
WORDS_MM: Final = 17.0
"""Room for the words under the code."""

_TOPIC = re.compile(r"[A-Za-z0-9_-]+")
_NAME = re.compile(r"[A-Za-z]\w{2,29}bot", re.IGNORECASE | re.ASCII)


class PosterError(ValueError):
    """The picture cannot be made. The message names what is wrong and the cure."""


def bot_link(name: str, topic: str = "") -> str:
    """The address behind the code, such as https://t.me/vraagbaak_bot?start=verkeer. Raises PosterError."""
    name = name.strip().removeprefix("@")
    if not _NAME.fullmatch(name):
        raise PosterError(f"'{name}' is not the name of a Telegram bot: it has 5 to 32 letters and ends in 'bot'.")
    return f"https://t.me/{name}" + (f"?start={start_word(topic)}" if topic.strip() else "")


def start_word(topic: str) -> str:
    """A topic as a deep link carries it: without accents, '_' for spaces. Raises PosterError."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", topic.strip()) if not unicodedata.combining(sign))
    word = re.sub(r"\s+", "_", plain)
    if not _TOPIC.fullmatch(word) or len(word) > MAX_TOPIC_CHARS:
        raise PosterError(
            f"'{topic}' cannot stand behind a link: give one to {MAX_TOPIC_CHARS} letters, digits, spaces or hyphens."
        )
    return word


def draw_poster(link: str, line: str, path: Path) -> None:
    """Write the picture; the end of `path` says which kind, .png or .svg. Raises PosterError."""
    if len(line) > MAX_LINE_CHARS:
        raise PosterError(f"The line has {len(line)} characters; {MAX_LINE_CHARS} fit under the code.")
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise PosterError(f"'{path.name}' does not end in .png or .svg.")
    code = segno.make(link, error="q", micro=False)
    words = (line, link.removeprefix("https://").partition("?")[0])
    try:
        write(code, words, path)
    except OSError as error:
        raise PosterError(f"{path} cannot be written: {error.strerror or error}.") from error


def _write_png(code: segno.QRCode, words: tuple[str, str], path: Path) -> None:
    def dots(mm: float) -> int:
        return round(mm / 25.4 * DPI)

    modules = int(code.symbol_size(border=QUIET_MODULES)[0])
    scale = max(1, dots(WIDTH_MM) // modules)  # whole dots, so that no edge is blurred
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=scale, border=QUIET_MODULES)
    square = Image.open(drawn).convert("L")
    picture = Image.new("L", (square.width, square.height + dots(WORDS_MM)), 255)
    picture.paste(square, (0, 0))
    pen, middle = ImageDraw.Draw(picture), square.width / 2
    for text, height, top in ((words[0], LETTER_MM, 1.0), (words[1], SMALL_MM, 9.0)):
        font = _fitting_font(text, dots(height), square.width - 2 * QUIET_MODULES * scale)
        pen.text((middle, square.height + dots(top)), text, fill=0, font=font, anchor="ma")
    picture.save(path, format="PNG", dpi=(DPI, DPI))


def _fitting_font(text: str, height: int, width: int) -> ImageFont.FreeTypeFont:
    """Letters of at most this height with which the text fits the width, both in dots."""
    font = letters(height)
    length = font.getlength(text)
    return letters(max(1, int(height * width / length))) if length > width else font


def letters(height: int) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, which comes with matplotlib (which comes with Rasa); Pillow's own font has no accents."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise PosterError("There are no letters to draw with: install matplotlib, as Rasa does.")
    return ImageFont.truetype(str(Path(spec.origin).with_name("mpl-data") / "fonts" / "ttf" / "DejaVuSans.ttf"), height)


def _write_svg(code: segno.QRCode, words: tuple[str, str], path: Path) -> None:
    modules = int(code.symbol_size(border=QUIET_MODULES)[0])
    drawn = code.svg_inline(border=QUIET_MODULES, omitsize=True, light="#fff")
    height, middle = WIDTH_MM + WORDS_MM, WIDTH_MM / 2
    quiet = QUIET_MODULES * WIDTH_MM / modules
    lines = "".join(
        f'<text x="{middle:g}" y="{WIDTH_MM + top:g}" font-size="{size:.2f}" text-anchor="middle">{escape(text)}</text>'
        for text, top, size in (
            (words[0], 5.0, _letters(words[0], LETTER_MM, WIDTH_MM - 2 * quiet)),
            (words[1], 12.0, _letters(words[1], SMALL_MM, WIDTH_MM - 2 * quiet)),
        )
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_MM:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {WIDTH_MM:g} {height:g}" font-family="sans-serif">'
        f'<title>{escape(words[0])}</title><rect width="100%" height="100%" fill="#fff"/>'
        f'<svg width="{WIDTH_MM:g}" height="{WIDTH_MM:g}" viewBox="0 0 {modules} {modules}">{_inner(drawn)}</svg>'
        f"{lines}</svg>\n",
        encoding="utf-8",
    )


def _inner(svg: str) -> str:
    """What stands inside the outer element."""
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")]


def _letters(text: str, height: float, width: float) -> float:
    """A letter size in mm with which the text fits; sans-serif letters are about 0.55 as wide as high."""
    return min(height, width / (0.55 * max(1, len(text))))


WRITERS: Final[Mapping[str, Callable[[segno.QRCode, tuple[str, str], Path], None]]] = {
    ".png": _write_png,
    ".svg": _write_svg,
}
