"""`consult verify`: check that what the site keeps is whole."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import audit
from consult.commands.opening import open_site, read_ini
from consult.drafts.images import kept_images, shown_images
from consult.drafts.models import Version
from consult.drafts.sources import SourceLost, digest_of, open_source


def configure(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong, a line each on stderr; exit status 1 if anything is."""
    app = open_site(read_ini(arguments))
    with app.registry["sessions"]() as session:
        found = [
            *_database(session),
            *_log(session),
            *_sources(session, app.registry["settings"].data),
            *_images(session, app.registry["settings"].data),
        ]
    health = app.registry["search engine"].check()
    if not health.usable:
        found.append("The search index is missing or damaged; run: consult -c INI reindex")
    for sentence in found:
        print(sentence, file=sys.stderr)
    if not found:
        print("The database, the log, the originals, the pictures and the search index are whole.")
    return 1 if found else 0


def _database(session: Session) -> Iterator[str]:
    if session.get_bind().dialect.name != "sqlite":
        return
    connection = session.connection()
    for (words,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if words != "ok":
            yield f"The database file is damaged: {words}"
    for table, *_rest in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"A row of {table} refers to a row that is gone."


def _log(session: Session) -> Iterator[str]:
    for entry_id in audit.broken_links(session):
        yield f"The log does not follow from entry {entry_id} on: it was changed after it was written."
        return


def _sources(session: Session, data: Path) -> Iterator[str]:
    digests = select(Version.source_digest, Version.source_name).where(Version.source_digest != "")
    for digest, name in session.execute(digests.distinct()):
        try:
            open_source(data, digest).close()
        except SourceLost as lost:
            yield f"The original of {name or 'a draft'} {lost}"


def _images(session: Session, data: Path) -> Iterator[str]:
    kept = kept_images(data)
    for digest in sorted(shown_images(session) - kept.keys()):
        yield f"A picture that a draft shows is gone: {digest}"
    for digest, path in sorted(kept.items()):
        try:
            whole = digest_of(path.read_bytes()) == digest
        except OSError as error:
            yield f"A picture cannot be read: {path} ({error.strerror})"
            continue
        if not whole:
            yield f"A picture is not what was imported: {path}"
