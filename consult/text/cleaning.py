"""What people type, without what only machines or mischief put there."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]")
_OPENERS = "\u2066\u2067\u2068"


def clean_line(value: str) -> str:
    """Tidy one line of human input, such as a name or a title."""
    spaced = " ".join(value.split())
    kept = (c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def clean_text(value: str) -> str:
    """Tidy human input of several lines."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = unicodedata.normalize("NFC", _CONTROL.sub("", value))
    return "\n".join(_balance(line) for line in value.split("\n"))


def _balance(line: str) -> str:
    if not any(mark in line for mark in "\u2066\u2067\u2068\u2069"):
        return line
    kept, opened = list(line), list[int]()
    for position, character in enumerate(line):
        if character in _OPENERS:
            opened.append(position)
        elif character == "\u2069":
            if opened:
                opened.pop()
            else:
                kept[position] = ""
    for position in opened:
        kept[position] = ""
    return "".join(kept)
