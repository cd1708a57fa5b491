"""What a comment is about: a paragraph's wording, words of it, another comment."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from consult.comments.addresses import is_public_id
from consult.comments.form import CommentForm
from consult.comments.models import Comment
from consult.comments.quotes import MAX_QUOTE, Quote, QuoteNotFound, find
from consult.drafts.models import Paragraph, Version, VersionState, Wording
from consult.fates.tracing import trail_to
from consult.forms import RequestForm
from consult.i18n import _
from consult.web import Request


@dataclass(frozen=True, slots=True)
class Matter:
    """What a comment is about."""

    wording: Wording
    quote: Quote | None
    parent: Comment | None


def the_matter(request: Request, paragraph: Paragraph, form: CommentForm) -> Matter | None:
    """Return what the comment is about, or None with errors on the form."""
    wording = _wording_now(request.db, paragraph)
    if wording is None:
        form.refuse("text", _("This paragraph is no longer in the draft. Comment on another one."))
        return None
    parent = _parent(request, wording, form)
    quote = _quote(wording, form)
    check_suggestion(form, wording)
    return None if form.errors else Matter(wording, quote, parent)


def _wording_now(session: Session, paragraph: Paragraph) -> Wording | None:
    """Return what the paragraph says in the latest version; None where that does not have it."""
    latest = (
        select(Version, Wording)
        .outerjoin(
            Wording,
            and_(Wording.version_id == Version.id, Wording.paragraph_id == paragraph.id),
        )
        .where(
            Version.document_id == paragraph.document_id, Version.state == VersionState.PUBLISHED
        )
        .order_by(Version.number.desc())
        .limit(1)
    )
    row = session.execute(latest).first()
    if row is None or row.Wording is None:
        return None
    # The session does not hold what nobody holds: it would read the version again.
    set_committed_value(row.Wording, "version", row.Version)
    found: Wording = row.Wording
    return found


def check_suggestion(form: RequestForm, wording: Wording) -> None:
    """Refuse a suggested wording that is the one that stands in the draft."""
    suggestion = form["suggestion"].data.split()
    if suggestion and suggestion == wording.text.split():
        form.refuse(
            "suggestion",
            _("This is the paragraph as it stands. Change its words, or leave this field empty."),
        )


def _quote(wording: Wording, form: CommentForm) -> Quote | None:
    exact = form["quote"].data
    if not exact:
        return None
    try:
        return find(wording.text, exact, form["quote_prefix"].data, form["quote_suffix"].data)
    except QuoteNotFound:
        pass
    if len(" ".join(exact.split())) > MAX_QUOTE:
        form.refuse(
            "quote",
            _(
                "Quote at most ${length} characters, or leave this field empty to comment on the "
                "whole paragraph.",
                mapping={"length": MAX_QUOTE},
            ),
        )
    else:
        form.refuse(
            "quote",
            _(
                "These words do not stand in the paragraph. Copy them from it exactly, or leave "
                "this field empty to comment on the whole paragraph."
            ),
        )
    return None


def _parent(request: Request, wording: Wording, form: CommentForm) -> Comment | None:
    public_id = form["parent"].data
    if not public_id:
        return None
    found = None
    if is_public_id(public_id):
        found = request.db.scalar(select(Comment).where(Comment.public_id == public_id))
    if found is not None and found.visible and _stands_here(request.db, found, wording):
        return found
    form["parent"].data = ""
    form.refuse(
        "parent",
        _(
            "The comment that you reply to is not shown any more. Send this again to post it as a "
            "comment on the paragraph itself."
        ),
    )
    return None


def _stands_here(session: Session, comment: Comment, wording: Wording) -> bool:
    """Say whether a comment is shown where `wording` is: on the paragraph, or on what it was before."""
    if comment.paragraph_id == wording.paragraph_id:
        return True
    version = wording.version
    if comment.document_id != version.document_id:
        return False
    sources = trail_to(session, version).sources(wording.paragraph_id)
    return comment.version.number <= sources.get(comment.paragraph_id, 0)
