"""The page on which a commenter says whether a change meets their point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from wtforms import RadioField, StringField

from consult.accounts.models import Account
from consult.accounts.security import me
from consult.analysis.keys import holder_of
from consult.analysis.models import Answer
from consult.analysis.verdicts import comments_asked, give_verdict, sources_asked, verdict_of
from consult.comments.models import Comment
from consult.drafts.models import Paragraph, Version
from consult.drafts.published import version_number
from consult.fates.comparing import Change, change_in
from consult.fates.tracing import trail_to
from consult.fates.wording_rows import called
from consult.forms import RequestForm, at_most, choices, one_line, required
from consult.i18n import _
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.redline.wording_html import changed
from consult.web import Request, whole_number

PAGE = {
    "route_name": "verdict",
    "renderer": "consult:analysis/templates/verdict.jinja2",
    "permission": Permission.READ,
}
LONGEST = 200  # characters of a reason


class VerdictForm(RequestForm):
    """An answer, and a word why."""

    answer = RadioField(
        _("Does this meet your point?"),
        [required(_("Choose one of the three answers."))],
        choices=choices(
            [(Answer.YES, _("Yes")), (Answer.PARTLY, _("Partly")), (Answer.NO, _("No"))]
        ),
    )
    why = StringField(_("Why? (in a few words)"), [at_most(LONGEST)], filters=[one_line])


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a paragraph that a version changed, of somebody who had commented on it."""

    paragraph: Paragraph
    version: Version
    change: Change
    account: Account | None  # None: we do not know who it is
    comments: Sequence[Comment]
    key: str


@view_config(request_method="GET", **PAGE)
def ask(paragraph: Paragraph, request: Request) -> dict[str, Any] | Response:
    """Show the change, the person's own comments and the question."""
    question = _question(paragraph, request)
    if isinstance(question, Response):
        return question
    given = None
    if question.account is not None:
        given = verdict_of(request.db, question.version, paragraph, question.account)
    said = {"answer": given.answer.value, "why": given.why} if given else {}
    return _page(request, question, VerdictForm(request, data=said))


@view_config(request_method="POST", **PAGE)
def take(paragraph: Paragraph, request: Request) -> dict[str, Any] | Response:
    """Keep the answer, in place of an earlier one."""
    question = _question(paragraph, request)
    if isinstance(question, Response):
        return question
    account = question.account
    if account is None or not question.comments:
        raise HTTPForbidden
    limit(request, Act.VOTE, account.id)
    form = VerdictForm(request)
    if not form.validate():
        request.response.status_int = 422
        return _page(request, question, form)
    give_verdict(
        request.db,
        question.version,
        paragraph,
        account,
        answer=Answer(form["answer"].data),
        why=form["why"].data,
    )
    place = {**_place(paragraph), "_query": {"notice": "verdict-taken"}}
    return HTTPSeeOther(request.route_path("paragraph", **place))


def _question(paragraph: Paragraph, request: Request) -> Question | Response:
    """Return what the address asks; a redirect where that is asked about another paragraph."""
    number = whole_number(request.GET.get("version"))
    version = version_number(request.db, paragraph.document, number) if number else None
    if version is None or version.number < 2:
        raise HTTPNotFound
    trail = trail_to(request.db, version)
    home = trail.home(paragraph.id)
    if home != paragraph.id:
        # What was merged into another paragraph is judged with that.
        key = request.db.get_one(Paragraph, home).key
        place = {**_place(paragraph), "key": key, "_query": request.GET}
        return HTTPSeeOther(request.route_path("verdict", **place))
    change = change_in(request.db, version, trail, paragraph.id)
    if change is None or not change.concerns:
        raise HTTPNotFound
    key = request.GET.get("key", "")
    account = holder_of(request.db, request.consult, key, version) or me(request)
    comments: Sequence[Comment] = []
    if account is not None:
        sources = sources_asked(trail, paragraph.id, version.number)
        comments = comments_asked(request.db, account, sources)
    return Question(paragraph, version, change, account, comments, key)


def _page(request: Request, question: Question, form: VerdictForm) -> dict[str, Any]:
    change, paragraph = question.change, question.paragraph
    mine = next(
        (w for w in (*change.news, *change.olds) if w.paragraph_id == paragraph.id), change.olds[0]
    )
    return {
        "consultation": paragraph.document.consultation,
        "document": paragraph.document,
        "paragraph": request.route_path("paragraph", **_place(paragraph)),
        "name": called(mine, request.localizer),
        "version": question.version,
        "changed": changed(change, request.localizer),
        "removed": not change.news,
        "account": question.account,
        "comments": question.comments,
        "form": form,
        "here": request.path_qs,
    }


def _place(paragraph: Paragraph) -> dict[str, Any]:
    document = paragraph.document
    return {
        "slug": document.consultation.slug,
        "document": document.slug,
        "key": paragraph.key,
    }
