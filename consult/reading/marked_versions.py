"""Two versions read as one: the whole text with its changes marked, made once for each pair."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup
from pyramid.i18n import Localizer

from consult.alignment.fates import FateKind
from consult.blocks.blocks import Kind
from consult.drafts.paragraph_names import names
from consult.fates.comparing import Change, Line, in_reading_order
from consult.fates.wording_rows import Words
from consult.reading.change_notes import Teller, put_in
from consult.reading.rendering import Entry
from consult.redline.wording_html import Strokes

#: So many paragraphs or more that did not change, one after another, are folded.
FOLDED = 2

_FOLD = Markup('<details class="fold"><summary>{}</summary>')
_OPENING = Markup('<{} id="{}-{}" class="{}">')
_NUMBER = Markup('<a class="n" href="p/{}">{}{}</a>')


@dataclass(frozen=True, slots=True)
class Spot:
    """Markup, and behind it a place for what is said about the change that stands there."""

    before: Markup
    paragraph_ids: tuple[int, ...] = ()
    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many changes there are of a kind; the address of the first."""

    kind: FateKind
    n: int
    href: str


@dataclass(frozen=True, slots=True)
class Redline:
    """A marked text with its spots, the last without one; its sums and its contents."""

    spots: tuple[Spot, ...]
    sums: tuple[Sum, ...]
    renumbered: int
    contents: tuple[Entry, ...]  # the sections that have changes; one paragraph id for each

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return sum(len(spot.before) for spot in self.spots)


def mark(changes: Sequence[Change], localizer: Localizer) -> Redline:
    """Return the redline of two whole versions, whose `changes` these are."""
    # The title is the page's own heading as long as it is the same.
    lines = [
        line
        for line in in_reading_order(changes)
        if line.words.kind is not Kind.TITLE or _changed(line)
    ]
    sheet = _Sheet(localizer, changes)
    for quiet, stretch in groupby(lines, key=_quiet(lines)):
        sheet.write(list(stretch), quiet)
    return Redline(
        (*sheet.spots, Spot(sheet.pending)),
        tuple(_sums(lines)),
        sum(change.renumbered for change in changes),
        tuple(_sections(lines)),
    )


def _changed(line: Line) -> bool:
    return line.change.kind is not FateKind.UNCHANGED


