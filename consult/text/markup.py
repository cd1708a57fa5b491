"""Text and stored HTML as markup: the doors through which a string becomes `Markup`.

All other markup is made by a template, or of `Markup` itself, which escapes whatever it is given.
"""

from collections.abc import Iterable
from html import escape

from markupsafe import Markup


def written(text: str) -> Markup:
    """Return plain text as HTML that says it, written as the gates write it: quotes stay as they are."""
    return Markup(escape(text, quote=False))  # noqa: S704 - escaped right here


def stored(html: str) -> Markup:
    """Return HTML that went through the gates before it was stored, or a piece of it, as markup."""
    return Markup(html)  # noqa: S704 - made safe by consult.text.sanitising


def joined(pieces: Iterable[Markup]) -> Markup:
    """Return pieces of markup as one; raises TypeError where one of them is none.

    `Markup.join` would escape that one, and takes ten times as long to find out.
    """
    found = list(pieces)
    if any(type(piece) is not Markup for piece in found):
        raise TypeError("only markup is joined to markup")
    return Markup("".join(found))  # noqa: S704 - all of it is markup
