"""Finds which of a municipality's own answers belongs to what a resident asks. Standard library and numpy only."""
