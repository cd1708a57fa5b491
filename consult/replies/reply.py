"""Writing, changing, publishing and withdrawing an official reply."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.accounts.models import Account, Department
from consult.accounts.people import byline
from consult.comments.addresses import new_public_id
from consult.comments.models import Comment
from consult.comments.moving import lock_all
from consult.consultations.models import Consultation
from consult.i18n import _
from consult.refusal import Refused
from consult.replies.meanwhile import check_seen, fingerprint, read_seen
from consult.replies.models import OfficialReply, ReplyStatus
from consult.replies.moving import ReplyMove, lock, move
from consult.text import render_markdown


@dataclass(frozen=True, slots=True)
class Signature:
    """For which department, and as what, somebody answers."""

    role: str
    department: Department


def signature_of(account: Account, consultation: Consultation) -> Signature:
    """Return how `account`, who speaks for the government here, signs in `consultation`."""
    role, name = byline(account, consultation.department_id, consultation.id)
    for grant in account.grants:
        if name and grant.department is not None and grant.department.name == name:
            return Signature(role, grant.department)
    return Signature(role, consultation.department)


class Changed(Exception):
    """A colleague changed the draft, or moved it, after it was read."""


def _own_key(author: Account, idempotency_key: str) -> str:
    # Keys are unique in the whole table; nobody may take one before somebody else uses it.
    return f"{author.id}:{idempotency_key}"


def written_before(session: Session, author: Account, idempotency_key: str) -> OfficialReply | None:
    """Return what `author` wrote with the same key: a double click or a retry."""
    return session.scalar(
        select(OfficialReply).where(
            OfficialReply.idempotency_key == _own_key(author, idempotency_key)
        )
    )


def write_reply(
    session: Session,
    comments: Sequence[Comment],
    author: Account,
    signature: Signature,
    *,
    text: str,
    html: str = "",
    publish: bool,
    idempotency_key: str,
    seen: str = "",
) -> OfficialReply:
    """Answer `comments`, all of one consultation, at once or with a draft that only officials see.

    `text` is Markdown, cleaned, and `html` the same rendered, where that was done before. The same
    key by the same author gives the first reply again. `seen` is what the author saw of the
    comments (`meanwhile.write_seen`). Raises Overtaken if something happened to them since, or
    where that is not known if somebody else has answered one of them; Refused if one of them is not
    shown to readers.
    """
    lock_all(session, comments)
    made = written_before(session, author, idempotency_key)
    if made is not None:
        return made
    looks = read_seen(seen)
    if not all(comment.visible or comment.public_id in looks for comment in comments):
        raise Refused(_("A comment that readers do not see cannot be answered in public."))
    check_seen(session, comments, author, seen)
    reply = OfficialReply(
        public_id=new_public_id(),
        consultation=comments[0].document.consultation,
        department=signature.department,
        author=author,
        author_name=author.display_name,
        author_role=signature.role,
        source=text,
        html=html or render_markdown(text),
        status=ReplyStatus.DRAFT,
        idempotency_key=_own_key(author, idempotency_key),
        created_at=clock.now(),
        comments=list(comments),
    )
    session.add(reply)
    session.flush()
    if publish:
        _publish(session, reply, author)
    return reply


def edit_draft(
    session: Session,
    reply: OfficialReply,
    editor: Account,
    signature: Signature,
    *,
    text: str,
    html: str = "",
    publish: bool = False,
    seen: str = "",
    seen_beside: str = "",
) -> None:
    """Give a draft another text, and show it to everybody if that is asked.

    Whoever wrote the text that stands signs it; `html` is `text` rendered, where that was done
    before. `seen` is the fingerprint of the draft that the editor saw, `seen_beside` what was seen of
    the comments, as for `write_reply`; "" where that is not known. Raises Changed if it is another
    draft now, or none any more; where it is published, Overtaken if something happened to the
    comments, and Refused if readers see none of them.
    """
    lock(session, reply)
    if reply.status is not ReplyStatus.DRAFT or (seen and seen != fingerprint(reply)):
        raise Changed
    if publish:
        lock_all(session, reply.comments)
        if not any(comment.visible for comment in reply.comments):
            raise Refused(_("Readers see none of the comments that this answers any more."))
        check_seen(session, reply.comments, editor, seen_beside, but=reply)
    if text != reply.source:
        reply.source, reply.html = text, html or render_markdown(text)
        reply.author, reply.author_name = editor, editor.display_name
        reply.author_role, reply.department = signature.role, signature.department
    session.flush()
    if publish:
        _publish(session, reply, editor)


def _publish(session: Session, reply: OfficialReply, publisher: Account) -> None:
    move(session, reply, ReplyMove.PUBLISH)
    reply.published_at = clock.now()
    session.flush()
    _log(session, reply, publisher, "publish reply")


def withdraw_reply(
    session: Session, reply: OfficialReply, withdrawer: Account, *, seen: str = ""
) -> None:
    """Take a reply back, or throw a draft away.

    `seen` is the fingerprint of what the withdrawer saw, "" where it is not known. Raises Changed
    if it is another one now, ReplyMoveRefused if it was withdrawn before.
    """
    lock(session, reply)
    if seen and seen != fingerprint(reply):
        raise Changed
    before = move(session, reply, ReplyMove.WITHDRAW)
    session.flush()
    if before is ReplyStatus.PUBLISHED:
        _log(session, reply, withdrawer, "withdraw reply")


def _log(session: Session, reply: OfficialReply, actor: Account, act: str) -> None:
    audit.append(
        session,
        actor.id,
        act,
        f"reply:{reply.public_id}",
        department=reply.department.slug,
        comments=[comment.public_id for comment in reply.comments],
    )
