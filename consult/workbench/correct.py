"""Another text for a paragraph."""

from dataclasses import replace

from sqlalchemy.orm import Session

from consult.drafts.models import Version, Wording, WorkingAct, WorkingStep
from consult.workbench.rows import row_of
from consult.workbench.steps import step


def correct(
    session: Session, version: Version, wording: Wording, html: str, *, actor_id: int | None = None
) -> WorkingStep:
    """Replace the text by `html`, which is sanitised; number, kind and identity stay."""
    row = row_of(wording)
    after = replace(row, html=html)
    return step(session, version, WorkingAct.CORRECT, [row], [after], actor_id=actor_id)
