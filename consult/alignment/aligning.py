"""The alignment of a new version of a draft with the last one."""

from collections.abc import Iterator, Sequence

from consult.alignment.anchoring import ALIKE, once_in_both, pair_clear
from consult.alignment.candidates import Candidates
from consult.alignment.dividing import pair_merged, pair_split
from consult.alignment.doubt import Doubts
from consult.alignment.fates import Aligned, Fate, FateKind
from consult.alignment.likeness import Texts
from consult.alignment.moving import pair_moved, return_to_place
from consult.alignment.pairing import Pairing
from consult.alignment.placing import pair_in_gaps, pair_lone
from consult.alignment.sections import pair_sections
from consult.blocks.blocks import Kind

#: The least score of parts that only their place makes one, and of such with a short part.
_WEAK = 0.3
_WEAK_SHORT = 0.4

#: The least score of two that alone are left between neighbours that are known.
_WEAK_LONE = 0.2

#: The least score of parts that nothing but some words makes one: a proposal for somebody to check.
_WEAK_MOVED = 0.35


def align(old: Sequence[Aligned], new: Sequence[Aligned]) -> list[Fate]:
    """Return what became of each old part, and where each new part came from.

    Every old part has one kind of fate: one row, or if it was split a row for each piece. Every
    new part is in a row. The rows go in the order of the new version; what was removed comes
    where it stood. The result depends on nothing but the two versions.
    """
    texts = Texts(old, new)
    if [text.said for text in texts.old] == [text.said for text in texts.new]:
        return [Fate(i, i, FateKind.UNCHANGED, 1.0, False) for i in range(len(old))]
    pairing = Pairing(len(old), len(new))
    candidates = _pair(texts, pairing)
    return _in_reading_order(_fates(texts, pairing, Doubts(texts, candidates, pairing)))


def _pair(texts: Texts, pairing: Pairing) -> Candidates:
    """Find the pairs: first what is clear by itself, then what that makes clear."""
    _pair_titles(texts, pairing)
    for i, j in once_in_both(texts):
        if pairing.free(i, j):
            pairing.pair(i, j)
    candidates = Candidates(
        texts,
        [i for i, news in enumerate(pairing.news) if not news],
        [j for j, olds in enumerate(pairing.olds) if not olds],
    )
    pair_clear(texts, candidates, pairing)
    pair_in_gaps(texts, candidates, pairing, ALIKE, ALIKE)
    pair_moved(texts, candidates, pairing, ALIKE)
    pair_in_gaps(texts, candidates, pairing, ALIKE, ALIKE)
    return_to_place(texts, pairing)
    pair_split(texts, candidates, pairing)
    pair_merged(texts, candidates, pairing)
    pair_in_gaps(texts, candidates, pairing, _WEAK, _WEAK_SHORT)
    pair_moved(texts, candidates, pairing, _WEAK_MOVED)
    pair_lone(texts, pairing, _WEAK_LONE)
    pair_sections(texts, pairing)
    return candidates


def _pair_titles(texts: Texts, pairing: Pairing) -> None:
    """Make the two titles one, whatever they say: what was said of the document as a whole stays."""
    titles = [
        next((place for place, text in enumerate(side) if text.kind is Kind.TITLE), None)
        for side in (texts.old, texts.new)
    ]
    if titles[0] is not None and titles[1] is not None:
        pairing.pair(titles[0], titles[1])


def _fates(texts: Texts, pairing: Pairing, doubts: Doubts) -> Iterator[Fate]:
    in_place = set(pairing.in_order(texts.size))
    for i, news in enumerate(pairing.news):
        if not news:
            yield Fate(i, None, FateKind.REMOVED, 0.0, doubts.of_removed(i))
        for j in news:
            yield _fate(texts, pairing, doubts, i, j, (i, j) in in_place)
    for j, olds in enumerate(pairing.olds):
        if not olds:
            yield Fate(None, j, FateKind.NEW, 0.0, False)


def _fate(texts: Texts, pairing: Pairing, doubts: Doubts, i: int, j: int, in_place: bool) -> Fate:
    olds, news = pairing.olds[j], pairing.news[i]
    if len(olds) == len(news) == 1:
        likeness = texts.likeness(i, j)
        changed = FateKind.UNCHANGED if likeness == 1.0 else FateKind.EDITED
        kind = changed if in_place else FateKind.MOVED
        return Fate(i, j, kind, likeness, doubts.of_pair(i, j, in_place))
    likeness = texts.joint_likeness(olds, news)
    kind = FateKind.SPLIT if len(news) > 1 else FateKind.MERGED
    return Fate(i, j, kind, likeness, doubts.of_group(olds, news))


def _in_reading_order(fates: Iterator[Fate]) -> list[Fate]:
    """Put the rows in the order of the new version, what was removed behind what it stood behind."""
    rows = sorted(fates, key=lambda fate: (fate.old is None, fate.old or 0, fate.new or 0))
    placed: list[tuple[int, int, Fate]] = []
    last = -1
    for fate in rows:
        if fate.new is not None:
            last = fate.new if fate.old is not None else last
            placed.append((fate.new, -1, fate))
        else:
            placed.append((last, fate.old or 0, fate))
    return [fate for _new, _old, fate in sorted(placed, key=lambda row: row[:2])]
