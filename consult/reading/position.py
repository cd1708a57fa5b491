"""Where a paragraph stands among the versions of its document, with everything said on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, contains_eager

from consult.drafts.models import Paragraph, Version, VersionState, Wording
from consult.drafts.published import published_versions
from consult.fates.comparing import Change, change_at
from consult.fates.tracing import Trail
from consult.fates.wording_rows import Words, words_of
from consult.reading.document import frozen_version
from consult.web import Request


@dataclass(frozen=True)
class Standing:
    """A paragraph's last published wording and what led to it.

    versions: the published ones by number; of a document with a single version only that one, and
    `words` are then empty. words: by version number and paragraph id, all that belongs to it.
    """

    wording: Wording
    versions: Mapping[int, Version]
    trail: Trail
    words: Mapping[tuple[int, int], Words]

    @property
    def number(self) -> int:
        """The number of the last version that has the paragraph."""
        return self.wording.version.number

    @property
    def latest(self) -> Version:
        """The version that was published last."""
        return self.versions[max(self.versions)]

    @property
    def gone(self) -> bool:
        """True where the latest version does not have the paragraph."""
        return self.number < self.latest.number

    @cached_property
    def sources(self) -> dict[int, int]:
        """What it was before: paragraphs, each with the last version in which that is true."""
        return self.trail.sources(self.wording.paragraph_id, self.number)

    @cached_property
    def counted(self) -> set[int]:
        """The paragraphs whose comments count here and nowhere else."""
        own = self.wording.paragraph_id
        merged = {old for old, home in self.trail.became().items() if home == own}
        return {own} | (merged & self.sources.keys())

    def change(self, since: int, until: int) -> Change | None:
        """Return what became of it between two versions, of which it was in one at least."""
        return change_at(self.trail, self.words, self.wording.paragraph_id, since, until)

    def since(self, number: int) -> Change | None:
        """Return what became of it from version `number` to its last wording."""
        return self.change(number, self.number)


def standing(request: Request, paragraph: Paragraph) -> Standing | None:
    """Return where `paragraph` stands; None if it was never published.

    One query as long as the document has one version, else two and what `frozen_version` asks.
    """
    row = _last_wording(request.db, paragraph)
    if row is None:
        return None
    wording, latest = row
    version = wording.version
    if latest == 1:
        return Standing(wording, {1: version}, Trail(1), {})
    versions = {v.number: v for v in published_versions(request.db, paragraph.document)}
    trail = frozen_version(request, versions[latest]).trail
    known = words_of(request.db, version.document_id, _kin(trail, paragraph.id, version.number))
    words = {(w.number, w.paragraph_id): w for w in known if w.number in versions}
    return Standing(wording, versions, trail, words)


def _last_wording(session: Session, paragraph: Paragraph) -> tuple[Wording, int] | None:
    other = aliased(Version)
    latest = (
        select(func.max(other.number))
        .where(other.document_id == paragraph.document_id, other.state == VersionState.PUBLISHED)
        .scalar_subquery()
    )
    row = session.execute(
        select(Wording, latest)
        .join(Wording.version)
        .where(Wording.paragraph_id == paragraph.id, Version.state == VersionState.PUBLISHED)
        .options(contains_eager(Wording.version))
        .order_by(Version.number.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def _kin(trail: Trail, paragraph: int, number: int) -> set[int]:
    """Return all paragraphs that one belonged together with, up to version `number` and just after."""
    kin = set(trail.sources(paragraph, number))
    if number < trail.number:
        for side in trail.family(trail.forth([paragraph], number, number + 1), number, number + 1):
            kin.update(side)
    for since in range(1, number):
        for until in {since + 1, number}:
            here = trail.back([paragraph], number, until)
            for side in trail.family(here, since, until):
                kin.update(side)
    return kin
