"""What became of a wording, in a few words with links: the note beside each change of a redline."""

import re
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup
from pyramid.i18n import Localizer, TranslationString

from consult.alignment.fates import FateKind
from consult.fates.comparing import Line
from consult.fates.wording_rows import Words
from consult.i18n import _
from consult.text.markup import written

_HOLE = re.compile(r"\$\{(\w+)\}")
_LINK = Markup('<a href="{}">{}</a>')


def filled(localizer: Localizer, message: TranslationString, **values: str) -> Markup:
    """Return `message`, translated, as markup with each ``${name}`` replaced; text is escaped."""
    return put_in(localizer.translate(message), **values)


def put_in(said: str, **values: str) -> Markup:
    """Return a sentence as markup with each ``${name}`` in it replaced, and none in what is put in."""
    parts = enumerate(_HOLE.split(said))
    return Markup("").join(values[part] if n % 2 else written(part) for n, part in parts)


def _in_the_text(words: Words) -> str:
    return f"#p-{words.key}"


class Teller:
    """Tells of the lines of a redline.

    before, after: what paragraphs are called, by id; href: the address of what a paragraph is now,
    left: of the place that it left, "" where there is none to lead to.
    """

    def __init__(
        self,
        localizer: Localizer,
        before: Mapping[int, str],
        after: Mapping[int, str],
        href: Callable[[Words], str] = _in_the_text,
        left: str = "#from-",
    ) -> None:
        self.localizer = localizer
        self.before = before
        self.after = after
        self.href = href
        self.left = left

    def tell(self, line: Line) -> Markup:
        """Return markup that says what happened; "" where nothing did."""
        change = line.change
        if line.gone:
            return self._gone(line)
        if change.kind is FateKind.NEW:
            return self._say(_("New"))
        if change.kind is FateKind.MOVED:
            message = _("Moved here from ${place}")
            if change.edited:
                message = _("Moved here from ${place} and edited")
            return self._say(message, place=self._from(change.olds[0]))
        if change.kind is FateKind.SPLIT:
            return self._split(line)
        if change.kind is FateKind.MERGED:
            return self._say(_("Merged from ${places}"), places=self._old_names(change.olds))
        if change.kind is FateKind.EDITED:
            return self._say(_("Edited"))
        return Markup("")

    def renumbered(self, line: Line) -> Markup:
        """Return what the paragraph was called before, where that is another number; or ""."""
        if line.gone or not line.change.renumbered or not line.change.olds[0].label:
            return Markup("")
        return self._say(_("was ${name}"), name=line.change.olds[0].label)

    def _gone(self, line: Line) -> Markup:
        change = line.change
        name = self.before[line.words.paragraph_id]
        if change.kind is FateKind.REMOVED:
            return self._say(_("Removed"))
        to = self._links(change.news)
        if change.kind is FateKind.MERGED:
            return self._say(_("${name} was merged into ${places}"), name=name, places=to)
        return self._say(_("${name} moved to ${place}"), name=name, place=to)

    def _split(self, line: Line) -> Markup:
        change = line.change
        old = self._old_names(change.olds)
        if line.words is change.news[0]:
            others = self._links(change.news[1:])
            return self._say(_("Split: part of ${name} is now ${places}"), name=old, places=others)
        return self._say(_("Split off from ${name}"), name=old)

    def _from(self, old: Words) -> str:
        name = self.before[old.paragraph_id]
        return _LINK.format(self.left + old.key, name) if self.left else name

    def _old_names(self, olds: Sequence[Words]) -> Markup:
        return self._list([self.before[old.paragraph_id] for old in olds])

    def _links(self, news: Sequence[Words]) -> Markup:
        return self._list(
            [_LINK.format(self.href(new), self.after[new.paragraph_id]) for new in news]
        )

    def _list(self, parts: Sequence[str]) -> Markup:
        if len(parts) < 2:
            return Markup("").join(parts)
        first, last = Markup(", ").join(parts[:-1]), parts[-1]
        return self._say(_("${first} and ${last}"), first=first, last=last)

    def _say(self, message: TranslationString, **values: str) -> Markup:
        return filled(self.localizer, message, **values)
