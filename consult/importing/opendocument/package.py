"""The parts of an OpenDocument text, from its archive or from the one file that it may be."""

import posixpath
from dataclasses import dataclass

from consult.blocks.blocks import ImportRefused
from consult.importing.archive import Archive
from consult.importing.opendocument.names import q
from consult.importing.trees import Element, parse
from consult.importing.wording import NO_OPEN_DOCUMENT_TEXT, PROTECTED

KIND = "OpenDocument"


@dataclass(frozen=True, slots=True)
class Package:
    """content: the root with the text. styles, meta: other roots, the same in a flat file.

    archive: None for a flat file.
    """

    content: Element
    styles: Element | None
    meta: Element | None
    archive: Archive | None

    @property
    def text(self) -> Element:
        """The element with the text. Raises ImportRefused where the file holds another thing."""
        found = self.content.find(f"{q('office:body')}/{q('office:text')}")
        if found is None:
            raise ImportRefused(NO_OPEN_DOCUMENT_TEXT)
        return found

    def has_macros(self) -> bool:
        names = () if self.archive is None else self.archive.names
        scripts = self.content.find(q("office:scripts"))
        return any(name.startswith(("Basic/", "Scripts/")) for name in names) or (
            scripts is not None and scripts.find(q("office:script")) is not None
        )

    def picture(self, name: str) -> bytes | None:
        """A picture in the archive; None if it is not there."""
        name = posixpath.normpath(name) if name else ""
        if self.archive is None or name not in self.archive.names:
            return None
        return self.archive.read(name)

    def part(self, name: str) -> Element | None:
        """The root of a part by its name, such as an embedded formula; None if there is none."""
        name = posixpath.normpath(name)
        if self.archive is None or name not in self.archive.names:
            return None
        return parse(self.archive.read(name), KIND)


def open_package(data: bytes) -> Package:
    """The parts of a file. Raises ImportRefused."""
    if not data.startswith(b"PK"):
        root = parse(data, KIND)
        return Package(root, root, root, None)
    archive = Archive(data, KIND)
    if "content.xml" not in archive.names:
        raise ImportRefused(archive.damaged)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise ImportRefused(PROTECTED)
    content = parse(archive.read("content.xml"), KIND)
    return Package(
        content, _optional(archive, "styles.xml"), _optional(archive, "meta.xml"), archive
    )


def _optional(archive: Archive, name: str) -> Element | None:
    """A part without which the text can still be read."""
    return parse(archive.read(name), KIND) if name in archive.names else None
