"""What an original is called when it is downloaded, and of which type it is said to be.

Its name was chosen by whoever wrote the file. It must break out of no header, name no folder and no
device, and end in what the file is: nobody should open a program who wanted to read a draft.
"""

import re
import unicodedata
from pathlib import PurePath
from urllib.parse import quote

from consult.drafts.models import Version
from consult.drafts.sources import without_folders

LONGEST = 200  # bytes of UTF-8 before the ending; file systems take 255
UNKNOWN = "application/octet-stream"

# By format (a key of `importing.formats.FORMATS`), the endings that its files have, the usual one
# first, with their media types. What a browser might show by itself has none of its own.
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ENDINGS = {
    "docx": {
        ".docx": f"{_WORD}.document",
        ".dotx": f"{_WORD}.template",
        ".docm": "application/vnd.ms-word.document.macroEnabled.12",
        ".dotm": "application/vnd.ms-word.template.macroEnabled.12",
    },
    "odt": {
        ".odt": "application/vnd.oasis.opendocument.text",
        ".ott": "application/vnd.oasis.opendocument.text-template",
        ".fodt": UNKNOWN,
    },
    "pdf": {".pdf": "application/pdf"},
    "epub": {".epub": "application/epub+zip"},
    "akomantoso": {".xml": UNKNOWN, ".akn": UNKNOWN},
    "uslm": {".xml": UNKNOWN},
    "federalregister": {".xml": UNKNOWN},
    "html": {".html": UNKNOWN, ".htm": UNKNOWN, ".xhtml": UNKNOWN},
    "markdown": dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), UNKNOWN),
    "text": {".txt": UNKNOWN, ".text": UNKNOWN, ".asc": UNKNOWN},
}
_OTHER = {".bin": UNKNOWN}

# What names of files may not hold on one system or another, and what a reader does not see or
# sees in another place than where it is (control, format, unassigned and private characters).
_FORBIDDEN = re.compile(r'["*/:<>?\\|]')
_DECEIVING = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def file_name(version: Version) -> str:
    """Return a name under which the original can be kept safely on any system."""
    endings = _ENDINGS.get(version.source_format, _OTHER)
    name = _tidied(without_folders(version.source_name))
    ending = PurePath(name).suffix.lower()
    if ending in endings:
        name = name[: -len(ending)]
    else:
        ending = next(iter(endings))
    name = name.encode()[:LONGEST].decode(errors="ignore").strip(" .")
    return (name or _own_name(version)) + ending


def content_type(version: Version) -> str:
    """Return the media type under which the original is sent."""
    endings = _ENDINGS.get(version.source_format, _OTHER)
    return endings[PurePath(file_name(version)).suffix]


def disposition(version: Version) -> str:
    """Return the header that has browsers keep the original under its name (RFC 6266).

    Programs that do not know RFC 8187 get the letters of ASCII that are in it.
    """
    name = file_name(version)
    ending = PurePath(name).suffix
    plain = unicodedata.normalize("NFKD", name[: -len(ending)]).encode("ascii", "ignore").decode()
    # Some programs would decode what looks like an escape, and letters alone may be few.
    plain = _tidied(plain.replace("%", "_"))
    plain = (plain if re.search("[A-Za-z0-9]", plain) else _own_name(version)) + ending
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _own_name(version: Version) -> str:
    return f"{version.document.slug}-v{version.number}"


def _tidied(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    name = "".join(c for c in name if unicodedata.category(c) not in _DECEIVING)
    name = " ".join(_FORBIDDEN.sub(" ", name).split()).strip(" .")
    return f"_{name}" if _DEVICE.match(name) else name
