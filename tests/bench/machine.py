"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from bot.training import ROOT


def phrasings() -> int:
    """How many examples the NLU data holds."""
    found = 0
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", ()):
            found += sum(line.lstrip().startswith("- ") for line in item.get("examples", "").splitlines())
    return found


def load_average() -> str:
    """How busy the machine was in the last minute, beside what it can do."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def describe() -> dict[str, Any]:
    """The machine, the versions and the data."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines(Path("/proc/cpuinfo")) if line.startswith("model name")), ""
    )
    return {
        "date": datetime.now().astimezone().isoformat(timespec="minutes"),
        "processor": model or platform.machine(),
        "versions": f"Rasa {version('rasa')}, Python {platform.python_version()}",
        "training data": f"{phrasings()} phrasings",
        "load before": load_average(),
    }


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
