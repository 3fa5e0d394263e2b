"""The two pipelines that are compared. All either of them writes stays in its own folder under var/bench."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import yaml

from bot.bootstrap import now_utc
from bot.domain.faq_csv import decode_csv, parse_faq_csv
from bot.services.answers import import_entries
from bot.settings import PREFIX, Settings, read_settings
from bot.storage.migrate import upgrade
from bot.storage.store import SqlStore
from bot.training import QUIET, ROOT

BENCH: Final = ROOT / "var" / "bench"


@dataclass(frozen=True)
class Side:
    """A pipeline with its folder. epochs: of every neural model in it; None when it has none."""

    name: str
    epochs: int | None = None

    @property
    def folder(self) -> Path:
        """Everything this side writes."""
        return BENCH / self.name

    @property
    def config(self) -> Path:
        """Its pipeline and policies."""
        return self.folder / "config.yml"

    @property
    def model(self) -> Path:
        """Its trained model."""
        return self.folder / "models" / "model.tar.gz"

    @property
    def data(self) -> tuple[Path, ...]:
        """What it is trained on: the project's own data, and for stock `stories`."""
        return (ROOT / "data",) if self.epochs is None else (ROOT / "data", self.folder / "stories")

    @property
    def endpoints(self) -> Path:
        """Where Rasa finds the action server and the tracker store."""
        return self.folder / "endpoints.yml"

    @property
    def settings(self) -> Settings:
        """The project's settings as this side's processes read them."""
        return read_settings({PREFIX + "VAR_DIR": str(self.folder / "var")}, ROOT)

    @property
    def environment(self) -> dict[str, str]:
        """For its processes: nothing of the real var/, and none of the caller's own DIALOOGCOACH_ settings."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return {
            **inherited,
            **QUIET,
            PREFIX + "VAR_DIR": str(self.folder / "var"),
            "RASA_CACHE_DIRECTORY": str(self.folder / "rasa-cache"),
            "SANIC_HOST": "127.0.0.1",  # rasa_sdk listens on all addresses unless told otherwise
        }

    def log(self, name: str) -> Path:
        """Where the words of one of its processes go."""
        return self.folder / f"{name}.log"


OURS: Final = Side("ours")


def stock(epochs: int) -> Side:
    """The pipeline of `rasa init`. epochs: instead of its default 100."""
    return Side("stock", epochs)


def stock_config(ours: Mapping[str, Any], epochs: int) -> dict[str, Any]:
    """Rasa's own default pipeline and policies, read from the installed package, on this project's data.

    The language and the importers are ours: without the importer the guide's titles would be missing as responses.
    """
    package = find_spec("rasa")
    assert package is not None
    assert package.submodule_search_locations is not None
    folder = Path(package.submodule_search_locations[0]) / "engine" / "recipes" / "config_files"
    config: dict[str, Any] = yaml.safe_load((folder / "default_config.yml").read_text(encoding="utf-8"))
    for part in (*config["pipeline"], *config["policies"]):
        if "epochs" in part:
            part["epochs"] = epochs
    kept = {"language": ours["language"], "importers": ours["importers"], "assistant_id": "dialoogcoach-bench-stock"}
    return {**config, **kept}


def stories(tested: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Conversation tests as training stories: what was said in them goes, how it is understood stays.

    data/ holds rules only, and without stories the stock pipeline's TED and UnexpecTED policies learn nothing and do
    nothing: that would be no `rasa init` project. With the words left in, Rasa would train on those as well.
    """
    return [
        {
            "story": each["story"],
            "steps": [{name: value for name, value in step.items() if name != "user"} for step in each["steps"]],
        }
        for each in tested
        if all("intent" in step or "user" not in step for step in each["steps"])
    ]


def _write_stories(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "tests" / "conversations").glob("test_*.yml")):
        tested = yaml.safe_load(path.read_text(encoding="utf-8"))["stories"]
        content = {"version": "3.1", "stories": stories(tested)}
        # Rasa would take a name that begins with 'test_' for a test.
        name = path.name.removeprefix("test_")
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def prepare(side: Side, keep_model: bool, with_stories: bool = True) -> None:
    """Give the side a clean folder: its configuration and a fresh database with the example municipality.

    keep_model: leave the trained model and the caches of an earlier run. with_stories: see `stories`; for stock only.
    """
    settings = side.settings
    kept = (side.model.parent, settings.var_dir / "cache") if keep_model else ()
    _clear(side.folder, kept)
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    ours = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    config = ours if side.epochs is None else stock_config(ours, side.epochs)
    side.config.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for folder in side.data[1:]:
        folder.mkdir()
        if with_stories:
            _write_stories(folder)
    upgrade(settings.database_url)
    rows = parse_faq_csv(decode_csv((settings.municipality_dir / "faq.csv").read_bytes()))
    store = SqlStore(settings.database_url)
    import_entries(store, rows, now=now_utc())
    store.close()


def _clear(folder: Path, kept: Collection[Path]) -> None:
    """Remove everything in a folder but what is kept, at any depth."""
    for each in folder.iterdir() if folder.exists() else ():
        if each in kept:
            continue
        if any(path.is_relative_to(each) for path in kept):
            _clear(each, kept)
        elif each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()


def write_endpoints(side: Side, actions_port: int) -> None:
    """As `make run` writes them; stock keeps its conversations in Rasa's own store, words and all."""
    endpoints = {
        "action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook", "enable_selective_domain": True},
        "tracker_store": {
            "type": "SQL" if side.epochs else "bot.channels.tracker_store.WordlessTrackerStore",
            "dialect": "sqlite",
            "db": str(side.settings.var_dir / "conversations.db"),
        },
    }
    side.endpoints.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
