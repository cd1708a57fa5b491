"""Notes at the foot of a page: lines that begin with a mark, in smaller type or apart from the text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from consult.importing.printed.columns import Column
from consult.importing.printed.lines import Line
from consult.importing.printed.passages import Passage, Role
from consult.importing.runs import Run, cut, text_of, tidy

_MARK = re.compile(
    r"\s*([\[(]?(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5})[\])]?)(?=[\s.:)]|[^\W\d]|$)"
)
_LISTED = re.compile(r"[\[(]?(\d{1,3})[\])]?[.:)]?\s+\S")
_SMALLER = 0.95
# From line to line, by the size of letters.
_APART = 1.5


def body_size(lines: Sequence[Line]) -> float:
    """The size in which most of a text is set."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 10.0


def take_notes(columns: list[Column], body: float) -> list[Passage]:
    """Take the notes off the foot of each column of a page."""
    marks = {mark for column in columns for line in column.lines for mark in calls_in(line.runs)}
    notes: list[Passage] = []
    for column in columns:
        start = _start(column.lines, body, marks)
        if start is None:
            continue
        for line in column.lines[start:]:
            mark = _mark_of(line, marks)
            if mark:
                notes.append(Passage([line], line.page, Role.NOTE, mark=mark, room=column.x1))
            else:
                notes[-1].lines.append(line)
        column.lines = column.lines[:start]
    return notes


def _start(lines: Sequence[Line], body: float, marks: set[str]) -> int | None:
    """Where the notes of a column begin.

    At the first line of its small foot that has a mark, or, where notes are as large as the text, at
    the first raised mark that a line below a gap begins with.
    """
    small = len(lines)
    while small and lines[small - 1].size <= _SMALLER * body:
        small -= 1
    for number in range(small, len(lines)):
        if _mark_of(lines[number], marks):
            return number
    for number, (line, following) in enumerate(pairwise(lines), start=1):
        apart = line.y - following.y > _APART * following.size
        if apart and "sup" in following.runs[0].marks and _mark_of(following, marks):
            return number
    return None


def _mark_of(line: Line, marks: set[str]) -> str:
    """The mark that a line begins with, if the text of the page calls a note by it."""
    match = _MARK.match(line.text)
    mark = match[1].strip("[]()") if match else ""
    return mark if mark in marks else ""


def calls_in(runs: Sequence[Run]) -> list[str]:
    """The raised numbers and signs in a text by which notes may be called, but for its first."""
    found = []
    for number, run in enumerate(runs):
        if "sup" in run.marks and number:
            found += re.findall(r"\d{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5}", run.text)
    return found


def link_notes(passages: Sequence[Passage]) -> None:
    """Give notes their keys and cut their marks off; make the raised numbers in the text refer to
    the note on their page, or the next one with their mark."""
    _find_endnotes(passages)
    notes = [passage for passage in passages if passage.role is Role.NOTE]
    for number, note in enumerate(notes):
        match = _MARK.match(text_of(note.runs))
        if match and match[1].strip("[]()") == note.mark:
            note.runs = cut(note.runs, match.end())
            note.runs = cut(note.runs, len(re.match(r"[.:)\s]*", text_of(note.runs))[0]))  # type: ignore[index]
        # A printed page keeps the arrow by which its site led back.
        note.runs = tidy(
            replace(run, text=re.sub("[↩↑]\ufe0e?", "", run.text)) for run in note.runs
        )
        note.said = f"note {number + 1}"
    for passage in passages:
        _link(passage, notes)


def _find_endnotes(passages: Sequence[Passage]) -> None:
    """Make notes of the list that ends a text, if its numbers are those raised in the text."""
    listed = 0
    for passage in reversed(passages):
        if passage.role not in (Role.TEXT, Role.ITEM) or not _LISTED.match(passage.text):
            break
        listed += 1
    last = passages[len(passages) - listed :]
    marks = [match[1] for passage in last if (match := _LISTED.match(passage.text))]
    if len(marks) < 2 or marks != [str(number + 1) for number in range(len(marks))]:
        return
    called = {
        mark for passage in passages[: len(passages) - listed] for mark in calls_in(passage.runs)
    }
    if len(called.intersection(marks)) * 10 >= 9 * len(marks):
        for passage, mark in zip(last, marks, strict=True):
            passage.role, passage.mark = Role.NOTE, mark


def _link(passage: Passage, notes: Sequence[Passage]) -> None:
    if passage.role is not Role.NOTE:
        passage.runs = tidy(part for run in passage.runs for part in _called(run, passage, notes))
    for row in passage.rows:
        for cell in row:
            for inner in cell.passages:
                _link(inner, notes)


def _called(run: Run, passage: Passage, notes: Sequence[Passage]) -> list[Run]:
    if "sup" not in run.marks:
        return [run]
    parts = []
    for part in re.split(r"(\d{1,3}|[*†‡§¶]+|\b[a-z]\b)", run.text):
        pages = {line.page for line in passage.lines} | {passage.page}
        note = next((n for n in notes if n.mark == part and n.page in pages), None)
        note = note or next((n for n in notes if n.mark == part and n.page > passage.page), None)
        if note is None:
            parts.append(replace(run, text=part))
        else:
            parts.append(Run(part, marks=frozenset({"sup"}), note=note.said))
    return parts
