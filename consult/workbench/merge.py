"""Two paragraphs become one."""

from dataclasses import replace

from markupsafe import Markup
from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.drafts.models import Version, Wording, WorkingAct, WorkingStep
from consult.i18n import _
from consult.refusal import Refused
from consult.text.markup import stored, written
from consult.workbench.recast import html_as
from consult.workbench.rows import row_of
from consult.workbench.steps import step


def merge(
    session: Session,
    version: Version,
    wording: Wording,
    following: Wording,
    *,
    actor_id: int | None = None,
) -> WorkingStep:
    """Join a paragraph with the one that stands behind it.

    Identity, number and kind are those of the first; the number of the second goes into the text.
    Raises Refused for tables, which are not text.
    """
    if Kind.TABLE in (wording.kind, following.kind):
        raise Refused(_("A table cannot be merged with something else; make it text first."))
    first, second = row_of(wording), row_of(following)
    between = "\n" if wording.kind is Kind.CODE else " "
    said = html_as(second.html, following.kind, wording.kind)
    if second.label:
        said = str(Markup("{} {}").format(written(second.label), stored(said)))
    html = between.join(part for part in (first.html, said) if part)
    after = replace(first, html=html)
    return step(session, version, WorkingAct.MERGE, [first, second], [after], actor_id=actor_id)
