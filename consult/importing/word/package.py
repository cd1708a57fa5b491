"""The parts of a Word file, taken out of its archive with a limit on everything."""

import posixpath

from lxml import etree

from consult.blocks.blocks import ImportRefused
from consult.blocks.messages import _
from consult.importing.archive import Archive
from consult.importing.word.names import RELATIONS, STRICT, Element

_TOO_DEEP = _(
    "The elements of this Word file are nested too deeply to be read; open it in Word, save it"
    " under a new name and try again."
)


class Package:
    """An opened Word file. Every method raises ImportRefused where the archive is damaged."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data, "Word")
        self._names = self._archive.names
        self.main = self._find_main()
        self.relations = self.relations_of(self.main)

    def _find_main(self) -> str:
        for kind, target in self.relations_of("").values():
            if kind == "officeDocument" and target in self._names:
                return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise ImportRefused(
            _(
                "This file holds no Word text; open it in Word, save it as Word document (.docx) and"
                " try again."
            )
        )

    def has_macros(self) -> bool:
        return any(name.lower().endswith("vbaproject.bin") for name in self._names)

    def relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by id: the last word of the relation's type, and the target.

        Targets within the file are names of parts; addresses outside are left as they are.
        """
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._names:
            return {}
        found = {}
        for element in self.parse(relations).iter("{*}Relationship"):
            kind = str(element.get("Type") or "").rpartition("/")[2]
            target = str(element.get("Target") or "")
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[str(element.get("Id"))] = (kind, target)
        return found

    def part(self, kind: str) -> Element | None:
        """The root of the first part that the document relates to in this way, or None."""
        for found, target in self.relations.values():
            if found == kind and target in self._names:
                return self.parse(target)
        return None

    def parts(self, kind: str) -> list[Element]:
        """The roots of all parts of a kind."""
        targets = [target for found, target in self.relations.values() if found == kind]
        return [self.parse(target) for target in targets if target in self._names]

    def parse(self, name: str) -> Element:
        """The root element of a part."""
        data = self._archive.read(name)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = data.decode("utf-16", "replace").encode().replace(b'encoding="UTF-16"', b"", 1)
        if b"<!DOCTYPE" in data[:4000] or b"<!ENTITY" in data[:4000]:
            # The standard forbids them (ISO/IEC 29500-2, 8.1.4), and only attacks have them.
            raise ImportRefused(
                _(
                    "This Word file holds declarations that no word processor writes; open it in"
                    " Word, save it under a new name and try again."
                )
            )
        for strict, transitional in STRICT.items():
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            deep = "depth" in str(error).lower()
            raise ImportRefused(_TOO_DEEP if deep else self._archive.damaged) from error

    def bytes_of(self, name: str) -> bytes | None:
        """What is in a part that is no XML, such as a picture; None if there is no such part."""
        return self._archive.read(name) if name in self._names else None


def relation_id(element: Element, name: str) -> str:
    """An attribute that refers to a relation, such as r:id or r:embed."""
    return str(element.get(f"{{{RELATIONS}}}{name}") or "")
