"""Which paragraph of the last version each paragraph of the next one is.

What is promised:

1. A paragraph whose kind and text are the same keeps its identity, wherever it stands now. Of
   several that are alike, each goes with the neighbour before it, or else the one after it, that
   was recognised; those still left are taken in order.
2. Of the rest, a paragraph of the same kind with the same label, or with none as before, whose
   likeness is above THRESHOLD keeps its identity. The most alike are paired first, and among
   equals those whose places are nearest. Likeness is the Dice coefficient of the texts' pieces of
   three characters, case and white space aside: it needs no words, so that it serves languages
   that write none apart.
3. The two titles are one paragraph, whatever they say: what was said of the document as a whole
   stays with the document.
4. Everything else is new. No identity is given twice.

It takes time in proportion to the number of paragraphs: in a group of many with one label only
places near one another are compared (COMPARISONS for each group).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Protocol

from consult.drafts.importing.blocks import Kind

THRESHOLD = 0.6
COMPARISONS = 40_000
LONGEST = 4_000  # characters that are compared of each paragraph


class Aligned(Protocol):
    """What aligning needs of a paragraph on either side."""

    @property
    def kind(self) -> Kind: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


def align(old: Sequence[Aligned], new: Sequence[Aligned]) -> list[int | None]:
    """Return for each of `new` the place in `old` of the paragraph that it is, or None."""
    found: dict[int, int] = {}
    _pair_titles(old, new, found)
    _pair_equals(old, new, found)
    _pair_similar(old, new, found)
    return [found.get(place) for place in range(len(new))]


def _pair_titles(old: Sequence[Aligned], new: Sequence[Aligned], found: dict[int, int]) -> None:
    before = next((i for i, block in enumerate(old) if block.kind is Kind.TITLE), None)
    after = next((j for j, block in enumerate(new) if block.kind is Kind.TITLE), None)
    if before is not None and after is not None:
        found[after] = before


def _pair_equals(old: Sequence[Aligned], new: Sequence[Aligned], found: dict[int, int]) -> None:
    free = _places(old, set(found.values()))
    wanted = _places(new, set(found))
    for said, places in wanted.items():
        if len(places) == len(free[said]) == 1:
            found[places[0]] = free[said][0]
    # Downwards from what was recognised, then upwards; each pair found leads to the next.
    for step in (1, -1):
        taken = set(found.values())
        order = range(len(new)) if step == 1 else range(len(new) - 1, -1, -1)
        for j in order:
            i = found.get(j - step, -2) + step
            if j not in found and 0 <= i < len(old) and i not in taken and _same(old[i], new[j]):
                found[j] = i
                taken.add(i)
    free = _places(old, set(found.values()))
    for said, places in _places(new, set(found)).items():
        found.update(zip(places, free[said], strict=False))


def _same(one: Aligned, other: Aligned) -> bool:
    return one.kind is other.kind and one.text == other.text


def _places(blocks: Sequence[Aligned], without: set[int]) -> dict[tuple[Kind, str], list[int]]:
    places: dict[tuple[Kind, str], list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        if place not in without:
            places[block.kind, block.text].append(place)
    return places


def _pair_similar(old: Sequence[Aligned], new: Sequence[Aligned], found: dict[int, int]) -> None:
    groups: dict[tuple[Kind, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    taken = set(found.values())
    for side, blocks, known in ((0, old, taken), (1, new, set(found))):
        for place, block in enumerate(blocks):
            if place not in known:
                groups[block.kind, block.label][side].append(place)
    for olds, news in groups.values():
        pairs = sorted(_similar(old, new, olds, news))
        gone: set[int] = set()
        for _unlike, _apart, i, j in pairs:
            if i not in gone and j not in found:
                found[j] = i
                gone.add(i)


def _similar(
    old: Sequence[Aligned], new: Sequence[Aligned], olds: list[int], news: list[int]
) -> Iterator[tuple[float, float, int, int]]:
    """Yield unlikeness, distance and places of the pairs that are alike enough."""
    if not olds or not news:
        return
    reach = max(2, COMPARISONS // len(news))
    pieces = {i: _pieces(old[i].text) for i in olds}
    for at, j in enumerate(news):
        expected = at * len(olds) // len(news)
        start = max(0, min(expected - reach // 2, len(olds) - reach))
        mine = _pieces(new[j].text)
        for i in olds[start : start + reach]:
            alike = _dice(pieces[i], mine)
            if alike > THRESHOLD:
                yield 1 - alike, abs(i / len(old) - j / len(new)), i, j


def _pieces(text: str) -> Counter[str]:
    line = " ".join(text[:LONGEST].casefold().split())
    return Counter(line[at : at + 3] for at in range(max(1, len(line) - 2)))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    """Return the Dice coefficient, 0.0 also for what is certainly not above THRESHOLD."""
    sizes = one.total() + other.total()
    # Texts of very different length cannot be alike enough; that costs nothing to see.
    if 2 * min(one.total(), other.total()) <= THRESHOLD * sizes:
        return 0.0
    return 2 * sum(min(n, other[piece]) for piece, n in one.items() if piece in other) / sizes
