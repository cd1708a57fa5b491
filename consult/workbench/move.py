"""A paragraph goes somewhere else in the text."""

from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.drafts.models import Version, Wording, WorkingAct, WorkingStep
from consult.i18n import _
from consult.refusal import Refused
from consult.workbench.rows import row_of
from consult.workbench.steps import step


def move(
    session: Session,
    version: Version,
    wording: Wording,
    position: int,
    *,
    actor_id: int | None = None,
) -> WorkingStep | None:
    """Put a paragraph at `position`, behind the title and at most at the end.

    Returns None where it stands there already. Raises Refused for the title, which comes first.
    """
    if wording.kind is Kind.TITLE:
        raise Refused(_("The title always comes first."))
    here = select(func.max(Wording.position)).where(Wording.version_id == version.id)
    position = max(2, min(position, session.scalar(here) or 2))
    if position == wording.position:
        return None
    row = row_of(wording)
    after = replace(row, position=position)
    return step(session, version, WorkingAct.MOVE, [row], [after], actor_id=actor_id)
