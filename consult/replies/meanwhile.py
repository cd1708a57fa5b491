"""What happened to comments between an official's look at them and the answer.

What was seen travels with the form, a word for each comment: its public id, the number of its text,
and of every reply that stood beside it the public id with a print of its words, as in
``k3x9c:2:7f0tq-1f0a93bc2d51.p8zzw-77e2d0a14b03``.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.comments.models import Comment
from consult.comments.rewritten import Rewritten, rewritten_since
from consult.replies.answers import replies_of
from consult.replies.models import OfficialReply, ReplyStatus

_WORD = re.compile(r"([0-9a-z]{1,20}):([0-9]{1,9}):([0-9a-z.-]*)")
MOST = 200  # words that are read; a reply answers far fewer comments

Beside = Mapping[int, Sequence[OfficialReply]]


@dataclass(frozen=True, slots=True)
class Look:
    """What an official saw of a comment."""

    revision: int
    replies: Mapping[str, str]  # their prints by their public ids


UNSEEN = Look(0, {})


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What happened to a comment since."""

    comment: Comment
    gone: bool = False  # readers do not see it any more
    edited: bool = False
    rewritten: Rewritten | None = None
    came: Sequence[OfficialReply] = ()  # replies and drafts that are new, or other than they were
    went: bool = False  # a reply that was seen is withdrawn, a draft thrown away

    def __bool__(self) -> bool:
        return bool(self.gone or self.edited or self.came or self.went)


class Overtaken(Exception):
    """Something happened that whoever answers has not seen."""

    def __init__(self, meanwhile: Sequence[Meanwhile]) -> None:
        super().__init__(f"{len(meanwhile)} comments are not what they were")
        self.meanwhile = meanwhile


def fingerprint(reply: OfficialReply) -> str:
    """Return what tells one state of a reply from another: its words, and whether it is published."""
    said = f"{reply.status}\n{reply.source}"
    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()


def beside(
    session: Session, comments: Iterable[Comment], but: OfficialReply | None = None
) -> Beside:
    """Return the replies and drafts of each comment, without the one that is being written."""
    found = replies_of(session, [comment.id for comment in comments], drafts=True)
    return {id_: [reply for reply in replies if reply is not but] for id_, replies in found.items()}


def write_seen(comments: Iterable[Comment], replies: Beside) -> str:
    """Return what a form says of the comments that it shows, with the replies beside them."""
    return " ".join(
        f"{comment.public_id}:{comment.revision}:"
        + ".".join(f"{r.public_id}-{fingerprint(r)}" for r in replies.get(comment.id, ()))
        for comment in comments
        if comment.visible
    )


def read_seen(text: str) -> dict[str, Look]:
    """Read what `write_seen` wrote, by public ids; what is none of it is left out."""
    found = {}
    for word in text.split()[:MOST]:
        if match := _WORD.fullmatch(word):
            public_id, revision, replies = match.groups()
            pairs = (each.partition("-")[::2] for each in replies.split(".") if each)
            found[public_id] = Look(int(revision), dict(pairs))
    return found


def happened(
    session: Session,
    comments: Sequence[Comment],
    writer: Account,
    seen: str,
    but: OfficialReply | None = None,
) -> list[Meanwhile]:
    """Return what happened to those of the comments that are not as `writer` saw them.

    Where nothing is said to have been seen only what others published counts: a program that sends
    a text alone answers what nobody else has answered. Where something is said, and it does not
    make out this comment, nothing of the comment was seen. `but` is the reply that is written.
    """
    looks = read_seen(seen)
    if seen.strip():
        looks = {c.public_id: looks.get(c.public_id, UNSEEN) for c in comments}
    replies = beside(session, comments, but)
    found = [
        _since(comment, looks.get(comment.public_id), replies.get(comment.id, ()), writer)
        for comment in comments
    ]
    edited = [each.comment for each in found if each.edited]
    seen_texts = [(c, looks[c.public_id].revision) for c in edited]
    rewritten = rewritten_since(session, [(c, revision) for c, revision in seen_texts if revision])
    return [replace(each, rewritten=rewritten.get(each.comment.id)) for each in found if each]


def _since(
    comment: Comment, look: Look | None, now: Sequence[OfficialReply], writer: Account
) -> Meanwhile:
    if not comment.visible:
        return Meanwhile(comment, gone=look is not None)
    if look is None:
        published = [reply for reply in now if reply.status is ReplyStatus.PUBLISHED]
        return Meanwhile(comment, came=[r for r in published if r.author_id != writer.id])
    return Meanwhile(
        comment,
        edited=comment.revision != look.revision,
        came=[reply for reply in now if look.replies.get(reply.public_id) != fingerprint(reply)],
        went=not look.replies.keys() <= {reply.public_id for reply in now},
    )


def check_seen(
    session: Session,
    comments: Sequence[Comment],
    writer: Account,
    seen: str,
    but: OfficialReply | None = None,
) -> None:
    """Raise Overtaken if something happened to the comments, which the caller has locked."""
    if meanwhile := happened(session, comments, writer, seen, but):
        raise Overtaken(meanwhile)
