"""Storing what an import found as a document's working version."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.blocks.blocks import Block, Draft, Kind
from consult.consultations.models import Consultation
from consult.drafts.images import addressed, keep_images
from consult.drafts.models import Document, Version, VersionState
from consult.drafts.pictures import known_descriptions, with_descriptions
from consult.drafts.published import latest_version
from consult.drafts.sources import keep_source, without_folders
from consult.fates.carry_over import put_decisions, take_decisions
from consult.forms import SLUG
from consult.i18n import _
from consult.intake.findings import located
from consult.intake.wordings import empty, fill
from consult.refusal import Refused
from consult.text import clean_line, excerpt
from consult.text.markup import written

LONGEST_SLUG = 60
LONGEST_NAME = 200  # characters of a file's name
LONGEST_TITLE = 300  # characters of a document's title; the draft's own stays whole in its text


def import_draft(
    session: Session,
    consultation: Consultation,
    document_slug: str,
    draft: Draft,
    *,
    source: bytes,
    data: Path,
    title: str = "",
    source_name: str = "",
    replace_working: bool = False,
    actor_id: int | None = None,
) -> Version:
    """Store `draft` as the working version of the document at `document_slug`, made if it is new.

    `source` is the file as it came, kept below the site's folder `data`; `source_name` is what its
    owner called it. `title`, where given, stands in place of the draft's own; a draft without one
    keeps the document's. Paragraphs that `align` recognises from the last published version keep
    their identity, and pictures of which the file says nothing what officials said of them before.
    Raises Refused, also where there is a working version already and it is not to be replaced.
    """
    document = _find(session, consultation, document_slug)
    draft = _with_title(draft, clean_line(title), document, source_name)
    if document is None:
        document = _new_document(session, consultation, document_slug, draft)
    last = latest_version(session, document)
    replaced = working_version(session, document)
    said = known_descriptions(session, [v for v in (last, replaced) if v is not None])
    carried = [] if replaced is None else take_decisions(session, replaced)
    version = _emptied(session, document, last, replace_working)
    version.created_at = clock.now()
    version.revision = (version.revision or 0) + 1
    version.language = (draft.language or "")[:35]
    version.source_format = draft.format
    _keep_original(version, data, source, source_name)
    if last is None:
        document.title = _title(draft)
    keep_images(data, draft.images)
    keys = fill(session, version, with_descriptions(addressed(draft.blocks), said))
    put_decisions(session, version, carried)
    version.findings = located(draft.findings, draft.blocks, keys)
    facts = {"blocks": len(draft.blocks), "source": version.source_digest}
    audit.append(session, actor_id, "import", subject(document), version=version.number, **facts)
    return version


def _with_title(draft: Draft, title: str, document: Document | None, source_name: str) -> Draft:
    if not title and document is not None and _named_by_its_file(draft, source_name):
        title = document.title
    return replace(draft, blocks=_retitled(draft.blocks, title)) if title else draft


def _keep_original(version: Version, data: Path, source: bytes, name: str) -> None:
    version.source_name = without_folders(clean_line(name))[-LONGEST_NAME:]
    version.source_digest, version.source_size = keep_source(data, source), len(source)
    # Whoever let readers have the file before meant that one and not this.
    version.source_for_readers = False


def _emptied(
    session: Session, document: Document, last: Version | None, replace_working: bool
) -> Version:
    """Return a working version without wordings: a new one, or the one that is to be replaced."""
    version = working_version(session, document)
    if version is None:
        version = Version(
            document=document,
            number=1 if last is None else last.number + 1,
            state=VersionState.WORKING,
            what_changed="",
        )
        session.add(version)
    elif not replace_working:
        raise Refused(
            _("This document has a working version already; publish, replace or discard it."),
            "replace",
        )
    else:
        empty(session, version)
    return version


def discard_working(session: Session, version: Version, *, actor_id: int | None = None) -> None:
    """Delete a working version, and its document if nothing of it was ever published."""
    document, number, about = version.document, version.number, subject(version.document)
    empty(session, version)
    session.delete(version)
    session.flush()
    if latest_version(session, document) is None:
        session.expire(document, ["versions"])
        session.delete(document)
        session.flush()
    audit.append(session, actor_id, "discard", about, version=number)


def working_version(session: Session, document: Document) -> Version | None:
    """Return the version that is not published yet; there is at most one."""
    return session.scalar(
        select(Version).where(
            Version.document_id == document.id, Version.state == VersionState.WORKING
        )
    )


def subject(document: Document) -> str:
    """Return what the log calls a document."""
    return f"document:{document.consultation.slug}/{document.slug}"


def _find(session: Session, consultation: Consultation, slug: str) -> Document | None:
    # Whoever imports into the consultation at the same time waits here, so that a document has
    # one working version and each document its own place.
    session.execute(
        select(Consultation.id)
        .where(Consultation.id == consultation.id)
        .with_for_update(key_share=True)
    )
    return session.scalar(
        select(Document).where(Document.consultation_id == consultation.id, Document.slug == slug)
    )


def _new_document(
    session: Session, consultation: Consultation, slug: str, draft: Draft
) -> Document:
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise Refused(
            _("The address takes small letters a to z, digits and hyphens, at most 60."), "slug"
        )
    last = session.scalar(
        select(func.max(Document.position)).where(Document.consultation_id == consultation.id)
    )
    document = Document(
        consultation=consultation, slug=slug, title=_title(draft), position=(last or 0) + 1
    )
    session.add(document)
    session.flush()
    return document


def _named_by_its_file(draft: Draft, source_name: str) -> bool:
    """Say whether the title is made of the file's name, as it is where the text has none."""
    stem = PurePath(without_folders(source_name)).stem
    said, name = (re.sub(r"[\W_]+", "", text).casefold() for text in (draft.blocks[0].text, stem))
    return said == (name or "untitleddraft")


def _title(draft: Draft) -> str:
    return excerpt(draft.blocks[0].text, LONGEST_TITLE) or "–"


def _retitled(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    return tuple(
        replace(block, label="", html=str(written(title)), text=title)
        if block.kind is Kind.TITLE
        else block
        for block in blocks
    )
