"""The QR code for a poster."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import segno
from PIL import Image
from typer.testing import CliRunner

from bot.cli import app
from bot.telegram.commands import asks_of
from bot.telegram.poster import DPI, QUIET_MODULES, WIDTH_MM, PosterError, bot_link, draw_poster, letters, start_word
from tests.bot_api import BOT, BotApi

LINK = "https://t.me/vraagbaak_bot?start=verkeer"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `dialoogcoach telegram qr` with this environment; its exit status and what it said."""

    def command(*arguments: str, **environment: str) -> tuple[int, str]:
        for name, value in {"VAR_DIR": str(tmp_path), "TELEGRAM_TOKEN": "", **environment}.items():
            monkeypatch.setenv(f"DIALOOGCOACH_{name}", value)
        outcome = CliRunner().invoke(app, ["telegram", "qr", *arguments])
        return outcome.exit_code, outcome.output

    return command


@pytest.mark.parametrize("topic", ["verkeer", "verkeer en parkeren", "Één café-vraag", "A-1"])
def test_a_topic_travels_behind_the_link_and_arrives_as_words(topic: str) -> None:
    word = bot_link("@vraagbaak_bot", topic).partition("?start=")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", word)
    assert len(asks_of(f"/start {word}")) == 2


def test_without_a_topic_the_link_only_opens_the_chat() -> None:
    assert bot_link("vraagbaak_bot") == "https://t.me/vraagbaak_bot"


@pytest.mark.parametrize("topic", ["wat? nu!", "x" * 65, "日本", "a/b"])
def test_a_topic_that_no_link_can_carry_is_named(topic: str) -> None:
    with pytest.raises(PosterError, match="letters, digits"):
        start_word(topic)


def test_the_printed_code_is_the_code(tmp_path: Path) -> None:
    draw_poster(LINK, "Stel uw vraag over ‘Huize Één’", tmp_path / "poster.png")
    picture = Image.open(tmp_path / "poster.png").convert("1")
    code = segno.make(LINK, error="q", micro=False)
    modules = code.symbol_size(border=QUIET_MODULES)[0]
    dots = picture.width / modules
    seen = [
        [picture.getpixel(((x + 0.5) * dots, (y + 0.5) * dots)) == 0 for x in range(modules)] for y in range(modules)
    ]
    assert seen == [[bool(dark) for dark in row] for row in code.matrix_iter(border=QUIET_MODULES)]
    assert abs(picture.width / DPI * 25.4 - WIDTH_MM) < WIDTH_MM / modules * 2
    words = picture.crop((0, picture.width, picture.width, picture.height))
    assert 0 in {words.getpixel((x, y)) for x in range(words.width) for y in range(0, words.height, 3)}


@pytest.mark.parametrize("sign", "éëïüÉÖ€–’‘")
def test_the_letters_have_what_dutch_needs(sign: str) -> None:
    font = letters(40)
    assert bytes(font.getmask(sign)) != bytes(font.getmask("\ufffe"))


def test_a_drawing_has_a_size_in_print_and_escapes_its_words(tmp_path: Path) -> None:
    draw_poster(LINK, "Vragen <b>& meer", tmp_path / "poster.svg")
    drawing = ElementTree.parse(tmp_path / "poster.svg").getroot()
    assert drawing.attrib["width"] == f"{WIDTH_MM:g}mm"
    texts = [each.text for each in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["Vragen <b>& meer", "t.me/vraagbaak_bot"]


@pytest.mark.parametrize(("name", "line"), [("poster.gif", "x"), ("poster", "x"), ("poster.png", "x" * 61)])
def test_what_cannot_be_drawn_is_named(tmp_path: Path, name: str, line: str) -> None:
    with pytest.raises(PosterError):
        draw_poster(LINK, line, tmp_path / name)


def test_the_command_asks_telegram_for_the_name(run: Run, api: BotApi, tmp_path: Path) -> None:
    out = tmp_path / "poster.svg"
    status, said = run("--topic", "verkeer", "--out", str(out), TELEGRAM_TOKEN=api.token, TELEGRAM_API_URL=api.url)
    assert (status, said.strip()) == (0, f"{out}: https://t.me/{BOT['username']}?start=verkeer")
    assert "Huize Merelweide" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("token", "complaint"),
    [("", "TELEGRAM_TOKEN is empty"), ("geen token", "refuses the token"), ("999:WRONG", "refuses the token")],
)
def test_an_unknown_name_is_explained_with_the_cure(
    run: Run, api: BotApi, tmp_path: Path, token: str, complaint: str
) -> None:
    status, said = run("--out", str(tmp_path / "x.png"), TELEGRAM_TOKEN=token, TELEGRAM_API_URL=api.url)
    assert status == 1
    assert complaint in said
    assert "--bot" in said
    assert not token or token not in said


def test_a_network_that_is_away_is_explained_too(run: Run, tmp_path: Path) -> None:
    status, said = run(
        "--out", str(tmp_path / "x.png"), TELEGRAM_TOKEN="1:a", TELEGRAM_API_URL="http://127.0.0.1:1/bot"
    )
    assert status == 1
    assert "does not answer" in said
    assert "1:a" not in said


def test_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    status, said = run("--bot", "vraagbaak_bot", "--out", str(tmp_path / "nergens" / "x.png"))
    assert status == 1
    assert "nergens" in said
