"""What the gate shows: for each old paragraph what becomes of it, and each new one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.alignment import FateKind
from consult.blocks.blocks import Kind
from consult.drafts.models import Fate
from consult.fates.fates import in_reading_order
from consult.fates.impact import NONE, Stakes
from consult.fates.replacements import replacements
from consult.fates.sides import Line, Sides


class Show(StrEnum):
    """Which of the entries are shown."""

    DOUBTFUL = "doubtful"
    WAITING = "waiting"  # doubtful, and something hangs on it: the version waits for an answer
    CHANGED = "changed"  # everything but what is unchanged
    COMMENTED = "commented"
    DECIDED = "decided"
    EDITED = "edited"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"
    NEW = "new"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Entry:
    """What becomes of one old paragraph, or that one is new.

    news: what it becomes, several where it is split. with_it: the other old paragraphs that become
    the same. instead: of a removed one, what is new in its place. by, at: who decided, and when.
    """

    kind: FateKind
    likeness: float
    doubtful: bool
    old: Line | None
    news: list[Line] = field(default_factory=list)
    with_it: list[Line] = field(default_factory=list)
    instead: Line | None = None
    stakes: Stakes = NONE
    by_id: int | None = None
    by: str = ""
    at: datetime | None = None

    @property
    def key(self) -> str:
        """The key of the old paragraph, or of the new one; one of the two names an entry."""
        return self.old.key if self.old is not None else f"new-{self.news[0].key}"

    @property
    def olds(self) -> list[Line]:
        """All old paragraphs that become the same, in order; none where it is new."""
        mine = [] if self.old is None else [self.old]
        return sorted(mine + self.with_it, key=lambda line: line.position)

    @property
    def decided(self) -> bool:
        return self.by_id is not None

    @property
    def stamp(self) -> str:
        """A word that differs once anything else is stated or decided."""
        said = [line.paragraph_id for line in self.news], self.likeness, self.by_id, self.at
        return sha256(repr(said).encode()).hexdigest()[:16]

    def shown(self, show: Show) -> bool:
        """Say whether a filter lets this entry through."""
        if show is Show.DOUBTFUL:
            return self.doubtful and self.old is not None
        if show is Show.WAITING:
            return self.doubtful and bool(self.stakes)
        if show is Show.CHANGED:
            return self.kind is not FateKind.UNCHANGED
        if show is Show.COMMENTED:
            return bool(self.stakes)
        if show is Show.DECIDED:
            return self.decided
        return self.kind.value == show.value


def entries_of(session: Session, sides: Sides, stakes: Mapping[int, Stakes]) -> list[Entry]:
    """Return all entries in the order of the new text, what is removed where it stood. One query."""
    rows = session.execute(
        select(
            Fate.old_id,
            Fate.new_id,
            Fate.kind,
            Fate.likeness,
            Fate.doubtful,
            Fate.decided_by_id,
            Fate.decided_at,
            Account.display_name,
        )
        .outerjoin(Account, Account.id == Fate.decided_by_id)
        .where(Fate.version_id == sides.version.id)
    )
    olds: dict[int | None, Line] = {line.paragraph_id: line for line in sides.old}
    news: dict[int | None, Line] = {line.paragraph_id: line for line in sides.new}
    found: dict[tuple[int | None, int | None], Entry] = {}
    became: dict[int, list[Line]] = {}
    for old_id, new_id, kind, likeness, doubtful, by_id, at, by in rows:
        old, new = olds.get(old_id), news.get(new_id)
        # A split has a row for each of its parts, and is one entry all the same.
        which = (old_id, new_id if old_id is None else None)
        entry = found.get(which)
        if entry is None:
            entry = found[which] = Entry(
                kind, likeness, doubtful, old, by_id=by_id, at=at, by=by or ""
            )
            entry.stakes = NONE if old is None else stakes.get(old.paragraph_id, NONE)
        if new is not None:
            entry.news.append(new)
            became.setdefault(new.paragraph_id, []).extend([] if old is None else [old])
    for entry in found.values():
        entry.news.sort(key=lambda line: line.position)
        entry.with_it = [
            line
            for new in entry.news
            for line in became.get(new.paragraph_id, ())
            if line is not entry.old
        ]
    _doubt_replaced(found.values())
    return _in_order(found.values())


def _doubt_replaced(entries: Collection[Entry]) -> None:
    """Have somebody asked of what people spoke of and something new stands in the place of."""
    old = {e.old.position: e for e in entries if e.old is not None}
    new = {e.news[0].position: e.news[0] for e in entries if e.old is None}
    fates = (
        (e.old.position if e.old else None, e.news[0].position if e.news else None, e.kind)
        for e in entries
    )
    for i, j in replacements(fates).items():
        entry, line = old[i], new[j]
        if entry.old is not None and (entry.old.kind is Kind.HEADING) == (
            line.kind is Kind.HEADING
        ):
            entry.instead = line
            entry.doubtful |= bool(entry.stakes) and not entry.decided


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    placed = (
        (
            entry,
            entry.old.position if entry.old is not None else None,
            entry.news[0].position if entry.news else None,
        )
        for entry in entries
    )
    return [entry for entry, _old, _new in in_reading_order(placed)]


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the entries that a filter lets through."""

    entries: Sequence[Entry]
    total: int
    first: int  # the number of the first one, from 1
    previous: str | None  # the key from which the page before begins
    next: str | None


def page_of(entries: Sequence[Entry], show: Show, begin: str, size: int) -> Page:
    """Return the entries of a filter that begin at the key `begin`, or at the first one."""
    shown = [entry for entry in entries if entry.shown(show)]
    at = next((n for n, entry in enumerate(shown) if entry.key == begin), 0)
    return Page(
        shown[at : at + size],
        len(shown),
        at + 1,
        shown[max(0, at - size)].key if at else None,
        shown[at + size].key if at + size < len(shown) else None,
    )
