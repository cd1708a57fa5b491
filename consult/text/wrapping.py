"""Lines of a length that every mail program shows whole (RFC 5322, 2.1.1)."""

from collections.abc import Iterator

#: Characters above which anything is divided: a line may have 998 bytes, a character four.
LONGEST = 200

# An address in one piece can be followed; it is ASCII, one byte a character.
_LONGEST_ADDRESS = 800


def wrapped(line: str, width: int) -> Iterator[str]:
    """Divide a line at its spaces into lines of at most `width` characters.

    Words that are longer are divided too, unless they are addresses.
    """
    current = ""
    for word in line.split(" "):
        if current and len(current) + 1 + len(word) <= width:
            current += f" {word}"
            continue
        if current:
            yield current
        pieces = [word] if _is_address(word) else list(hard_wrapped(word, width))
        yield from pieces[:-1]
        current = pieces[-1]
    yield current


def hard_wrapped(line: str, width: int = LONGEST) -> Iterator[str]:
    """Divide a line into pieces of `width` characters, wherever that is; an empty one is one."""
    for start in range(0, len(line) or 1, width):
        yield line[start : start + width]


def _is_address(word: str) -> bool:
    return "://" in word and word.isascii() and len(word) <= _LONGEST_ADDRESS
