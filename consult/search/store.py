"""The folder of the index: generations of files, and one pointer that names the live one.

Whoosh never calls fsync and replaces its table of contents before it is done. So every commit is
made in a folder of its own, which shares the unchanged segments with the last one by hard links;
the pointer `current` is then replaced in one step. It names every file with its size and digest,
so that a damaged index is noticed instead of giving wrong hits (and nothing is unpickled that this
program did not write), and it carries the caller's checkpoint. A crash at any moment leaves the
last commit as it was.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from whoosh.util.filelock import FileLock, try_for

# To be raised with every change to what is indexed or to the rules for words: an older index then
# counts as outdated and is rebuilt.
FORMAT = 1

Checkpoint = int | str
Read = TypeVar("Read")


class Reason(StrEnum):
    """Why the index cannot be searched. Each is healed by `Engine.rebuild`."""

    MISSING = "missing"
    DAMAGED = "damaged"
    OUTDATED = "outdated"


class SearchUnavailable(Exception):
    """The index cannot be used; `detail` is for logs and administrators."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"the search index is {reason}: {detail}")
        self.reason = reason
        self.detail = detail


class IndexLocked(Exception):
    """Another thread or process is writing the index; the same call will do later."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """The content of `current`: one commit."""

    generation: str  # name of its folder
    checkpoint: Checkpoint
    documents: int
    files: Mapping[str, tuple[int, str]]  # name -> (bytes, digest)
    format: int = FORMAT


class Store:
    """Reads, verifies, writes and swaps generations below one folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._current = folder / "current"
        self._doubt = folder / "doubt"

    def stamp(self) -> tuple[int, int, int]:
        """Something that differs after every commit, at the cost of one stat."""
        try:
            seen = self._current.stat()
        except OSError as error:
            raise SearchUnavailable(Reason.MISSING, str(error)) from error
        return seen.st_ino, seen.st_mtime_ns, seen.st_size

    def steadily(self, read: Callable[[], Read]) -> Read:
        """What `read` gives; once more if it failed because the commit was replaced under it.

        A failure is written down for the other processes: those that have the commit in memory do
        not notice it, and the one that could rebuild may be among them.
        """
        while True:
            stamp = self.stamp()
            try:
                return read()
            except SearchUnavailable as error:
                if self.stamp() == stamp:
                    with suppress(OSError):
                        self._doubt.write_text(f"{stamp}\n{error.detail}", encoding="utf-8")
                    raise

    def believe(self) -> None:
        """Raise SearchUnavailable if somebody could not read the live commit."""
        try:
            stamp, _, detail = self._doubt.read_text(encoding="utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):
            return
        if stamp == str(self.stamp()):
            raise SearchUnavailable(Reason.DAMAGED, detail)

    def pointer(self) -> Pointer:
        """The live commit, as far as the pointer itself is whole."""
        try:
            digest, _, body = self._current.read_bytes().partition(b"\n")
        except OSError as error:
            raise SearchUnavailable(Reason.MISSING, str(error)) from error
        if digest != _digest(body).encode():
            raise SearchUnavailable(Reason.DAMAGED, "the pointer is not what was written")
        content = json.loads(body)
        if content["format"] != FORMAT:
            raise SearchUnavailable(Reason.OUTDATED, f"format {content['format']}, not {FORMAT}")
        files = {name: (size, digest) for name, (size, digest) in content.pop("files").items()}
        return Pointer(files=files, **content)

    def read(self, pointer: Pointer, name: str) -> bytes:
        """The bytes of a file of that commit, checked against size and digest."""
        try:
            content = (self.folder / pointer.generation / name).read_bytes()
        except OSError as error:
            raise SearchUnavailable(Reason.DAMAGED, str(error)) from error
        if (len(content), _digest(content)) != pointer.files[name]:
            raise SearchUnavailable(Reason.DAMAGED, f"{name} is not what was written")
        return content

    @contextmanager
    def locked(self, seconds: float) -> Iterator[None]:
        """Be the only writer. The lock belongs to the process and dies with it.

        Raises IndexLocked after waiting `seconds`.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self.folder / "lock"))
        if not try_for(lock.acquire, timeout=seconds, delay=0.05):
            raise IndexLocked(f"{self.folder} is being written by somebody else")
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def scratch(self, base: Pointer | None) -> Iterator[Path]:
        """A new folder that holds the files of `base`; gone again if the block fails."""
        folder = self.folder / f"generation-{uuid4().hex}"
        folder.mkdir()
        try:
            if base:
                for name in base.files:
                    _link(self.folder / base.generation / name, folder / name)
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def publish(
        self, folder: Path, base: Pointer | None, checkpoint: Checkpoint, documents: int
    ) -> None:
        """Make the scratch folder the live generation, durably.

        `base` stays for the readers that are about to open it; every older folder goes.
        """
        files = {}
        for path in sorted(folder.iterdir()):
            if path.suffix not in (".seg", ".toc"):
                continue
            known = base.files.get(path.name) if base else None
            files[path.name] = known or _sealed(path)
        _sync(folder)
        self.point(Pointer(folder.name, checkpoint, documents, files))
        kept = {folder.name, base.generation if base else ""}
        for old in self.folder.glob("generation-*"):
            if old.name not in kept:
                shutil.rmtree(old, ignore_errors=True)

    def point(self, pointer: Pointer) -> None:
        """Replace the pointer in one durable step."""
        body = json.dumps(asdict(pointer)).encode()
        fresh = self.folder / "current.new"
        with fresh.open("wb") as file:
            file.write(_digest(body).encode() + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._current)
        _sync(self.folder)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _sealed(path: Path) -> tuple[int, str]:
    _sync(path)
    content = path.read_bytes()
    return len(content), _digest(content)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError as error:
        raise SearchUnavailable(Reason.DAMAGED, str(error)) from error
    except OSError:  # file systems without hard links
        shutil.copyfile(source, target)


def _sync(path: Path) -> None:
    # Windows cannot open folders; there the rename itself is journalled.
    with suppress(PermissionError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
