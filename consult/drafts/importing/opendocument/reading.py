"""An OpenDocument text as pieces."""

import re

from consult.drafts.importing import wording
from consult.drafts.importing.blocks import Finding
from consult.drafts.importing.messages import Message
from consult.drafts.importing.opendocument.body import Body
from consult.drafts.importing.opendocument.inline import Inline, Tally
from consult.drafts.importing.opendocument.names import q
from consult.drafts.importing.opendocument.numbering import Numbering
from consult.drafts.importing.opendocument.package import Package, open_package
from consult.drafts.importing.opendocument.styles import Styles
from consult.drafts.importing.pieces import Piece, Reading
from consult.drafts.importing.trees import all_text
from consult.drafts.importing.word.contents import without_contents_heading
from consult.drafts.importing.word.kinds import note_of, pieces_of

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
    inline = Inline(styles, package, Tally())
    body = Body(styles, Numbering(styles), inline, findings)
    paragraphs = body.read(text)
    if body.contents_words:
        paragraphs = without_contents_heading(paragraphs)
    pieces = pieces_of(paragraphs, {}, styles, findings)
    pieces += _notes(body)
    _report(package, body, findings)
    reading = Reading(pieces, findings, _language(inline.tally), *_stated_title(package))
    reading.images = inline.gallery.images
    return reading


def _notes(body: Body) -> list[Piece]:
    """The notes, also those that are called from within notes."""
    pieces: list[Piece] = []
    while len(pieces) < len(body.inline.notes):
        note = body.inline.notes[len(pieces)]
        pieces.append(note_of(body.read(note.body), note.mark, note.key))
    return pieces


def _language(tally: Tally) -> str | None:
    """The language of most of the text."""
    found = tally.languages.most_common(1)
    return found[0][0] if found and _LANGUAGE.fullmatch(found[0][0]) else None


def _stated_title(package: Package) -> tuple[str, Message | None]:
    """The title in the file's properties, unless it is what programs put there by themselves."""
    if package.meta is not None:
        for element in package.meta.iter(q("dc:title")):
            title = all_text(element)
            if len(title.split()) > 1 and not _MADE_TITLE.match(title):
                return title, wording.title_from_properties(title)
    return "", None


def _report(package: Package, body: Body, findings: list[Finding]) -> None:
    """Add to the findings what is known once all of the text is read."""
    tally = body.inline.tally
    tracked = [e for part in package.text.iter(q("text:tracked-changes")) for e in part.iter()]
    inserted = sum(element.tag == q("text:insertion") for element in tracked)
    deleted = sum(element.tag == q("text:deletion") for element in tracked)
    unseen = (
        wording.insertions(inserted),
        wording.deletions(deleted),
        wording.margin_comments(tally.annotations),
        wording.hidden_words(tally.hidden_words),
    )
    others = (
        wording.lost_links(tally.lost_links),
        wording.headers_and_footers(_words_around(package)),
        wording.table_of_contents(body.contents_words),
    )
    findings += [Finding(None, message, unseen=True) for message in unseen if message.number]
    findings += [Finding(None, message) for message in others if message.number]
    if package.has_macros():
        findings.append(Finding(None, wording.MACROS, unseen=True))


def _words_around(package: Package) -> int:
    masters = None if package.styles is None else package.styles.find(q("office:master-styles"))
    if masters is None:
        return 0
    return sum(len(all_text(part).split()) for page in masters for part in page)
