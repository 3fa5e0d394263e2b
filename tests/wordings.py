"""Recognises what a resident reads by its kind, whichever of the wordings in resident.yml came.

Which one comes follows from the conversation and the turn, and anybody may reword one tomorrow: a test that looks for
a word of its own may find it in one wording and not in the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from bot.storage.municipality import load_municipality
from bot.storage.wording import load_wording

EXAMPLE: Final = Path(__file__).resolve().parents[1] / "bot" / "content" / "municipality"
_HOLE: Final = re.compile(r"\\\{\w+\\\}")


@lru_cache(maxsize=1)
def wordings() -> Mapping[str, Sequence[str]]:
    """All sentences, by kind."""
    return load_wording(load_municipality(EXAMPLE)).variants


def worded(kind: str, text: str) -> bool:
    """Whether a sentence of this kind stands in the text, filled in with anything."""
    return any(re.search(_HOLE.sub("(.+?)", re.escape(each)), text, re.DOTALL) for each in wordings()[kind])
