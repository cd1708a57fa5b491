"""Inserted and deleted words as HTML, for eyes and for ears."""

from html import escape

from pyramid.i18n import Localizer

from consult.drafts.alignment.fates import FateKind
from consult.drafts.comparing import Line
from consult.drafts.importing.blocks import Kind
from consult.drafts.overlaying import over_html
from consult.drafts.redlining import redlined
from consult.drafts.words import Words
from consult.i18n import _
from consult.reading.rendering import WRAPPED


class Strokes:
    """Writes wordings with their changes; screen readers are told what is marked for the eye."""

    def __init__(self, localizer: Localizer) -> None:
        self.deleted = localizer.translate(_("deleted:"))
        self.inserted = localizer.translate(_("inserted:"))

    def line(self, line: Line, lead: str = "") -> str:
        """Return the words of a line inside the element of its kind; `lead` is HTML before them."""
        words, change = line.words, line.change
        if change.kind is FateKind.REMOVED:
            return around(words, lead + self._whole("del", self.deleted, words.html))
        if change.kind is FateKind.NEW:
            return around(words, lead + self._whole("ins", self.inserted, words.html))
        if not change.edited:
            return around(words, lead + words.html)
        pieces = redlined(tuple(w.text for w in change.olds), tuple(w.text for w in change.news))
        pairs = pieces[change.news.index(words)]
        marked = over_html(words.html, pairs, deleted=self.deleted, inserted=self.inserted)
        return around(words, lead + marked)

    def _whole(self, element: str, spoken: str, html: str) -> str:
        hint = f'<span class="vh">{escape(spoken, quote=False)} </span>'
        return f"<{element}>{hint}{html}</{element}>"


def around(words: Words, html: str) -> str:
    """Put HTML into the element of a wording's kind."""
    if words.kind is Kind.ITEM:
        return html
    if words.kind is Kind.HEADING:
        tag = f"h{min(words.level + 1, 6)}"
        return f"<{tag}>{html}</{tag}>"
    if words.kind is Kind.TABLE:
        return f'<div class="scroll">{html}</div>'
    start, end = WRAPPED.get(words.kind, ("<p>", "</p>"))
    return f"{start}{html}{end}"
