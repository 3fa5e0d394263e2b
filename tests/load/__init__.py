"""Plays residents through a Bot API on loopback while a colleague works at the desk; see `python -m tests.load -h`."""
