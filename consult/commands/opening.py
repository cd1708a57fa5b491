"""Opening a site from its ini file, for commands."""

import argparse
import configparser
from collections.abc import Iterator
from contextlib import contextmanager
from logging.config import fileConfig
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from consult import main
from consult.commands.occupying import occupy
from consult.commands.refusal import CommandRefused
from consult.db import make_engine, session_scope
from consult.layout.headers import Outermost
from consult.settings import SettingRefused, Settings, read_settings

Ini = configparser.ConfigParser

NOT_MIGRATED = "The database has no tables yet; run: consult -c INI migrate"


def read_ini(arguments: argparse.Namespace, **overrides: str) -> Ini:
    """Read the ini file that ``-c`` names; `overrides` go to its [DEFAULT] section."""
    path = Path(arguments.ini)
    if not path.is_file():
        raise CommandRefused(f"There is no settings file {path}; name one with -c.")
    ini = Ini(defaults={"here": str(path.parent.absolute())})
    ini.optionxform = str  # type: ignore[assignment, method-assign]
    try:
        ini.read(path, encoding="utf-8")
        ini["DEFAULT"].update(overrides)
        if "app:main" not in ini:
            raise CommandRefused(f"{path} has no section [app:main].")
        dict(ini["app:main"])
    except (configparser.Error, UnicodeDecodeError) as error:
        raise CommandRefused(f"{path} cannot be read: {error}".replace("\n", " ")) from None
    if "loggers" in ini:
        fileConfig(ini, disable_existing_loggers=False)
    return ini


def settings_of(ini: Ini) -> Settings:
    """Return the site's settings, checked."""
    try:
        return read_settings(dict(ini["app:main"]))
    except SettingRefused as refusal:
        raise CommandRefused(f"{refusal}.") from None


def open_site(ini: Ini) -> Outermost:
    """Return the application, its database migrated at some time; no restore can begin then."""
    settings = settings_of(ini)
    occupy(settings)
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        raise CommandRefused(NOT_MIGRATED)
    engine = make_engine(settings.database)
    try:
        missing = not inspect(engine).has_table("alembic_version")
    except OperationalError as error:
        raise CommandRefused(f"The database cannot be reached: {error.orig}".strip()) from None
    finally:
        engine.dispose()
    if missing:
        raise CommandRefused(NOT_MIGRATED)
    return main({}, **dict(ini["app:main"]))


@contextmanager
def site_session(arguments: argparse.Namespace) -> Iterator[Session]:
    """Give a session for writing on the site of the ini file; commit at the end."""
    app = open_site(read_ini(arguments))
    with session_scope(app.registry["sessions"]) as session:
        yield session
