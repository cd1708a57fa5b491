"""One consultation as officials see it."""

from collections.abc import Callable, Sequence
from typing import Any

from pyramid.view import view_config

from consult.comments.models import Comment
from consult.comments.places import places_of
from consult.consultations.labels import NAMES
from consult.consultations.models import Consultation
from consult.consultations.moves import possible
from consult.i18n import translate
from consult.permissions import Permission
from consult.replies.answers import replies_of
from consult.replies.models import OfficialReply, ReplyStatus
from consult.replies.worklist import (
    SIZE,
    Tab,
    Work,
    busiest,
    documents_of,
    replies_in,
    waiting_comments,
    work_of,
)
from consult.web import Request, whole_number


@view_config(
    route_name="consultation_desk",
    request_method="GET",
    renderer="consult:replies/templates/consultation.jinja2",
    permission=Permission.SEE_WORKING,
)
def consultation_desk(consultation: Consultation, request: Request) -> dict[str, Any]:
    """Show where the consultation stands, its texts, and what waits for an answer."""
    asked = request.GET.get("show", "")
    tab = Tab(asked) if asked in tuple(Tab) else Tab.QUESTIONS
    key = whole_number(request.GET.get("from"))
    work = work_of(request.db, [consultation])[consultation.id]
    found = LISTS[tab](request, consultation, key)
    more = None
    if len(found) > SIZE:
        more = _here(request, consultation, tab, str(found[SIZE - 1].id))
    return {
        "consultation": consultation,
        "work": work,
        "documents": documents_of(request.db, consultation),
        "busiest": busiest(request.db, consultation),
        "moves": [
            (str(move), translate(request, NAMES[move]))
            for move in possible(consultation.phase_now)
        ],
        "tab": tab,
        "tabs": _tabs(request, consultation, work, tab),
        "more": more,
        "first": _here(request, consultation, tab) if key else None,
        **_shown(request, found[:SIZE]),
    }


def _questions(request: Request, consultation: Consultation, key: int | None) -> list[Comment]:
    return waiting_comments(request.db, consultation, questions=True, after=key, size=SIZE + 1)


def _comments(request: Request, consultation: Consultation, key: int | None) -> list[Comment]:
    return waiting_comments(request.db, consultation, questions=False, after=key, size=SIZE + 1)


def _drafts(request: Request, consultation: Consultation, key: int | None) -> list[OfficialReply]:
    return replies_in(request.db, consultation, ReplyStatus.DRAFT, key, SIZE + 1)


def _replies(request: Request, consultation: Consultation, key: int | None) -> list[OfficialReply]:
    return replies_in(request.db, consultation, ReplyStatus.PUBLISHED, key, SIZE + 1)


LISTS: dict[Tab, Callable[[Request, Consultation, int | None], Sequence[Any]]] = {
    Tab.QUESTIONS: _questions,
    Tab.COMMENTS: _comments,
    Tab.DRAFTS: _drafts,
    Tab.REPLIES: _replies,
}


def _shown(request: Request, found: Sequence[Any]) -> dict[str, Any]:
    """Return the comments with their places and drafts, or the replies."""
    comments = [thing for thing in found if isinstance(thing, Comment)]
    places = places_of(request.db, comments)
    drafts = replies_of(request.db, [comment.id for comment in comments], drafts=True)
    return {
        "comments": [
            (c, places[c.id], places[c.id].node(c), drafts.get(c.id, ())) for c in comments
        ],
        "replies": [thing for thing in found if isinstance(thing, OfficialReply)],
    }


def _here(request: Request, consultation: Consultation, tab: Tab, key: str = "") -> str:
    query = {"show": str(tab)} | ({"from": key} if key else {})
    path = request.route_path("consultation_desk", slug=consultation.slug, _query=query)
    return f"{path}#waiting"


def _tabs(
    request: Request, consultation: Consultation, work: Work, shown: Tab
) -> dict[Tab, tuple[str, int, bool]]:
    """Return for each tab its address, how much is in it and whether it is shown."""
    return {tab: (_here(request, consultation, tab), work.of(tab), tab is shown) for tab in Tab}
