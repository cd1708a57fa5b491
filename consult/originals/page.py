"""The officials' page of an original: what it is, what it may give away, and who may have it."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from wtforms import HiddenField

from consult.accounts.security import me
from consult.drafts.models import Document, Version
from consult.forms import RequestForm
from consult.i18n import _, translate
from consult.intake.findings import grouped, unseen_in
from consult.originals.choosing import changes_since_import, choose_readers
from consult.originals.finding import hold_version_of, is_for_readers, version_of
from consult.permissions import Permission
from consult.refusal import Refused
from consult.web import Request

TEMPLATE = "consult:originals/templates/original.jinja2"
CHOICES = {"open": True, "closed": False}


class ReadersForm(RequestForm):
    """Whether readers may have the original; `seen` is the digest of the one that was looked at."""

    readers = HiddenField()
    seen = HiddenField()


@view_config(
    route_name="original_page",
    request_method="GET",
    renderer=TEMPLATE,
    permission=Permission.SEE_WORKING,
)
def show(document: Document, request: Request) -> dict[str, Any]:
    """Show what is known of an original."""
    return _page(document, version_of(document, request), ReadersForm(request), request)


@view_config(
    route_name="original_page",
    request_method="POST",
    renderer=TEMPLATE,
    permission=Permission.MANAGE,
)
def choose(document: Document, request: Request) -> dict[str, Any] | Response:
    """Let readers have it, or take it back."""
    version = hold_version_of(document, request)
    form = ReadersForm(request)
    chosen = CHOICES.get(form.readers.data or "")
    account = me(request)
    assert account is not None  # nobody else has the permission
    try:
        if chosen is None:
            raise Refused(_("Choose whether readers may have the file."))
        choose_readers(
            request.db,
            version,
            chosen,
            seen=form.seen.data or "",
            data=request.consult.data,
            actor_id=account.id,
        )
    except Refused as refusal:
        request.response.status_int = 422
        return _page(document, version, form, request, [translate(request, refusal.message)])
    return HTTPSeeOther(
        request.route_path(
            "original_page",
            slug=document.consultation.slug,
            document=document.slug,
            number=version.number,
            _query={"notice": "original-opened" if chosen else "original-closed"},
        )
    )


def _page(
    document: Document,
    version: Version,
    form: ReadersForm,
    request: Request,
    refused: Sequence[str] = (),
) -> dict[str, Any]:
    form.seen.data = version.source_digest
    return {
        "document": document,
        "consultation": document.consultation,
        "version": version,
        "for_readers": is_for_readers(version),
        "unseen": grouped(unseen_in(request, version)),
        "changes": changes_since_import(request.db, version),
        "form": form,
        "refused": refused,
    }
