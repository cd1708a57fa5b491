"""Deciding on a comment: once, with reasons, on the very text that the moderator saw."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.accounts.models import Account
from consult.comments import moving
from consult.comments.models import Comment
from consult.comments.status import MOVES, CommentStatus, Move, MoveRefused
from consult.i18n import _
from consult.moderation.decisions import latest_decision
from consult.moderation.models import Decision, Report, ReportState
from consult.moderation.rules import BY_NAME, OWN
from consult.refusal import Refused

# What a decision says of the reports that led to it.
VERDICTS = {Move.PUBLISH: ReportState.DISMISSED, Move.HIDE: ReportState.UPHELD}


class Stale(Exception):
    """The author changed the text after the moderator saw it."""


class AlreadyDecided(Exception):
    """Somebody else decided in the meantime; `decision` says who, what and why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"decision {decision.id} came first")
        self.decision = decision


def is_reported(session: Session, comment: Comment) -> bool:
    """Return whether a report of `comment` has not been looked at yet."""
    return (
        session.scalar(
            select(Report.id)
            .where(Report.comment_id == comment.id, Report.state == ReportState.OPEN)
            .limit(1)
        )
        is not None
    )


def settles(session: Session, comment: Comment) -> Decision | None:
    """Return the decision that settles `comment` as it stands: on this text, no report since."""
    last = latest_decision(session, comment)
    if last is None or last.revision != comment.revision or is_reported(session, comment):
        return None
    return last


def open_moves(comment: Comment, settled: Decision | None) -> list[Move]:
    """Return the moves that a moderator can make; of what is settled only the opposite."""
    return [
        move
        for move in VERDICTS
        if (comment.status, move) in MOVES and not (settled and settled.move is move)
    ]


def why_not_decide(session: Session, comment: Comment, moderator: Account) -> Refused | None:
    """Return why `moderator` must leave `comment` to a colleague, if that is so."""
    if comment.author_id == moderator.id:
        return Refused(_("You wrote this comment, so somebody else has to decide on it."))
    reported = select(Report.id).where(
        Report.comment_id == comment.id, Report.reporter_id == moderator.id
    )
    if session.scalar(reported) is not None:
        return Refused(_("You reported this comment, so somebody else has to decide on it."))
    if comment.status is CommentStatus.WITHDRAWN:
        return Refused(_("The author has withdrawn this comment. There is nothing left to decide."))
    return None


def decide(
    session: Session,
    comment: Comment,
    moderator: Account,
    *,
    move: Move,
    rule: str,
    reasons: str,
    revision: int,
    seen: int | None = None,
) -> Decision:
    """Publish or hide `comment` and add the decision to the log.

    `rule` and `reasons` (plain text, for the author) are needed to hide. `revision` is that of the
    text which the moderator saw; `seen` is the id of the last decision that was seen, 0 for none,
    None where it is not known: then what is settled cannot be decided otherwise.

    Raises Refused (not this moderator, or nothing to decide), Stale, AlreadyDecided.
    """
    if move is Move.HIDE and not (rule and reasons):
        raise ValueError("a comment is hidden with a rule and a statement of reasons only")
    moving.lock(session, comment)
    refusal = why_not_decide(session, comment, moderator)
    if refusal is not None:
        raise refusal
    if comment.revision != revision:
        raise Stale(f"revision {comment.revision} stands, {revision} was seen")
    _nobody_came_first(session, comment, move, seen)
    before, after = _moved(session, comment, move)
    decision = Decision(
        comment=comment,
        revision=revision,
        moderator=moderator,
        move=move,
        rule=rule if move is Move.HIDE else "",
        reasons=reasons,
        before=before,
        after=after,
        created_at=clock.now(),
    )
    session.add(decision)
    _close_reports(session, comment, move)
    _log(session, decision)
    return decision


def _moved(session: Session, comment: Comment, move: Move) -> tuple[CommentStatus, CommentStatus]:
    try:
        return moving.move(session, comment, move)
    except MoveRefused as error:
        raise Refused(_("This cannot be done to the comment as it stands.")) from error


def _nobody_came_first(session: Session, comment: Comment, move: Move, seen: int | None) -> None:
    last = latest_decision(session, comment)
    if last is None:
        return
    if seen is not None and seen != last.id:
        raise AlreadyDecided(last)
    settled = settles(session, comment)
    if settled and (seen is None or settled.move is move):
        raise AlreadyDecided(settled)


def _close_reports(session: Session, comment: Comment, move: Move) -> None:
    session.execute(
        update(Report)
        .where(Report.comment_id == comment.id, Report.state == ReportState.OPEN)
        .values(state=VERDICTS[move])
    )


def _log(session: Session, decision: Decision) -> None:
    # What moderators write can quote what was hidden, so it stays out of the log that is never erased.
    audit.append(
        session,
        decision.moderator.id,
        f"{decision.move} comment",
        f"comment:{decision.comment.public_id}",
        revision=decision.revision,
        rule=decision.rule if decision.rule in (*BY_NAME, OWN, "") else "other",
        before=decision.before.value,
        after=decision.after.value,
    )
