"""A picture as officials see to it: what it shows, in words, and its caption below it."""

import re
from html import escape

from consult.drafts.importing.blocks import Kind
from consult.text import sanitise_wording
from consult.text.plain import described_by

LONGEST_DESCRIPTION = 2000

_PICTURE = re.compile(r"(<img [^<>]*>)(.*)", re.DOTALL)
_DESCRIPTION = re.compile(r' alt="[^"]*"')


def parted(kind: Kind, html: str) -> tuple[str, str]:
    """Return the picture of a figure as its tag, and its caption as HTML; "" for what is not there."""
    found = _PICTURE.fullmatch(html) if kind is Kind.FIGURE else None
    return (found[1], found[2].strip()) if found else ("", html)


def description(kind: Kind, html: str) -> str | None:
    """Return what is said of the picture of a figure, maybe nothing yet; None of all else."""
    picture, _caption = parted(kind, html)
    return described_by(picture) if picture else None


def pictured(picture: str, said: str, caption: str) -> str:
    """Return the HTML of a figure: a picture as it was stored, what is said of it, and its caption."""
    # Quoted in an attribute these would still end a tag for whoever looks for one.
    plain = escape(said.replace("<", "‹").replace(">", "›"))
    bare = _DESCRIPTION.sub("", picture)
    return sanitise_wording(f'{bare.removesuffix(">")} alt="{plain}">{caption}')
