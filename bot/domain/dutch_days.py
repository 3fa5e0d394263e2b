"""Which day it is for people in the Netherlands: moments are kept in UTC, and a day begins an hour or two earlier."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


def local(moment: datetime) -> datetime:
    """An aware moment on the Dutch clock."""
    return moment.astimezone(AMSTERDAM)


def local_day(moment: datetime) -> date:
    """The day on which an aware moment falls in the Netherlands: 23.30 UTC on 31 May is 1 June."""
    return local(moment).date()
