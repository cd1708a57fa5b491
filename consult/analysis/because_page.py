"""The page on which officials say which comments led to a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from wtforms import SelectMultipleField, StringField

from consult.accounts.security import me
from consult.analysis.because import tie, tied_to
from consult.analysis.verdict_page import texts
from consult.comments.about import Sources, made_on
from consult.comments.addresses import is_public_id
from consult.comments.models import Comment
from consult.comments.status import VISIBLE
from consult.drafts.comparing import Change, change_in
from consult.drafts.models import Paragraph, Version, VersionState
from consult.drafts.tracing import Trail, trail_to
from consult.drafts.words import called
from consult.forms import RequestForm, one_line
from consult.i18n import _
from consult.permissions import Permission
from consult.text import excerpt, plain_text
from consult.web import Request

PAGE = {
    "route_name": "because",
    "renderer": "consult:analysis/templates/because.jinja2",
    "permission": Permission.REPLY,
}
SIZE = 50
EXCERPT = 300  # characters of a comment


class BecauseForm(RequestForm):
    """Which of the comments that were offered led to the change, and perhaps another one."""

    comments = SelectMultipleField(_("Which comments led to this change?"), choices=[])
    offered = SelectMultipleField(choices=[], validate_choice=False)
    other = StringField(
        _("A comment on another paragraph"),
        filters=[one_line],
        description=_("Its address, as the link at its date leads to it."),
    )


@dataclass(frozen=True, slots=True)
class Matter:
    """A change, and what people had said of it before."""

    paragraph: Paragraph
    version: Version
    change: Change
    sources: Sources


@view_config(request_method="GET", **PAGE)
def ask(paragraph: Paragraph, request: Request) -> dict[str, Any] | Response:
    """Show the change and the comments on what it changed."""
    matter = _matter(paragraph, request)
    if isinstance(matter, Response):
        return matter
    return _page(request, matter, BecauseForm(request))


@view_config(request_method="POST", **PAGE)
def take(paragraph: Paragraph, request: Request) -> dict[str, Any] | Response:
    """Keep what was ticked, and let go what was offered and is not."""
    matter = _matter(paragraph, request)
    if isinstance(matter, Response):
        return matter
    form, official = BecauseForm(request), me(request)
    form.comments.validate_choice = False
    form.validate()
    offered = _named(request.db, matter, form["offered"].data or [])
    chosen = _named(request.db, matter, form["comments"].data or [])
    other = _other(request.db, matter, form["other"].data)
    if form["other"].data and other is None:
        form.refuse("other", _("There is no such comment on this draft that everybody can read."))
    if form.errors or official is None:
        request.response.status_int = 422
        return _page(request, matter, form)
    tie(
        request.db,
        matter.version,
        paragraph,
        official,
        offered=offered,
        chosen=[*chosen, *([other] if other else [])],
    )
    return HTTPSeeOther(_address(request, matter, notice="because-kept"))


def _matter(paragraph: Paragraph, request: Request) -> Matter | Response:
    version = _version(request, paragraph)
    trail = trail_to(request.db, version)
    change = change_in(request.db, version, trail, paragraph.id)
    if change is None:
        raise HTTPNotFound
    matter = Matter(paragraph, version, change, _sources(trail, change, version.number))
    if change.olds and all(words.paragraph_id != paragraph.id for words in change.olds):
        # A change is named by what the last version calls it: that is there before and after.
        key = change.olds[0].key
        return HTTPSeeOther(_address(request, matter, key=key))
    return matter


def _version(request: Request, paragraph: Paragraph) -> Version:
    given = request.GET.get("version", "")
    if not given.isascii() or not given.isdecimal() or len(given) > 6 or int(given) < 2:
        raise HTTPNotFound
    version = request.db.scalar(
        select(Version).where(
            Version.document_id == paragraph.document_id, Version.number == int(given)
        )
    )
    if version is None or (
        version.state is VersionState.WORKING
        and not request.has_permission(Permission.SEE_WORKING, paragraph)
    ):
        raise HTTPNotFound
    return version


def _sources(trail: Trail, change: Change, number: int) -> Sources:
    found: dict[int, int] = {}
    for words in change.olds:
        found |= trail.sources(words.paragraph_id, number - 1)
    return found


def _named(session: Session, matter: Matter, public_ids: Sequence[str]) -> list[Comment]:
    """Return those of the comments that can be read, on whichever paragraph of the document."""
    known = [public_id for public_id in public_ids[: 4 * SIZE] if is_public_id(public_id)]
    return list(
        session.scalars(
            select(Comment)
            .where(
                Comment.public_id.in_(known),
                Comment.document_id == matter.version.document_id,
                Comment.status.in_(VISIBLE),
            )
            .order_by(Comment.id)
        )
    )


def _other(session: Session, matter: Matter, given: str) -> Comment | None:
    public_id = given.split("#")[0].split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    found = _named(session, matter, [public_id]) if public_id else []
    return found[0] if found else None


def _page(request: Request, matter: Matter, form: BecauseForm) -> dict[str, Any]:
    tied = tied_to(request.db, matter.version, matter.paragraph)
    comments, more = _offered(request, matter, tied)
    form.comments.choices = [(c.public_id, c.author_name) for c in comments]
    if request.method == "GET":
        form["comments"].data = [c.public_id for c in comments if c.id in tied]
    change, document = matter.change, matter.paragraph.document
    words = (*change.news, *change.olds)[0]
    return {
        "consultation": document.consultation,
        "document": document,
        "paragraph": matter.paragraph,
        "name": called(words, request.localizer),
        "version": matter.version,
        "working": matter.version.state is VersionState.WORKING,
        "change": change,
        "redlines": texts(change),
        "comments": comments,
        "excerpts": {c.public_id: _excerpt(c) for c in comments},
        "more": _address(request, matter, after=str(more)) if more else None,
        "form": form,
    }


def _offered(request: Request, matter: Matter, tied: set[int]) -> tuple[list[Comment], int | None]:
    """Return a page of the comments on what was changed, and at first those tied from elsewhere."""
    given = request.GET.get("after", "")
    after = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    own = made_on(matter.sources) if matter.sources else Comment.id.in_([])
    wanted = own if after else or_(own, Comment.id.in_(tied))
    found = request.db.scalars(
        select(Comment)
        .join(Version, Version.id == Comment.version_id)
        .where(
            Comment.document_id == matter.version.document_id,
            Comment.status.in_(VISIBLE),
            Comment.id > after,
            wanted,
        )
        .order_by(Comment.id)
        .limit(SIZE + 1)
    ).all()
    return list(found[:SIZE]), found[SIZE - 1].id if len(found) > SIZE else None


def _excerpt(comment: Comment) -> str:
    said = excerpt(plain_text(comment.html) or comment.suggestion, EXCERPT)
    return f"“{excerpt(comment.quote_exact, 80)}” – {said}" if comment.quote_exact else said


def _address(request: Request, matter: Matter, *, key: str = "", **query: str) -> str:
    document = matter.paragraph.document
    return str(
        request.route_path(
            "because",
            slug=document.consultation.slug,
            document=document.slug,
            key=key or matter.paragraph.key,
            _query={"version": str(matter.version.number), **query},
        )
    )
