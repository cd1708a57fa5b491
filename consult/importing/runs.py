"""Text with marks: what stands inside a paragraph, in one form for all readers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape

# In the order in which elements are nested, the outermost first.
_MARKS = ("strong", "em", "s", "code", "sup", "sub")

# Every stretch of blanks but a single one, of which there are many and which stays as it is.
_BLANKS = re.compile(r"[ \t\x0b\x0c\r\u2028\u2029]{2,}|[\t\x0b\x0c\r\u2028\u2029]")
_AROUND_BREAK = re.compile(r"[ \t\xa0]*\n[ \t\xa0]*")
_EDGES = " \t\n\xa0\u3000\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the same marks.

    A line break is "\n", a tabulator "\t". href: an address that was checked. note: the key of
    the note to which the run refers. language and direction: where they differ from the
    document's.
    """

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""
    note: str = ""
    language: str = ""
    direction: str = ""


def text_of(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Join what is alike, make each stretch of blanks one blank, and cut the edges.

    A stretch with a tabulator in it stays one tabulator: labels are often set apart by one.
    """
    return _trim(_squeeze(_joined(runs)))


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs with neighbours of the same marks made one."""
    texts: list[str] = []
    last: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if last is not None and _alike(last, run):
            texts.append(run.text)
            continue
        if last is not None:
            yield _with_text(last, "".join(texts))
        last, texts = run, [run.text]
    if last is not None:
        yield _with_text(last, "".join(texts))


def _alike(one: Run, other: Run) -> bool:
    return (
        one.marks == other.marks
        and one.href == other.href
        and one.note == other.note
        and one.language == other.language
        and one.direction == other.direction
    )


def _with_text(run: Run, text: str) -> Run:
    """As `replace` does it, which is too slow for what happens to every run."""
    if text == run.text:
        return run
    return Run(text, run.marks, run.href, run.note, run.language, run.direction)


def _squeeze(runs: Iterable[Run]) -> Iterator[Run]:
    before = " "
    for run in runs:
        text = _BLANKS.sub(lambda m: "\t" if "\t" in m[0] else " ", run.text)
        if "\n" in text:
            text = _AROUND_BREAK.sub("\n", text)
        if before in " \t\n" and text[:1] in (" ", "\t"):
            text = text[1:]
        if text:
            before = text[-1]
            yield _with_text(run, text)


def _trim(runs: Iterable[Run]) -> list[Run]:
    kept = list(runs)
    while kept and not (first := kept[0].text.lstrip(_EDGES)):
        del kept[0]
    if kept:
        kept[0] = _with_text(kept[0], first)
    while kept and not (last := kept[-1].text.rstrip(_EDGES)):
        del kept[-1]
    if kept:
        kept[-1] = _with_text(kept[-1], last)
    return kept


def cut(runs: list[Run], length: int) -> list[Run]:
    """The runs without their first `length` characters."""
    kept = []
    for run in runs:
        if length >= len(run.text):
            length -= len(run.text)
            continue
        kept.append(replace(run, text=run.text[length:]))
        length = 0
    return tidy(kept)


def unmarked(runs: Iterable[Run], mark: str) -> list[Run]:
    """The runs without one mark, for where all of a text carries it and it says nothing."""
    return [replace(run, marks=run.marks - {mark}) for run in runs]


def lines(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs divided at their line breaks."""
    divided: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        divided[-1].append(replace(run, text=first))
        divided.extend([replace(run, text=other)] for other in others)
    return divided


def render(runs: Iterable[Run]) -> str:
    """The runs as HTML, every character of theirs escaped."""
    parts: list[str] = []
    opened: list[str] = []
    for run in runs:
        wanted = _elements(run)
        same = 0
        while same < min(len(opened), len(wanted)) and opened[same] == wanted[same]:
            same += 1
        parts.extend(f"</{element.split()[0]}>" for element in reversed(opened[same:]))
        parts.extend(f"<{element}>" for element in wanted[same:])
        parts.append(escape(run.text.replace("\t", " "), quote=False).replace("\n", "<br>"))
        opened = wanted
    parts.extend(f"</{element.split()[0]}>" for element in reversed(opened))
    return "".join(parts)


def _elements(run: Run) -> list[str]:
    elements = []
    if run.language or run.direction:
        language = f' lang="{escape(run.language)}"' if run.language else ""
        direction = f' dir="{escape(run.direction)}"' if run.direction else ""
        elements.append(f"span{language}{direction}")
    if run.href:
        elements.append(f'a href="{escape(run.href)}"')
    marks = [mark for mark in _MARKS if mark in run.marks]
    if run.note and marks[-1:] == ["sup"]:
        marks[-1] = 'sup class="note"'
    return elements + marks
