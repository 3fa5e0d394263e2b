"""It stays a normal Rasa project: `rasa test` plays the conversations in tests/conversations with the trained model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import read_settings
from bot.training import QUIET, ROOT, model_path

MODEL = model_path(read_settings())


@pytest.mark.skipif(not MODEL.exists(), reason="no trained model: run 'make train'")
def test_rasa_plays_every_conversation_without_a_wrong_prediction(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rasa", "test", "core", "--model", str(MODEL), "--stories", "tests/conversations"]
    command += ["--out", str(tmp_path), "--endpoints", os.devnull, "--fail-on-prediction-errors"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    failed = (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8")
    assert "None of the test stories failed" in failed
