"""The rows of a working version, taken out and put in by position."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from sqlalchemy import Delete, Update, delete, func, insert, select, update
from sqlalchemy.orm import Session, contains_eager

from consult.blocks.blocks import Kind
from consult.drafts.models import Version, Wording
from consult.intake.store import LONGEST_TITLE
from consult.intake.wordings import digest_of
from consult.text import excerpt, plain_text


@dataclass(frozen=True, slots=True)
class Row:
    """A wording as steps keep it; `key` is its paragraph's, so that it can be found on the page."""

    paragraph_id: int
    key: str
    position: int
    kind: Kind
    level: int
    label: str
    html: str

    @classmethod
    def kept(cls, values: dict[str, Any]) -> "Row":
        """Return the row that a step has kept as JSON."""
        return cls(**values | {"kind": Kind(values["kind"])})


def row_of(wording: Wording) -> Row:
    """Return what a step keeps of a wording."""
    return Row(
        paragraph_id=wording.paragraph_id,
        key=wording.paragraph.key,
        position=wording.position,
        kind=wording.kind,
        level=wording.level,
        label=wording.label,
        html=wording.html,
    )


def at(session: Session, version: Version, position: int) -> Wording | None:
    """Return the wording at a position, its paragraph loaded."""
    return session.scalar(
        select(Wording)
        .join(Wording.paragraph)
        .where(Wording.version_id == version.id, Wording.position == position)
        .options(contains_eager(Wording.paragraph))
    )


def exchange(
    session: Session, version: Version, before: Sequence[Row], after: Sequence[Row]
) -> None:
    """Take the rows `before` out of a version and put the rows `after` in.

    Positions of `before` are those that the rows have now, of `after` those that they will have;
    both in order. The caller holds the version.
    """
    version.revision += 1
    session.flush()
    was = {row.paragraph_id for row in before}
    gone = was - {row.paragraph_id for row in after}
    rows = _Rows(session, version)
    rows.delete(gone)
    rows.make_room({row.position for row in before}, {row.position for row in after})
    rows.put([row for row in after if row.paragraph_id in was])
    rows.add([row for row in after if row.paragraph_id not in was])
    for thing in session:
        if isinstance(thing, Wording) or thing is version:
            session.expire(thing)
    _retitle(version, after)


class _Rows:
    """The rows of a version, changed in the database and nowhere else.

    No two of them may share a position, not even for a moment, so that those on the move wait
    below nought until all have left their old places.
    """

    def __init__(self, session: Session, version: Version) -> None:
        self.session = session
        self.version_id = version.id
        self.here = Wording.version_id == version.id

    def delete(self, paragraph_ids: set[int]) -> None:
        self._execute(delete(Wording).where(self.here, Wording.paragraph_id.in_(paragraph_ids)))

    def make_room(self, taken: set[int], wanted: set[int]) -> None:
        """Move the rows that are not touched out of the way and together."""
        if taken == wanted:
            return
        last = self.session.scalar(select(func.max(Wording.position)).where(self.here)) or 0
        for low, high, apart in shifts(max(last, *taken, 0), taken, wanted):
            self._execute(
                update(Wording)
                .where(self.here, Wording.position.between(low, high))
                .values(position=-(Wording.position + apart))
            )

    def put(self, rows: Sequence[Row]) -> None:
        """Change rows that are there already, and end the waiting of those that are on the move."""
        for row in rows:
            its = Wording.paragraph_id == row.paragraph_id
            values = _values(row) | {"position": -row.position}
            self._execute(update(Wording).where(self.here, its).values(values))
        waiting = update(Wording).where(self.here, Wording.position < 0)
        self._execute(waiting.values(position=-Wording.position))

    def add(self, rows: Sequence[Row]) -> None:
        if rows:
            values = [_values(row) | {"version_id": self.version_id} for row in rows]
            self.session.execute(insert(Wording), values)

    def _execute(self, statement: Delete | Update) -> None:
        self.session.execute(statement, execution_options={"synchronize_session": False})


def _values(row: Row) -> dict[str, Any]:
    text = plain_text(row.html)
    values = asdict(row) | {"text": text, "digest": digest_of(row.kind, text)}
    del values["key"]
    return values


def shifts(last: int, taken: set[int], wanted: set[int]) -> Iterator[tuple[int, int, int]]:
    """Yield stretches of positions from 1 to `last` with the distance by which they have to move.

    Rows at `taken` are taken out and rows put in at `wanted`; everything else keeps its order.
    """
    free = (place for place in count(1) if place not in wanted)
    low = high = apart = 0
    for position in range(1, last + 1):
        if position in taken:
            continue
        distance = next(free) - position
        if distance == apart and high == position - 1:
            high = position
            continue
        if apart:
            yield low, high, apart
        low, high, apart = position, position, distance
    if apart:
        yield low, high, apart


def _retitle(version: Version, rows: Sequence[Row]) -> None:
    """Name a document that readers have not seen yet by the title that its draft has now."""
    title = next((row for row in rows if row.kind is Kind.TITLE), None)
    if title is not None and version.number == 1:
        name = excerpt(plain_text(title.html), LONGEST_TITLE)
        version.document.title = name or version.document.title
