"""Posting a comment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.comments.addresses import new_public_id
from consult.comments.models import Comment, Contribution, Stance
from consult.comments.quotes import Quote
from consult.comments.status import CommentStatus
from consult.drafts.models import Wording
from consult.text import render_markdown


@dataclass(frozen=True, slots=True)
class Signature:
    """How a comment is signed for good; role and department are an official's, else empty."""

    name: str
    role: str = ""
    department: str = ""


def posted_before(session: Session, author: Account, idempotency_key: str) -> Comment | None:
    """Return what `author` posted with the same key: a double click or a retry."""
    return session.scalar(
        select(Comment).where(
            Comment.author_id == author.id, Comment.idempotency_key == idempotency_key
        )
    )


def post_comment(
    session: Session,
    *,
    wording: Wording,
    author: Account,
    signature: Signature,
    text: str,
    html: str = "",
    idempotency_key: str,
    arrived_at: datetime,
    entry: CommentStatus,
    quote: Quote | None = None,
    kind: Contribution = Contribution.COMMENT,
    stance: Stance = Stance.NONE,
    parent: Comment | None = None,
    suggestion: str = "",
) -> Comment:
    """Store a comment on `wording` and return it.

    `text` is Markdown, cleaned, and `html` the same rendered, where that was done before; `quote`
    comes from quotes.find on the wording's text. Callers ask `posted_before` first: the database
    refuses a second comment with the same author and key by an IntegrityError, which is worth a
    retry.
    """
    comment = Comment(
        public_id=new_public_id(),
        document=wording.paragraph.document,
        paragraph=wording.paragraph,
        version=wording.version,
        parent=parent,
        author=author,
        author_name=signature.name,
        author_role=signature.role,
        author_department=signature.department,
        contribution=kind,
        stance=stance,
        quote_exact=quote.exact if quote else "",
        quote_prefix=quote.prefix if quote else "",
        quote_suffix=quote.suffix if quote else "",
        quote_start=quote.start if quote else None,
        source=text,
        html=html or render_markdown(text),
        suggestion=suggestion,
        status=entry,
        idempotency_key=idempotency_key,
        created_at=arrived_at,
    )
    session.add(comment)
    session.flush()
    return comment
