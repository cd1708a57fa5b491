"""A paragraph goes out of the text."""

from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.drafts.models import Version, Wording, WorkingAct, WorkingStep
from consult.i18n import _
from consult.refusal import Refused
from consult.workbench.rows import row_of
from consult.workbench.steps import step


def drop(
    session: Session, version: Version, wording: Wording, *, actor_id: int | None = None
) -> WorkingStep:
    """Take a paragraph out; its identity stays known, so that undoing brings the same one back.

    Raises Refused for the title.
    """
    if wording.kind is Kind.TITLE:
        raise Refused(_("A draft needs its title; correct it instead."))
    return step(session, version, WorkingAct.DROP, [row_of(wording)], [], actor_id=actor_id)
