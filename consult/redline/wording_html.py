"""Wordings as HTML, with their inserted and deleted words for eyes and for ears."""

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
from consult.text.markup import stored
from consult.text.runs import runs

# The element in which readers see the words of each kind.
_WRAPPED = {
    Kind.QUOTATION: Markup("<blockquote>{}</blockquote>"),
    Kind.NOTE: Markup('<p class="note">{}</p>'),
    Kind.FIGURE: Markup("<figure>{}</figure>"),
    Kind.CODE: Markup("<pre>{}</pre>"),
}
_PARAGRAPH = Markup("<p>{}</p>")
_CAPTION = Markup("{}<figcaption>{}</figcaption>")
_REGION = Markup('<div class="scroll" tabindex="0" role="region" aria-label="{}">{}</div>')


def wrapped(kind: Kind, html: str, name: str) -> Markup:
    """Put the sanitised HTML of a wording into the element of its kind; below a picture stands its caption.

    A wide table scrolls by itself, by keyboard too; `name` is what that place is called.
    """
    if kind is Kind.TABLE:
        return _REGION.format(name, stored(html))
    inside, (picture, caption) = stored(html), _parted(kind, html)
    if picture and caption:
        inside = _CAPTION.format(stored(picture), stored(caption))
    return _WRAPPED.get(kind, _PARAGRAPH).format(inside)


def _parted(kind: Kind, html: str) -> tuple[str, str]:
    """Return a picture, marked or not, and what stands below it; "" and all of it where none is."""
    found = runs(html) if kind is Kind.FIGURE else []
    place = next((number for number, run in enumerate(found, 1) if run.name == "img"), 0)
    if 0 < place < len(found) and found[place].name in ("/ins", "/del"):
        place += 1
    picture = "".join(run.html for run in found[:place])
    return picture, html[len(picture) :]


def table_name(called: str, localizer: Localizer) -> str:
    """Return the name of the place of a table, from what its paragraph is called."""
    return str(localizer.translate(_("Table: ${name}", mapping={"name": called})))


class Strokes:
    """Writes wordings with their changes; screen readers are told what is marked for the eye."""

    def __init__(self, localizer: Localizer) -> None:
        self.localizer = localizer
        self.marks = Marks(localizer.translate(_("deleted:")), localizer.translate(_("inserted:")))

    def line(self, line: Line, lead: Markup | None = None) -> Markup:
        """Return the words of a line inside the element of its kind, with `lead` before them."""
        return self.around(line.words, (lead or Markup("")) + self.inner(line))

    def inner(self, line: Line) -> Markup:
        """Return the words of a line with what was deleted and inserted in them."""
        words, change = line.words, line.change
        if change.kind is FateKind.REMOVED:
            return self._whole("deleted", words)
        if change.kind is FateKind.NEW:
            return self._whole("inserted", words)
        if not change.edited:
            return stored(words.html)
        pieces = redlined(tuple(w.text for w in change.olds), tuple(w.text for w in change.news))
        pairs, marks = pieces[change.news.index(words)], self.marks
        if len(change.olds) == len(change.news) == 1 and words.kind is Kind.TABLE:
            table = self._table(change.olds[0], words, pairs)
            if table is not None:
                return table
        return over_html(words.html, pairs, deleted=marks.deleted, inserted=marks.inserted)

    def _table(self, old: Words, new: Words, pairs: Pairs) -> Markup | None:
        """Return a table with what changed in it; None where its words were no table but the same."""
        table = over_table(old.html, new.html, self.marks)
        kept = sum(len(words) for mark, words in pairs if mark == "same")
        if table is None and 4 * kept < len(old.text) + len(new.text):
            # Words that were no table, and are hardly the same, have no place in its cells.
            table = self.around(old, self._whole("deleted", old)) + self._whole("inserted", new)
        return table

    def around(self, words: Words, html: Markup) -> Markup:
        """Put markup into the element of a wording's kind."""
        if words.kind is Kind.ITEM:
            return html
        if words.kind is Kind.HEADING:
            tag = f"h{min(words.level + 1, 6)}"
            return Markup("<{0}>{1}</{0}>").format(tag, html)
        name = table_name(called(words, self.localizer), self.localizer)
        return wrapped(words.kind, html, name)

    def _whole(self, mark: Mark, words: Words) -> Markup:
        if words.kind is Kind.TABLE:
            table = whole_table(words.html, mark, self.marks)
            if table is not None:
                return table
        parts = _parted(words.kind, words.html)
        return Markup("").join(self.marks.whole(mark, part) for part in parts)


def changed(change: Change, localizer: Localizer) -> list[Markup]:
    """Return each wording that came of a change with what changed in it; if none did, what it was.

    A heading is none here: it is words that somebody is shown, and opens no section.
    """
    strokes = Strokes(localizer)
    lines = [Line(change, new) for new in change.news]
    lines = lines or [Line(change, old, gone=True) for old in change.olds]
    return [
        _PARAGRAPH.format(strokes.inner(line))
        if line.words.kind is Kind.HEADING
        else strokes.line(line)
        for line in lines
    ]
