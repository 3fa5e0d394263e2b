"""Which passwords will do."""

from __future__ import annotations

import pytest

from bot.domain.passwords import password_problem

KNOWN = ("Fatima de Boer", "f.deboer@oudervaart.example", "Oudervaart")


@pytest.mark.parametrize(
    "password",
    ["vier koeien op stal", "correct-horse-battery", "T7#kQp!x9Lm2", "mijn fiets is stuk", "überraschungsei op zondag"],
)
def test_long_and_not_to_be_guessed_will_do(password: str) -> None:
    assert password_problem(password, KNOWN) == ""


@pytest.mark.parametrize(
    "password",
    [
        "", "koeien", "Welkom01!", "Welkom012345!", "wachtwoord123", "Oudervaart2026", "oudervaart2026!", "Fatima123456",
        "abababababab", "111111111111", "123456789012", "gemeentegemeente", "qwertyqwerty12", "WachtWoord!!1",
    ],
)  # fmt: skip
def test_what_somebody_would_try_first_will_not(password: str) -> None:
    assert password_problem(password, KNOWN) != ""
