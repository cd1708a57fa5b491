"""`consult migrate`: bring the database to the newest shape."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from consult.commands.occupying import occupy
from consult.commands.opening import read_ini, settings_of
from consult.commands.refusal import CommandRefused
from consult.db import make_engine
from consult.private import make_private
from consult.shipped import shipped


def migration_config(connection: Connection) -> Config:
    """Return Alembic's configuration for migrations run on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    # SQLite changes a table by making it anew, and dropping the old one would delete the rows that
    # refer to it; so the keys sleep during a migration and are all checked after it.
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(
                f"after migrating, rows of {broken[0][0]} refer to rows that are gone"
            )
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def migrate(engine: Engine) -> None:
    """Run every migration that the database has not seen."""
    _with_connection(engine, lambda config: command.upgrade(config, "head"))


def _with_connection(engine: Engine, act: Callable[[Config], None]) -> None:
    with engine.connect() as connection, _foreign_keys_off(connection):
        act(migration_config(connection))
        connection.commit()


def configure(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate the database of the ini file."""
    settings = settings_of(read_ini(arguments))
    occupy(settings)
    make_private(settings)
    engine = make_engine(settings.database)
    try:
        migrate(engine)
    except OperationalError as error:
        raise CommandRefused(f"The database cannot be reached: {error.orig}".strip()) from None
    finally:
        engine.dispose()
    return 0
