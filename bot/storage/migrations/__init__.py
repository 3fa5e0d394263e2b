"""Alembic migrations, run by `bot.storage.migrate`. A next one: versions/0002_<what>.py with down_revision '0001'."""
