"""Whether somebody may still read what a letter is about, asked once for all kinds when it is written."""

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy.orm import Session

from consult.accounts.security import permits
from consult.comments.models import Comment
from consult.consultations.models import Consultation
from consult.drafts.models import Version
from consult.moderation.models import Decision
from consult.notifications.context import Desk
from consult.notifications.kinds import LetterKind
from consult.permissions import Permission
from consult.replies.models import OfficialReply

# These say nothing of what anybody wrote in a consultation.
ABOUT_ACCOUNTS = frozenset(
    {
        LetterKind.CONFIRM_ADDRESS,
        LetterKind.REGISTRATION_REPEATED,
        LetterKind.RESET_PASSWORD,
        LetterKind.PASSWORD_CHANGED,
        LetterKind.ACCOUNT_CLOSED,
    }
)


def may_read(desk: Desk, kind: LetterKind) -> bool:
    """Say whether the account may read, now, the consultation from which a letter quotes.

    A letter that does not say which one that is, or is about something that is gone, is not written.
    """
    if kind in ABOUT_ACCOUNTS:
        return True
    about = list(_consultations(desk))
    return bool(about) and all(permits(desk.account, c, Permission.READ_TEXT) for c in about)


def _consultations(desk: Desk) -> Iterator[Consultation]:
    for name, find in _FINDERS.items():
        if name in desk.payload:
            found = find(desk.session, desk.payload[name])
            if found is not None:
                yield found


def _of_comment(session: Session, comment_id: int) -> Consultation | None:
    comment = session.get(Comment, comment_id)
    return comment.document.consultation if comment else None


def _of_decision(session: Session, decision_id: int) -> Consultation | None:
    decision = session.get(Decision, decision_id)
    return decision.comment.document.consultation if decision else None


def _of_reply(session: Session, reply_id: int) -> Consultation | None:
    reply = session.get(OfficialReply, reply_id)
    return reply.consultation if reply else None


def _of_version(session: Session, version_id: int) -> Consultation | None:
    version = session.get(Version, version_id)
    return version.document.consultation if version else None


# How a promise says what its letter is about.
_FINDERS: Mapping[str, Callable[[Session, int], Consultation | None]] = {
    "comment_id": _of_comment,
    "decision_id": _of_decision,
    "reply_id": _of_reply,
    "version_id": _of_version,
}
