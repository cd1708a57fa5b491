"""Equations on one line, as one would type them: 3/4, r², √(a+b).

Readers of formats build them with these functions, from the parts inwards out.
"""

import re
from dataclasses import dataclass, replace

from consult.importing.runs import Run
from consult.importing.scripts import lowered, raised

#: Stands on both sides of a fraction until its neighbours are known: "1" and "3/4" is no "13/4".
#: No text has it: Unicode keeps it for such use within programs.
EDGE = "\ufdd0"
_SIMPLE = re.compile(r"[\w.,′'\u0300-\u036f]*|\([^()]*\)|\[[^\[\]]*\]|√\([^()]*\)")
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation as text. plain: it stood on one line in the file too."""

    text: str
    plain: bool


def settled(text: str) -> str:
    """The text without edges: a blank where they keep figures and letters apart."""
    joined = ""
    for part in re.split(f"{EDGE}+", text):
        apart = joined[-1:].isalnum() and part[:1].isalnum()
        joined += f" {part}" if apart else part
    return joined


def settled_runs(runs: list[Run]) -> list[Run]:
    """As `settled`, for text in runs."""
    if not any(EDGE in run.text for run in runs):
        return runs
    done, last, at_edge = [], "", False
    for run in runs:
        text = ""
        for number, part in enumerate(run.text.split(EDGE)):
            at_edge = at_edge or number > 0
            if not part:
                continue
            text += f" {part}" if at_edge and last.isalnum() and part[0].isalnum() else part
            last, at_edge = part[-1], False
        done.append(replace(run, text=text))
    return done


def fraction(above: str, below: str) -> str:
    return f"{EDGE}{grouped(above)}/{grouped(below)}{EDGE}"


def stacked(above: str, below: str) -> str:
    """One above the other without a line between them, as in a binomial coefficient."""
    return f"{EDGE}{grouped(above)}¦{grouped(below)}{EDGE}"


def power(base: str, index: str) -> str:
    index = settled(index.strip())
    return f"{base}{raised(index) or f'^{grouped(index)}'}" if index else base


def indexed(base: str, index: str) -> str:
    index = settled(index.strip())
    return f"{base}{lowered(index) or f'_{grouped(index)}'}" if index else base


def root(of: str, degree: str) -> str:
    sign = _ROOTS.get(degree.strip(), "")
    under = f"({settled(of)})"
    return f"{EDGE}{sign}{under}{EDGE}" if sign else f"{EDGE}root({settled(degree)}, {of}){EDGE}"


def delimited(opening: str, parts: list[str], separator: str, closing: str) -> str:
    return f"{opening}{separator.join(parts)}{closing}"


def grid(rows: list[list[str]]) -> str:
    """The rows of a matrix, or lines of equations below one another."""
    return "; ".join(", ".join(cells) for cells in rows)


def grouped(text: str) -> str:
    """Text in brackets, unless it is one thing anyway."""
    text = settled(text)
    return text if _SIMPLE.fullmatch(text) else f"({text})"