class _quiet:  # noqa: N801 - used as a function
    """Says of a line that nothing happened there and no change needs it to be found."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._headings = {id(line) for line in _headings_over_changes(lines)}

    def __call__(self, line: Line) -> bool:
        return not _changed(line) and id(line) not in self._headings


def _headings_over_changes(lines: Iterable[Line]) -> Iterator[Line]:
    above: list[Line] = []
    for line in lines:
        heading = line.words.kind is Kind.HEADING and not line.gone
        if heading:
            above = [other for other in above if other.words.level < line.words.level]
        if _changed(line):
            yield from above
        if heading:
            above.append(line)


def _sums(lines: Sequence[Line]) -> Iterator[Sum]:
    """Yield the kinds that there are, in the order of their table, the unchanged ones last."""
    first: dict[FateKind, Line] = {}
    counted: Counter[FateKind] = Counter()
    seen: set[int] = set()
    for line in lines:
        if id(line.change) not in seen and (not line.gone or not line.change.news):
            seen.add(id(line.change))
            counted[line.change.kind] += 1
            first.setdefault(line.change.kind, line)
    for kind in sorted(FateKind, key=lambda kind: kind is FateKind.UNCHANGED):
        if counted[kind]:
            yield Sum(kind, counted[kind], f"#p-{first[kind].words.key}")


def _sections(lines: Sequence[Line]) -> Iterator[Entry]:
    """Yield the headings of the two highest levels with the changes that stand under each."""
    headings = [line for line in lines if line.words.kind is Kind.HEADING and not line.gone]
    top = min((line.words.level for line in headings), default=1)
    open_: list[tuple[Words, list[int]]] = []
    done: list[tuple[Words, list[int]]] = []
    for line in lines:
        words = line.words
        if words.kind is Kind.HEADING and not line.gone:
            open_ = [entry for entry in open_ if entry[0].level < words.level]
            if words.level <= top + 1:
                open_.append((words, []))
                done.append(open_[-1])
        if _changed(line) and not (line.gone and line.change.news):
            for _heading, changed in open_:
                changed.append(words.paragraph_id)
    for heading, changed in done:
        if changed:
            title = f"{heading.label} {heading.text}".strip()
            yield Entry(heading.key, title, heading.level - top + 1, tuple(changed))


class _Sheet:
    """Writes lines one after another."""

    def __init__(self, localizer: Localizer, changes: Sequence[Change]) -> None:
        olds = sorted((w for c in changes for w in c.olds), key=lambda w: w.position)
        news = sorted((w for c in changes for w in c.news), key=lambda w: w.position)
        self.before, self.after = names(olds, localizer), names(news, localizer)
        self.localizer = localizer
        self.teller = Teller(localizer, self.before, self.after)
        self.strokes = Strokes(localizer)
        self.spots: list[Spot] = []
        self.pending = Markup("")
        self._in_list = False

    def write(self, lines: Sequence[Line], quiet: bool) -> None:
        """Write a stretch of lines, folded where they are `quiet` and not few."""
        folded = quiet and len(lines) >= FOLDED
        if folded:
            self._list(False)
            self.pending += _FOLD.format(self._summary(lines))
        for line in lines:
            self._write(line)
        if folded:
            self._list(False)
            self.pending += Markup("</details>\n")

    def _summary(self, lines: Sequence[Line]) -> Markup:
        said = self.localizer.pluralize(
            "${n} paragraph did not change, ${first} to ${last}",
            "${n} paragraphs did not change, ${first} to ${last}",
            len(lines),
            domain="consult",
        )
        first, last = self._name(lines[0]), self._name(lines[-1])
        return put_in(said, n=str(len(lines)), first=first, last=last)

    def _name(self, line: Line) -> str:
        called = self.before if line.gone else self.after
        return called[line.words.paragraph_id]

    def _list(self, wanted: bool) -> None:
        if wanted != self._in_list:
            self.pending += Markup('<ul class="l">') if wanted else Markup("</ul>")
            self._in_list = wanted

    def _write(self, line: Line) -> None:
        words = line.words
        item = words.kind is Kind.ITEM
        self._list(item)
        tag = "li" if item else "section"
        elsewhere = line.gone and bool(line.change.news)
        classes = ["w", *_item_classes(words)]
        if _changed(line):
            classes += ["ch", f"ch-{line.change.kind}" if not elsewhere else "ch-left"]
        # A paragraph that was merged into another has its key to itself; one that moved has not.
        place = "from" if elsewhere and line.change.kind is FateKind.MOVED else "p"
        number, heading = self._number(line), words.kind is Kind.HEADING
        opening = _OPENING.format(tag, place, words.key, " ".join(classes))
        opening += Markup("") if heading else number
        told = self.teller.tell(line)
        notes = Markup('<div class="notes"><p class="how">{}</p>').format(told)
        closing = Markup("</{}>\n").format(tag)
        if elsewhere:
            self.pending += opening + notes + Markup("</div>") + closing
            return
        content = self.strokes.line(line, number + " " if heading and number else None)
        if not told:
            self.pending += opening + content + closing
            return
        if item:
            # Beside the notes the words have to be one thing.
            content = Markup("<div>{}</div>").format(content)
        change = line.change
        first = line.gone or words is change.news[0]
        family = tuple(w.paragraph_id for w in (*change.olds, *change.news)) if first else ()
        self.spots.append(Spot(self.pending + opening + notes, family, words.key, self._name(line)))
        self.pending = Markup("</div>") + content + closing

    def _number(self, line: Line) -> Markup:
        words = line.words
        if line.gone and line.change.news:
            return Markup("")
        label = words.label
        if not label and words.kind not in (Kind.ITEM, Kind.HEADING, Kind.TITLE):
            label = f"¶{words.position - 1}"
        was = self.teller.renumbered(line)
        if was:
            was = Markup(' <span class="was">{}</span>').format(was)
        return _NUMBER.format(words.key, label, was) if label or was else Markup("")


def _item_classes(words: Words) -> list[str]:
    """Return what sets a list item in, as on the reading page."""
    if words.kind is not Kind.ITEM:
        return []
    deeper = [f"i{min(words.level, 3)}"] if words.level > 1 else []
    return ["i", *deeper, *([] if words.label else ["b"])]
