"""The page of one paragraph: its words, the conversation about them, and the form to join it."""

from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.response import Response
from pyramid.view import view_config

from consult.accounts.ended import HeldBack, has_ended
from consult.comments.form import CommentForm, comment_form
from consult.comments.models import Comment
from consult.comments.quotes import Quote, highlight, spans
from consult.comments.status import CommentStatus
from consult.comments.submitting import take
from consult.comments.threads import OfficialReplies, conversation
from consult.drafts.models import Paragraph, Wording
from consult.i18n import direction_of
from consult.layout.globals import notices
from consult.permissions import Permission
from consult.reading.document import Line, frozen_version
from consult.reading.earlier_versions import Telling
from consult.reading.figures import made_elsewhere, of_paragraphs
from consult.reading.notes import linked
from consult.reading.outcomes_shown import come_of
from consult.reading.position import Standing, standing
from consult.reading.rendering import Frozen
from consult.redline.wording_html import table_name, wrapped
from consult.replies.answers import is_answered_each, replies_of
from consult.web import Request, whole_number

PAGE = "consult:reading/templates/paragraph.jinja2"
FRAGMENT = "consult:reading/templates/conversation.jinja2"

# What the template may offer, by the word that it asks for.
OFFERED = {
    "comment": Permission.COMMENT,
    "vote": Permission.VOTE,
    "report": Permission.REPORT,
    "reply": Permission.REPLY,
    "moderate": Permission.MODERATE,
}

OFFICIAL = OfficialReplies(load=replies_of, answered=is_answered_each())

NOTICES = {
    CommentStatus.UNCONFIRMED: "comment-unconfirmed",
    CommentStatus.PENDING: "comment-pending",
}
FORM = "comment-form"  # the id of the form, where a comment stays that is not shown yet


@view_config(route_name="paragraph", request_method="GET", permission=Permission.READ)
def paragraph_page(paragraph: Paragraph, request: Request) -> Response:
    """Show a paragraph as it was last published, with its conversation."""
    form = None
    if request.has_permission(Permission.COMMENT, paragraph):
        quoted = {name: request.GET.get(name, "")[:2000] for name in ("parent", "quote")}
        form = comment_form(request, **quoted)
    return _show(paragraph, request, form)


@view_config(route_name="paragraph", request_method="POST", permission=Permission.READ)
def post_comment(paragraph: Paragraph, request: Request) -> Response:
    """Take a comment, or show what is wrong with everything that was typed."""
    if "email" not in request.POST and has_ended(request):
        # Guests leave an address; this was begun by somebody who was signed in.
        raise HeldBack
    form = comment_form(request)
    comment = take(request, paragraph, form)
    if comment is None:
        response = _show(paragraph, request, form)
        response.status_int = 422
        return response
    return HTTPSeeOther(_after(comment, paragraph, request))


def _after(comment: Comment, paragraph: Paragraph, request: Request) -> str:
    """Return where the author of `comment` is sent: to it, or to where it will appear."""
    query, anchor = {"notice": NOTICES.get(comment.status, "comment-published")}, FORM
    if comment.status is not CommentStatus.UNCONFIRMED:
        query["c"], anchor = comment.public_id, f"c-{comment.public_id}"
    return str(_address(paragraph, request, _query=query, _anchor=anchor))


def _address(paragraph: Paragraph, request: Request, **kw: Any) -> str:
    document = paragraph.document
    names = {"slug": document.consultation.slug, "document": document.slug, "key": paragraph.key}
    return str(request.route_path("paragraph", **names, **kw))


