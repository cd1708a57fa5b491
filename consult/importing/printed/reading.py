"""A PDF file as pieces."""

import re
from collections import Counter
from dataclasses import dataclass, field

from consult.blocks.blocks import Finding
from consult.blocks.messages import Message, _, ngettext
from consult.blocks.places import Place, Unit
from consult.importing.pieces import Reading
from consult.importing.printed.contents import drop_contents, without_heading
from consult.importing.printed.conversion import Roles, count_items, notes_in, paragraphs_in
from consult.importing.printed.footnotes import body_size, link_notes
from consult.importing.printed.furniture import drop_furniture
from consult.importing.printed.joining import words_of
from consult.importing.printed.layout import Laid, lay, passages_by_place
from consult.importing.printed.lines import Line, lines_of
from consult.importing.printed.opening import language_of, opened, stated
from consult.importing.printed.outline import Entry, level_by_outline, read_outline
from consult.importing.printed.passages import Passage, over_pages, settle
from consult.importing.printed.sheets import Sheet, read_sheets
from consult.importing.printed.structure import passages_by_tags
from consult.importing.tally import Tally
from consult.importing.word.kinds import pieces_of
from consult.importing.wording import title_from_properties

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_REVIEW = _(
    "A PDF file holds pages, not paragraphs: what is a heading, an item or a paragraph was worked"
    " out from how it looks; review it before publishing."
)


@dataclass(slots=True)
class _File:
    """What is read from the file itself."""

    sheets: list[Sheet]
    outline: list[Entry] = field(default_factory=list)
    title: str = ""
    language: str = ""


def read(data: bytes) -> Reading:
    """Read a PDF file. Raises ImportRefused."""
    with opened(data) as document:
        file = _File(
            read_sheets(document),
            read_outline(document),
            stated(document, "Title"),
            language_of(document),
        )
    findings = [Finding(None, _REVIEW)]
    passages = _passages(file.sheets, findings)
    lines = [line for passage in passages for line in passage.lines]
    paragraphs = paragraphs_in(passages, body_size(lines))
    level_by_outline(paragraphs, file.outline)
    count_items(paragraphs)
    pieces = pieces_of(paragraphs, {}, Roles(), findings)
    pieces += notes_in(passages)
    language = file.language if _LANGUAGE.fullmatch(file.language) else None
    return Reading(pieces, findings, language, *_title(file))


def _passages(sheets: list[Sheet], findings: list[Finding]) -> list[Passage]:
    laid = lay(sheets)
    running = drop_furniture([one.page for one in laid])
    words = words_of(_lines(laid))
    tagged = passages_by_tags(sheets, laid, words)
    doubtful: list[int] = []
    contents, forgotten = Counter[int](), Counter[int]()
    if tagged is not None:
        passages, contents, forgotten = tagged
    else:
        passages, doubtful = passages_by_place(laid)
        settle(passages, words)
    passages = over_pages(passages, words)
    passages, more = drop_contents(passages)
    if contents.total():
        passages = without_heading(passages)
    link_notes(passages)
    if running:
        # They are on every page.
        findings.append(Finding(None, _running_words(running)))
    _report(sheets, contents + more, forgotten, doubtful, findings)
    return passages


def _lines(laid: list[Laid]) -> list[Line]:
    lines = [line for one in laid for line in (*one.page.lines, *one.beside)]
    for one in laid:
        for grid in one.grids:
            lines += [line for place in grid.places for line in lines_of(place.chunks)]
    return lines


def _report(
    sheets: list[Sheet],
    contents: Counter[int],
    forgotten: Counter[int],
    doubtful: list[int],
    findings: list[Finding],
) -> None:
    """Add to the findings what was left out and what is doubtful, page by page."""
    tally = Tally()
    for sheet in sheets:
        tally.place = Place(Unit.PAGE, sheet.number)
        tally.count(_words_of_contents, contents[sheet.number])
        tally.count(_turned_words, sheet.turned)
        tally.count(_forgotten_words, forgotten[sheet.number])
        tally.count(_unknown_letters, sheet.unknown)
    findings += tally.findings()
    unruled = _("What looks like a table without ruled lines may be out of order.")
    findings += [Finding(Place(Unit.PAGE, page), unruled) for page in doubtful]
    if sum(s.invisible for s in sheets) * 2 > sum(s.letters for s in sheets):
        message = _(
            "The text was recognised by a machine from pictures of pages; compare each word."
        )
        findings.append(Finding(None, message))


def _running_words(number: int) -> Message:
    return ngettext(
        "${number} word of running heads, running feet and page numbers was left out.",
        "${number} words of running heads, running feet and page numbers were left out.",
        number,
    )


def _words_of_contents(number: int) -> Message:
    return ngettext(
        "${number} word of the table of contents was left out.",
        "${number} words of the table of contents were left out.",
        number,
    )


def _turned_words(number: int) -> Message:
    return ngettext(
        "${number} word set at an angle was left out.",
        "${number} words set at an angle were left out.",
        number,
    )


def _forgotten_words(number: int) -> Message:
    return ngettext(
        "${number} word outside the structure of the file was put at the end of the page.",
        "${number} words outside the structure of the file were put at the end of the page.",
        number,
    )


def _unknown_letters(number: int) -> Message:
    return ngettext(
        "${number} letter was not told by the fonts and left out.",
        "${number} letters were not told by the fonts and left out.",
        number,
    )


def _title(file: _File) -> tuple[str, Message | None]:
    """The title that the file states, if its first page has it too; programs state all sorts."""
    first = "".join(chunk.text for chunk in file.sheets[0].chunks)
    name = re.sub(r"\W+", "", file.title).casefold()
    if len(file.title.split()) > 1 and name in re.sub(r"\W+", "", first).casefold():
        return file.title, title_from_properties(file.title)
    return "", None
