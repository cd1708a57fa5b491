"""New paragraphs come into the text."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.drafts.keys import new_paragraphs
from consult.drafts.models import Version, Wording, WorkingAct, WorkingStep
from consult.workbench.recast import level_of
from consult.workbench.rows import Row
from consult.workbench.steps import step


def add(
    session: Session,
    version: Version,
    behind: Wording,
    parts: Sequence[str],
    kind: Kind,
    level: int,
    label: str,
    *,
    actor_id: int | None = None,
) -> WorkingStep:
    """Put a new paragraph for each of `parts`, sanitised HTML of that kind, behind a wording.

    `label` is the number of the first.
    """
    made = new_paragraphs(session, version.document, len(parts))
    after = [
        Row(
            paragraph_id=paragraph_id,
            key=key,
            position=behind.position + apart,
            kind=kind,
            level=level_of(kind, level),
            label=label if apart == 1 else "",
            html=html,
        )
        for apart, (html, (paragraph_id, key)) in enumerate(zip(parts, made, strict=True), start=1)
    ]
    return step(session, version, WorkingAct.ADD, [], after, actor_id=actor_id)
