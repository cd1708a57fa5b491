"""What became of paragraphs from version to version, as it was stated when each was published.

Asked of a working version these give what the machine proposes and officials have decided so far;
its paragraphs then stand for its wordings, and get the identity that their fate says when it is
published. A version's fates tell where the paragraphs of the last version before it went; version 1
has none.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, aliased, joinedload

from consult.alignment.fates import FateKind
from consult.drafts.models import Fate, Paragraph, Version, VersionState, Wording

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """A fate with the two wordings that it joins; None where there is none."""

    fate: Fate
    before: Wording | None
    after: Wording | None


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a paragraph: what became of it in version `number`.

    paragraph: the one that it is from then on, None where it was removed. others: the further
    paragraphs that it was split into.
    """

    number: int
    kind: FateKind
    paragraph: Paragraph | None
    others: tuple[Paragraph, ...] = ()


def fates(session: Session, version: Version) -> list[Fate]:
    """Return every fate stated for `version`, both paragraphs loaded, in the order of its text.

    What was removed comes where it stood. One query.
    """
    before, after = aliased(Wording), aliased(Wording)
    rows = session.execute(
        _joined(select(Fate, before.position, after.position), version, before, after)
    )
    return [fate for fate, _old, _new in in_reading_order((f, o, n) for f, o, n in rows)]


def told(
    session: Session, version: Version, kinds: Collection[FateKind] = tuple(FateKind)
) -> list[Told]:
    """Return the fates of these kinds in the same order, each with both its wordings. One query."""
    before, after = aliased(Wording), aliased(Wording)
    rows = session.execute(
        _joined(select(Fate, before, after), version, before, after).where(Fate.kind.in_(kinds))
    )
    placed = [
        (Told(fate, old, new), old and old.position, new and new.position)
        for fate, old, new in rows
    ]
    return [row for row, _old, _new in in_reading_order(placed)]


def fate_of(session: Session, paragraph: Paragraph, version: Version) -> list[Fate]:
    """Return what became of `paragraph` in `version`: a row, or one for each part of a split.

    Nothing where the version before did not have it.
    """
    return list(session.scalars(_own(version).where(Fate.old_id == paragraph.id)))


def origins_of(session: Session, paragraph: Paragraph, version: Version) -> list[Fate]:
    """Return where `paragraph` of `version` came from: a row, or one for each that was merged."""
    return list(session.scalars(_own(version).where(Fate.new_id == paragraph.id)))


def changed_paragraphs(session: Session, version: Version) -> list[Fate]:
    """Return the fates of the old paragraphs that do not say what they said, or are gone."""
    return [f for f in fates(session, version) if f.old_id is not None and f.likeness < 1]


def where_now(
    session: Session, paragraph: Paragraph, since: Version, latest: Version
) -> list[Step]:
    """Return the way of `paragraph` from version `since`, which has it, to version `latest`.

    One step for each published version after `since`; it ends where the paragraph was removed. Of
    a split it follows the part that kept the identity. Two queries.
    """
    ends = _ends(session, since, latest)
    way, here = [paragraph.id], ends.get(paragraph.id)
    while here is not None:
        way.append(here)
        here = ends.get(here)
    rows = session.execute(
        select(Version.number, Fate)
        .join(Fate.version)
        .where(_published_between(since.number, latest), Fate.old_id.in_(way))
        .options(joinedload(Fate.new))
        .order_by(Version.number, Fate.likeness.desc(), Fate.id)
    )
    stated: dict[int, list[Fate]] = {}
    for number, fate in rows:
        stated.setdefault(number, []).append(fate)
    return list(_steps(paragraph.id, stated))


def destinations(session: Session, latest: Version) -> dict[int, int | None]:
    """Return for the id of each paragraph that is no longer in `latest` the id of what it became.

    None where that was removed; what `latest` has itself has no entry. One query, of the few fates
    in which an identity ends.
    """
    ends = _ends(session, None, latest)
    return {old: _end(ends, old) for old in ends}


def _ends(session: Session, since: Version | None, latest: Version) -> dict[int, int | None]:
    """Return for each paragraph whose identity ended what it went into just then."""
    rows = session.execute(
        select(Version.number, Fate.old_id, Fate.new_id)
        .join(Fate.version)
        .where(
            _published_between(0 if since is None else since.number, latest),
            Fate.kind.in_((FateKind.MERGED, FateKind.SPLIT, FateKind.REMOVED)),
        )
        .order_by(Version.number, Fate.likeness.desc(), Fate.id)
    )
    parts: dict[tuple[int, int], list[int | None]] = {}
    for number, old, new in rows:
        assert old is not None  # by their kind these have one
        parts.setdefault((number, old), []).append(new)
    return {old: news[0] for (_number, old), news in parts.items() if old not in news}


def _end(ends: dict[int, int | None], place: int | None) -> int | None:
    # An identity ends once and never comes back, so that this comes to an end too.
    while place in ends:
        place = ends[place]
    return place


def _steps(here: int | None, stated: dict[int, list[Fate]]) -> Iterable[Step]:
    for number, rows in stated.items():
        mine = [fate for fate in rows if fate.old_id == here]
        if not mine:
            return
        kept = next((fate for fate in mine if fate.new_id == here), mine[0])
        others = tuple(fate.new for fate in mine if fate is not kept and fate.new is not None)
        yield Step(number, kept.kind, kept.new, others)
        here = kept.new_id


def _published_between(number: int, latest: Version) -> ColumnElement[bool]:
    return and_(
        Version.document_id == latest.document_id,
        Version.number > number,
        Version.number <= latest.number,
        Version.state == VersionState.PUBLISHED,
    )


def _own(version: Version) -> Select[Fate]:
    own = select(Fate).where(Fate.version_id == version.id).order_by(Fate.likeness.desc(), Fate.id)
    return own.options(joinedload(Fate.old), joinedload(Fate.new))


def _joined(query: Any, version: Version, before: type[Wording], after: type[Wording]) -> Any:
    """Join to the fates of `version` the wordings that each leads from and to."""
    last = (
        select(Version.id)
        .where(Version.document_id == version.document_id, Version.number == version.number - 1)
        .scalar_subquery()
    )
    return (
        query.select_from(Fate)
        .outerjoin(before, and_(before.paragraph_id == Fate.old_id, before.version_id == last))
        .outerjoin(after, and_(after.paragraph_id == Fate.new_id, after.version_id == version.id))
        .where(Fate.version_id == version.id)
        .options(joinedload(Fate.old), joinedload(Fate.new))
    )


def in_reading_order(
    rows: Iterable[tuple[T, int | None, int | None]],
) -> list[tuple[T, int | None, int | None]]:
    """Sort things by their places in the new version, what is removed behind what stood before it."""
    placed: list[tuple[int, int, tuple[T, int | None, int | None]]] = []
    last = 0
    for row in sorted(rows, key=lambda row: (row[1] is None, row[1] or 0, row[2] or 0)):
        old, new = row[1:]
        if new is not None and old is not None:
            last = new
        placed.append((last if new is None else new, 0 if new is not None else old or 0, row))
    return [row for _new, _old, row in sorted(placed, key=lambda entry: entry[:2])]
