"""The address at which an original is downloaded."""

from typing import BinaryIO

from pyramid.httpexceptions import HTTPNotFound
from pyramid.renderers import render_to_response
from pyramid.response import FileIter, Response
from pyramid.view import view_config

from consult.drafts.models import Document, Version
from consult.drafts.sources import SourceLost, open_source
from consult.originals.choosing import tell_loss
from consult.originals.finding import is_for_readers, version_of
from consult.originals.naming import content_type, disposition
from consult.permissions import Permission
from consult.web import Request

LOST = "consult:originals/templates/original_lost.jinja2"


@view_config(route_name="original", request_method="GET", permission=Permission.READ)
def original(document: Document, request: Request) -> Response:
    """Send an original; to readers only one that they may have, of a published version."""
    version = version_of(document, request)
    may_see = request.has_permission(Permission.SEE_WORKING, document)
    if not (is_for_readers(version) or may_see):
        raise HTTPNotFound
    try:
        file = open_source(request.consult.data, version.source_digest)
    except SourceLost as lost:
        tell_loss(version, lost)
        facts = {"document": document, "consultation": document.consultation, "version": version}
        response = render_to_response(LOST, facts, request=request)
        response.status_int = 404
        return response
    return _attachment(version, file, request)


def _attachment(version: Version, file: BinaryIO, request: Request) -> Response:
    response = Response(
        content_type=content_type(version),
        app_iter=FileIter(file),
        content_length=version.source_size,
        content_disposition=disposition(version),
        conditional_response=True,
    )
    response.etag = version.source_digest
    # It can be taken back, so whoever keeps it asks each time; and what a visitor gets, everybody
    # gets, while what is given to somebody who is signed in is for that person.
    response.cache_control = "no-cache" if request.identity is None else "private, no-cache"
    response.vary = "Cookie"
    # Beside the policy of every page: a browser that shows it after all runs it as nobody's.
    response.headers["Content-Security-Policy"] = "sandbox"
    return response
