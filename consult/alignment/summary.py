"""What a new version changes, in figures, and the parts that belong together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.alignment.fates import Aligned, Fate, FateKind
from consult.alignment.redline import redline
from consult.alignment.tokens import count_words


@dataclass(frozen=True, slots=True)
class Bundle:
    """The old and new places that one fate is about: several of one side for a split or merge."""

    olds: tuple[int, ...]
    news: tuple[int, ...]
    kind: FateKind
    likeness: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """How many old parts have each kind of fate (of NEW: new parts), how many of these are
    doubtful, and how many words the redline inserts and deletes.
    """

    fates: Mapping[FateKind, int]
    doubtful: int
    inserted: int
    deleted: int


def bundles(fates: Iterable[Fate]) -> list[Bundle]:
    """Return the rows of an alignment with those of one split or merge put together, in order."""
    found: dict[tuple[str, int | None], list[Fate]] = {}
    for fate in fates:
        merged = fate.kind is FateKind.MERGED or fate.old is None
        key = ("new", fate.new) if merged else ("old", fate.old)
        found.setdefault(key, []).append(fate)
    return [
        Bundle(
            tuple(sorted({fate.old for fate in rows if fate.old is not None})),
            tuple(sorted({fate.new for fate in rows if fate.new is not None})),
            rows[0].kind,
            rows[0].likeness,
            any(fate.doubtful for fate in rows),
        )
        for rows in found.values()
    ]


def summarise(old: Sequence[Aligned], new: Sequence[Aligned], fates: Iterable[Fate]) -> Summary:
    """Count what changed between two versions that were aligned."""
    kinds: Counter[FateKind] = Counter()
    words: Counter[str] = Counter()
    doubtful = 0
    for bundle in bundles(fates):
        parts = len(bundle.olds) or 1
        kinds[bundle.kind] += parts
        doubtful += parts if bundle.doubtful else 0
        if bundle.likeness < 1.0:
            before = " ".join(old[i].text for i in bundle.olds)
            after = " ".join(new[j].text for j in bundle.news)
            for change, text in redline(before, after):
                words[change] += count_words(text)
    return Summary(
        {kind: kinds[kind] for kind in FateKind}, doubtful, words["inserted"], words["deleted"]
    )
