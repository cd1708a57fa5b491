"""Which paragraphs of one version are which of another, over any number of versions.

`consult.fates.fates` answers for one paragraph or one version. A trail holds what has ever ended,
begun, parted, joined or moved in a document, and answers for all of its paragraphs from memory: what
is published does not change, so a trail can be kept.
"""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.alignment.fates import FateKind
from consult.drafts.models import Fate, Version, VersionState

#: The number of a version, a paragraph of the version before, what it is in this one, and how.
Row = tuple[int, int | None, int | None, FateKind]

_TOLD = (FateKind.SPLIT, FateKind.MERGED, FateKind.MOVED)


class Trail:
    """The ways of a document's paragraphs, by their ids, up to version `number`.

    Of which nothing is told, that stays what it is from one version to the next; so a paragraph
    seems to be in every version before its first, and callers know which versions have which.
    """

    def __init__(self, number: int, rows: Iterable[Row] = ()) -> None:
        self.number = number
        self._forth: dict[int, dict[int, list[int]]] = defaultdict(dict)
        self._back: dict[int, dict[int, list[int]]] = defaultdict(dict)
        self._moved: set[tuple[int, int, int]] = set()
        for version, old, new, kind in rows:
            if old is not None:
                self._forth[version].setdefault(old, []).extend([] if new is None else [new])
            if new is not None:
                self._back[version].setdefault(new, []).extend([] if old is None else [old])
            if kind is FateKind.MOVED and old is not None and new is not None:
                self._moved.add((version, old, new))

    def forth(self, paragraphs: Iterable[int], since: int, until: int) -> list[int]:
        """Return what paragraphs of version `since` are in version `until`, without repetition."""
        here = list(dict.fromkeys(paragraphs))
        for number in range(since + 1, until + 1):
            went = self._forth.get(number)
            if went:
                here = list(dict.fromkeys(n for old in here for n in went.get(old, [old])))
        return here

    def back(self, paragraphs: Iterable[int], until: int, since: int) -> list[int]:
        """Return what paragraphs of version `until` were in version `since`."""
        here = list(dict.fromkeys(paragraphs))
        for number in range(until, since, -1):
            came = self._back.get(number)
            if came:
                here = list(dict.fromkeys(o for new in here for o in came.get(new, [new])))
        return here

    def family(
        self, paragraphs: Iterable[int], since: int, until: int
    ) -> tuple[list[int], list[int]]:
        """Return the paragraphs of two versions that belong together with these of `until`.

        That is one and one; several where paragraphs were split or merged in between.
        """
        news = list(dict.fromkeys(paragraphs))
        while True:
            olds = self.back(news, until, since)
            more = self.forth(olds, since, until)
            more += [new for new in news if new not in more]
            if len(more) == len(news):
                return olds, more
            news = more

    def moved(self, paragraph: int, since: int, until: int) -> bool:
        """Say whether `paragraph` of version `since` was moved at any step of its way to `until`."""
        here = [paragraph]
        for number in range(since + 1, until + 1):
            there = self.forth(here, number - 1, number)
            if any((number, old, new) in self._moved for old in here for new in there):
                return True
            here = there
        return False

    def home(self, paragraph: int) -> int:
        """Return the paragraph with which the comments on `paragraph` count.

        That is itself as long as it stands, then what it became, and at last what was removed.
        """
        for number in sorted(self._forth):
            went = self._forth[number].get(paragraph)
            if went and paragraph not in went:
                paragraph = went[0]
        return paragraph

    def became(self) -> dict[int, int]:
        """Return the `home` of each paragraph that is no more and was not simply removed."""
        return {
            old: self.home(old)
            for went in self._forth.values()
            for old, news in went.items()
            if news and old not in news
        }

    def removed(self) -> dict[int, int]:
        """Return in which version each paragraph that was removed no longer stood."""
        return {
            old: number for number, went in self._forth.items() for old in went if not went[old]
        }

    def sources(self, paragraph: int, until: int | None = None) -> dict[int, int]:
        """Return the paragraphs whose comments are about what is `paragraph` in version `until`.

        For each the last version on which they are: what became of the paragraph later, if it
        still stands, has comments of its own. `until` is the trail's last version unless given.
        """
        until = self.number if until is None else until
        found = {paragraph: until}
        here = [paragraph]
        for number in range(until, 1, -1):
            here = self.back(here, number, number - 1)
            for old in here:
                found.setdefault(old, number - 1)
        return found


def trail_to(session: Session, version: Version) -> Trail:
    """Return the trail of a document up to `version`, which may be a working one. One query.

    The paragraphs of a working version stand for its wordings, so all of them are told of.
    """
    if version.number == 1:
        return Trail(1)
    rows = session.execute(
        select(Version.number, Fate.old_id, Fate.new_id, Fate.kind)
        .join(Fate.version)
        .where(
            Version.document_id == version.document_id,
            Version.number <= version.number,
            or_(Version.state == VersionState.PUBLISHED, Version.id == version.id),
            or_(
                Fate.old_id.is_(None),
                Fate.new_id.is_(None),
                Fate.old_id != Fate.new_id,
                Fate.kind.in_(_TOLD),
            ),
        )
        .order_by(Version.number, Fate.likeness.desc(), Fate.id)
    )
    return Trail(version.number, ((n, old, new, kind) for n, old, new, kind in rows))
