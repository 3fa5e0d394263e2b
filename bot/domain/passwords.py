"""What a password must be: long and not to be guessed from the account. No rules about signs and capitals: those make
people write 'Welkom01!' (NIST SP 800-63B says so too)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

MIN_CHARS: Final = 12
MAX_CHARS: Final = 200
"""Nobody types more; a limit keeps hashing cheap."""
MIN_DIFFERENT: Final = 6
MIN_WORD: Final = 4
"""Letters from which a word of the account counts as guessable."""
COMMON: Final = (
    "wachtwoord", "password", "welkom", "gemeente", "dialoogcoach", "geheim", "qwerty", "azerty", "abcdef", "123456",
    "letmein", "admin", "zomer", "winter", "lente", "herfst", "voetbal", "hallo",
)  # fmt: skip
"""Words that guessing begins with. A password may hold one, if enough is left beside it."""


def password_problem(password: str, known: Iterable[str] = ()) -> str:
    """Why this password cannot be used, as a Dutch sentence; '' when it can. known: name, e-mail, municipality."""
    if len(password) < MIN_CHARS:
        return f"Kies een wachtwoord van ten minste {MIN_CHARS} tekens. Een zin van vier woorden werkt goed."
    if len(password) > MAX_CHARS:
        return f"Kies een wachtwoord van hoogstens {MAX_CHARS} tekens."
    if len(set(password.casefold())) < MIN_DIFFERENT:
        return "Dit wachtwoord heeft te weinig verschillende tekens. Een zin van vier woorden werkt goed."
    if len(_beside(password, known)) < MIN_CHARS - MIN_WORD:
        return (
            "Dit wachtwoord is te makkelijk te raden: het bestaat vooral uit je naam, de gemeente of een woord dat veel "
            "mensen kiezen. Een zin van vier woorden werkt goed."
        )
    return ""


def _beside(password: str, known: Iterable[str]) -> str:
    """What is left of it without the words that somebody would try first, and without digits in a row."""
    words = {word for text in known for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) >= MIN_WORD}
    left = password.casefold()
    for word in sorted({*words, *COMMON}, key=len, reverse=True):
        left = left.replace(word, "")
    return re.sub(r"\d{4,}", "", left)
