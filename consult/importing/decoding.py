"""Bytes of a text file as text, and what had to be changed for it."""

import codecs
import re

from consult.blocks.blocks import Finding, ImportRefused
from consult.blocks.messages import Message, _, ngettext
from consult.blocks.places import Place, Unit
from consult.importing.tally import Tally
from consult.importing.wording import FORMATS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Characters that no text needs: controls, halves of surrogates, and overrides of the direction of
# writing, which make a text read differently from what it says.
UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e]")
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.I
)
# What Windows calls Latin-1 is its own code page, and browsers follow it (WHATWG Encoding, 4.2).
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "euc-kr": "cp949",
    "utf-16": "utf-8",
}


def decode(data: bytes, findings: list[Finding], declared: bool = False) -> str:
    """The text of a file, with line ends as "\\n" and without control characters.

    declared: whether the text may name its own encoding, as HTML does. Raises ImportRefused for
    what is not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(encoding, "replace"), findings)
    wide = _wide(data)
    if wide:
        return _clean(data.decode(wide, "replace"), findings)
    try:
        return _clean(data.decode("utf-8"), findings)
    except UnicodeDecodeError:
        pass
    text, encoding = _declared(data) if declared else ("", "")
    if not encoding:
        text, encoding = _guessed(data)
    findings.append(Finding(None, _not_utf_8(encoding)))
    return _clean(text, findings)


def _not_utf_8(encoding: str) -> Message:
    """encoding: the one that the file was read in; empty where that is UTF-8 all the same."""
    if not encoding:
        return _("The file is in UTF-8 with a few damaged characters. Look out for odd characters.")
    return _(
        "The file is not in UTF-8; it was read as ${encoding}. Look out for odd characters.",
        encoding=encoding,
    )


def _wide(data: bytes) -> str:
    """UTF-16 without a mark at its beginning: every second byte of western text is zero."""
    sample = data[:2000]
    if len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else ""


def _declared(data: bytes) -> tuple[str, str]:
    match = _DECLARED.search(data[:4000])
    if not match:
        return "", ""
    name = match[1].decode("ascii").lower()
    try:
        return data.decode(_ALIASES.get(name, name)), name
    except (LookupError, UnicodeDecodeError):
        return "", ""


def _guessed(data: bytes) -> tuple[str, str]:
    """The text and its likeliest encoding, which is empty where a byte or two of UTF-8 are wrong."""
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= max(3, len(text) // 2000):
        return text, ""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise ImportRefused(
            _(
                "This file is not text that can be read; choose the draft as ${formats}.",
                formats=FORMATS,
            )
        )
    return data.decode(best.encoding, "replace"), best.encoding


def _clean(text: str, findings: list[Finding]) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removeprefix("\ufeff")
    cleaned, number = UNWANTED.subn("", text)
    if number > 20 and number > len(text) // 20:
        raise ImportRefused(
            _(
                "This file is not text but some other kind of data; choose the draft as ${formats}.",
                formats=FORMATS,
            )
        )
    if number:
        findings += _unwanted(text).findings()
    return cleaned


def _unwanted(text: str) -> Tally:
    tally, line, counted = Tally(), 1, 0
    for match in UNWANTED.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        tally.count(_control_characters, place=Place(Unit.LINE, line))
    return tally


def _control_characters(number: int) -> Message:
    return ngettext(
        "${number} invisible control character was left out.",
        "${number} invisible control characters were left out.",
        number,
    )
