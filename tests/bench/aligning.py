"""Aligning 2,500 paragraphs with 2,500, against reading the file that the new ones come in."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from consult.alignment import Part, align
from consult.alignment.summary import summarise
from consult.blocks.blocks import Kind
from consult.importing.formats import read_here
from tests.alignment.vocabulary import own
from tests.bench.timing import compare

SIZE = 2_500
WORDS = own()
ROUNDS = 3


def measure(folder: Path) -> Iterator[str]:
    """Yield two lines for each state of the new version."""
    random = Random(7)
    old = [_say(random, random.randint(60, 110)) for _place in range(SIZE)]
    # One in eighty has moved to the end.
    moved = [text for place, text in enumerate(old) if place % 80] + old[::80]
    versions = {
        "one in fifty edited": [
            text if place % 50 else _edit(random, text) for place, text in enumerate(moved)
        ],
        "all edited": [_edit(random, text) for text in moved],
        "all written anew": [_say(random, len(text)) for text in old],
    }
    before = _parts(old)
    for name, new in versions.items():
        after = _parts(new)
        file = folder / "new.md"
        file.write_text("\n\n".join(part.text for part in after))
        found = compare(
            partial(_timed, align, before, after),
            partial(_timed, read_here, file.read_bytes(), file.name),
            ROUNDS,
        )
        yield (
            f"aligning 2,500 paragraphs with 2,500, {name}: {1 / found.ratio:.2f} of the time that"
            f" reading the new ones takes ({found.ours:.2f} s, reading {found.theirs:.2f} s)"
        )
        spent = _timed(summarise, before, after, align(before, after))
        yield f"    their redline: {spent / found.ours:.2f} of the time of aligning ({spent:.2f} s)"


def _timed(act: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - start


def _say(random: Random, length: int) -> list[str]:
    return random.choices(list(WORDS), list(WORDS.values()), k=length)


def _edit(random: Random, text: list[str]) -> list[str]:
    """Change 12% of the words."""
    changed = list(text)
    for place in random.sample(range(len(text)), round(0.12 * len(text))):
        changed[place] = _say(random, 1)[0]
    return changed


def _parts(texts: list[list[str]]) -> list[Part]:
    return [Part(Kind.PARAGRAPH, 0, "", " ".join(text).capitalize() + ".") for text in texts]
