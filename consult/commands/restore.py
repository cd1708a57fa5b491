"""`consult restore DIR`: put a backup in place. The site must be stopped."""

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select
from sqlalchemy.engine import make_url

from consult.commands.backup import KEPT, MANIFEST, POSTGRESQL, SQLITE, call, digests
from consult.commands.occupying import alone
from consult.commands.opening import read_ini, settings_of
from consult.commands.refusal import CommandRefused
from consult.consultations.models import Consultation
from consult.db import make_engine
from consult.private import make_private
from consult.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="what `consult backup` wrote")
    parser.add_argument(
        "--replace", action="store_true", help="even where the site has consultations already"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check the backup, then put database and files where the ini file says."""
    settings = settings_of(read_ini(arguments))
    folder: Path = arguments.folder
    _check(folder, _kind(settings))
    with alone(settings) as connection:
        if not arguments.replace and _in_use(settings, connection):
            raise CommandRefused(
                "The site has consultations, which the backup would replace; "
                "say --replace if you mean it."
            )
        _put_database(settings, folder)
        for name in KEPT:
            source, target = folder / name, settings.data / name
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            elif source.exists():
                shutil.copy2(source, target)
        make_private(settings)
        # The index is of another state of the database now; the worker makes a new one.
        shutil.rmtree(settings.data / "index", ignore_errors=True)
    print("The backup is in place; start the site, and the search index is built anew.")
    return 0


def _kind(settings: Settings) -> str:
    backend = make_url(settings.database).get_backend_name()
    return POSTGRESQL if backend == "postgresql" else SQLITE


def _check(folder: Path, kind: str) -> None:
    """Raise CommandRefused unless the folder holds what its manifest names, all of it and no more."""
    named = _named(folder)
    found = digests(folder)
    wrong = sorted(name for name, digest in named.items() if found.get(name) != digest)
    if wrong:
        raise CommandRefused(f"The backup is damaged: {wrong[0]} is not what was backed up.")
    foreign = sorted(found.keys() - named.keys())
    if foreign:
        raise CommandRefused(f"The backup is damaged: {foreign[0]} was not backed up.")
    if kind not in named:
        raise CommandRefused("The backup is of the other kind of database than the settings name.")


def _named(folder: Path) -> dict[str, str]:
    """Return the digests of the files that the backup's manifest names, by their paths."""
    try:
        manifest: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CommandRefused(f"{folder} holds no backup, or one without its manifest.") from None
    files = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(files, dict) or not {SQLITE, POSTGRESQL} & files.keys():
        raise CommandRefused(f"The backup is damaged: its {MANIFEST} names no database.")
    return files


def _in_use(settings: Settings, connection: Connection | None) -> bool:
    if connection is not None:
        return _has_consultations(connection)
    if not Path(str(make_url(settings.database).database)).exists():
        return False
    engine = make_engine(settings.database)
    try:
        with engine.connect() as own:
            return _has_consultations(own)
    finally:
        engine.dispose()


def _has_consultations(connection: Connection) -> bool:
    if not inspect(connection).has_table(Consultation.__tablename__):
        return False
    return connection.scalar(select(Consultation.id).limit(1)) is not None


def _put_database(settings: Settings, folder: Path) -> None:
    url = make_url(settings.database)
    if _kind(settings) == POSTGRESQL:
        options = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
        call(["pg_restore", *options, str(folder / POSTGRESQL)], url)
        return
    target = Path(str(url.database))
    beside = target.with_name(target.name + ".restored")
    # A file of this process's making, which others cannot read while it is being copied.
    shutil.copyfile(folder / SQLITE, beside)
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    beside.rename(target)
