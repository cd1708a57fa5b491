"""Whose turn it is to have a file read: a machine reads only a few at a time.

Each turn is a lock on a file of its own, which the kernel gives back when its holder dies, however
it dies; so processes need not know of one another, and none is ever left taken.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from consult.blocks.blocks import ImportRefused
from consult.blocks.messages import _
from consult.importing import limits

_PAUSE = 0.1  # seconds between two looks whether a turn is free

BUSY = _("Other files are being read just now, so this one was not; try again in a moment.")
#: What a command says that waits.
WAITING = "Other files are being read just now; waiting for them."


class Busy(ImportRefused):
    """As many files are being read as may be; nothing is wrong with this one."""

    def __init__(self) -> None:
        super().__init__(BUSY)


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of all processes that name the same folder.

    waits: called once before waiting until a turn is free; where it is None, nobody waits.
    """

    folder: Path
    waits: Callable[[], None] | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a turn. Raises Busy where none is free and nobody waits."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = self._free()
        if held is None:
            if self.waits is None:
                raise Busy
            self.waits()
        while held is None:
            time.sleep(_PAUSE)
            held = self._free()
        try:
            yield
        finally:
            os.close(held)

    def _free(self) -> int | None:
        """A turn that is free, taken: the descriptor of its file; None where all are taken."""
        try:
            import fcntl
        except ImportError:  # Not a POSIX system, which has no such locks: nobody is kept waiting.
            return os.open(os.devnull, os.O_RDONLY)
        for number in range(1, limits.READERS + 1):
            file = os.open(self.folder / f"turn-{number}", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
            except OSError:
                os.close(file)
                raise
            else:
                return file
        return None


def site_turns(data: Path, waits: Callable[[], None] | None = None) -> Turns:
    """The turns of all processes of the site that keeps its files in `data`."""
    return Turns(data / "reading", waits)


def own_turns(waits: Callable[[], None]) -> Turns:
    """The turns of whoever runs a command that belongs to no site."""
    # A folder in a place that everybody writes to has to bear its owner's name: nobody else may
    # hold it, or hold us up.
    owner = os.getuid() if hasattr(os, "getuid") else "all"
    return Turns(Path(tempfile.gettempdir()) / f"consult-reading-{owner}", waits)
