"""An OpenDocument text as pieces."""

import re
from collections import Counter

from consult.blocks.blocks import Finding
from consult.blocks.messages import Message
from consult.importing import wording
from consult.importing.margin_comments import tell_comment
from consult.importing.opendocument.body import Body
from consult.importing.opendocument.inline import Inline
from consult.importing.opendocument.names import q, value
from consult.importing.opendocument.numbering import Numbering
from consult.importing.opendocument.package import Package, open_package
from consult.importing.opendocument.styles import Styles
from consult.importing.pieces import Piece, Reading
from consult.importing.tally import Say, Tally
from consult.importing.trees import XML, Element, all_text
from consult.importing.word.contents import without_contents_heading
from consult.importing.word.kinds import note_of, pieces_of

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_MADE_TITLE = re.compile(
    r"untitled|microsoft word|document ?\d*$|.*\.(?:odt|docx?)$", re.IGNORECASE
)


def read(data: bytes) -> Reading:
    """Read an OpenDocument text. Raises ImportRefused."""
    package = open_package(data)
    text = package.text
    findings: list[Finding] = []
    styles = Styles(package.content, package.styles)
    inline = Inline(styles, package, Tally(), _changes(text))
    inline.findings = findings
    body = Body(styles, Numbering(styles), inline, findings)
    paragraphs = body.read(text)
    if body.position.contents_words:
        paragraphs = without_contents_heading(paragraphs)
    pieces = pieces_of(paragraphs, {}, styles, findings)
    pieces += _notes(body)
    _report(package, body, findings)
    reading = Reading(pieces, findings, _language(inline.languages), *_stated_title(package))
    reading.images = inline.gallery.images
    return reading


def _notes(body: Body) -> list[Piece]:
    """The notes, also those that are called from within notes."""
    pieces: list[Piece] = []
    while len(pieces) < len(body.inline.notes):
        note = body.inline.notes[len(pieces)]
        pieces.append(note_of(body.read(note.body), note.mark, note.key))
    return pieces


def _language(languages: Counter[str]) -> str | None:
    """The language of most of the text."""
    found = languages.most_common(1)
    return found[0][0] if found and _LANGUAGE.fullmatch(found[0][0]) else None


def _stated_title(package: Package) -> tuple[str, Message | None]:
    """The title in the file's properties, unless it is what programs put there by themselves."""
    if package.meta is not None:
        for element in package.meta.iter(q("dc:title")):
            title = all_text(element)
            if len(title.split()) > 1 and not _MADE_TITLE.match(title):
                return title, wording.title_from_properties(title)
    return "", None


def _changes(text: Element) -> dict[str, list[Say]]:
    """The tracked changes, by the identity under which the text says where they are."""
    found: dict[str, list[Say]] = {}
    for region in text.iter(q("text:changed-region")):
        identity = value(region, "text:id") or str(region.get(f"{XML}id") or "")
        for element in region.iter(q("text:insertion"), q("text:deletion")):
            inserted = element.tag == q("text:insertion")
            say = wording.insertions if inserted else wording.deletions
            found.setdefault(identity, []).append(say)
    return found


def _report(package: Package, body: Body, findings: list[Finding]) -> None:
    """Add to the findings what is known once all of the text is read."""
    inline = body.inline
    inline.tally.place = None
    inline.count_other_changes()
    for comment in package.text.iter(q("office:annotation")):
        inline.comments.setdefault(comment, None)
    for comment, place in inline.comments.items():
        creator = comment.find(q("dc:creator"))
        author = "" if creator is None else all_text(creator)
        words = " ".join(all_text(p) for p in comment.iter(q("text:p"), q("text:h")))
        tell_comment(author, words, place, findings, inline.tally)
    body.position.report(inline.tally, findings)
    if words_around := _words_around(package):
        findings.append(Finding(None, wording.headers_and_footers(words_around)))
    if package.has_macros():
        findings.append(Finding(None, wording.MACROS, unseen=True))


def _words_around(package: Package) -> int:
    masters = None if package.styles is None else package.styles.find(q("office:master-styles"))
    if masters is None:
        return 0
    return sum(len(all_text(part).split()) for page in masters for part in page)
