"""The parts of a file that is a zip archive, taken out with a limit on everything."""

import io
import zipfile
import zlib

from consult.blocks.blocks import ImportRefused
from consult.blocks.messages import Message, _
from consult.importing import limits, wording

_CHUNK = 1 << 16
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    OSError,
    ValueError,
    NotImplementedError,
)


class Archive:
    """An opened archive. Every method raises ImportRefused where it is damaged."""

    def __init__(self, data: bytes, kind: str) -> None:
        """kind: the proper name of the file's format, for the sentence of a refusal."""
        self.kind = kind
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._archive.namelist())
        except _BROKEN as error:
            raise ImportRefused(self.damaged) from error
        if len(self.names) > limits.MAX_ENTRIES:
            raise ImportRefused(self._too_large)
        self._unpacked = 0

    @property
    def damaged(self) -> Message:
        return _(
            "This ${kind} file is damaged or was not sent whole; open it in the program that it was"
            " written with, save it under a new name and try again.",
            kind=self.kind,
        )

    @property
    def _too_large(self) -> Message:
        return _(
            "This ${kind} file unpacks to more than an import may hold; take out what is embedded in"
            " it, or divide it into parts.",
            kind=self.kind,
        )

    def read(self, name: str) -> bytes:
        """The bytes of a part, counted as they come: what the archive says of sizes is a claim."""
        chunks = []
        try:
            with self._archive.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    self._unpacked += len(chunk)
                    if self._unpacked > limits.MAX_UNPACKED_BYTES:
                        raise ImportRefused(self._too_large)
                    chunks.append(chunk)
        except RuntimeError as error:
            raise ImportRefused(wording.PROTECTED) from error
        except _BROKEN as error:
            raise ImportRefused(self.damaged) from error
        return b"".join(chunks)
