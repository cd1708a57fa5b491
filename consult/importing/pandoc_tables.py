"""Tables drawn with lines and blanks, as pandoc writes them, made into tables with bars.

The forms are those of pandoc's manual: simple, multiline and grid tables. A table starts at a
line of dashes in groups (with its head above it or between two of them) or at "+---+".
"""

import re

_GROUPS = re.compile(r"^[ ]{0,3}-{2,}(?:[ ]+-{2,})+[ ]*$")
_RULE = re.compile(r"^[ ]{0,3}-{3,}[ ]*$")
_GRID = re.compile(r"^[ ]{0,3}\+(?:[-=:]{2,}\+){1,}[ ]*$")
_MOST_LINES = 400


def draw_with_bars(lines: list[str], start: int) -> tuple[list[str], int] | None:
    """The table that begins at a line, as lines with bars, and how many lines it took up."""
    if _GRID.match(lines[start]):
        return _grid(lines, start)
    first = lines[start]
    opened = bool(_GROUPS.match(first) or _RULE.match(first))
    if not opened and not (start + 1 < len(lines) and _GROUPS.match(lines[start + 1])):
        return None
    if not first.strip():
        return None
    return _spaced(lines, start, opened)


def _spaced(lines: list[str], start: int, opened: bool) -> tuple[list[str], int] | None:
    """A table whose columns are set apart by blanks; `opened`: by a line above its head."""
    head_start = start + 1 if opened else start
    groups = _find(lines, head_start, start)
    if groups is None:
        return None
    multiline = bool(_RULE.match(lines[start]))
    end = groups + 1
    while end < min(len(lines), start + _MOST_LINES):
        line = lines[end]
        if _RULE.match(line) or _GROUPS.match(line):
            break
        if not line.strip() and not opened:
            break
        end += 1
    closed = end < len(lines) and bool(lines[end].strip())
    if (opened and not closed) or end == groups + 1:
        return None
    columns = [(m.start(), m.end()) for m in re.finditer(r"-+", lines[groups])]
    head = _row(lines[head_start:groups], columns)
    body = lines[groups + 1 : end]
    rows = (
        _stretches(body)
        if multiline or any(not line.strip() for line in body)
        else [[b] for b in body]
    )
    drawn = _bars(head, [_row(row, columns) for row in rows], len(columns))
    return drawn, end - start + (1 if closed else 0)


def _find(lines: list[str], head_start: int, start: int) -> int | None:
    """The line of dashes under the head, which gives the columns."""
    if head_start > start and _GROUPS.match(lines[start]) and head_start < len(lines):
        # Without a head the first line of dashes is the one that counts.
        for number in range(head_start, min(len(lines), head_start + 12)):
            if (
                _GROUPS.match(lines[number])
                and number + 1 < len(lines)
                and lines[number + 1].strip()
            ):
                return number
            if not lines[number].strip():
                break
        return start
    for number in range(head_start, min(len(lines), head_start + 12)):
        if _GROUPS.match(lines[number]):
            return number
        if not lines[number].strip():
            return None
    return None


def _row(lines: list[str], columns: list[tuple[int, int]]) -> list[str]:
    """The cells of the lines that make up one row."""
    cells = []
    for place, (left, _) in enumerate(columns):
        right = columns[place + 1][0] if place + 1 < len(columns) else None
        left = 0 if place == 0 else left
        cells.append(" ".join(part for line in lines if (part := line[left:right].strip())))
    return cells


def _stretches(lines: list[str]) -> list[list[str]]:
    stretches: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            stretches[-1].append(line)
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def _grid(lines: list[str], start: int) -> tuple[list[str], int] | None:
    columns = [(m.end(), 0) for m in re.finditer(r"\+(?=[-=:])", lines[start])]
    rows: list[list[str]] = []
    head = 0
    end = start + 1
    row: list[str] = []
    while end < min(len(lines), start + _MOST_LINES):
        line = lines[end]
        if _GRID.match(line):
            rows.append(_grid_row(row, columns))
            row = []
            head = len(rows) if "=" in line else head
        elif line.lstrip().startswith("|"):
            row.append(line)
        else:
            break
        end += 1
    if row or not rows or any(not any(cells) for cells in rows):
        return None
    return _bars(rows[0] if head else [], rows[1:] if head else rows, len(columns)), end - start


def _grid_row(lines: list[str], columns: list[tuple[int, int]]) -> list[str]:
    cells = []
    for place, (left, _) in enumerate(columns):
        right = columns[place + 1][0] - 1 if place + 1 < len(columns) else None
        parts = [line[left:right].strip().strip("|").strip() for line in lines]
        cells.append("<br>".join(" ".join(part) for part in _paragraphs(parts)))
    return cells


def _paragraphs(parts: list[str]) -> list[list[str]]:
    """The lines of a cell, divided at empty ones and before the items of a list."""
    paragraphs: list[list[str]] = [[]]
    for part in parts:
        if not part or re.match(r"[-*+] |\d{1,3}[.)] ", part):
            paragraphs.append([])
        if part:
            paragraphs[-1].append(re.sub(r"^[-*+] ", "• ", part))
    return [paragraph for paragraph in paragraphs if paragraph]


def _bars(head: list[str], rows: list[list[str]], width: int) -> list[str]:
    table = [head or [""] * width, ["---"] * width, *rows]
    return [
        "| " + " | ".join(re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in row) + " |"
        for row in table
    ]
