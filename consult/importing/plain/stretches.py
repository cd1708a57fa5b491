"""Lines of text gathered into stretches that are one block each."""

import re
from dataclasses import dataclass, field

from consult.importing.labels import cut_bullet, find_label
from consult.importing.series import Series

_LIST_LABEL = re.compile(
    r"\(?(?:\d{1,3}[a-z]?|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)]|\(?\d{1,3}(?:\.\d{1,3})+[.)]?"
)
_SENTENCE_END = re.compile(r"[.:;!?…][\"'”’)\]]*$")
_DRAWN = re.compile(r"[+|│┌└├┼─═]|\S[ ]{3,}\S.*\S[ ]{3,}\S")
_BULLET = re.compile(r"(?:[•●▪◦‣·○■*–—-]|o)[ \t]+(?=\S)")


@dataclass(slots=True)
class Line:
    """A line without its indentation; number counts from 1 through the file."""

    text: str
    indent: int
    number: int


@dataclass(slots=True)
class Stretch:
    """Lines that belong together. after_gap: whether an empty line stands before them; closed:
    whether one stands behind them. marker: the bullet or number that opens them."""

    lines: list[Line]
    after_gap: bool
    marker: str = ""
    closed: bool = False
    drawn: bool = False
    hanging: int = field(default=0)

    @property
    def indent(self) -> int:
        return self.lines[0].indent

    @property
    def text(self) -> str:
        return join_lines([line.text for line in self.lines])


def join_lines(lines: list[str]) -> str:
    """Wrapped lines as one, hyphens as they are."""
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        # "non-" at the end of a line goes on without a blank, "two- and three-year" with one.
        tight = re.search(r"\w-$", joined) and not re.match(r"(?:and|or|to|und|oder|et|ou)\b", line)
        joined += line if tight else f" {line}"
    return joined


def wrap_width(lines: list[Line]) -> int:
    """The width at which a text was wrapped; 0 where each paragraph is one long line."""
    lengths = sorted(line.indent + len(line.text) for line in lines if line.text)
    if not lengths or lengths[-1] > 120:
        long = sum(length > 120 for length in lengths)
        if not lengths or long * 20 > len(lengths):
            return 0
    return lengths[min(len(lengths) - 1, int(0.97 * len(lengths)))]


def gather(lines: list[Line]) -> list[Stretch]:
    """Divide a text into stretches."""
    width = wrap_width(lines)
    stretches: list[Stretch] = []
    series = Series()
    gap = True
    for number, line in enumerate(lines):
        if not line.text:
            if stretches and not gap:
                stretches[-1].closed = True
            gap = True
            continue
        previous = "" if gap or not stretches else stretches[-1].lines[-1].text
        if previous and line.indent > _deepest(stretches[-1]):
            # Set further in than the text above: nobody wraps a sentence so.
            previous = ""
        alone = number + 1 == len(lines) or not lines[number + 1].text
        marker = _marker(line, previous, series, alone)
        current = stretches[-1] if stretches and not gap else None
        if current is None or marker or _parts(current, line, width):
            stretches.append(Stretch([line], gap, marker))
        else:
            current.lines.append(line)
        gap = False
    if stretches:
        stretches[-1].closed = True
    for stretch in stretches:
        stretch.drawn = _is_drawn(stretch)
    return stretches


def _marker(line: Line, previous: str, series: Series, alone: bool) -> str:
    """The bullet or number with which a line begins an item, as it is written.

    alone: whether an empty line follows, as behind a heading.
    """
    bullet = _BULLET.match(line.text)
    if bullet and (cut_bullet(line.text) or bullet[0][0] == "o"):
        # A dash at the start of a wrapped line belongs to the sentence.
        ended = not previous or _SENTENCE_END.search(previous) or previous[-1] in ",-–—"
        return bullet[0] if ended or bullet[0][0] in "•●▪◦‣·○■*" else ""
    found = find_label(line.text, heading=False)
    if found is None or not _LIST_LABEL.fullmatch(found.label):
        return ""
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})+[.)]?", found.label):
        return found.label if not previous or _SENTENCE_END.search(previous) else ""
    if series.take(found.label, line.indent, previous) is not None:
        return found.label
    heading = alone and _SENTENCE_END.search(previous) and not _SENTENCE_END.search(line.text)
    return found.label if heading and (found.label[0].isdigit() or found.label[0].isupper()) else ""


def _deepest(stretch: Stretch) -> int:
    """How far the text of a stretch is indented, its first line and marker aside."""
    return max(text_indent(stretch), *(line.indent for line in stretch.lines))


def _parts(current: Stretch, line: Line, width: int) -> bool:
    """Whether a line without a marker begins a paragraph though no empty line stands before it."""
    if not width:
        return True
    last = current.lines[-1]
    length = last.indent + len(last.text)
    # Where the next word would have fitted, the author ended the line on purpose.
    fits = length + 1 + len(line.text.split()[0]) < width - 2
    ended = bool(_SENTENCE_END.search(last.text))
    body = current.lines[1].indent if len(current.lines) > 1 else text_indent(current)
    if line.indent < min(body, current.indent) - 1:
        # A paragraph whose first line is set in goes on further out; anything else does not.
        return fits or len(current.lines) > 1
    if line.indent > last.indent + 1 and not current.marker:
        return ended
    if current.marker and len(current.lines) > 1 and line.indent <= current.indent < body:
        return True
    # So did the author of "2. Voting", who left the rest of that line empty.
    titled = bool(current.marker) and len(current.lines) == 1 and length < 0.6 * width
    return fits and (titled or ended) and line.text[0].isupper()


def text_indent(stretch: Stretch) -> int:
    """Where the text of an item's first line begins, behind its marker."""
    first = stretch.lines[0]
    if not stretch.marker:
        return first.indent
    rest = first.text[len(stretch.marker.rstrip()) :]
    return first.indent + len(first.text) - len(rest.lstrip())


def _is_drawn(stretch: Stretch) -> bool:
    """Whether the lines are a table or figure made of characters, to be kept as they are."""
    if len(stretch.lines) < 2 or stretch.marker:
        return False
    drawn = sum(bool(_DRAWN.search(line.text)) for line in stretch.lines)
    return drawn * 2 > len(stretch.lines) and drawn > 1
