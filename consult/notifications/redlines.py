"""A redline as a part of a letter: whole where it is short, else the changes and what is around them."""

from collections.abc import Iterator

from consult.fates.comparing import Change
from consult.notifications.context import Form, Part
from consult.redline.redlining import Mark, Pairs, redlined

LONGEST = 1_500  # characters
AROUND = 80  # characters that are left before and after a change of what did not change

MARKS: dict[Mark, str] = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}


def redline_part(change: Change) -> Part:
    """Return what changed; its plain form marks words as wdiff does, [-deleted-] and {+inserted+}."""
    olds, news = (tuple(words.text for words in side) for side in (change.olds, change.news))
    pairs: list[tuple[Mark, str]] = []
    for piece in redlined(olds, news):
        # Where one paragraph ends and the next begins.
        pairs += [("same", " ¶ ")] if pairs else []
        pairs += piece
    changes = tuple(_cut_off(_shortened(tuple(pairs))))
    words = "".join(MARKS[mark].format(said) for mark, said in changes)
    return Part(Form.REDLINE, words.replace("-]{+", "-] {+"), changes=changes)


def _shortened(pairs: Pairs) -> Iterator[tuple[Mark, str]]:
    """Leave of long stretches that did not change what is beside a change, up to whole words."""
    for number, (mark, words) in enumerate(pairs):
        if mark == "same" and len(words) > 3 * AROUND:
            before = words[:AROUND].rpartition(" ")[0] + " " if number else ""
            after = " " + words[-AROUND:].partition(" ")[2] if number < len(pairs) - 1 else ""
            words = f"{before}…{after}"
        yield mark, words


def _cut_off(pairs: Iterator[tuple[Mark, str]]) -> Iterator[tuple[Mark, str]]:
    room = LONGEST
    for mark, words in pairs:
        if len(words) > room:
            yield mark, f"{words[:room].rpartition(' ')[0]} …"
            return
        room -= len(words)
        yield mark, words
