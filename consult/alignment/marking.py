"""A redline as HTML, for eyes and for ears."""

from collections.abc import Iterable

from markupsafe import Markup

from consult.alignment.redline import Change
from consult.text.markup import written

_ELEMENTS = {"deleted": "del", "inserted": "ins"}
_MARKED = Markup('<{0}><span class="vh">{1} </span>{2}</{0}>')


def to_html(changes: Iterable[tuple[Change, str]], *, deleted: str, inserted: str) -> Markup:
    """Return a redline of plain texts as HTML, everything escaped.

    `deleted` and `inserted` are what a screen reader says before words deleted and inserted, which
    it would else read like any others; the class "vh" hides them from sight.
    """
    spoken = {"deleted": deleted, "inserted": inserted}
    pieces = []
    for kind, text in changes:
        if kind == "same":
            pieces.append(written(text))
        else:
            marked = _MARKED.format(_ELEMENTS[kind], written(spoken[kind]), written(text))
            pieces.append(marked)
    return Markup("").join(pieces)
