"""What can be out of reach or full while the site serves, told from faults of ours."""

import errno
import sqlite3
from enum import StrEnum

from limits.errors import StorageError
from sqlalchemy.exc import DBAPIError, OperationalError, PendingRollbackError, TimeoutError

# Primary result codes of SQLite (sqlite.org/rescode.html): busy, locked, read-only, input or output
# failed, cannot open.
_SQLITE_AWAY = frozenset({5, 6, 8, 10, 14})
_SQLITE_FULL = 13
# Beginnings of PostgreSQL's codes (its manual, appendix A): connection lost, read-only, clash that
# came back each time, out of resources, shut down by the operator, input or output failed.
_POSTGRESQL_AWAY = ("08", "25006", "40", "53", "57P", "58")
_POSTGRESQL_FULL = "53100"
# Those that a connection of its own is likely to get past.
_POSTGRESQL_LOST = ("08", "57P")


class Outage(StrEnum):
    """What does not work, as the page about it says it."""

    DATABASE = "database"
    # The connection went while a transaction was being committed: it may have been or not.
    IN_DOUBT = "in doubt"
    FULL = "full"
    COUNTER = "counter"


def outage_of(error: BaseException) -> Outage | None:
    """Return what was out of reach or full, or None for everything else that can go wrong."""
    if isinstance(error, StorageError):
        return Outage.COUNTER
    if isinstance(error, DBAPIError):
        return _of_database(error)
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if isinstance(error, TimeoutError | PendingRollbackError):
        return Outage.DATABASE
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Outage.FULL
    return None


def _of_database(error: DBAPIError) -> Outage | None:
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig)
    if in_doubt(error):
        return Outage.IN_DOUBT
    state = _state(error)
    if state == _POSTGRESQL_FULL:
        return Outage.FULL
    return Outage.DATABASE if lost(error) or state.startswith(_POSTGRESQL_AWAY) else None


def _of_sqlite(error: sqlite3.Error) -> Outage | None:
    # Extended codes carry the primary one in their lowest byte; errors of the driver itself have none.
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if primary == _SQLITE_FULL:
        return Outage.FULL
    return Outage.DATABASE if primary in _SQLITE_AWAY else None


def lost(error: BaseException) -> bool:
    """Say whether the connection to PostgreSQL was lost or refused."""
    if not isinstance(error, DBAPIError) or hasattr(error.orig, "sqlite_errorcode"):
        return False
    silent = isinstance(error, OperationalError) and not _state(error)
    return error.connection_invalidated or silent or _state(error).startswith(_POSTGRESQL_LOST)


def in_doubt(error: BaseException) -> bool:
    """Say whether the connection was lost during a commit, without a word about its outcome.

    To try that again could do it twice.
    """
    return (
        isinstance(error, DBAPIError)
        and error.connection_invalidated
        and error.statement is None
        and not _state(error)
    )


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")
