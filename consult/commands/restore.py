"""`consult restore DIR`: put a backup in place. The site must be stopped."""

import argparse
import json
import shutil
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from consult.commands.backup import KEPT, MANIFEST, POSTGRESQL, SQLITE, call, digests, libpq
from consult.commands.opening import read_ini, settings_of
from consult.commands.refusal import CommandRefused
from consult.consultations.models import Consultation
from consult.db import make_engine
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
    _check(folder)
    if not arguments.replace and _in_use(settings):
        raise CommandRefused(
            "The site has consultations, which the backup would replace; "
            "stop the site and say --replace if you mean it."
        )
    settings.data.mkdir(parents=True, exist_ok=True)
    _put_database(settings, folder)
    for name in KEPT:
        source, target = folder / name, settings.data / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.exists():
            shutil.copy2(source, target)
    # The index is of another state of the database now; the worker makes a new one.
    shutil.rmtree(settings.data / "index", ignore_errors=True)
    print("The backup is in place; start the site, and the search index is built anew.")
    return 0


def _check(folder: Path) -> None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CommandRefused(f"{folder} holds no backup, or one without its manifest.") from None
    found = digests(folder)
    wrong = sorted(name for name, digest in manifest["files"].items() if found.get(name) != digest)
    if wrong:
        raise CommandRefused(f"The backup is damaged: {wrong[0]} is not what was backed up.")


def _in_use(settings: Settings) -> bool:
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return False
    engine = make_engine(settings.database)
    try:
        if not inspect(engine).has_table(Consultation.__tablename__):
            return False
        with Session(engine) as session:
            return session.scalar(select(Consultation.id).limit(1)) is not None
    finally:
        engine.dispose()


def _put_database(settings: Settings, folder: Path) -> None:
    url = make_url(settings.database)
    kind = POSTGRESQL if url.get_backend_name() == "postgresql" else SQLITE
    if not (folder / kind).exists():
        raise CommandRefused("The backup is of the other kind of database than the settings name.")
    if kind == POSTGRESQL:
        options = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
        call(["pg_restore", *options, f"--dbname={libpq(url)}", str(folder / kind)])
        return
    target = Path(str(url.database))
    beside = target.with_name(target.name + ".restored")
    shutil.copy2(folder / kind, beside)
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    beside.rename(target)
