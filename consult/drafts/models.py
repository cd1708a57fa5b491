"""Documents, their versions, and paragraphs that keep their identity through versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account
from consult.alignment.fates import FateKind
from consult.blocks.blocks import Kind
from consult.consultations.models import Consultation
from consult.consultations.phases import acl_of_text
from consult.db import Base, words


class VersionState(StrEnum):
    """A working version can be replaced; a published one never changes."""

    WORKING = "working"
    PUBLISHED = "published"


class Document(Base):
    """A text that is consulted on: a draft policy, an impact assessment, a transcript."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("consultation_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    slug: Mapped[str]
    title: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    # Counts every change to what readers see of the text and its conversation, so that a page that
    # was made earlier can be told from a current one by a single number.
    activity: Mapped[int] = mapped_column(default=0)

    consultation: Mapped[Consultation] = relationship()
    versions: Mapped[list["Version"]] = relationship(
        back_populates="document", order_by="Version.number"
    )

    @property
    def __parent__(self) -> Consultation:
        return self.consultation

    @property
    def __acl__(self) -> list[Any]:
        return acl_of_text(self.consultation.__acl__)


class Version(Base):
    """One state of a document's text."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(words(VersionState))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    what_changed: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")  # BCP 47; empty where not known
    source_name: Mapped[str] = mapped_column(default="")
    source_digest: Mapped[str] = mapped_column(default="")  # SHA-256 of the file as it came
    source_format: Mapped[str] = mapped_column(default="")  # a key of `importing.formats.FORMATS`
    source_size: Mapped[int] = mapped_column(default=0)  # bytes
    # Whether readers of the version may have that file. It is chosen for this very file, and can
    # be taken back: the one thing about a published version that an official may still change.
    source_for_readers: Mapped[bool] = mapped_column(default=False)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # Counts the changes that officials make to a working version, undoing included: a number is
    # never given twice, so that it says which state of the text somebody has seen.
    revision: Mapped[int] = mapped_column(default=0)

    document: Mapped[Document] = relationship(back_populates="versions")
    wordings: Mapped[list["Wording"]] = relationship(
        back_populates="version", order_by="Wording.position", cascade="all, delete-orphan"
    )

    @property
    def __parent__(self) -> Document:
        return self.document


class Paragraph(Base):
    """An identity without a text: what "3.12" is through all versions."""

    __tablename__ = "paragraph"
    __table_args__ = (UniqueConstraint("document_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    key: Mapped[str]  # short, public, for ever

    document: Mapped[Document] = relationship()

    @property
    def __parent__(self) -> Document:
        return self.document


class Wording(Base):
    """The text of a paragraph in one version; immutable once the version is published."""

    __tablename__ = "wording"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        UniqueConstraint("version_id", "paragraph_id"),
        Index("ix_wording_paragraph_id", "paragraph_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"))
    position: Mapped[int]
    kind: Mapped[Kind] = mapped_column(words(Kind))
    level: Mapped[int]
    label: Mapped[str]
    html: Mapped[str]
    text: Mapped[str]
    digest: Mapped[str]  # of kind and text, so that equal wordings are found quickly

    version: Mapped[Version] = relationship(back_populates="wordings")
    paragraph: Mapped[Paragraph] = relationship()


class Fate(Base):
    """What became of a paragraph of the last version in this one; stated before it is published.

    Every paragraph of the last version has a fate, every paragraph of this one an origin.
    """

    __tablename__ = "fate"
    __table_args__ = (
        Index("ix_fate_version_id", "version_id"),
        Index("ix_fate_old_id", "old_id"),
        Index("ix_fate_new_id", "new_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    old_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))  # None: it is new
    new_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))  # None: it is removed
    kind: Mapped[FateKind] = mapped_column(words(FateKind))
    likeness: Mapped[float]  # 0 to 1
    doubtful: Mapped[bool] = mapped_column(default=False)  # the machine is not sure
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))  # None: the machine
    decided_at: Mapped[datetime | None]

    version: Mapped[Version] = relationship()
    old: Mapped[Paragraph | None] = relationship(foreign_keys=[old_id])
    new: Mapped[Paragraph | None] = relationship(foreign_keys=[new_id])


class Proposal(Base):
    """What the machine takes the fates of a working version to be, kept until it is published.

    Places count from 0 in the last version and in this one, as they stood when `digest` was made
    of both; once either says something else, the proposal is worked out anew.
    """

    __tablename__ = "proposal"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    digest: Mapped[str]
    # [old place or null, new place or null, kind, likeness, doubtful]
    rows: Mapped[list[list[Any]]] = mapped_column(JSON)
    # For each doubtful old place, as a word, what it may be: [new place, likeness], the best first.
    candidates: Mapped[dict[str, list[list[Any]]]] = mapped_column(JSON)


class WorkingAct(StrEnum):
    """What officials do to the paragraphs of a working version."""

    CORRECT = "correct"
    RECAST = "recast"
    SPLIT = "split"
    MERGE = "merge"
    MOVE = "move"
    DROP = "drop"
    ADD = "add"


class WorkingStep(Base):
    """One change to a working version, with all that undoing and redoing it need.

    `before` and `after` are the rows that it touched, by position (`workbench.steps.Row`). Steps
    are undone from the last one backwards, so that what is undone always stands at the end.
    """

    __tablename__ = "working_step"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    number: Mapped[int]  # the revision of the version that it made
    act: Mapped[WorkingAct] = mapped_column(words(WorkingAct))
    key: Mapped[str]  # of the paragraph that it was done to
    name: Mapped[str]  # what that paragraph was called, for the sentence that tells of it
    before: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    after: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    undone: Mapped[bool] = mapped_column(default=False)

    actor: Mapped[Account | None] = relationship()
