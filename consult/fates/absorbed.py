"""Paragraphs that went out of a working version on the workbench: what has their words now.

The steps tell, so that whatever is undone is true again at once. This is about paragraphs that only
ever stood in that version; what became of those that readers know, the fates say.
"""

from collections.abc import Iterable

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from consult.drafts.models import Version, Wording, WorkingAct, WorkingStep


def absorbed(session: Session, version: Version) -> dict[int, int]:
    """Return for paragraphs that went into others, by their ids, those that have their words now.

    They were merged with what stood before them, or split off and joined again by undoing that.
    What went out in any other way, or into something that did, is not among them.
    """
    merged = and_(WorkingStep.act == WorkingAct.MERGE, ~WorkingStep.undone)
    joined = and_(WorkingStep.act == WorkingAct.SPLIT, WorkingStep.undone)
    steps = session.scalars(
        select(WorkingStep).where(WorkingStep.version_id == version.id, or_(merged, joined))
    ).all()
    went = into(steps)
    if not went:
        return {}
    there, here = (
        set(
            session.scalars(
                select(Wording.paragraph_id)
                .join(Wording.version)
                .where(Version.document_id == version.document_id, Version.number == number)
            )
        )
        for number in (version.number - 1, version.number)
    )
    ends = {paragraph: _end(went, paragraph) for paragraph in went.keys() - there}
    return {paragraph: end for paragraph, end in ends.items() if end in here}


def into(steps: Iterable[WorkingStep]) -> dict[int, int]:
    """Return which paragraphs each of these steps, as it stands, left out for which other."""
    went: dict[int, int] = {}
    for step in steps:
        was, now = (step.after, step.before) if step.undone else (step.before, step.after)
        stay = {row["paragraph_id"] for row in now}
        if stay:
            first = now[0]["paragraph_id"]
            went |= {r["paragraph_id"]: first for r in was if r["paragraph_id"] not in stay}
    return went


def _end(went: dict[int, int], place: int) -> int:
    # What was merged comes back by undoing only, and then the step is none of these.
    while place in went:
        place = went[place]
    return place
