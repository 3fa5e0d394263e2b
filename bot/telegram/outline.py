"""An error without its words, for the log: messages of errors may hold what a resident wrote."""

from __future__ import annotations

import traceback
from pathlib import Path


def outline(error: BaseException) -> str:
    """The kind of error and the way to it, such as 'KeyError (handling.py:80, assistant.py:31)'."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} ({', '.join(f'{Path(frame.filename).name}:{frame.lineno}' for frame in frames)})"
