"""What the workbench shows of a working version: lean rows, one query for all of them."""

from collections import Counter
from collections.abc import Collection, Iterable
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.drafts.models import Paragraph, Version, Wording

BEGINNING = 60  # characters of the text by which a paragraph without a number is called


class Line(NamedTuple):
    """A paragraph as it stands on the page."""

    key: str
    position: int
    kind: Kind
    level: int
    label: str
    html: str
    beginning: str


def lines(session: Session, version: Version, keys: Collection[str] | None = None) -> list[Line]:
    """Return the version's paragraphs in order, or those of them that have `keys`."""
    asked = _lines(version)
    if keys is not None:
        asked = asked.where(Paragraph.key.in_(keys))
    return [Line(*row) for row in session.execute(asked)]


def line_at(session: Session, version: Version, position: int) -> Line | None:
    """Return the paragraph at a position."""
    row = session.execute(_lines(version).where(Wording.position == position)).first()
    return None if row is None else Line(*row)


def keys_before(session: Session, version: Version, found: Iterable[Line]) -> dict[str, str]:
    """Return for each line the key of the one before it, "" for the first."""
    wanted = {line.position - 1: line.key for line in found}
    rows = session.execute(
        select(Wording.position, Paragraph.key)
        .join(Wording.paragraph)
        .where(Wording.version_id == version.id, Wording.position.in_(wanted))
    )
    return dict.fromkeys(wanted.values(), "") | {wanted[place]: key for place, key in rows}


def counts(session: Session, version: Version) -> list[tuple[Kind, int]]:
    """Return how many paragraphs of each kind there are, the title aside."""
    rows = session.execute(
        select(Wording.kind, func.count())
        .where(Wording.version_id == version.id)
        .group_by(Wording.kind)
    )
    return in_order({row[0]: row[1] for row in rows})


def counts_of(found: Iterable[Line]) -> list[tuple[Kind, int]]:
    """Return the same for lines that are all there."""
    return in_order(Counter(line.kind for line in found))


def in_order(counted: dict[Kind, int]) -> list[tuple[Kind, int]]:
    """Return numbers by kind in the order in which kinds are always named."""
    return [(kind, counted[kind]) for kind in Kind if kind in counted and kind is not Kind.TITLE]


def seen(wording: Wording) -> str:
    """Return a word that differs for every state of a paragraph that an official may have seen."""
    state = (wording.kind.value, str(wording.level), wording.label, wording.html)
    return blake2b("\n".join(state).encode(), digest_size=8).hexdigest()


def _lines(version: Version) -> Select[str, int, Kind, int, str, str, str]:
    return (
        select(
            Paragraph.key,
            Wording.position,
            Wording.kind,
            Wording.level,
            Wording.label,
            Wording.html,
            func.substr(Wording.text, 1, BEGINNING),
        )
        .join(Wording.paragraph)
        .where(Wording.version_id == version.id)
        .order_by(Wording.position)
    )
