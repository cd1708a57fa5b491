"""No paragraph is ever taken for another one, however the draft is worked over.

200 paragraphs of 60 to 110 words; 5, 12 or 25% of the words are changed in 20 of them or in all;
a sentence is added to three, two change places, ten are deleted, two are merged, one is split, and
two are inserted once more, earlier: one as it is now and, not next to it, one as it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest

from consult.alignment import Part, align
from tests.alignment.material import para, row
from tests.alignment.vocabulary import CORPUS, corpus, few, own

SIZE = 200

# The words of a new paragraph, and the places of the old ones that it comes from.
Origin = tuple[list[str], list[int]]


@dataclass
class Draft:
    """Two versions, and for each old place the new places where it went."""

    old: list[Part]
    new: list[Part]
    truth: list[set[int]]


def work_over(random: Random, words: dict[str, float], share: float, number: int) -> Draft:
    """Write a draft and change it as the module's docstring says."""

    def say(length: int) -> list[str]:
        return random.choices(list(words), list(words.values()), k=length)

    old = [say(random.randint(60, 110)) for _place in range(SIZE)]
    new: list[Origin] = [(list(text), [place]) for place, text in enumerate(old)]
    for place in random.sample(range(SIZE), number):
        text = new[place][0]
        for changed in random.sample(range(len(text)), round(share * len(text))):
            text[changed] = say(1)[0]
    places = random.sample(range(3, SIZE - 3, 2), 20)
    for place in places[:3]:
        text = new[place][0]
        at = random.randint(0, len(text))
        text[at:at] = say(15)
    one, other = places[3:5]
    new[one], new[other] = new[other], new[one]
    merged, split, copied, kept = places[5:9]
    copies = [
        (random.randint(0, copied), list(new[copied][0])),
        (random.randint(0, kept - 2), old[kept]),
    ]
    new[merged] = (new[merged][0] + new[merged + 1][0], [merged, merged + 1])
    new[merged + 1] = ([], [])
    text = new[split][0]
    at = random.randint(20, len(text) - 20)
    gone = {*places[9:19], merged + 1}
    result: list[Origin] = []
    for place, (said, origin) in enumerate(new):
        result += [(list(copy), []) for where, copy in copies if where == place]
        if place == split:
            result += [(said[:at], origin), (said[at:], origin)]
        elif place not in gone:
            result.append((said, origin))
    truth: list[set[int]] = [set() for _place in range(SIZE)]
    for place, (_said, origin) in enumerate(result):
        for was in origin:
            truth[was].add(place)
    return Draft(
        [para(" ".join(said)) for said in old], [para(" ".join(said)) for said, _ in result], truth
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("number", [20, SIZE])
@pytest.mark.parametrize("share", [0.05, 0.12, 0.25])
@pytest.mark.parametrize("vocabulary", [own, few, corpus])
def test_every_paragraph_is_found_or_doubtful_with_the_right_proposal(
    vocabulary: Callable[[], dict[str, float]], share: float, number: int, seed: int
) -> None:
    words = vocabulary()
    if not words:
        pytest.skip(f"no corpus at {CORPUS}; see CONSULT_CORPUS")
    draft = work_over(Random(seed), words, share, number)
    fates = [fate for fate in align(draft.old, draft.new) if fate.old is not None]
    wrong = [row(fate) for fate in fates if fate.new not in (draft.truth[fate.old or 0] or [None])]
    assert wrong == []
    assert {(fate.old, fate.new) for fate in fates if fate.new is not None} == {
        (old, new) for old, places in enumerate(draft.truth) for new in places
    }
    # Not everything is left to a person: only the one whose old text was copied elsewhere, and
    # who is doubtful by chance.
    assert sum(fate.doubtful for fate in fates) <= 3
