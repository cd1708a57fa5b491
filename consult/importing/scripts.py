"""Raised and lowered figures, written so that they cannot be taken for others.

Where marks are lost, in a letter or in what a search finds, ten to the sixth would read 106.
Unicode has raised figures of its own, which are never lost.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from consult.importing.runs import Run

RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))

_LETTERS = re.compile(r"[^\W\d_]{2,}|[^\W\d_ni]")
_FIGURE = re.compile(r"[\d⁰¹²³⁴-⁹₀-₉]")


def raised(text: str) -> str:
    """The text with each character raised; "" where one of them cannot be."""
    return "".join(RAISED[c] for c in text) if all(c in RAISED for c in text) else ""


def lowered(text: str) -> str:
    """As `raised`, but lowered."""
    return "".join(LOWERED[c] for c in text) if all(c in LOWERED for c in text) else ""


def spell_scripts(runs: Iterable[Run]) -> list[Run]:
    """The runs with raised figures as such, and lowered ones where they stand beside others.

    "CO2" with its figure lowered is left as it is: so everybody writes it, and looks for it.
    """
    runs = [run for run in runs if run.text]
    done: list[Run] = []
    for number, run in enumerate(runs):
        before = done[-1].text[-1:] if done else ""
        behind = runs[number + 1].text[:1] if number + 1 < len(runs) else ""
        if run.note or (not any(map(str.isdecimal, run.text)) and not _is_index(run)):
            done.append(run)
        elif "sup" in run.marks:
            done += _spelt(run, "sup", RAISED)
        elif "sub" in run.marks and (_FIGURE.match(before + behind) or _meets(before, behind)):
            done += _spelt(run, "sub", LOWERED)
        else:
            done.append(run)
    return done


def _is_index(run: Run) -> bool:
    """Whether a raised letter is that of a power: "n", of which there is a raised one."""
    return "sup" in run.marks and run.text in ("n", "i")


def _meets(before: str, behind: str) -> bool:
    return before in ("/", "⁄", ",", ".") or bool(_FIGURE.match(behind))


def _spelt(run: Run, mark: str, table: dict[str, str]) -> list[Run]:
    """A run with the characters that have a form of their own in it; others keep the mark."""
    known = {c: t for c, t in table.items() if not c.isalpha() or not _LETTERS.search(run.text)}
    return [
        replace(run, text="".join(known[c] for c in part), marks=run.marks - {mark})
        if part[0] in known
        else replace(run, text=part)
        for part in _parts(run.text, known)
    ]


def _parts(text: str, known: dict[str, str]) -> list[str]:
    parts: list[str] = []
    for character in text:
        if parts and (parts[-1][-1] in known) == (character in known):
            parts[-1] += character
        else:
            parts.append(character)
    return parts
