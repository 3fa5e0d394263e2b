"""A database that is away, in words that say where it was sought and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc
from sqlalchemy.engine.url import URL

from bot.services.ports import StoreUnavailable

MIGRATE = "its tables are missing or older than this program: run `dialoogcoach migrate`"
CURES = {
    "no such table": MIGRATE,
    "no such column": MIGRATE,
    "undefinedtable": MIGRATE,
    "undefinedcolumn": MIGRATE,
    "locked": "another process keeps it locked: look for one that hangs, and stop it",
    "unable to open": "check that the folder exists and that this user may write in it",
    "readonly": "give this user the right to write the file and its folder",
    "disk": "free some disk space",
    "malformed": "the file is damaged: put back the latest copy",
    "not a database": "the file is something else: correct DIALOOGCOACH_DATABASE_URL",
    "authentication": "correct the user or password in DIALOOGCOACH_DATABASE_URL",
    "does not exist": "create the database, or correct its name in DIALOOGCOACH_DATABASE_URL",
    "too many": "too many connections: raise max_connections of PostgreSQL, or start fewer processes",
}
AWAY = "start it, or correct its address in DIALOOGCOACH_DATABASE_URL"


@contextmanager
def translated(address: URL) -> Iterator[None]:
    """Turn 'the database cannot be used' into StoreUnavailable; a mistake in a statement stays what it is."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        raise unavailable(address, error) from error
    except exc.ProgrammingError as error:
        if type(error.orig).__name__.lower() not in CURES:
            raise
        raise unavailable(address, error) from error
    except exc.DatabaseError as error:
        # The class itself is SQLite's for a file that is no database; the flag means that the server went away.
        if not error.connection_invalidated and type(error) is not exc.DatabaseError:
            raise
        raise unavailable(address, error) from error


def unavailable(address: URL, error: Exception) -> StoreUnavailable:
    """The error for the operator."""
    reason = " ".join(str(getattr(error, "orig", None) or error).split())
    kind = type(getattr(error, "orig", None)).__name__.lower()
    cure = next((cure for sign, cure in CURES.items() if sign in f"{kind} {reason.lower()}"), AWAY)
    where = address.render_as_string(hide_password=True)
    return StoreUnavailable(f"The database at {where} cannot be used ({reason}). What to do: {cure}.")
