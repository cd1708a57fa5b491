"""`consult backup DIR`: copy database and files to a folder, while the site runs."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from consult import clock
from consult.commands.occupying import occupy
from consult.commands.opening import read_ini, settings_of
from consult.commands.refusal import CommandRefused
from consult.db import make_engine
from consult.private import tighten
from consult.settings import Settings

MANIFEST = "manifest.json"
SQLITE, POSTGRESQL = "consult.sqlite", "consult.dump"
# What the site cannot make again. The search index can; letters have been sent.
KEPT = ("uploads", "images", "secret")
# Files that an import is writing just now have names of their own until they are whole.
HALF_WRITTEN = shutil.ignore_patterns("tmp*")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")


def run(arguments: argparse.Namespace) -> int:
    """Write the backup; the folder appears only once all of it is there."""
    settings = settings_of(read_ini(arguments))
    occupy(settings)
    folder: Path = arguments.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandRefused(f"{folder} is not empty; name a new folder for the backup.")
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        n = _fill(settings, unfinished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    if folder.exists():
        folder.rmdir()
    unfinished.rename(folder)
    print(f"{n} files are backed up to {folder}")
    return 0


def _fill(settings: Settings, unfinished: Path) -> int:
    """Copy everything into a folder; return the number of files."""
    _copy_database(settings, unfinished)
    for name in KEPT:
        source = settings.data / name
        if source.is_dir():
            shutil.copytree(source, unfinished / name, ignore=HALF_WRITTEN)
        elif source.exists():
            shutil.copy2(source, unfinished / name)
    files = digests(unfinished)
    manifest = {"made_at": clock.now().isoformat(), "files": files}
    (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    # Copies are as readable as what they were made of, which may be of another time.
    tighten(unfinished)
    return len(files)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `folder`, by its path from there.

    A link has none, wherever it leads: what it names is not part of the backup.
    """
    return {
        str(path.relative_to(folder)): "" if path.is_symlink() else _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or (path.is_file() and path != folder / MANIFEST)
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_database(settings: Settings, folder: Path) -> None:
    url = make_url(settings.database)
    if url.get_backend_name() == "postgresql":
        call(["pg_dump", "--format=custom", f"--file={folder / POSTGRESQL}"], url)
        return
    engine = make_engine(settings.database)
    # Copying the file while somebody writes gives a broken copy; this is a snapshot.
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(folder / SQLITE),))
    finally:
        connection.close()
        engine.dispose()


def call(command: list[str], url: URL) -> None:
    """Run one of PostgreSQL's tools on a database; raise CommandRefused with its words if it fails.

    Everybody on the machine can read a process's arguments, so the password goes another way.
    """
    query = dict(url.query)
    given = query.pop("password", "")
    password = url.password or (given if isinstance(given, str) else given[0])
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    command = [*command, "--no-password", f"--dbname={bare.render_as_string()}"]
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    try:
        subprocess.run(  # noqa: S603
            command, check=True, capture_output=True, text=True, env=environment
        )
    except FileNotFoundError:
        raise CommandRefused(
            f"{command[0]} is missing; install PostgreSQL's client programs."
        ) from None
    except subprocess.CalledProcessError as error:
        words = " ".join(error.stderr.split())
        raise CommandRefused(f"{command[0]} failed: {words}") from None
