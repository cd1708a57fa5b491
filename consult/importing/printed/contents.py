"""Tables of contents, which a reading page makes for itself."""

import re
from collections import Counter

from consult.importing.labels import find_label
from consult.importing.printed.passages import Passage, Role, is_contents_line

_HEADING = re.compile(
    r"(?:table of )?contents(?: page)?|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice"
    r"|indice|inhoud(?:sopgave)?|cynnwys",
    re.IGNORECASE,
)
# Fewer lines with a number at their end are something else.
_FEWEST = 3


def _is_heading(passage: Passage) -> bool:
    text = " ".join(passage.text.split())
    found = find_label(text, heading=True)
    return bool(_HEADING.fullmatch((text[found.length :] if found else text).strip(" :.")))


def drop_contents(passages: list[Passage]) -> tuple[list[Passage], Counter[int]]:
    """The passages without lists of contents and their headings, and how many words went by page."""
    kept: list[Passage] = []
    words: Counter[int] = Counter()
    streak: list[Passage] = []

    def end() -> None:
        if len(streak) < _FEWEST:
            kept.extend(streak)
            return
        gone = [kept.pop()] if kept and _is_heading(kept[-1]) else []
        for passage in (*gone, *streak):
            words[passage.page] += len(passage.text.split())

    for passage in passages:
        listed = passage.role in (Role.TEXT, Role.ITEM) and is_contents_line(passage.text)
        if listed or (streak and passage.role is Role.NOTE):
            streak.append(passage)
            continue
        end()
        streak = []
        kept.append(passage)
    end()
    return kept, words


def without_heading(passages: list[Passage]) -> list[Passage]:
    """The passages without the heading of a list of contents that was left out."""
    for number, passage in enumerate(passages):
        if _is_heading(passage):
            return passages[:number] + passages[number + 1 :]
    return passages
