"""Equations typed as TeX in a text file, which no reading page sets: the report tells of them."""

import re
from collections.abc import Iterator

from consult.blocks.blocks import Finding
from consult.blocks.places import Place, Unit
from consult.importing import wording

# Between dollar signs there is an equation where there is more than an amount of money.
_WITHIN = re.compile(
    r"\$\$?(?=[^\s$])([^$\n]{1,1000})(?<=[^\s$])\$\$?|\\\((.{1,500}?)\\\)|\\\[(.{1,500}?)\\\]"
)
_TYPED = re.compile(r"[\\^_{]")
# Round and square brackets are escaped everywhere, so more is asked of what is between them.
_COMMAND = re.compile(r"\\[A-Za-z]+|\^|_\{")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")


def tell_typed_equations(text: str, skipped: int) -> list[Finding]:
    """One finding for each equation. skipped: lines of the file that are before the text."""
    return [
        Finding(Place(Unit.LINE, number + skipped), wording.typed_equation(" ".join(said.split())))
        for number, said in _equations(text.split("\n"))
    ]


def _equations(lines: list[str]) -> Iterator[tuple[int, str]]:
    in_code, began = False, 0
    block: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        if _FENCE.match(line):
            in_code = not in_code
        elif in_code:
            continue
        elif line.strip() == "$$":
            if block is not None:
                yield began, " ".join(block)
            block, began = ([] if block is None else None), number
        elif block is not None:
            block.append(line)
        else:
            for match in _WITHIN.finditer(line):
                said = next(filter(None, match.groups()))
                if (_TYPED if match[1] else _COMMAND).search(said):
                    yield number, said
