"""What happens, and whom we write to about it.

A promised letter holds ids, and the secret of its link where it has one; it is written from the
database when it is sent, so that nothing is quoted that was hidden meanwhile.
"""

from typing import Any

from pyramid.events import subscriber
from sqlalchemy.orm import Session, object_session

from consult.accounts.events import (
    AccountClosed,
    ConfirmationWanted,
    PasswordChanged,
    RegistrationRepeated,
    ResetWanted,
)
from consult.accounts.models import Account
from consult.comments.events import CommentPosted, GuestCommentWaits
from consult.comments.models import Comment
from consult.comments.status import VISIBLE, CommentStatus
from consult.drafts.events import VersionPublished
from consult.moderation.events import CommentDecided
from consult.notifications.kinds import LetterKind
from consult.notifications.models import Told
from consult.notifications.promising import promise_letter
from consult.notifications.version_promises import promise_letters
from consult.replies.events import ReplyPublished


def _session(thing: object) -> Session:
    session = object_session(thing)
    if session is None:
        raise ValueError("an event is about something that no session holds")
    session.flush()
    return session


def _write(kind: LetterKind, account: Account, **facts: Any) -> None:
    promise_letter(_session(account), kind, account, **facts)


def _write_once(kind: LetterKind, account: Account, number: int, **facts: Any) -> None:
    """Promise a letter unless one of the kind was promised to the person about the same thing."""
    session = _session(account)
    about = f"{kind}:{number}"
    if session.get(Told, (account.id, about)) is None:
        session.add(Told(account_id=account.id, about=about))
        _write(kind, account, **facts)


@subscriber(ConfirmationWanted)
def confirmation_wanted(event: ConfirmationWanted) -> None:
    """Ask whether the address is the person's own."""
    _write(LetterKind.CONFIRM_ADDRESS, event.account, secret=event.secret)


@subscriber(RegistrationRepeated)
def registration_repeated(event: RegistrationRepeated) -> None:
    """Tell the owner of the address that there is an account already; the page does not say it."""
    _write(LetterKind.REGISTRATION_REPEATED, event.account)


@subscriber(ResetWanted)
def reset_wanted(event: ResetWanted) -> None:
    """Send the link to a new password."""
    _write(LetterKind.RESET_PASSWORD, event.account, secret=event.secret)


@subscriber(PasswordChanged)
def password_changed(event: PasswordChanged) -> None:
    """Let the owner notice if it was somebody else."""
    _write(LetterKind.PASSWORD_CHANGED, event.account)


@subscriber(AccountClosed)
def account_closed(event: AccountClosed) -> None:
    """Say goodbye, at an address that the account itself no longer has."""
    _write(LetterKind.ACCOUNT_CLOSED, event.account, email=event.email)


@subscriber(GuestCommentWaits)
def guest_comment_waits(event: GuestCommentWaits) -> None:
    """Ask whether the guest's address is the guest's own."""
    comment = event.comment
    _session(comment)
    _write(LetterKind.CONFIRM_COMMENT, comment.author, comment_id=comment.id, secret=event.secret)


@subscriber(CommentPosted)
def comment_posted(event: CommentPosted) -> None:
    """Tell whoever is answered, unless the answer waits for a moderator."""
    if event.comment.visible:
        _tell_of_answer(event.comment)


@subscriber(CommentDecided)
def comment_decided(event: CommentDecided) -> None:
    """Tell the author what a moderator decided, where that changed what readers see."""
    decision = event.decision
    comment = decision.comment
    _session(decision)
    if decision.after is CommentStatus.HIDDEN and decision.before is not CommentStatus.HIDDEN:
        kind = LetterKind.COMMENT_HIDDEN
    elif decision.after in VISIBLE and decision.before not in VISIBLE:
        kind = LetterKind.COMMENT_PUBLISHED
        _tell_of_answer(comment)
    else:
        return
    _write_once(kind, comment.author, decision.id, decision_id=decision.id)


@subscriber(ReplyPublished)
def reply_published(event: ReplyPublished) -> None:
    """Tell everybody whom the reply answers: one letter each, however many comments are theirs."""
    reply = event.reply
    _session(reply)
    authors = {comment.author_id: comment.author for comment in reply.comments}
    for account in authors.values():
        if account.id != reply.author_id:
            _write_once(LetterKind.OFFICIAL_REPLY, account, reply.id, reply_id=reply.id)


@subscriber(VersionPublished)
def version_published(event: VersionPublished) -> None:
    """Have those told who had commented on what it changes; whoever publishes does not wait for it."""
    promise_letters(_session(event.version), event.version)


def _tell_of_answer(comment: Comment) -> None:
    parent = comment.parent
    if parent is None or parent.author_id == comment.author_id:
        return
    _session(comment)
    _write_once(LetterKind.COMMENT_ANSWERED, parent.author, comment.id, comment_id=comment.id)
