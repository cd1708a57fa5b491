"""Reporting a comment that seems to break the house rules."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Account
from consult.comments.models import Comment
from consult.i18n import _
from consult.moderation.models import Reason, Report, ReportState
from consult.refusal import Refused


def text_meant(comment: Comment, revision: int | None) -> int:
    """Return `revision` if there is such a text of `comment`, else that of the text which stands."""
    return revision if revision and revision <= comment.revision else comment.revision


def why_not_report(
    session: Session, comment: Comment, reporter: Account, revision: int | None = None
) -> Refused | None:
    """Return why `reporter` cannot report this text of `comment`, if that is so."""
    if comment.author_id == reporter.id:
        return Refused(_("This is your own comment. You can change it or withdraw it yourself."))
    earlier = session.scalar(
        select(Report.state).where(
            Report.comment_id == comment.id,
            Report.reporter_id == reporter.id,
            Report.revision == text_meant(comment, revision),
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
    session: Session,
    comment: Comment,
    reporter: Account,
    reason: Reason,
    note: str = "",
    *,
    revision: int | None = None,
) -> Report:
    """Put `comment` before the moderators; `note` is plain text that only they read.

    `revision` is that of the text which the reporter saw, None where it is not known: then the one
    that stands is meant. Raises Refused for one's own comment and for a second report of one text.
    """
    refusal = why_not_report(session, comment, reporter, revision)
    if refusal is not None:
        raise refusal
    made = Report(
        comment=comment,
        reporter=reporter,
        revision=text_meant(comment, revision),
        reason=reason,
        note=note,
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made
