"""Askers who want to be called or mailed back: a task for a person at the desk. Nothing is sent by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.domain.questions import Question

MAX_NAME_CHARS = 80
_EMAIL = re.compile(r"[^\s@<>,;:\"()]{1,64}@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"()]{2,}")


class ReplyMeans(str, Enum):
    """How."""

    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True)
class ReplyWish:
    """address: an e-mail address or telephone number; '' once it was used. name: whom to ask for. Datetimes: UTC."""

    id: int
    question: Question
    means: ReplyMeans
    address: str
    name: str
    created_at: datetime
    done_at: datetime | None = None
    done_by: int | None = None


def address_problem(means: ReplyMeans, address: str) -> str:
    """Why nobody can be reached there, as a Dutch sentence; '' when they can."""
    if means is ReplyMeans.EMAIL:
        ok = len(address) <= 254 and _EMAIL.fullmatch(address) is not None
        return "" if ok else "Dit is geen e-mailadres. Het ziet eruit als naam@voorbeeld.nl."
    digits = sum(each.isdigit() for each in address)
    ok = 8 <= digits <= 15 and re.fullmatch(r"[+()\d .\-/]+", address) is not None
    return "" if ok else "Dit is geen telefoonnummer. Het heeft 10 cijfers, zoals 06 12 34 56 78."
