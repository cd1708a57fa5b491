"""Words of which measured sites are made."""

from random import Random

WORDS = (
    "street tree bench shade council pavement bus lane budget resident cycle market harbour school"
    " the of and to in a is that for it with as be on by at this which from or an are not have shall"
    " may where each year metre work cost plan draft rule notice open close public open light night"
).split()


def sentence(random: Random, length: int) -> str:
    """Return `length` words that look like a sentence."""
    return " ".join(random.choices(WORDS, k=length)).capitalize() + "."
