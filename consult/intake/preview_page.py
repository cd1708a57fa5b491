"""The preview of a working version: seen as readers would, with what the import found on top."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from wtforms import HiddenField, TextAreaField

from consult.accounts.security import my_id
from consult.blocks.blocks import Kind
from consult.drafts.events import VersionPublished
from consult.drafts.models import Document, Fate, Version, Wording
from consult.drafts.pictures import description
from consult.drafts.published import latest_version, wordings
from consult.forms import RequestForm, at_most, lines
from consult.i18n import _, direction_of
from consult.intake.findings import grouped, shown
from consult.intake.publish import LONGEST_NOTE, publish_version
from consult.intake.store import discard_working, working_version
from consult.permissions import Permission
from consult.redline.wording_html import wrapped
from consult.refusal import Refused
from consult.web import Request

TEMPLATE = "consult:intake/templates/preview.jinja2"
REPLACED = _(
    "The draft was replaced or changed since you looked at it. This is how it is now; look at it,"
    " and then decide again."
)


class PublishForm(RequestForm):
    """What readers are told; `seen` says which import the official looked at."""

    what_changed = TextAreaField(
        _("What readers are told about this version"),
        [at_most(LONGEST_NOTE)],
        filters=[lines],
        description=_("What it is. May be left empty."),
    )
    seen = HiddenField()


@view_config(
    route_name="preview",
    request_method="GET",
    renderer=TEMPLATE,
    permission=Permission.SEE_WORKING,
)
def preview(document: Document, request: Request) -> dict[str, Any] | Response:
    """Show the working version; where there is none, go to the desk."""
    version = working_version(request.db, document)
    if version is None:
        return to_desk(document, request)
    return _page(document, version, PublishForm(request, seen=seen(version)), request)


@view_config(
    route_name="publish", request_method="POST", renderer=TEMPLATE, permission=Permission.PUBLISH
)
def publish(document: Document, request: Request) -> dict[str, Any] | Response:
    """Publish the first version of a document, the one that the official has looked at.

    A later one is published through the gate.
    """
    version = working_version(request.db, document)
    if version is None:
        return to_desk(document, request)
    if latest_version(request.db, document) is not None:
        return HTTPSeeOther(
            request.route_path("gate", slug=document.consultation.slug, document=document.slug)
        )
    form = PublishForm(request)
    refused: list[str] = []
    if form.seen.data != seen(version):
        refused.append(request.localizer.translate(REPLACED))
        form.seen.data = seen(version)
    elif form.validate():
        try:
            publish_version(
                request.db,
                version,
                what_changed=form.what_changed.data or "",
                actor_id=my_id(request),
            )
            request.registry.notify(VersionPublished(version))
            return to_desk(document, request, "version-published")
        except Refused as refusal:
            refused.append(request.localizer.translate(refusal.message))
    request.response.status_int = 422
    return _page(document, version, form, request, refused)


@view_config(
    route_name="discard", request_method="POST", renderer=TEMPLATE, permission=Permission.IMPORT
)
def discard(document: Document, request: Request) -> dict[str, Any] | Response:
    """Throw the working version away, if it is the one that the official has looked at."""
    version = working_version(request.db, document)
    if version is None:
        return to_desk(document, request)
    form = PublishForm(request)
    if form.seen.data == seen(version):
        slug = document.consultation.slug
        discard_working(request.db, version, actor_id=my_id(request))
        return HTTPSeeOther(
            request.route_path(
                "consultation_desk", slug=slug, _query={"notice": "version-discarded"}
            )
        )
    form.seen.data = seen(version)
    request.response.status_int = 422
    return _page(document, version, form, request, [request.localizer.translate(REPLACED)])


def seen(version: Version) -> str:
    """Return a word that differs for every state of a working version: import and workbench."""
    return f"{version.number}-{version.created_at.timestamp():.6f}-{version.revision}"


def to_desk(document: Document, request: Request, notice: str = "") -> Response:
    """Go to the officials' page of the consultation."""
    query = {"notice": notice} if notice else {}
    return HTTPSeeOther(
        request.route_path("consultation_desk", slug=document.consultation.slug, _query=query)
    )


def _page(
    document: Document,
    version: Version,
    form: PublishForm,
    request: Request,
    refused: Sequence[str] = (),
) -> dict[str, Any]:
    text = wordings(request.db, version)
    last = latest_version(request.db, document)
    known = {wording.paragraph.key: wording.html for wording in text}
    found = shown(request, version, known)
    return {
        "document": document,
        "consultation": document.consultation,
        "version": version,
        "last": last,
        "text": text,
        "wrapped": wrapped,
        "description": description,
        "kinds": _kinds(text),
        "known": known,
        "report": grouped(finding for finding in found if not finding.done),
        "done": sum(finding.done for finding in found),
        "fates": _fates(request.db, version),
        "text_lang": version.language,
        "text_dir": direction_of(version.language) if version.language else "",
        "form": form,
        "refused": refused,
    }


def _kinds(text: Sequence[Wording]) -> list[tuple[Kind, int]]:
    counted = Counter(wording.kind for wording in text)
    return [(kind, counted[kind]) for kind in Kind if counted[kind] and kind is not Kind.TITLE]


def _fates(session: Session, version: Version) -> dict[str, int]:
    """Return how many paragraphs have each kind of fate, as it was last proposed; {} for a first version."""
    rows = session.execute(
        select(Fate.kind, func.count(func.distinct(func.coalesce(Fate.old_id, Fate.new_id))))
        .where(Fate.version_id == version.id)
        .group_by(Fate.kind)
    )
    return {kind.value: n for kind, n in rows}
