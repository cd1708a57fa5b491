"""Old parts that were split and new parts that old ones were merged into.

Gale and Church (1993) call them beads of one to many. A piece is recognised by what it contains
rather than by likeness (Broder 1997, "On the resemblance and containment of documents"): of a
paragraph cut into five, each fifth is a third alike and wholly contained.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from consult.alignment.candidates import Candidates
from consult.alignment.likeness import Text, Texts, common_in_pieces
from consult.alignment.pairing import Pairing
from consult.blocks.blocks import Kind

#: The share of a piece's words that have to stand in the whole, and the share that, with all the
#: pieces in their order, no other piece has already.
_CONTAINED = 0.6
_OF_ITS_OWN = 0.5

#: The least likeness of the pieces together with the whole.
_TOGETHER = 0.5

#: How far around a piece neighbours are asked for the whole that it may belong to.
_REACH = 6


@dataclass(frozen=True, slots=True)
class _Side:
    """One direction of looking: wholes on one side, pieces on the other.

    partners: for each whole its pieces so far; owners: for each piece its wholes; candidates: for
    each piece where it may belong; alike: the score of a whole and a piece; common: the number
    of words that they have in common; join: makes them a pair.
    """

    wholes: Sequence[Text]
    pieces: Sequence[Text]
    partners: Sequence[list[int]]
    owners: Sequence[list[int]]
    candidates: dict[int, list[int]]
    alike: Callable[[int, int], float]
    common: Callable[[int, int], int]
    join: Callable[[int, int], None]


def pair_split(texts: Texts, candidates: Candidates, pairing: Pairing) -> None:
    """Give free new parts to the old parts that they are pieces of."""
    _divide(
        _Side(
            wholes=texts.old,
            pieces=texts.new,
            partners=pairing.news,
            owners=pairing.olds,
            candidates=candidates.olds,
            alike=texts.score,
            common=texts.common,
            join=pairing.pair,
        )
    )


def pair_merged(texts: Texts, candidates: Candidates, pairing: Pairing) -> None:
    """Give free old parts to the new parts that they were merged into."""
    _divide(
        _Side(
            wholes=texts.new,
            pieces=texts.old,
            partners=pairing.olds,
            owners=pairing.news,
            candidates=candidates.news,
            alike=lambda whole, piece: texts.score(piece, whole),
            common=lambda whole, piece: texts.common(piece, whole),
            join=lambda whole, piece: pairing.pair(piece, whole),
        )
    )


def _divide(side: _Side) -> None:
    wanted: dict[int, list[int]] = defaultdict(list)
    for piece, text in enumerate(side.pieces):
        if not side.owners[piece] and text.words and text.kind is not Kind.TITLE:
            for whole in _possible_wholes(side, piece):
                wanted[whole].append(piece)
    found = []
    for whole, pieces in wanted.items():
        group, gained = _group(side, whole, pieces)
        if gained:
            found.append((-gained, whole, group))
    for _gained, whole, group in sorted(found):
        fresh = [piece for piece in group if piece not in side.partners[whole]]
        if not any(side.owners[piece] for piece in fresh):
            for piece in fresh:
                side.join(whole, piece)


def _possible_wholes(side: _Side, piece: int) -> Iterator[int]:
    """Yield wholes that contain most of a piece: candidates, and those of its neighbours."""
    near = range(max(0, piece - _REACH), min(len(side.owners), piece + _REACH + 1))
    beside = {owner for other in near for owner in side.owners[other]}
    words = side.pieces[piece].words
    for whole in sorted(beside.union(side.candidates.get(piece, ()))):
        text = side.wholes[whole]
        if text.kind is Kind.TITLE or len(text.words) <= len(words):
            continue
        partners = side.partners[whole]
        # What came through untouched was neither cut nor joined; nor was a piece of a whole.
        if any(side.pieces[p].said == text.said or len(side.owners[p]) > 1 for p in partners):
            continue
        if side.alike(whole, piece) and side.common(whole, piece) >= _CONTAINED * len(words):
            yield whole


def _group(side: _Side, whole: int, pieces: list[int]) -> tuple[list[int], int]:
    """Return the pieces that together make the whole, and how many words that explains.

    They begin with the partner that the whole has, or else with the one that has most words in
    common with it, and each one more has to bring words of its own. No words are explained where
    it comes to fewer than two pieces.
    """
    words = side.wholes[whole].words

    def covered(group: Iterable[int]) -> int:
        return common_in_pieces([side.pieces[piece].words for piece in sorted(group)], words)

    group = list(side.partners[whole])
    before = total = covered(group)
    for piece in sorted(pieces, key=lambda p: (-side.common(whole, p), p)):
        if group and not _may_join(side, piece, group, pieces):
            continue
        more = covered([*group, piece])
        if more - total >= _OF_ITS_OWN * len(side.pieces[piece].words):
            group.append(piece)
            total = more
    size = sum(len(side.pieces[piece].words) for piece in group)
    together = 2 * total / (size + len(words))
    if len(group) < 2 or together < _TOGETHER:
        return group, 0
    return group, total - before


def _may_join(side: _Side, piece: int, group: list[int], pieces: list[int]) -> bool:
    """Say whether a piece may belong to those found; a short one only if it stands next to them."""
    if not side.pieces[piece].short:
        return True
    nearest = min(group, key=lambda other: abs(other - piece))
    between = range(min(piece, nearest) + 1, max(piece, nearest))
    return all(other in pieces for other in between)
