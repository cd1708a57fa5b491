"""Text and stored HTML as markup: the doors through which a string becomes `Markup`.

All other markup is made by a template, or of `Markup` itself, which escapes whatever it is given.
"""

from html import escape

from markupsafe import Markup


def written(text: str) -> Markup:
    """Return plain text as HTML that says it, written as the gates write it: quotes stay as they are."""
    return Markup(escape(text, quote=False))  # noqa: S704 - escaped right here


def stored(html: str) -> Markup:
    """Return HTML that went through the gates before it was stored, or a piece of it, as markup."""
    return Markup(html)  # noqa: S704 - made safe by consult.text.sanitising
