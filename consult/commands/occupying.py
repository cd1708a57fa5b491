"""Who is at work on a site: what uses it shares a lock, and a restore has to have it alone.

The lock lies in the data folder and belongs to the process: it ends with it, however it ends. The
machines that share a database on PostgreSQL see each other by a lock there, which each of their
connections holds (consult.db).
"""

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from consult.commands.refusal import CommandRefused
from consult.db import IN_USE
from consult.settings import Settings
from consult.shipped import INSTALLED, usual_data

FILE = "consult.in-use"
# A server that has just ended may still be saying goodbye to its database.
PATIENCE = 3.0
IN_PLACE = "A backup is being put in place; try again when that has ended."
OCCUPIED = (
    "The site is in use; stop every `consult serve` and `consult worker` of it, "
    "on all its machines, and then restore."
)

_held: list[int] = []  # shared locks, kept until the process ends


def occupy(settings: Settings) -> None:
    """Share the site with others until this process ends.

    Raises CommandRefused while a backup is being put in place.
    """
    new = INSTALLED and settings.data == usual_data() and not settings.data.exists()
    for path in _locks(settings):
        descriptor = _locked(path, fcntl.LOCK_SH)
        if descriptor is None:
            raise CommandRefused(IN_PLACE)
        _held.append(descriptor)
    if new:
        # It depends on where the command was called, which should surprise nobody.
        print(f"Made {settings.data} for everything that the site writes.", file=sys.stderr)


@contextmanager
def alone(settings: Settings) -> Iterator[Connection | None]:
    """Have the site to oneself; give the connection that holds PostgreSQL's lock, if there is one.

    Raises CommandRefused while anything else is at work on the site.
    """
    descriptors = []
    try:
        for path in _locks(settings):
            descriptor = _locked(path, fcntl.LOCK_EX)
            if descriptor is None:
                raise CommandRefused(OCCUPIED)
            descriptors.append(descriptor)
        with _database_alone(settings) as connection:
            yield connection
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _locks(settings: Settings) -> list[Path]:
    folders = [settings.data]
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        # A database elsewhere may be another site's too, whose data folder is another one.
        folders.append(Path(url.database).absolute().parent)
    return [folder / FILE for folder in dict.fromkeys(folders)]


def _locked(path: Path, kind: int) -> int | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CommandRefused(f"{path.parent} cannot be written to: {error.strerror}.") from None
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def _database_alone(settings: Settings) -> Iterator[Connection | None]:
    if make_url(settings.database).get_backend_name() != "postgresql":
        yield None
        return
    engine = create_engine(settings.database, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        connection = engine.connect()
    except OperationalError as error:
        raise CommandRefused(f"The database cannot be reached: {error.orig}".strip()) from None
    with connection:
        until = time.monotonic() + PATIENCE
        while not connection.scalar(select(func.pg_try_advisory_lock(IN_USE))):
            if time.monotonic() > until:
                raise CommandRefused(OCCUPIED)
            time.sleep(0.1)
        yield connection
