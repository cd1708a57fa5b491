"""What people type, without what only machines or mischief put there."""

import re
import unicodedata

_PLANE_ENDS = "".join(chr(plane << 16 | end) for plane in range(1, 15) for end in (0xFFFE, 0xFFFF))

# Never part of what somebody has to say: control characters, surrogates, private use (no
# meaning outside one font) and noncharacters, which XML and databases refuse.
_MEANINGLESS = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    rf"\U000f0000-\U0010ffff{_PLANE_ENDS}"
)
# Embeddings and overrides of direction (Unicode UAX 9 recommends isolates instead), deprecated
# formats, byte order marks and annotations.
_MEDDLESOME = r"\u202a-\u202e\u206a-\u206f\ufeff\ufff9-\ufffb"

_CONTROL = re.compile(f"[{_MEANINGLESS}]")
_UNWANTED = re.compile(f"[{_MEANINGLESS}{_MEDDLESOME}]")
_NEWLINE = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Tag characters are invisible text, except in the flags of England, Scotland and Wales.
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0000-\U000e007f]+")

# Letters and marks that show nothing: a name made of them looks empty.
_BLANK = re.compile(r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0]")

#: Combining marks in succession. Scripts in use need fewer; more run over the lines above and
#: below, and ordering them costs the square of their number (Unicode UAX 15, stream-safe text).
MAX_MARKS = 8
_PERHAPS_MARKS = re.compile(rf"[^\w\s\x00-\u02ff]{{{MAX_MARKS + 1},}}")

_JOINERS = {"\u200c", "\u200d"}
_ISOLATES = re.compile("[\u2066-\u2069]")
_POP_ISOLATE = "\u2069"


def without_control(value: str) -> str:
    """Remove what can stand in no text: control, private use, surrogates, noncharacters.

    Every kind of line break becomes a newline.
    """
    # Nearly every text is printable, and asking costs a twentieth of the substitutions.
    if value.replace("\n", "").isprintable():
        return value
    return _CONTROL.sub("", _NEWLINE.sub("\n", value))


def normalise(value: str) -> str:
    """Unicode's NFC, with runs of combining marks cut to MAX_MARKS; linear in the length."""
    if value.isascii():
        return value
    return unicodedata.normalize("NFC", _PERHAPS_MARKS.sub(_few_marks, value))


def clean_line(value: str) -> str:
    """Tidy one line of human input, such as a name or a title.

    NFC; no control or format characters, no letters that show nothing, white space collapsed.
    Zero-width joiners stay only where scripts without capitals and emoji need them.
    """
    kept = _BLANK.sub("", without_control(" ".join(value.split())))
    if not kept.isascii():
        kept = _without_formats(kept)
    return " ".join(normalise(kept).split())


def clean_text(value: str) -> str:
    """Tidy human input of several lines, which keeps its lines, tabs and spaces.

    NFC, newlines as "\\n", no other control characters. Nothing in a line can turn the direction
    of what stands around it: overrides go, isolates stay where each has its end in the line.
    """
    value = _UNWANTED.sub("", _NEWLINE.sub("\n", value))
    value = _TAGS.sub(lambda match: match[1] or "", value)
    return "\n".join(map(balance_isolates, normalise(value).split("\n")))


def balance_isolates(line: str) -> str:
    """Remove from a line the directional isolates that lack their beginning or end."""
    opened: list[int] = []
    unmatched: set[int] = set()
    for match in _ISOLATES.finditer(line):
        if match[0] != _POP_ISOLATE:
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            unmatched.add(match.start())
    unmatched.update(opened)
    if not unmatched:
        return line
    return "".join(c for position, c in enumerate(line) if position not in unmatched)


def _few_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _without_formats(value: str) -> str:
    visible = [c for c in value if unicodedata.category(c) != "Cf" or c in _JOINERS]
    if _JOINERS.isdisjoint(visible):
        return "".join(visible)
    return "".join(
        c
        for position, c in enumerate(visible)
        if c not in _JOINERS
        or (
            0 < position < len(visible) - 1 and _joins(visible[position - 1], visible[position + 1])
        )
    )


def _joins(before: str, after: str) -> bool:
    """Say whether a joiner between these two can change how they look.

    Arabic and Indic letters have no capitals (Lo), emoji are symbols (So, Sk); between Latin,
    Greek or Cyrillic letters a joiner only makes one name look like another.
    """
    shapes = {"Lo", "Mn", "Mc", "So", "Sk"}
    return unicodedata.category(before) in shapes and unicodedata.category(after) in shapes
