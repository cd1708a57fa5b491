"""The version whose original an address names, for those who may know of it."""

from pyramid.httpexceptions import HTTPNotFound
from sqlalchemy import Select, select

from consult.consultations.edit import hold
from consult.drafts.models import Document, Version, VersionState
from consult.web import Request


def version_of(document: Document, request: Request) -> Version:
    """Find version ``v{number}``, published or not; one without an original is not found."""
    return _found(request.db.scalar(_asked(document, request)))


def hold_version_of(document: Document, request: Request) -> Version:
    """Find it, and have others who would replace, publish or discard it wait for this transaction."""
    hold(request.db, document.consultation)
    asked = _asked(document, request).with_for_update()
    return _found(request.db.scalar(asked.execution_options(populate_existing=True)))


def _asked(document: Document, request: Request) -> Select[Version]:
    return select(Version).where(
        Version.document_id == document.id, Version.number == int(request.matchdict["number"])
    )


def _found(version: Version | None) -> Version:
    if version is None or not version.source_digest:
        raise HTTPNotFound
    return version


def is_for_readers(version: Version) -> bool:
    """Say whether everybody who may read the version may have its original."""
    return version.state is VersionState.PUBLISHED and version.source_for_readers
