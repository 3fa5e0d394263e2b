"""Material that nothing is trained on, by voice and by municipality; `python -m tests.heldout` measures on it."""
