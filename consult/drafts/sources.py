"""The files that drafts came from, kept as they came."""

import os
import re
import tempfile
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

FOLDER = "uploads"


class SourceLost(Exception):
    """A file that was kept is not there any more, or is not what was kept; the message says which."""


def digest_of(source: bytes) -> str:
    """Return the SHA-256 of a file, by which it is kept and found."""
    return sha256(source).hexdigest()


def path_of(data: Path, digest: str) -> Path:
    """Return where the file of that digest lies below the site's `data`; no name but ours is used."""
    return data / FOLDER / digest[:2] / digest


def keep_source(data: Path, source: bytes) -> str:
    """Keep a file below `data`, safe on the disk when this returns, and return its digest.

    The same bytes are kept once. A file whose import is then refused stays; it names nobody.
    """
    digest = digest_of(source)
    path = path_of(data, digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(source)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(path.parent)
    return digest


def open_source(data: Path, digest: str) -> BinaryIO:
    """Open the file of that digest below `data`, once it is certain that it is what was kept.

    Raises SourceLost.
    """
    path = path_of(data, digest)
    try:
        file = path.open("rb")
    except OSError as error:
        raise SourceLost(f"is gone: {path} ({error.strerror})") from error
    try:
        found = file_digest(file, "sha256").hexdigest()
        file.seek(0)
    except OSError as error:
        file.close()
        raise SourceLost(f"cannot be read: {path} ({error.strerror})") from error
    if found != digest:
        file.close()
        raise SourceLost(f"is not what was imported: {path}")
    return file


def without_folders(name: str) -> str:
    """Return a file's name without the folders that some browsers send along with it."""
    return re.split(r"[/\\]", name)[-1]


def _sync(folder: Path) -> None:
    # A new name is only certain to survive a power cut once its folder is on the disk too.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
