"""Long answers in parts that Telegram takes."""

from __future__ import annotations

import pytest

from bot.domain.outgoing import Message
from bot.domain.replies import Button
from bot.telegram.splitting import split_message, split_text, units

TEXTS = [
    "Kort.",
    "Een zin. " * 40,
    "woord " * 70,
    "x" * 250,
    "👨‍👩‍👧🙂" * 60,
    "Een alinea van een zin of twee. Meer niet.\n\n" * 9,
    "- punt een\n- punt twee\n" * 15,
    "“Gaat het door?” Dat is de vraag… " * 12,
]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12].encode("unicode_escape").decode())
@pytest.mark.parametrize("limit", [2, 40, 101])
def test_every_part_fits_and_no_sign_is_lost(text: str, limit: int) -> None:
    parts = list(split_text(text, limit))
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Een. Twee is lang. Drie.", ["Een. Twee is lang.", "Drie."]),
        ("Eerste alinea.\n\nTweede alinea.", ["Eerste alinea.", "Tweede alinea."]),
        ("Zonder punten maar met spaties", ["Zonder punten maar", "met spaties"]),
        ("Precies twintig ja ja.", ["Precies twintig ja", "ja."]),
        ("Vol tot aan de rand. En dan verder.", ["Vol tot aan de rand.", "En dan verder."]),
    ],
)
def test_a_cut_falls_where_it_is_least_in_the_way(text: str, parts: list[str]) -> None:
    assert list(split_text(text, 20)) == parts


@pytest.mark.parametrize(("text", "length"), [("abc", 3), ("é…’", 3), ("🙂", 2), ("a🙂b", 4)])
def test_length_is_counted_as_telegram_does(text: str, length: int) -> None:
    assert units(text) == length == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    "sign", ["👨\u200d👩\u200d👧", "👍🏽", "🇳🇱", "e\u0301\u0302", "❤\ufe0f", "1\ufe0f\u20e3"], ids=ascii
)
@pytest.mark.parametrize("limit", [17, 18, 41, 43])
def test_what_is_seen_as_one_sign_is_not_cut(sign: str, limit: int) -> None:
    parts = list(split_text(sign * 60, limit))
    assert len(parts) > 2
    assert all(part == sign * (len(part) // len(sign)) for part in parts)


def test_an_address_is_not_cut() -> None:
    link = "https://www.example.nl/" + "merelweide/" * 20
    parts = list(split_text(f"Lees meer op deze pagina: {link} " * 3, 300))
    assert sum(part.count(link.rstrip()) for part in parts) == 3


def test_the_buttons_go_with_the_last_part() -> None:
    buttons = (Button("Ja", "/answer_helped"),)
    parts = split_message(Message("Een zin. " * 10, buttons), 30)
    assert [part.buttons for part in parts] == [()] * (len(parts) - 1) + [buttons]


def test_a_text_of_spaces_gives_no_part() -> None:
    assert split_message(Message(" \n ")) == ()
