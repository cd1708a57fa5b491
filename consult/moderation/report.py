"""Reporting a comment that seems to break the house rules."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Account
from consult.comments.models import Comment
from consult.i18n import _
from consult.moderation.models import Reason, Report, ReportState
from consult.refusal import Refused


def why_not_report(session: Session, comment: Comment, reporter: Account) -> Refused | None:
    """Return why `reporter` cannot report `comment`, if that is so."""
    if comment.author_id == reporter.id:
        return Refused(_("This is your own comment. You can change it or withdraw it yourself."))
    earlier = session.scalar(
        select(Report.state).where(
            Report.comment_id == comment.id, Report.reporter_id == reporter.id
        )
    )
    if earlier is None:
        return None
    if earlier is ReportState.OPEN:
        return Refused(
            _("You have already reported this comment. It is in the moderators' queue; thank you.")
        )
    return Refused(
        _("You have already reported this comment. A moderator has looked at it since; thank you.")
    )


def report(
    session: Session, comment: Comment, reporter: Account, reason: Reason, note: str = ""
) -> Report:
    """Put `comment` before the moderators; `note` is plain text that only they read.

    Raises Refused for one's own comment and for a second report of the same one.
    """
    refusal = why_not_report(session, comment, reporter)
    if refusal is not None:
        raise refusal
    made = Report(
        comment=comment, reporter=reporter, reason=reason, note=note, created_at=clock.now()
    )
    session.add(made)
    session.flush()
    return made
