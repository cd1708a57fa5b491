"""Footnotes and endnotes: their marks in the text, and their own text."""

from collections.abc import Iterator
from dataclasses import dataclass

from consult.importing.word.levels import Level
from consult.importing.word.names import Element, child_value, integer, local_name, value, w


@dataclass(slots=True)
class Note:
    """One note: its key for references, the mark that the reader sees, and its element."""

    key: str
    mark: str
    element: Element


def collect_notes(
    document: Element, settings: Element | None, parts: dict[str, Element | None]
) -> dict[tuple[str, str], Note]:
    """The notes by kind ("footnote", "endnote") and id, marked in the order of their references."""
    found: dict[tuple[str, str], Note] = {}
    for kind, root in parts.items():
        if root is None:
            continue
        elements = {value(e, "id"): e for e in root.iter(w(kind)) if not value(e, "type")}
        write = _Marks(document, settings, kind)
        for reference in _references(document, kind):
            identity = value(reference, "id")
            if identity not in elements or (kind, identity) in found:
                continue
            mark = _custom_mark(reference) or write.next()
            found[kind, identity] = Note(f"{kind} {identity}", mark, elements[identity])
    return found


def _references(document: Element, kind: str) -> Iterator[Element]:
    """The references in the order of the text, those in deleted text left out."""
    for reference in document.iter(w(f"{kind}Reference")):
        names = {local_name(ancestor) for ancestor in reference.iterancestors()}
        if not names & {"del", "moveFrom", "Fallback"}:
            yield reference


def _custom_mark(reference: Element) -> str:
    """The mark that the author typed for a note, such as "*"."""
    if value(reference, "customMarkFollows").lower() not in ("1", "true", "on"):
        return ""
    run = reference.getparent()
    return "".join(t.text or "" for t in run.iter(w("t"))).strip() if run is not None else ""


class _Marks:
    """Counts through the notes of one kind in the document's own numerals."""

    def __init__(self, document: Element, settings: Element | None, kind: str) -> None:
        stated = [*document.iter(w(f"{kind}Pr"))]
        stated += [] if settings is None else [*settings.iter(w(f"{kind}Pr"))]
        formats = [child_value(element, "numFmt") for element in stated]
        starts = [integer(child_value(element, "numStart")) for element in stated]
        usual = "decimal" if kind == "footnote" else "lowerRoman"
        self._level = Level(format=next(filter(None, formats), usual))
        self._next = next(filter(None, starts), 1)

    def next(self) -> str:
        mark = self._level.write(self._next)
        self._next += 1
        return mark
