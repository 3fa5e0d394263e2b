"""Trains the model when, and only when, something it is made of has changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.settings import Settings

ROOT: Final = Path(__file__).resolve().parent.parent
MADE_OF: Final = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "bot/content/guide/*.yml",
    "bot/content/training/emotion.yml",
    "bot/content/training/faq/*/queries.jsonl",
    "bot/nlu/*.py",
    "bot/domain/clauses.py",
    "requirements.txt",
)
NOT_IN_IT: Final = (
    "train_matching.py",
    "offline.py",
    "parsed.py",
    "shared_embedder.py",
    "project_importer.py",
    "phrasing.py",
    "ship_vectors.py",
    "other_readings.py",
)
"""Modules of bot/nlu that use the model or serve it, and leave what is in it alone."""
QUIET: Final = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONWARNINGS": "ignore",
    # Rasa keeps parts of earlier trainings and trips over one that was cut short. Ours is kept whole, by fingerprint.
    "RASA_MAX_CACHE_SIZE": "0",
    # After each product of matrices numpy's helper threads wait at full speed for the next: they would keep the other
    # processor from the action server. Ours are small, and quicker on one thread.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
"""Environment for everything that imports Rasa."""


class TrainingFailed(Exception):
    """Rasa could not train; the message says where to read why."""


def fingerprint(settings: Settings) -> str:
    """A hash over all that the model is made of."""
    digest = hashlib.sha256(settings.embedder.encode())
    for path in _sources():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for pattern in MADE_OF:
        yield from sorted(each for each in ROOT.glob(pattern) if each.is_file() and each.name not in NOT_IN_IT)


def model_path(settings: Settings) -> Path:
    """Where the model of the present sources is, or would be."""
    return settings.model_dir / f"dialoogcoach-{fingerprint(settings)}.tar.gz"


def train(settings: Settings, log: Path) -> Path:
    """Train and return the model's path. Rasa's own words go to `log`. Raises TrainingFailed."""
    path = model_path(settings)
    settings.model_dir.mkdir(parents=True, exist_ok=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "rasa", "train", "--out", str(settings.model_dir), "--fixed-model-name", "new"]
    command.append("--skip-validation")  # `make check` validates; it takes as long as training
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **QUIET}, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    fresh = settings.model_dir / "new.tar.gz"
    if done.returncode or not fresh.exists():
        raise TrainingFailed(f"Training stopped with status {done.returncode}. Read {log} for the reason.")
    fresh.replace(path)
    return path
