"""The files that drafts came from, kept as they came."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

FOLDER = "uploads"


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


def _sync(folder: Path) -> None:
    # A new name is only certain to survive a power cut once its folder is on the disk too.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
