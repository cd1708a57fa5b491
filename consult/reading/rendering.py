"""A published version as HTML, made once; only the counts are put in later."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from pyramid.i18n import Localizer

from consult.blocks.blocks import Kind
from consult.drafts.models import Wording
from consult.drafts.paragraph_names import names
from consult.fates.tracing import Trail
from consult.i18n import _
from consult.reading.figures import Figures, Tally
from consult.reading.notes import Note, called_notes, linked
from consult.redline.wording_html import table_name, wrapped
from consult.text import excerpt
from consult.text.markup import joined, written

EXCERPT = 180  # characters

_NUMBER = Markup('<a class="n" href="#p-{}">{}</a>')
_NAMED_NUMBER = Markup('<a class="n" href="#p-{}" aria-label="{}">{}</a>')
_ITEM = Markup('<li id="p-{}" class="w i{}{}">{}{}')
_SECTION = Markup('<section id="p-{}" class="w{}">{}')
_END_OF_SECTION = Markup("</section>")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for the count of one paragraph's comments, and the markup that stands before it."""

    before: Markup
    paragraph_id: int
    key: str
    name: Markup


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a heading and the paragraphs that stand under it."""

    key: str
    title: str
    level: int
    paragraph_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A paragraph that no longer stands, and the version in which it was taken out."""

    paragraph_id: int
    key: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version's text with slots for its counts, and its contents."""

    slots: tuple[Slot, ...]
    end: Markup
    contents: tuple[Entry, ...]
    title_id: int
    title_key: str
    names: dict[int, str]
    excerpts: dict[int, str]
    headings: dict[int, str]  # what stands above each paragraph
    notes: dict[int, tuple[Note, ...]]  # that paragraphs call
    trail: Trail  # of the document up to this version
    became: dict[int, int]  # with which paragraph the comments on one that is no more count
    removed: tuple[Removed, ...]  # the latest first

    def filled(self, tally: Tally, base: str, localizer: Localizer, open_now: bool) -> Markup:
        """Return the text with the counts of `tally` in it; `base` precedes a key in addresses."""
        write = CountWriter(base, localizer, open_now)
        parts: list[Markup] = []
        for slot in self.slots:
            parts += (slot.before, *write(slot, tally.of(slot.paragraph_id)))
        return joined([*parts, self.end])


def freeze(
    wordings: Sequence[Wording],
    localizer: Localizer,
    trail: Trail,
    removed: Sequence[Removed],
) -> Frozen:
    """Return the text of `wordings` (a whole version in order, paragraphs loaded) with slots."""
    called = names(wordings, localizer)
    notes = called_notes(wordings, called)
    slots: list[Slot] = []
    pending = Markup("")
    in_list = False
    for wording in wordings:
        if wording.kind is Kind.TITLE:
            continue
        if (wording.kind is Kind.ITEM) != in_list:
            pending += Markup("</ul>") if in_list else Markup('<ul class="l">')
            in_list = not in_list
        paragraph, name = wording.paragraph, called[wording.paragraph_id]
        html = linked(wording.html, notes.get(paragraph.id, ()))
        before, after = _around(wording, html, name, table_name(name, localizer))
        slots.append(Slot(pending + before, paragraph.id, paragraph.key, written(name)))
        pending = after + "\n"
    title = next((w for w in wordings if w.kind is Kind.TITLE), wordings[0])
    return Frozen(
        tuple(slots),
        pending + Markup("</ul>") if in_list else pending,
        tuple(_contents(wordings)),
        title.paragraph_id,
        title.paragraph.key,
        called,
        {w.paragraph_id: excerpt(w.text, EXCERPT) for w in wordings},
        dict(_headings(wordings)),
        notes,
        trail,
        trail.became(),
        tuple(removed),
    )


