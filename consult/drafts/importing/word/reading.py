"""A Word file as pieces."""

import re
from collections import Counter
from collections.abc import Sequence

from consult.drafts.importing.blocks import Finding, Kind
from consult.drafts.importing.pieces import Piece, Reading
from consult.drafts.importing.runs import Run, unmarked
from consult.drafts.importing.word.body import Body
from consult.drafts.importing.word.contents import without_contents_heading
from consult.drafts.importing.word.fields import Fields
from consult.drafts.importing.word.headings import find_title, infer_by_look, settle_styled
from consult.drafts.importing.word.inline import Inline, Tally
from consult.drafts.importing.word.names import Element, is_on, value, w
from consult.drafts.importing.word.notes import Note, collect_notes
from consult.drafts.importing.word.numbering import Numbering
from consult.drafts.importing.word.package import Package
from consult.drafts.importing.word.paragraphs import Paragraph
from consult.drafts.importing.word.pictures import Pictures
from consult.drafts.importing.word.pieces import Items, is_listed
from consult.drafts.importing.word.report import report
from consult.drafts.importing.word.styles import Styles
from consult.drafts.importing.wording import were

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
    if body.contents_words:
        paragraphs = without_contents_heading(paragraphs)
    pieces = _pieces(paragraphs, body, styles, findings)
    pieces += [_note(note, body) for note in notes.values()]
    report(package, body, findings)
    return Reading(pieces, findings, _language(document, styles), *_stated_title(package))


def _body(package: Package, document: Element, styles: Styles, findings: list[Finding]) -> Body:
    inline = Inline(styles, package.relations, Pictures(package), Tally())
    states = [value(field, "fldCharType") for field in document.iter(w("fldChar"))]
    inline.fields = Fields(balanced=states.count("begin") == states.count("end"))
    return Body(styles, Numbering(package.part("numbering"), styles), inline, findings)


def _note(note: Note, body: Body) -> Piece:
    """A note as one piece; its paragraphs are its lines."""
    runs: list[Run] = []
    for paragraph in body.read(note.element):
        label = [] if paragraph.number is None else [Run(f"{paragraph.number.label} ")]
        runs += [Run("\n"), *label, *paragraph.runs]
        if paragraph.table is not None:
            cells = [cell for row in paragraph.table.rows for cell in row]
            runs += [r for cell in cells for piece in cell.pieces for r in (*piece.runs, Run(" "))]
    return Piece(Kind.NOTE, runs, label=note.mark, typed=False, note=note.key)


def _pieces(
    paragraphs: list[Paragraph], body: Body, styles: Styles, findings: list[Finding]
) -> list[Piece]:
    names = {p.style: styles.name(p.style) for p in paragraphs}
    listed = _styles_of_contents(body.inline.fields.contents_code, names)
    for name in settle_styled(paragraphs, listed, names):
        findings.append(
            Finding(
                "",
                f"Paragraphs in the style “{name}” are sentences and were read as text, not headings.",
            )
        )
    if not any(p.title for p in paragraphs) and not any(p.level == 1 for p in paragraphs[:3]):
        title = find_title(paragraphs)
        if title is not None:
            title.title, title.level = True, 0
            findings.append(
                Finding(title.place, "The largest line of the cover was taken as the title.")
            )
    inferred = infer_by_look(paragraphs)
    if inferred:
        subject = were(
            len(inferred),
            "line in bold or larger type",
            "lines in bold or larger type, from here on,",
        )
        findings.append(Finding(inferred[0].place, f"{subject} read as headings."))
    return _kinds(paragraphs, styles)


def _styles_of_contents(code: str, names: dict[str, str]) -> dict[str, int]:
    """Styles to which the instruction of the table of contents gives a level ("\\t")."""
    listed: dict[str, int] = {}
    for switch in re.findall(r'\\t\s+"([^"]*)"', code):
        words = [word.strip() for word in re.split("[,;]", switch)]
        for name, level in zip(words[::2], words[1::2], strict=False):
            if re.fullmatch("[1-6]", level):
                listed |= {s: int(level) for s, n in names.items() if n.lower() == name.lower()}
    return listed


def _kinds(paragraphs: Sequence[Paragraph], styles: Styles) -> list[Piece]:
    pieces: list[Piece] = []
    items = Items()
    through = _running_lists(paragraphs)
    for place, paragraph in enumerate(paragraphs):
        if paragraph.pieces:
            pieces += paragraph.pieces
        elif paragraph.table is not None:
            pieces.append(Piece(Kind.TABLE, [], place=paragraph.place, table=paragraph.table))
        else:
            pieces.append(_piece(paragraph, place in through, items, styles))
    return pieces


def _piece(paragraph: Paragraph, listed: bool, items: Items, styles: Styles) -> Piece:
    """A paragraph with its kind. listed: whether its number "1." is that of an item."""
    label = "" if paragraph.number is None else paragraph.number.label
    piece = Piece(Kind.PARAGRAPH, paragraph.runs, label=label, place=paragraph.place)
    style = paragraph.style
    if paragraph.title:
        piece.kind = Kind.TITLE
    elif paragraph.level:
        piece.kind, piece.level = Kind.HEADING, paragraph.level
        items.end()
    elif listed or is_listed(paragraph) or styles.is_named(style, r"list (?:bullet|number)"):
        piece.kind, piece.level = Kind.ITEM, items.depth(paragraph)
    elif styles.is_named(style, r"(?:intense )?quot(?:e|ations?)$|block ?(?:text|quote)"):
        piece.kind = Kind.QUOTATION
        piece.runs = unmarked(piece.runs, "em") if _all_slanted(piece.runs) else piece.runs
    elif styles.is_named(style, r"(?:source code|html preformatted|preformatted text|code)$"):
        piece.kind = Kind.CODE
    elif paragraph.number is not None:
        items.end()
    return piece


def _all_slanted(runs: list[Run]) -> bool:
    return all("em" in run.marks or not run.text.strip() for run in runs)


def _running_lists(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Places of paragraphs "1.", "2." whose list runs through without text in between.

    Such a list is a list; numbers that go on behind headings and other text count paragraphs.
    """
    places: dict[str, list[int]] = {}
    for place, paragraph in enumerate(paragraphs):
        number = paragraph.number
        if number and not paragraph.level and re.fullmatch(r"\d+\.?", number.label):
            places.setdefault(f"{number.list_key}/{number.level}", []).append(place)
    through: set[int] = set()
    for found in places.values():
        between = [p for p in range(found[0], found[-1]) if p not in found]
        broken = sum(not _belongs_to_item(paragraphs[p], paragraphs[found[0]]) for p in between)
        if broken * 3 < len(found):
            through.update(found)
    return through


def _belongs_to_item(paragraph: Paragraph, item: Paragraph) -> bool:
    if paragraph.level:
        return False
    number, level = paragraph.number, item.number.level if item.number else 0
    if number is not None and (number.bullet or number.level > level):
        return True
    return paragraph.indent > item.indent


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


def _stated_title(package: Package) -> tuple[str, str]:
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
                return title, "the properties of the file"
    return "", ""
