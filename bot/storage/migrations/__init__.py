"""Alembic migrations, run by `bot.storage.migrate`. A next one: versions/<number>_<what>.py on the latest revision."""
