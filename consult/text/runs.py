"""A fragment of sanitised HTML as runs: its tags and the text between them, with their places.

Whatever has to do with HTML and with places in its plain text stands on this: what a tag is, what
sets apart, and what counts as a character is said here and nowhere else.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# A tag in sanitised HTML, where no attribute holds "<" or ">". Splitting at it leaves text at the
# even places and tags at the odd ones. The number by which a note is called is part of its tag: it
# counts notes, is none of the author's words, and changes with every note that comes before.
_TAG = re.compile(r'(<sup class="note">[^<>]*</sup>|</?[a-zA-Z][^<>]*>)')
_NAME = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*")
_DESCRIPTION = re.compile(r"<img [^<>]*?alt=\"([^\"]*)\"")
_PIECE = re.compile(r"\s+|\S+")

_INLINE = frozenset(
    {"a", "abbr", "b", "code", "em", "i", "mark", "s", "span", "strong", "sub", "sup"}
)


class Run(NamedTuple):
    """A tag, or the text between two tags.

    html: as it stands; name: "td" of a tag that opens a cell, "/td" of the one that closes it, "" of
    text; text: what a reader sees of it with entities decoded, of a picture its description.
    """

    html: str
    name: str
    text: str

    @property
    def separates(self) -> bool:
        """True for a tag that sets apart, for a reader, what stands before it and behind it."""
        return self.name != "" and self.name.removeprefix("/") not in _INLINE


class Piece(NamedTuple):
    """A word of a run, or the white space between two.

    start: where it stands in the plain text. White space stands right behind the word before it: at
    the one space that it becomes if another word follows.
    """

    text: str
    start: int
    blank: bool


def runs(html: str) -> list[Run]:
    """Return the runs of some HTML, none of them empty; their `html` together is what came in."""
    found = []
    for number, part in enumerate(_TAG.split(html)):
        if number % 2:
            found.append(Run(part, _name(part), _description(part)))
        elif part:
            found.append(Run(part, "", unescape(part)))
    return found


def placed(html: str) -> Iterator[tuple[Run, list[Piece]]]:
    """Yield each run of some HTML with its pieces, whose places are those of its plain text.

    The plain text has the words at their places, and a space wherever there is none.
    """
    place, gap = 0, False
    for run in runs(html):
        pieces = []
        gap = gap or run.separates
        for text in _PIECE.findall(run.text):
            blank = text.isspace()
            if gap and place and not blank:
                place += 1
            pieces.append(Piece(text, place, blank))
            place += 0 if blank else len(text)
            gap = blank
        # A description is set apart from what follows as from what came before.
        gap = gap or run.separates
        yield run, pieces


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[0][1:].lower() if found else ""


def _description(tag: str) -> str:
    said = _DESCRIPTION.match(tag)
    return unescape(said[1]) if said else ""