def _show(paragraph: Paragraph, request: Request, form: CommentForm | None) -> Response:
    stands = standing(request, paragraph)
    if stands is None:
        raise HTTPNotFound
    fragment = request.headers.get("HX-Request") == "true"
    values = {**_text(stands, request), **_talk(stands, request)}
    values |= come_of(request, stands, values["threads"], values["may"])
    if stands.gone and request.method == "GET":
        # Whoever had it open when the new version came sees what they typed, and why not.
        form = None
    asked = form["parent"].data if form is not None else ""
    values |= {"form": form, "parent": _shown(asked, values["threads"]), "whole": not fragment}
    values |= {"told": notices(request), "told_at": _told_at(request, values["threads"])}
    response = render_to_response(FRAGMENT if fragment else PAGE, values, request=request)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def _text(stands: Standing, request: Request) -> dict[str, Any]:
    wording, paragraph = stands.wording, stands.wording.paragraph
    document, version = paragraph.document, wording.version
    frozen = frozen_version(request, version)
    previous, following = _neighbours(paragraph, frozen, request)
    place = {"slug": document.consultation.slug, "document": document.slug}
    return {
        "notes": frozen.notes.get(paragraph.id, ()),
        "consultation": document.consultation,
        "document": document,
        "document_url": request.route_path("version", number=version.number, **place)
        if stands.gone
        else request.route_path("document", **place),
        "key": paragraph.key,
        "here": _address(paragraph, request),
        "name": frozen.names[paragraph.id],
        "wording": wording,
        "version": version,
        "latest": stands.latest,
        "heading": frozen.headings.get(paragraph.id),
        "previous": previous,
        "next": following,
        "text_lang": version.language,
        "text_dir": direction_of(version.language) if version.language else "",
    }


def _neighbours(
    paragraph: Paragraph, frozen: Frozen, request: Request
) -> tuple[Line | None, Line | None]:
    """Return the paragraphs before and after, the title being before the first."""
    keys = [frozen.title_key, *(slot.key for slot in frozen.slots)]
    ids = [frozen.title_id, *(slot.paragraph_id for slot in frozen.slots)]
    place = ids.index(paragraph.id)
    here = _address(paragraph, request).removesuffix(paragraph.key)

    def line(i: int) -> Line | None:
        return Line(here + keys[i], frozen.names[ids[i]], 0) if 0 <= i < len(ids) else None

    return line(place - 1), line(place + 1)


def _talk(stands: Standing, request: Request) -> dict[str, Any]:
    wording, paragraph = stands.wording, stands.wording.paragraph
    may = {word for word, what in OFFERED.items() if request.has_permission(what, paragraph)}
    found = conversation(
        request.db,
        paragraph,
        viewer=request.identity,
        moderator="moderate" in may,
        after=whole_number(request.GET.get("after")),
        replies=whole_number(request.GET.get("replies")),
        containing=request.GET.get("c", "")[:40],
        official=OFFICIAL,
        sources=stands.sources,
    )
    n, replies_n = of_paragraphs(request.db, stands.counted)
    others = {key: last for key, last in stands.sources.items() if key not in stands.counted}
    quotes = Telling(request, stands).tell(found.threads)
    return {
        "threads": found.threads,
        "more": _address(paragraph, request, _query=found.next) if found.next else None,
        "n": n,
        "elsewhere_n": made_elsewhere(request.db, others),
        "replies_n": replies_n,
        "may": may - {"comment"} if stands.gone else may,
        "words": _words(wording, quotes, request),
    }


def _words(wording: Wording, quotes: list[Quote], request: Request) -> Markup:
    """Return the wording inside its element, with the words marked that comments are about."""
    marked = highlight(wording.html, spans(wording.text, quotes))
    # A heading is the page's own heading here; a list item stands alone.
    frozen, paragraph_id = frozen_version(request, wording.version), wording.paragraph_id
    html = linked(marked, frozen.notes.get(paragraph_id, ()))
    return wrapped(wording.kind, html, table_name(frozen.names[paragraph_id], request.localizer))


def _told_at(request: Request, threads: list[Any]) -> str:
    """Return where the page says what was done, which is where the reader comes to: the public id
    of a comment, "form", or "" for the top of it."""
    comment = _shown(request.GET.get("c", ""), threads)
    if comment is not None:
        return comment.public_id
    waiting = NOTICES[CommentStatus.UNCONFIRMED] in request.GET.getall("notice")
    return "form" if waiting else ""


def _shown(wanted: str, threads: list[Any]) -> Comment | None:
    """Return the comment of this public id, if it is shown on this page."""
    pending = list(threads)
    while wanted and pending:
        node = pending.pop()
        if node.comment.public_id == wanted and isinstance(node.comment, Comment):
            return node.comment
        pending += node.replies
    return None
