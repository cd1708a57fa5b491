"""What was changed or left out, counted at each place where it happened."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeAlias

from consult.blocks.blocks import Finding
from consult.blocks.messages import Message
from consult.blocks.places import Place
from consult.importing import limits, wording

#: The sentence for a number of something, from `wording`.
Say: TypeAlias = Callable[[int], Message]

_UNSEEN: frozenset[Say] = frozenset(
    (
        wording.insertions,
        wording.deletions,
        wording.hidden_words,
        wording.comments_in_source,
        wording.wordless_comments,
    )
)


def shortened(findings: list[Finding]) -> list[Finding]:
    """The findings, or as many as a person can work through and one that counts the others.

    Of each sentence as many are kept as of the others, so that what a file has thousands of does
    not hide what it has one of; and what is counted for the whole file is kept first.
    """
    if len(findings) <= limits.MAX_FINDINGS:
        return findings
    times: Counter[str] = Counter()
    ranks = []
    for number, finding in enumerate(findings):
        summed = finding.place is None and bool(finding.message.plural)
        ranks.append((0 if summed else times[finding.message.text], number))
        times[finding.message.text] += 1
    kept = {number for _, number in sorted(ranks)[: limits.MAX_FINDINGS]}
    others = [finding for number, finding in enumerate(findings) if number not in kept]
    unseen = any(finding.unseen for finding in others)
    last = Finding(None, wording.not_listed(len(others)), unseen)
    return [*(findings[number] for number in sorted(kept)), last]


class Tally:
    """Counts for one file. Of what happens at more places than a report can hold the later ones
    are counted together, without their places.

    place: where the reader is, which is what counts unless another place is given.
    """

    def __init__(self) -> None:
        self.place: Place | None = None
        self._numbers: dict[Say, dict[Place | None, int]] = {}

    def count(self, say: Say, number: int = 1, place: Place | None = None) -> None:
        """Take note that something happened `number` times; 0 is nothing."""
        if not number:
            return
        numbers = self._numbers.setdefault(say, {})
        where = place or self.place
        if where not in numbers and len(numbers) >= limits.MAX_FINDINGS - 1:
            where = None
        numbers[where] = numbers.get(where, 0) + number

    def findings(self, instead: Mapping[Place, Place] | None = None) -> list[Finding]:
        """One finding for each thing and place. instead: places that are known by another name."""
        found = []
        for say, numbers in self._numbers.items():
            settled: dict[Place | None, int] = {}
            for place, number in numbers.items():
                where = instead.get(place, place) if instead and place else place
                settled[where] = settled.get(where, 0) + number
            unseen = say in _UNSEEN
            found += [Finding(place, say(number), unseen) for place, number in settled.items()]
        return found
