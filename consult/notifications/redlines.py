"""A redline as a part of a letter: whole where it is short, else the changes and what is around them."""

from collections.abc import Iterator

from consult.drafts.comparing import Change
from consult.drafts.redlining import Mark, Pairs, redlined
from consult.notifications.desk import Form, Part

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
    return Part(Form.REDLINE, words, changes=changes)


def _shortened(pairs: Pairs) -> Iterator[tuple[Mark, str]]:
    for number, (mark, words) in enumerate(pairs):
        head = AROUND if number else 0
        tail = AROUND if number < len(pairs) - 1 else 0
        if mark == "same" and len(words) > 3 * AROUND:
            first, last = words[:head].rpartition(" ")[0], words[len(words) - tail :]
            words = f"{first} … {last.partition(' ')[2] if tail else ''}".lstrip()
        yield mark, words


def _cut_off(pairs: Iterator[tuple[Mark, str]]) -> Iterator[tuple[Mark, str]]:
    room = LONGEST
    for mark, words in pairs:
        if len(words) > room:
            yield mark, f"{words[:room].rpartition(' ')[0]} …"
            return
        room -= len(words)
        yield mark, words
