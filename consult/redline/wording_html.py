"""Wordings as HTML, with their inserted and deleted words for eyes and for ears."""

import re
from html import escape

from markupsafe import Markup
from pyramid.i18n import Localizer

from consult.alignment.fates import FateKind
from consult.blocks.blocks import Kind
from consult.fates.comparing import Change, Line
from consult.fates.wording_rows import Words, called
from consult.i18n import _
from consult.redline.over_html import over_html
from consult.redline.redlining import Pairs, redlined
from consult.redline.tables import Mark, Marks, over_table, whole_table

# The element in which readers see the words of each kind.
_WRAPPED = {
    Kind.PARAGRAPH: ("<p>", "</p>"),
    Kind.QUOTATION: ("<blockquote>", "</blockquote>"),
    Kind.NOTE: ('<p class="note">', "</p>"),
    Kind.FIGURE: ("<figure>", "</figure>"),
    Kind.CODE: ("<pre>", "</pre>"),
}

# A picture, marked or not, and what stands below it.
_PICTURE = re.compile(r"(.*?<img [^<>]*>(?:</(?:ins|del)>)?)(.*)", re.DOTALL)


def wrapped(kind: Kind, html: str, name: str) -> str:
    """Put the HTML of a wording into the element of its kind; below a picture stands its caption.

    A wide table scrolls by itself, by keyboard too; `name` is what that place is called.
    """
    if kind is Kind.TABLE:
        region = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}">'
        return f"{region}{html}</div>"
    picture = _PICTURE.fullmatch(html) if kind is Kind.FIGURE else None
    if picture and picture[2]:
        html = f"{picture[1]}<figcaption>{picture[2]}</figcaption>"
    start, end = _WRAPPED.get(kind, ("<p>", "</p>"))
    return f"{start}{html}{end}"


def table_name(called: str, localizer: Localizer) -> str:
    """Return the name of the place of a table, from what its paragraph is called."""
    return str(localizer.translate(_("Table: ${name}", mapping={"name": called})))


class Strokes:
    """Writes wordings with their changes; screen readers are told what is marked for the eye."""

    def __init__(self, localizer: Localizer) -> None:
        self.localizer = localizer
        self.marks = Marks(localizer.translate(_("deleted:")), localizer.translate(_("inserted:")))

    def line(self, line: Line, lead: str = "") -> str:
        """Return the words of a line inside the element of its kind; `lead` is HTML before them."""
        return self.around(line.words, lead + self.inner(line))

    def inner(self, line: Line) -> str:
        """Return the words of a line with what was deleted and inserted in them."""
        words, change = line.words, line.change
        if change.kind is FateKind.REMOVED:
            return self._whole("deleted", words)
        if change.kind is FateKind.NEW:
            return self._whole("inserted", words)
        if not change.edited:
            return words.html
        pieces = redlined(tuple(w.text for w in change.olds), tuple(w.text for w in change.news))
        pairs, marks = pieces[change.news.index(words)], self.marks
        if len(change.olds) == len(change.news) == 1 and words.kind is Kind.TABLE:
            table = self._table(change.olds[0], words, pairs)
            if table is not None:
                return table
        return over_html(words.html, pairs, deleted=marks.deleted, inserted=marks.inserted)

    def _table(self, old: Words, new: Words, pairs: Pairs) -> str | None:
        """Return a table with what changed in it; None where its words were no table but the same."""
        table = over_table(old.html, new.html, self.marks)
        kept = sum(len(words) for mark, words in pairs if mark == "same")
        if table is None and 4 * kept < len(old.text) + len(new.text):
            # Words that were no table, and are hardly the same, have no place in its cells.
            table = self.around(old, self._whole("deleted", old)) + self._whole("inserted", new)
        return table

    def around(self, words: Words, html: str) -> str:
        """Put HTML into the element of a wording's kind."""
        if words.kind is Kind.ITEM:
            return html
        if words.kind is Kind.HEADING:
            tag = f"h{min(words.level + 1, 6)}"
            return f"<{tag}>{html}</{tag}>"
        name = table_name(called(words, self.localizer), self.localizer)
        return wrapped(words.kind, html, name)

    def _whole(self, mark: Mark, words: Words) -> str:
        if words.kind is Kind.TABLE:
            table = whole_table(words.html, mark, self.marks)
            if table is not None:
                return table
        picture = _PICTURE.fullmatch(words.html) if words.kind is Kind.FIGURE else None
        parts = picture.groups() if picture else (words.html,)
        return "".join(self.marks.whole(mark, part) for part in parts)


def changed(change: Change, localizer: Localizer) -> list[Markup]:
    """Return each wording that came of a change with what changed in it; if none did, what it was.

    A heading is none here: it is words that somebody is shown, and opens no section.
    """
    strokes = Strokes(localizer)
    lines = [Line(change, new) for new in change.news]
    lines = lines or [Line(change, old, gone=True) for old in change.olds]
    return [
        Markup(f"<p>{strokes.inner(line)}</p>")  # noqa: S704
        if line.words.kind is Kind.HEADING
        else Markup(strokes.line(line))  # noqa: S704
        for line in lines
    ]
