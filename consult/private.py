"""What the program writes is its owner's to read and nobody else's, whatever the umask.

It holds addresses, unpublished drafts, and links that let people in.
"""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pyramid.config import Configurator
from sqlalchemy.engine import make_url

from consult.settings import Settings

log = logging.getLogger(__name__)

UMASK = 0o077
# The folders that the program makes below `consult.data`.
FOLDERS = frozenset({"index", "uploads", "images", "letters", "reading"})


def make_private(settings: Settings) -> None:
    """Keep others out of what is written from now on, and of what lies there already."""
    os.umask(UMASK)
    for path in _files_of(settings):
        tighten(path)
    _tighten_data(settings.data)


def tighten(path: Path) -> None:
    """Take from everybody but its owner what they may do with a file, or with all of a folder.

    The folder itself comes last. What cannot be changed is told to the log.
    """
    try:
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            for inner in path.iterdir():
                tighten(inner)
        if mode & UMASK and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(mode) & ~UMASK)
    except FileNotFoundError:
        return  # Another process was done with it.
    except OSError as error:
        log.warning("others may read %s, and that cannot be changed: %s", path, error.strerror)


def _files_of(settings: Settings) -> Iterator[Path]:
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite":
        database = Path(str(url.database))
        yield from (database.with_name(database.name + end) for end in ("", "-wal", "-shm"))
    if settings.data.is_dir():
        yield from (path for path in settings.data.iterdir() if not _foreign(path))


def _tighten_data(data: Path) -> None:
    if not data.is_dir() or not stat.S_IMODE(data.stat().st_mode) & UMASK:
        return
    foreign = sorted(path.name for path in data.iterdir() if _foreign(path))
    if foreign:
        # Somebody who named a folder that is not for this program alone keeps the use of it.
        log.warning("others may look into %s, where %s lies too; chmod 700", data, foreign[0])
    else:
        tighten(data)


def _foreign(path: Path) -> bool:
    return path.is_dir() and path.name not in FOLDERS


def includeme(config: Configurator) -> None:
    make_private(config.registry["settings"])
