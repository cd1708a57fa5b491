"""Headings that are known by what stands under them.

"Aims" may become "Objectives" without a letter in common: the section is the same if most of what
stands under the one stands under the other.
"""

from collections import Counter
from collections.abc import Sequence

from consult.alignment.likeness import Text, Texts
from consult.alignment.pairing import Pairing
from consult.blocks.blocks import Kind


def pair_sections(texts: Texts, pairing: Pairing) -> None:
    """Pair free headings whose sections are one, the fullest first."""
    above_old, above_new = headings_above(texts.old), headings_above(texts.new)
    sizes_old, sizes_new = Counter(above_old), Counter(above_new)
    shared = Counter((above_old[i], above_new[j]) for i, j in pairing.pairs())
    for (i, j), number in sorted(shared.items(), key=lambda entry: (-entry[1], entry[0])):
        if i < 0 or j < 0 or not pairing.free(i, j):
            continue
        if 2 * number > sizes_old[i] and 2 * number > sizes_new[j]:
            pairing.pair(i, j)


def headings_above(side: Sequence[Text]) -> list[int]:
    """Return for each part the place of the nearest heading above it, -1 where there is none."""
    above, last = [], -1
    for place, text in enumerate(side):
        above.append(last)
        if text.kind is Kind.HEADING:
            last = place
    return above
