"""A Word file as pieces."""

import re
from collections import Counter

from consult.blocks.blocks import Finding
from consult.blocks.messages import Message
from consult.importing.pieces import Reading
from consult.importing.word.body import Body
from consult.importing.word.contents import without_contents_heading
from consult.importing.word.fields import Fields
from consult.importing.word.inline import Inline
from consult.importing.word.kinds import note_of, pieces_of
from consult.importing.word.names import Element, is_on, value, w
from consult.importing.word.notes import collect_notes
from consult.importing.word.numbering import Numbering
from consult.importing.word.package import Package
from consult.importing.word.pictures import Pictures
from consult.importing.word.report import report
from consult.importing.word.results import Results
from consult.importing.word.styles import Styles
from consult.importing.word.unread import tell_unread
from consult.importing.wording import title_from_properties

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


def read(data: bytes) -> Reading:
    """Read a Word file. Raises ImportRefused."""
    package = Package(data)
    document = package.parse(package.main)
    findings: list[Finding] = []
    styles = Styles(package.part("styles"))
    body = _body(package, document, styles, findings)
    notes = collect_notes(
        document,
        package.part("settings"),
        {"footnote": package.part("footnotes"), "endnote": package.part("endnotes")},
    )
    body.inline.notes = {key: (note.mark, note.key) for key, note in notes.items()}
    paragraphs = [p for element in document.iter(w("body")) for p in body.read(element)]
    if body.position.contents_words:
        paragraphs = without_contents_heading(paragraphs)
    names = {p.style: styles.name(p.style) for p in paragraphs}
    listed = _styles_of_contents(body.inline.fields.contents_code, names)
    pieces = pieces_of(paragraphs, listed, styles, findings)
    pieces += [note_of(body.read(note.element), note.mark, note.key) for note in notes.values()]
    for root in (document, *(note.element for note in notes.values())):
        tell_unread(root, findings)
    report(package, body, findings)
    reading = Reading(pieces, findings, _language(document, styles), *_stated_title(package))
    reading.images = body.inline.gallery.images
    return reading


def _body(package: Package, document: Element, styles: Styles, findings: list[Finding]) -> Body:
    numbering = Numbering(package.part("numbering"), styles)
    results = Results(document, numbering)
    inline = Inline(styles, package.relations, Pictures(package), results, findings)
    states = [value(field, "fldCharType") for field in document.iter(w("fldChar"))]
    inline.fields = Fields(balanced=states.count("begin") == states.count("end"))
    return Body(styles, numbering, inline, findings)


def _styles_of_contents(code: str, names: dict[str, str]) -> dict[str, int]:
    """Styles to which the instruction of the table of contents gives a level ("\\t")."""
    listed: dict[str, int] = {}
    for switch in re.findall(r'\\t\s+"([^"]*)"', code):
        words = [word.strip() for word in re.split("[,;]", switch)]
        for name, level in zip(words[::2], words[1::2], strict=False):
            if re.fullmatch("[1-6]", level):
                listed |= {s: int(level) for s, n in names.items() if n.lower() == name.lower()}
    return listed


def _language(document: Element, styles: Styles) -> str | None:
    """The language of most of the text; of text written from right to left, the one for that."""
    paragraphs = list(document.iter(w("pPr")))
    leftward = sum(bool(is_on(properties.find(w("bidi")))) for properties in paragraphs)
    attribute = "bidi" if leftward * 2 > len(paragraphs) else "val"
    stated = None if styles.defaults is None else styles.defaults.find(w("lang"))
    weights: Counter[str] = Counter()
    for run in document.iter(w("r")):
        length = sum(len(text.text or "") for text in run.iter(w("t")))
        own = run.find(f"{w('rPr')}/{w('lang')}")
        weights[value(own, attribute) or value(stated, attribute)] += length
    language = weights.most_common(1)[0][0] if weights else ""
    return language if _LANGUAGE.fullmatch(language) else None


def _stated_title(package: Package) -> tuple[str, Message | None]:
    """The title in the file's properties, unless it is what programs put there by themselves."""
    for kind, target in package.relations_of("").values():
        if kind != "core-properties":
            continue
        for element in package.parse(target).iter("{http://purl.org/dc/elements/1.1/}title"):
            title = " ".join((element.text or "").split())
            made = re.match(
                r"(?:microsoft word|document ?\d*$|untitled|title$|.*\.docx?$)", title, re.I
            )
            if len(title.split()) > 1 and not made:
                return title, title_from_properties(title)
    return "", None
