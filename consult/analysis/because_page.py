"""The page on which officials say which comments led to a change."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from wtforms import HiddenField, SelectMultipleField, StringField

from consult.accounts.security import me
from consult.alignment.fates import FateKind
from consult.analysis.because import tie, tied_to
from consult.analysis.subject import Matter, find_matter
from consult.comments.about import made_on
from consult.comments.addresses import is_public_id
from consult.comments.models import Comment
from consult.comments.status import VISIBLE
from consult.drafts.models import Paragraph, Version
from consult.fates.comparing import Change
from consult.fates.wording_rows import called
from consult.forms import RequestForm, one_line
from consult.i18n import _
from consult.permissions import Permission
from consult.redline.wording_html import changed
from consult.text import excerpt, plain_text
from consult.web import Request, whole_number

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
    # Those that were ticked when the page was shown: only what was changed since is changed.
    seen = HiddenField(filters=[one_line])
    other = StringField(
        _("A comment on another paragraph"),
        filters=[one_line],
        description=_("Its address, as the link at its date leads to it."),
    )


@view_config(request_method="GET", **PAGE)
def ask(paragraph: Paragraph, request: Request) -> dict[str, Any] | Response:
    """Show the change and the comments on what it changed."""
    key, matter = paragraph.key, find_matter(paragraph, request)
    if matter.paragraph.key != key:
        return HTTPSeeOther(_address(request, matter.paragraph.key))
    return _page(request, matter, BecauseForm(request))


@view_config(request_method="POST", **PAGE)
def take(paragraph: Paragraph, request: Request) -> dict[str, Any] | Response:
    """Keep what was ticked, and let go what was offered and is not."""
    matter = find_matter(paragraph, request)
    form, official = BecauseForm(request), me(request)
    form.comments.validate_choice = False
    form.validate()
    letting_go, naming = _changed(request, form)
    offered = _named(request.db, matter, letting_go)
    chosen = _named(request.db, matter, naming)
    other = _other(request.db, matter, form["other"].data)
    if form["other"].data and other is None:
        form.refuse("other", _("There is no such comment on this draft that everybody can read."))
    if form.errors or official is None:
        request.response.status_int = 422
        return _page(request, matter, form)
    tie(
        request.db,
        matter.version,
        matter.paragraph,
        official,
        offered=offered,
        chosen=[*chosen, *([other] if other else [])],
        family=matter.family,
    )
    return HTTPSeeOther(_address(request, matter.paragraph.key, notice="because-kept"))


def _changed(request: Request, form: BecauseForm) -> tuple[list[str], list[str]]:
    """Return what is not ticked any more, and what is newly ticked; a colleague's ticks stay."""
    offered, ticked = form["offered"].data or [], form["comments"].data or []
    if "seen" not in request.POST:
        return offered, ticked
    seen = set(form["seen"].data.split())
    return (
        [name for name in offered if name in seen and name not in ticked],
        [name for name in ticked if name not in seen],
    )


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
    tied = tied_to(request.db, matter.version, matter.family)
    comments, more = _offered(request, matter, tied)
    form.comments.choices = [(c.public_id, c.author_name) for c in comments]
    if request.method == "GET" and request.filled_in is None:
        form["comments"].data = [c.public_id for c in comments if c.id in tied]
    if "seen" not in request.POST:
        form["seen"].data = " ".join(c.public_id for c in comments if c.id in tied)
    change, document, words = matter.change, matter.paragraph.document, matter.words
    if change is None and matter.was is not None:
        change = Change(FateKind.REMOVED, (matter.was,), (), edited=True)
    return {
        "consultation": document.consultation,
        "document": document,
        "paragraph": matter.paragraph,
        "name": called(words, request.localizer) if words else "",
        "matter": matter,
        "version": matter.version,
        "changed": changed(change, request.localizer) if change else (),
        "comments": comments,
        "excerpts": {c.public_id: _excerpt(c) for c in comments},
        "more": _address(request, matter.paragraph.key, after=str(more)) if more else None,
        "form": form,
    }


def _offered(request: Request, matter: Matter, tied: set[int]) -> tuple[list[Comment], int | None]:
    """Return a page of the comments on what was changed, and at first those tied from elsewhere."""
    after = whole_number(request.GET.get("after")) or 0
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


def _address(request: Request, key: str, **query: str) -> str:
    """Return the address of the page about the paragraph of that key in the same document."""
    names = {name: request.matchdict[name] for name in ("slug", "document")}
    asked = {"version": request.GET["version"], **query}
    return str(request.route_path("because", **names, key=key, _query=asked))
