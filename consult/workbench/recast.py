"""Another kind, level or number for a paragraph."""

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.drafts.models import Version, Wording, WorkingAct, WorkingStep
from consult.i18n import _
from consult.refusal import Refused
from consult.text.markup import written
from consult.text.runs import runs
from consult.workbench.rows import row_of
from consult.workbench.steps import step

DEEPEST = 6
LEVELLED = (Kind.HEADING, Kind.ITEM)

# What every paragraph can become; a table or a figure only stays what it is.
KINDS = (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE, Kind.QUOTATION, Kind.CODE)

_BETWEEN_CELLS = re.compile(r"</t[dh]>\s*(?=<t[dh])")
_END_OF_LINE = re.compile(r"</(?:tr|caption|p|li|pre|blockquote)>|<br>")
_OF_TABLES = re.compile(
    r"</?(?:table|caption|thead|tbody|tr|t[dh]|p|[uo]l|li|pre|blockquote)(?: [^<>]*)?>"
)
_AROUND_BREAK = re.compile(r"\s*(?:<br>\s*)+")


def kinds_of(kind: Kind) -> tuple[Kind, ...]:
    """Return what a paragraph of that kind can be."""
    if kind is Kind.TITLE:
        return (kind,)
    return KINDS if kind in KINDS else (*KINDS, kind)


def recast(
    session: Session,
    version: Version,
    wording: Wording,
    kind: Kind,
    level: int,
    label: str,
    *,
    actor_id: int | None = None,
) -> WorkingStep:
    """Make a paragraph something else; its words and identity stay.

    Headings and list items have a level from 1 to 6. Raises Refused for what cannot be.
    """
    if kind not in kinds_of(wording.kind):
        raise Refused(_("This paragraph cannot be made that."), "kind")
    row = row_of(wording)
    html = html_as(row.html, row.kind, kind)
    after = replace(row, kind=kind, level=level_of(kind, level), label=label, html=html)
    return step(session, version, WorkingAct.RECAST, [row], [after], actor_id=actor_id)


def level_of(kind: Kind, level: int) -> int:
    """Return the nearest level that a paragraph of that kind can have."""
    return min(max(level, 1), DEEPEST) if kind in LEVELLED else 0


def html_as(html: str, was: Kind, kind: Kind) -> str:
    """Return the words of a paragraph as the HTML of another kind. Code loses its marks."""
    if was is Kind.CODE and kind is not Kind.CODE:
        return html.replace("\n", "<br>")
    if was is Kind.TABLE and kind is not Kind.TABLE:
        lines = _END_OF_LINE.sub("<br>", _BETWEEN_CELLS.sub(" | ", html))
        html = _AROUND_BREAK.sub("<br>", _OF_TABLES.sub("", lines)).removesuffix("<br>")
    if kind is Kind.CODE and was is not Kind.CODE:
        found = runs(_AROUND_BREAK.sub("\n", html))
        return str(written("".join(run.text for run in found if not run.name)))
    return html
