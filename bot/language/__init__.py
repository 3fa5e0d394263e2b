"""What understands Dutch without Rasa: the sentence embedder, behind a small port."""
