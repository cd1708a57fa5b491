"""The plain text of HTML, to which quotes, digests and search refer."""

import re
from html import unescape

# Sanitised HTML has no "<" or ">" inside an attribute, so a tag ends at the first ">".
_TAG = re.compile(r"(</?[a-zA-Z][^<>]*>)")
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "code", "em", "i", "mark", "s", "span", "strong", "sub", "sup"}
)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


def separates(tag: str) -> bool:
    match = _NAME.match(tag)
    return match is not None and match[1].lower() not in _INLINE


def plain_text(html: str) -> str:
    """What a reader sees: text with entities decoded, on one line.

    Blocks, line breaks and table cells are set apart by one space, and every run of white space
    is one space.
    """
    parts = []
    for number, part in enumerate(_TAG.split(html)):
        if number % 2 == 0:
            parts.append(unescape(part))
        elif separates(part):
            parts.append(" ")
    return " ".join("".join(parts).split())


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of a text, at most `length` characters with its ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"
