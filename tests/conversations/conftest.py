"""The assistant, loaded once for all talks, and residents who have not talked with it before."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterator

import pytest

from actions.shared import parts
from bot.bootstrap import now_utc
from bot.settings import PREFIX, read_settings
from bot.storage.first_answers import load_first_answers
from bot.storage.migrate import upgrade
from bot.training import model_path
from tests.conversations.assistant import Assistant, Resident


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The trained model with the example municipality's answers, in a store of its own."""
    model = model_path(read_settings())
    if not model.exists():
        pytest.skip("no trained model: run 'make train'")
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patched.delenv(name)
        patched.setenv(f"{PREFIX}VAR_DIR", str(tmp_path_factory.mktemp("var")))
        parts.cache_clear()
        upgrade(parts().settings.database_url)
        load_first_answers(parts().store, parts().settings.municipality_dir, now_utc())
        loaded = Assistant(model)
        yield loaded
        loaded.close()
        parts().store.close()
        parts.cache_clear()


@pytest.fixture
def meet(assistant: Assistant, request: pytest.FixtureRequest) -> Callable[[], Resident]:
    """Somebody new at each call, always under the same names: which wording comes is no matter of luck."""
    numbers = itertools.count(1)
    base = re.sub(r"[^A-Za-z0-9_-]", "-", request.node.name)[-58:]
    return lambda: Resident(assistant, f"{base}-{next(numbers)}")


@pytest.fixture
def resident(meet: Callable[[], Resident]) -> Resident:
    """Somebody who has not said anything yet."""
    return meet()
