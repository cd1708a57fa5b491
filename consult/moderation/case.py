"""One comment with everything that a decision on it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.comments.models import Comment, CommentRevision
from consult.comments.places import Place, places_of
from consult.comments.rewritten import Rewritten, rewritten_since
from consult.comments.status import Move
from consult.comments.tree import Node
from consult.moderation.decide import open_moves, settles, why_not_decide
from consult.moderation.decisions import decisions_on, judged_before
from consult.moderation.models import Decision, Report, ReportState
from consult.refusal import Refused

# Reports and earlier texts that are shown whole; a campaign can bring any number of reports.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Case:
    """What a moderator sees of a comment before deciding."""

    place: Place
    node: Node
    parent: Node | None  # what it answers
    reports: Sequence[Report]  # the latest ones
    n_reports: int
    reported: int | None  # the earliest text that open reports are about
    rewritten: Rewritten | None  # what changed since it was judged
    decisions: Sequence[Decision]
    last: Decision | None  # the latest of them
    revisions: Sequence[CommentRevision]  # its earlier texts, the latest first
    settled: Decision | None  # the decision that stands, if nothing has happened since
    moves: Sequence[Move]
    why_not: Refused | None


def case_of(session: Session, comment: Comment, moderator: Account | None) -> Case:
    """Collect the case of `comment` for `moderator`."""
    settled = settles(session, comment)
    parent = comment.parent
    places = places_of(session, [comment, *([parent] if parent else [])])
    decisions = decisions_on(session, comment)
    n_reports, reported = _reported(session, comment)
    last = decisions[-1] if decisions else None
    judged = judged_before(comment, last, reported)
    rewritten = rewritten_since(session, [(comment, judged)] if judged else [])
    return Case(
        place=places[comment.id],
        node=places[comment.id].node(comment),
        parent=places[parent.id].node(parent) if parent else None,
        reports=session.scalars(
            select(Report)
            .where(Report.comment_id == comment.id)
            .order_by(Report.id.desc())
            .limit(SHOWN)
        ).all(),
        n_reports=n_reports,
        reported=reported,
        rewritten=rewritten.get(comment.id),
        decisions=decisions,
        last=last,
        revisions=session.scalars(
            select(CommentRevision)
            .where(CommentRevision.comment_id == comment.id)
            .order_by(CommentRevision.revision.desc())
            .limit(SHOWN)
        ).all(),
        settled=settled,
        moves=open_moves(comment, settled),
        why_not=why_not_decide(session, comment, moderator) if moderator else None,
    )


def _reported(session: Session, comment: Comment) -> tuple[int, int | None]:
    """Return how many reports there are, and the earliest text that those still open are about."""
    still = case((Report.state == ReportState.OPEN, Report.revision))
    counted = select(func.count(Report.id), func.min(still)).where(Report.comment_id == comment.id)
    n, earliest = session.execute(counted).one()
    return n, earliest
