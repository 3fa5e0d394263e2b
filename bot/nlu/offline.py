"""The trained model in this process, without a server: for `dialoogcoach predict` and for measurements."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from bot.domain.people import Role
from bot.domain.signs import quieted
from bot.domain.understanding import Understanding
from bot.nlu.parsed import understanding_of


class OfflineModel:
    """Understands messages as the Rasa server would: the same archive, the same components."""

    def __init__(self, archive: Path) -> None:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
        warnings.filterwarnings("ignore")
        logging.disable(logging.WARNING)
        # Unless told otherwise structlog, which Rasa logs with, prints to standard output: between our JSON lines.
        structlog.configure(
            wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
            logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        )
        from rasa.core.agent import Agent  # importing TensorFlow takes seconds: not before it is needed

        self._agent: Any = Agent.load(str(archive))
        self._loop = asyncio.new_event_loop()

    def understand(self, text: str, role: Role) -> Understanding:
        """One message said by somebody with this role, read as the channel reads it."""
        from rasa.core.channels.channel import UserMessage

        typed = quieted(text) if role is Role.RESIDENT else text
        message = UserMessage(typed, metadata={"role": role.value})
        return understanding_of(self._loop.run_until_complete(self._agent.processor.parse_message(message)))

    def close(self) -> None:
        """Give the event loop back."""
        self._loop.close()


@contextmanager
def offline_model(archive: Path) -> Iterator[OfflineModel]:
    """Load, use, close."""
    model = OfflineModel(archive)
    try:
        yield model
    finally:
        model.close()
