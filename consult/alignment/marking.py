"""A redline as HTML, for eyes and for ears."""

from collections.abc import Iterable
from html import escape

from consult.alignment.redline import Change

_ELEMENTS = {"deleted": "del", "inserted": "ins"}


def to_html(changes: Iterable[tuple[Change, str]], *, deleted: str, inserted: str) -> str:
    """Return a redline of plain texts as HTML, everything escaped.

    `deleted` and `inserted` are what a screen reader says before words deleted and inserted, which
    it would else read like any others; the class "vh" hides them from sight.
    """
    spoken = {"deleted": deleted, "inserted": inserted}
    pieces = []
    for kind, text in changes:
        if kind == "same":
            pieces.append(escape(text, quote=False))
            continue
        name = _ELEMENTS[kind]
        hint = f'<span class="vh">{escape(spoken[kind], quote=False)} </span>'
        pieces.append(f"<{name}>{hint}{escape(text, quote=False)}</{name}>")
    return "".join(pieces)
