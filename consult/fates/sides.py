"""The last published version and the working one after it, read as places that can be compared."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.alignment import Part
from consult.blocks.blocks import Kind
from consult.drafts.models import Paragraph, Version, Wording
from consult.drafts.published import latest_version

#: Characters of a text that are read with every line.
SHOWN = 160


@dataclass(frozen=True, slots=True)
class Line:
    """A wording with the beginning of its text only."""

    paragraph_id: int
    key: str
    position: int
    kind: Kind
    level: int
    label: str
    digest: str
    text: str


@dataclass(frozen=True)
class Sides:
    """Both versions; a place is an index of `old` or of `new`."""

    last: Version
    version: Version
    old: list[Line]
    new: list[Line]

    @cached_property
    def old_at(self) -> dict[int, int]:
        """The place of each paragraph of the last version, by its id."""
        return {line.paragraph_id: place for place, line in enumerate(self.old)}

    @cached_property
    def new_at(self) -> dict[int, int]:
        """The place of each paragraph of the working version, by its id."""
        return {line.paragraph_id: place for place, line in enumerate(self.new)}

    @cached_property
    def digest(self) -> str:
        """What both say, as a word; what one thing was worked out from can be told by it."""
        said = [
            (line.paragraph_id, line.level, line.label, line.digest)
            for side in (self.old, self.new)
            for line in side
        ]
        return sha256(repr((self.last.id, len(self.old), said)).encode()).hexdigest()


def sides_of(session: Session, version: Version) -> Sides | None:
    """Return a working version and the published one before it; None where it is the first."""
    last = latest_version(session, version.document)
    if last is None:
        return None
    return Sides(last, version, _lines(session, last), _lines(session, version))


def _lines(session: Session, version: Version) -> list[Line]:
    rows = session.execute(
        select(
            Wording.paragraph_id,
            Paragraph.key,
            Wording.position,
            Wording.kind,
            Wording.level,
            Wording.label,
            Wording.digest,
            func.substr(Wording.text, 1, SHOWN),
        )
        .join(Paragraph, Paragraph.id == Wording.paragraph_id)
        .where(Wording.version_id == version.id)
        .order_by(Wording.position)
    )
    return [Line(*row) for row in rows]


def parts_of(
    session: Session, version: Version, paragraphs: Collection[int] | None = None
) -> dict[int, Part]:
    """Return paragraphs of a version as the alignment takes them, by id, in order; all unless named."""
    query = select(
        Wording.paragraph_id, Wording.kind, Wording.level, Wording.label, Wording.text
    ).where(Wording.version_id == version.id)
    if paragraphs is not None:
        query = query.where(Wording.paragraph_id.in_(paragraphs))
    rows = session.execute(query.order_by(Wording.position))
    return {
        paragraph: Part(kind, level, label, text) for paragraph, kind, level, label, text in rows
    }
