"""Headings in a text that can only set a line by itself."""

import re

from consult.importing.labels import find_label, is_only_label
from consult.importing.plain.stretches import Stretch

_LONGEST = 100
_MOST_WORDS = 14
# By the first word of their label; numbers go by their dots.
_RANKS = {
    **dict.fromkeys(("book", "title", "part", "teil", "partie", "parte"), 1),
    **dict.fromkeys(("chapter", "annex", "appendix", "schedule", "kapitel", "chapitre"), 2),
    **dict.fromkeys(
        ("division", "section", "sec", "sect", "abschnitt", "anhang", "anlage", "annexe"), 3
    ),
    **dict.fromkeys(("article", "art", "artikel", "rule", "regulation", "clause"), 4),
}


def is_title_line(stretch: Stretch, following: Stretch | None) -> bool:
    """Whether the first stretch of a text names it: short, by itself, not a sentence."""
    text = stretch.text
    if stretch.marker or following is None or not stretch.closed or len(stretch.lines) > 3:
        return False
    return len(text) <= 200 and not re.search(r"[.;,:]$", text) and bool(re.search(r"\w", text))


def heading_level(
    stretch: Stretch, previous: Stretch | None, following: Stretch | None, base: int
) -> int:
    """The level of a heading, or 0 for what is none.

    base: how far the running text is indented.
    """
    text = stretch.text
    if len(stretch.lines) > 2 or len(text) > _LONGEST or not stretch.closed:
        return 0
    if not stretch.after_gap and not stretch.marker:
        return 0
    if stretch.drawn or following is None or re.search(r"[,;]$", text):
        return 0
    if len(text.split()) > _MOST_WORDS:
        return 0
    found = find_label(text, heading=True)
    if found is not None or is_only_label(text):
        if previous is not None and _are_sisters(previous, stretch):
            return 0
        return _labelled_level(stretch, following, base, found.label if found else text)
    if re.search(r"[.:!?…]$", text) or stretch.marker or not text[0].isupper():
        return 0
    if text.isupper() and len(text) > 3:
        return 1
    if stretch.indent > base or len(stretch.lines) > 1 or _is_signature(following):
        return 0
    # One short line between empty ones, with text below it that is clearly longer.
    return 2 if len(following.text) > len(text) or following.marker else 0


def _labelled_level(stretch: Stretch, following: Stretch, base: int, label: str) -> int:
    text = stretch.text
    ended = re.search(r"[.:!?]$", text) and not text.isupper() and not is_only_label(text)
    if stretch.indent > base or ended:
        return 0
    if label[0] in "([" or label.endswith(")") or re.fullmatch(r"[a-z]\.|[ivx]+\.", label):
        return 0
    if _are_sisters(stretch, following):
        return 0
    word = label.split()[0].lower().rstrip(".")
    return _RANKS.get(word, label.rstrip(".").count(".") + 1)


def _are_sisters(one: Stretch, next_one: Stretch) -> bool:
    """Whether two stretches in a row carry numbers of one depth, so that both are in a list."""
    first, second = find_label(one.text, heading=True), find_label(next_one.text, heading=True)
    if first is None or second is None or one.indent != next_one.indent:
        return False
    dots = [found.label.rstrip(".").count(".") for found in (first, second)]
    return dots[0] == dots[1] and first.label[0].isdigit() and second.label[0].isdigit()


def _is_signature(following: Stretch) -> bool:
    return len(following.lines) > 2 and all(len(line.text) < 40 for line in following.lines)
