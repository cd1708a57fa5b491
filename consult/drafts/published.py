"""What readers may see of drafts: published versions and nothing else.

A document without a published version does not exist for readers. Each function is one query.
"""

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, contains_eager

from consult.consultations.models import Consultation
from consult.drafts.models import Document, Paragraph, Version, VersionState, Wording


def without_text(session: Session, consultation: Consultation) -> int:
    """Return 1 where readers find no text at all, else 0."""
    published = (
        select(Version.id)
        .join(Version.document)
        .where(Document.consultation_id == consultation.id, Version.state == VersionState.PUBLISHED)
    )
    return int(session.scalar(published.limit(1)) is None)


def documents(session: Session, consultation: Consultation) -> list[tuple[Document, Version]]:
    """Return the documents that readers may see, in their order, each with its latest version."""
    last = (
        select(Version.document_id, func.max(Version.number).label("number"))
        .where(Version.state == VersionState.PUBLISHED)
        .group_by(Version.document_id)
        .subquery()
    )
    rows = session.execute(
        select(Document, Version)
        .join(last, last.c.document_id == Document.id)
        .join(Version, and_(Version.document_id == Document.id, Version.number == last.c.number))
        .where(Document.consultation_id == consultation.id)
        .order_by(Document.position, Document.id)
    )
    return [(document, version) for document, version in rows]


def latest_version(session: Session, document: Document) -> Version | None:
    """Return the version that was published last."""
    return session.scalar(_published(document).order_by(Version.number.desc()).limit(1))


def version_number(session: Session, document: Document, number: int) -> Version | None:
    """Return version `number`, if it is published."""
    return session.scalar(_published(document).where(Version.number == number))


def published_versions(session: Session, document: Document) -> list[Version]:
    """Return all published versions, the latest first."""
    return list(session.scalars(_published(document).order_by(Version.number.desc())))


def _published(document: Document) -> Select[Version]:
    return select(Version).where(
        Version.document_id == document.id, Version.state == VersionState.PUBLISHED
    )


def wordings(session: Session, version: Version) -> list[Wording]:
    """Return a whole version in order, each wording with its paragraph loaded.

    Officials' pages give a working version too.
    """
    return list(
        session.scalars(
            select(Wording)
            .join(Wording.paragraph)
            .where(Wording.version_id == version.id)
            .options(contains_eager(Wording.paragraph))
            .order_by(Wording.position)
        )
    )


def wording_in(session: Session, paragraph: Paragraph, version: Version) -> Wording | None:
    """Return what `paragraph` says in `version`; None where it is not in there."""
    return session.scalar(
        select(Wording).where(
            Wording.paragraph_id == paragraph.id, Wording.version_id == version.id
        )
    )


def latest_wording(session: Session, paragraph: Paragraph) -> Wording | None:
    """Return what `paragraph` said in the last published version that has it, version loaded."""
    return session.scalar(
        select(Wording)
        .join(Wording.version)
        .where(Wording.paragraph_id == paragraph.id, Version.state == VersionState.PUBLISHED)
        .options(contains_eager(Wording.version))
        .order_by(Version.number.desc())
        .limit(1)
    )
