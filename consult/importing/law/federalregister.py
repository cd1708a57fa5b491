"""The Federal Register's own XML, which follows its printing codes (GPO bulk data, FDsys)."""

import re

from lxml import etree

from consult.blocks.blocks import Finding
from consult.importing.hypertext.reading import take
from consult.importing.law.rendering import Renderer
from consult.importing.law.vocabulary import Vocabulary
from consult.importing.pieces import Reading
from consult.importing.trees import Element, all_text, local_name, parse

_KIND = "Federal Register"
VOCABULARY = Vocabulary(
    unread=frozenset(
        {"PRTPAGE", "CNTNTS", "VID", "GID", "MID", "STARTPG", "STARS", "VOL", "NO", "UNITNAME"}
    ),
    numbers=frozenset({"SECTNO", "APPRO"}),
    headings=frozenset({"HD", "RESERVED"}),
    items=frozenset(),
    notes=frozenset({"FTNT"}),
    inline={
        **dict.fromkeys(("E", "AC", "FR", "URL", "EN", "LI"), ""),
        "SU": "sup",
        "I": "i",
        "B": "b",
    },
    paragraphs=dict.fromkeys(
        "P FP AGENCY SUBAGY CFR DEPDOC RIN AMDPAR NAME TITLE DATED FRDOC BILCOD PRES PDOC TNOTE"
        " SIGNED PLACE DATE NOTE SECAUTH PRNOTE SIGDAT CITE".split(),
        "p",
    ),
    quotations=frozenset({"EXTRACT"}),
    tables={"GPOTABLE": "table"},
)
_TYPES = {
    **dict.fromkeys(("03", "15", "7462", "7333"), "i"),
    **dict.fromkeys(("02", "04", "22", "1722"), "b"),
    **dict.fromkeys(("51", "8051"), "sup"),
    **dict.fromkeys(("52", "54", "8052"), "sub"),
}


class _Renderer(Renderer):
    def __init__(self, root: Element) -> None:
        super().__init__(VOCABULARY)
        self._calls = _calls(root)
        self._holders: dict[Element, Element] = {}

    def block(self, source: Element, target: Element, depth: int = 0) -> None:
        name = local_name(source)
        parent = source.getparent()
        if name == "SUBJECT" and parent is not None and local_name(parent) != "SECTION":
            self.fill(self.new(source, target, "p", {"class": "doc-ti"}), source)
        elif name == "SECTION":
            self._section(source, target, depth)
        else:
            super().block(source, target, depth)

    def _section(self, source: Element, target: Element, depth: int) -> None:
        """A section of the rules: its number and subject are its heading."""
        number, subject = source.find("SECTNO"), source.find("SUBJECT")
        label = "" if number is None else all_text(number)
        if subject is not None and all_text(subject):
            super().heading(subject, target, label, max(depth, 3))
        elif label:
            self.new(source, target, "p").text = label
        skip = [element for element in (number, subject) if element is not None]
        self.inside(source, target, depth, skip=skip)

    def heading(self, source: Element, target: Element, label: str, depth: int) -> None:
        stated = re.fullmatch(r"HD(\d)", str(source.get("SOURCE") or ""))
        level = int(stated[1]) if stated else 0
        super().heading(source, target, label, level if stated else min(depth, 1))

    def enter(self, source: Element, target: Element) -> None:
        note = self._calls.get(source)
        if note is not None:
            self._holders[note] = self.call(target, all_text(source))
        elif local_name(source) != "SU" or not _is_mark(source):
            super().enter(source, target)

    def note(self, source: Element, target: Element) -> None:
        holder = self._holders.get(source)
        if holder is None:
            holder = self.new(source, target, "div")
        self.inside(source, holder, 0)

    def inline_tag(self, source: Element) -> str:
        if local_name(source) == "E":
            return _TYPES.get(str(source.get("T") or ""), "")
        return super().inline_tag(source)

    def table(self, source: Element, target: Element) -> None:
        """A table states its heads in one line, each with its level."""
        element = self.new(source, target, "table")
        title = source.find("TTITLE")
        if title is not None:
            self.fill(self.new(title, element, "caption"), title)
        heads = source.findall("BOXHD/CHED")
        if heads:
            self._heads(heads, etree.SubElement(element, "thead"))
        body = etree.SubElement(element, "tbody")
        for row in source.iter("ROW"):
            line = self.new(row, body, "tr")
            for entry in row.findall("ENT"):
                self.fill(self.new(entry, line, "td"), entry)
        for note in source.findall("TNOTE"):
            self.fill(self.new(note, target, "p"), note)
        for note in source.iter("FTNT"):
            self.note(note, target)

    def _heads(self, heads: list[Element], target: Element) -> None:
        levels = [max(1, min(9, _number(head.get("H")))) for head in heads]
        deepest = max(levels)
        rows = [etree.SubElement(target, "tr") for _ in range(deepest)]
        for place, (head, level) in enumerate(zip(heads, levels, strict=True)):
            below = 0
            following = list(zip(heads, levels, strict=True))[place + 1 :]
            for number, (_, other) in enumerate(following):
                if other <= level:
                    break
                last = number + 1 == len(following)
                below += last or following[number + 1][1] <= other
            cell = self.new(head, rows[level - 1], "th")
            if below > 1:
                cell.set("colspan", str(below))
            if not below and level < deepest:
                cell.set("rowspan", str(deepest - level + 1))
            self.fill(cell, head)


def read(data: bytes) -> Reading:
    """Read an issue or one document of it. Raises ImportRefused."""
    root = parse(data, _KIND)
    findings: list[Finding] = []
    renderer = _Renderer(root)
    renderer.inside(root, renderer.root, 0)
    pieces = take(renderer.finish(), findings, "en-US", "", {}, own_lines=False)
    return Reading(pieces, findings, "en-US")


def _calls(root: Element) -> dict[Element, Element]:
    """The raised numbers that call a note, each with its note, which follows its paragraph."""
    waiting: dict[str, Element] = {}
    found: dict[Element, Element] = {}
    for element in root.iter("SU", "FTNT"):
        if element.tag == "SU" and not any(a.tag == "FTNT" for a in element.iterancestors()):
            waiting[all_text(element)] = element
        elif element.tag == "FTNT":
            mark = element.find(".//SU")
            call = None if mark is None else waiting.pop(all_text(mark), None)
            if call is not None:
                found[call] = element
    return found


def _is_mark(source: Element) -> bool:
    """Whether a raised number is the one that a note begins with."""
    note = next((a for a in source.iterancestors() if a.tag == "FTNT"), None)
    return note is not None and next(note.iter("SU")) is source


def _number(text: object) -> int:
    return int(str(text)) if re.fullmatch(r"\d", str(text or "")) else 1