def _around(wording: Wording, html: Markup, name: str, table: str) -> tuple[Markup, Markup]:
    """Return the markup of a wording up to its slot, and after it; `table`: the name of a table's place."""
    key = wording.paragraph.key
    number, note = Markup(""), wording.kind is Kind.NOTE and bool(wording.label)
    if note:
        number = _NAMED_NUMBER.format(key, name, wording.label)
    elif wording.label:
        number = _NUMBER.format(key, wording.label)
    if wording.kind is Kind.ITEM:
        deeper = f" i{min(wording.level, 3)}" if wording.level > 1 else ""
        bullet = "" if wording.label else " b"
        return _ITEM.format(key, deeper, bullet, number, html), Markup("</li>")
    if not number and wording.kind is not Kind.HEADING:
        # What has no number of its own can still be pointed at: its place in the text.
        number = _NUMBER.format(key, f"¶{wording.position - 1}")
    if wording.kind is Kind.HEADING:
        tag = f"h{min(wording.level + 1, 6)}"
        space = " " if number else ""
        inside = Markup("<{0}>{1}{2}{3}</{0}>").format(tag, number, space, html)
    else:
        inside = number + wrapped(wording.kind, html, table)
    return _SECTION.format(key, " t" if note else "", inside), _END_OF_SECTION


def _contents(wordings: Sequence[Wording]) -> Iterator[Entry]:
    headings = [i for i, wording in enumerate(wordings) if wording.kind is Kind.HEADING]
    top = min((wordings[i].level for i in headings), default=1)
    for i in headings:
        heading = wordings[i]
        under = [heading.paragraph_id]
        for wording in wordings[i + 1 :]:
            if wording.kind is Kind.HEADING and wording.level <= heading.level:
                break
            under.append(wording.paragraph_id)
        level = heading.level - top + 1
        if level <= 2:
            title = f"{heading.label} {heading.text}".strip()
            yield Entry(heading.paragraph.key, title, level, tuple(under))


def _headings(wordings: Sequence[Wording]) -> Iterator[tuple[int, str]]:
    above = ""
    for wording in wordings:
        if wording.kind is Kind.HEADING:
            above = f"{wording.label} {wording.text}".strip()
        elif above:
            yield wording.paragraph_id, above


def heat(n: int) -> str:
    """Return the class that shows how much is said: h1 (1 or 2), h2 (to 7), h3 (to 19), h4."""
    return "h1" if n < 3 else "h2" if n < 8 else "h3" if n < 20 else "h4"


class CountWriter:
    """Writes the way from a paragraph to its conversation, as short as can be: it stands on a page a
    thousand times."""

    def __init__(self, base: str, localizer: Localizer, open_now: bool) -> None:
        self.base = base
        self.localizer = localizer
        self.open_now = open_now
        self._around: dict[tuple[int, bool], tuple[Markup, Markup, Markup]] = {}

    def __call__(self, slot: Slot, figures: Figures) -> Iterable[Markup]:
        """Return the pieces of it; none where there is nothing to read and nothing to say."""
        if not figures.n and not self.open_now:
            return ()
        shown = figures.n, bool(figures.answered)
        if shown not in self._around:
            self._around[shown] = self._pieces(*shown)
        before_key, before_name, end = self._around[shown]
        return before_key, written(slot.key), before_name, slot.name, end

    def _pieces(self, n: int, answered: bool) -> tuple[Markup, Markup, Markup]:
        """Return what stands around the key and the name of each paragraph with `n` comments."""
        classes, shown, more = "", str(n), ""
        if n:
            classes = f" {heat(n)} a" if answered else f" {heat(n)}"
            said = self.localizer.pluralize(
                "comment on ${name}", "comments on ${name}", n, domain="consult"
            )
            more = ", " + self.localizer.translate(_("answered")) if answered else ""
        else:
            shown = self.localizer.translate(_("Comment"))
            said = self.localizer.translate(_("on ${name}"))
        before, _hole, after = said.partition("${name}")
        return (
            Markup('<a class="c{}" href="{}').format(classes, self.base),
            Markup('">{}<i> {}').format(shown, before),
            Markup("{}{}</i></a>").format(after, more),
        )
