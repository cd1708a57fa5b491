"""Whose name a name can be taken for: it is compared as a whole, without what is put around names.

A number, a title, "Team", "(official)" or another order of the words do not make another name of it,
and neither do signs that look alike. Whatever else is added does: an initial, a second name, a place.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from consult.accounts.name_words import Word, plain, runs, split, text_of, ways_to_split
from consult.accounts.offices import (
    DENIALS,
    IN_FRONT,
    MARKS,
    NUMBERS,
    OFFICES,
    POSTS,
    ROLES,
    SMALL,
    TITLES,
)
from consult.accounts.skeletons import likenesses, skeleton, with_signs_read

# What goes where it stands beside a name.
AROUND = TITLES | OFFICES | NUMBERS | SMALL
_FUNCTION = frozenset(map(skeleton, "the of for and in on at to".split()))
_SHORT = {skeleton(short): skeleton("department") for short in ("dept", "dpt")}
_GENERIC = MARKS | frozenset(map(skeleton, ["agency", "directorate", "authority"]))
_FEWEST_LETTERS = 6  # of a name that is found within a single word, "samwhitlockofficial"
_MOST_TURNED = 4  # words of a name
_MOST_WITHIN = 100  # readings of a single word


def kept_skeleton(name: str) -> str:
    """Return what is stored of a name, to find it by those that look like it."""
    words = split(name)
    first, last = 0, len(words)
    while first < last - 1 and words[first].among(TITLES):
        first += 1
    while first < last - 1 and words[last - 1].among(TITLES):
        last -= 1
    return skeleton(text_of(name, words, first, last)) or skeleton(name)


def can_be_taken_for(name: str) -> set[str]:
    """Return every `kept_skeleton` of a person for whom somebody called `name` could be taken."""
    return {look for spelling in _spellings(name) for look in _taken_for(spelling)}


def _spellings(name: str) -> Iterable[str]:
    name = plain(name)
    return dict.fromkeys([name, with_signs_read(name)])


def _taken_for(name: str) -> set[str]:
    found: set[str] = set()
    for words in ways_to_split(name):
        cores = list(_cores(words))
        for first, last in cores:
            found |= likenesses(text_of(name, words, first, last))
            found |= _turned(name, words[first:last])
        first, last = min(cores, key=lambda run: run[1] - run[0], default=(0, 0))
        bare = [word for word in words[first:last] if not _is_put_between(word)]
        if len(bare) < len(words):
            found |= likenesses(" ".join(name[word.start : word.end] for word in bare))
            found |= _turned(name, bare)
        found |= set(_beside_a_post(name, words))
    single = sorted(found)[:_MOST_WITHIN] if " " not in name else []
    return found | {core for look in single for core in _within(look)}


def _cores(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that are left without what is put around names."""
    before = [_goes(word, AROUND | IN_FRONT) for word in words]
    behind = [_goes(word, AROUND | IN_FRONT if word.apart else AROUND) for word in words]
    yield from runs(before, behind)


def _goes(word: Word, around: frozenset[str]) -> bool:
    return word.number or word.among(around)


def _is_put_between(word: Word) -> bool:
    return _goes(word, TITLES | OFFICES | IN_FRONT if word.apart else TITLES | OFFICES)


def _turned(name: str, words: Sequence[Word]) -> set[str]:
    """Return the readings of the words in turned order: "Whitlock, Sam"."""
    texts = [name[word.start : word.end] for word in words]
    if len(texts) > _MOST_TURNED:
        return set()
    return {
        look
        for turn in range(1, len(texts))
        for look in likenesses(" ".join(texts[turn:] + texts[:turn]))
    }


def _beside_a_post(name: str, words: Sequence[Word]) -> Iterator[str]:
    """Yield the readings of what stands before or after a phrase such as "Minister for Parks"."""
    if any(word.among(DENIALS) for word in words):
        return
    for place, word in enumerate(words):
        if place and word.among(POSTS):
            yield from likenesses(text_of(name, words, 0, place))
    if words and words[0].among(POSTS):
        for first in range(1, len(words)):
            yield from likenesses(text_of(name, words, first, len(words)))


def _within(look: str) -> Iterator[str]:
    """Yield what is left of a name in one word without what is put around names."""
    for word in AROUND:
        if len(look) - len(word) >= _FEWEST_LETTERS:
            if look.startswith(word):
                yield look.removeprefix(word)
            if look.endswith(word):
                yield look.removesuffix(word)
    yield look.rstrip("0123456789")


def claims(name: str, offices: Iterable[str]) -> bool:
    """Return whether `name` is one of these names of offices, given as skeletons."""
    wanted = frozenset(offices)
    return any(_claims(each, wanted) or _says_a_role(each) for each in _spellings(name))


def _says_a_role(name: str) -> bool:
    """Return whether a role stands in front of a name, or apart behind it; "Bill Moderator" is one."""
    return any(
        any(word.among(ROLES) and (not place or word.apart) for place, word in enumerate(words))
        and not any(word.among(DENIALS) for word in words)
        for words in ways_to_split(name)
    )


def _claims(name: str, wanted: frozenset[str]) -> bool:
    around = OFFICES | NUMBERS | SMALL | {skeleton("the")}
    for words in ways_to_split(name):
        goes = [_goes(word, around) for word in words]
        for first, last in runs(goes, goes):
            if not likenesses(text_of(name, words, first, last)).isdisjoint(wanted):
                return True
    return False


def is_department(name: str, department: str) -> bool:
    """Return whether somebody called `name` could be taken for this department.

    Its words may stand in another order, or be short for others; what stands apart counts as well:
    "Jane, Department of Parks".
    """
    look, wanted = skeleton(department), _content(split(department))
    return any(_is_department(spelling, look, wanted) for spelling in _spellings(name))


def _is_department(name: str, look: str, wanted: Sequence[Word]) -> bool:
    if look in likenesses(name):
        return True
    for words in ways_to_split(name):
        for part in (*_parts(words), words):
            if _says(part, wanted):
                return True
            goes = [_goes(word, AROUND) for word in part]
            for first, last in runs(goes, goes):
                if look in likenesses(name[part[first].start : part[last - 1].end]):
                    return True
        if _is_all_it_is_about(words, wanted):
            return True
    return False


def _is_all_it_is_about(words: Sequence[Word], wanted: Sequence[Word]) -> bool:
    """Say whether a whole name is what a department is about: "Learning and Libraries"."""
    about = [word for word in wanted if not word.among(_GENERIC)]
    return len(about) > 1 and _same_words(_content(words), about)


def _says(part: Sequence[Word], wanted: Sequence[Word]) -> bool:
    """Say whether the words are a department's, or what it is about beside a word for what it is."""
    content = _content(part)
    goes = [_goes(word, AROUND) for word in content]
    if any(_same_words(content[first:last], wanted) for first, last in runs(goes, goes)):
        return True
    about = [word for word in wanted if not word.among(_GENERIC)]
    said = [word for word in content if not _goes(word, _GENERIC | TITLES | NUMBERS)]
    return len(about) > 1 and len(said) < len(content) and _same_words(said, about)


def _content(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if not word.among(_FUNCTION)]


def _same_words(these: Sequence[Word], those: Sequence[Word]) -> bool:
    """Say whether the words can be read as the same, in whatever order."""
    left = list(those)
    for word in these:
        same = next((other for other in left if _looks(word) & _looks(other)), None)
        if same is None:
            return False
        left.remove(same)
    return bool(these) and not left


def _looks(word: Word) -> frozenset[str]:
    return frozenset(_SHORT.get(look, look) for look in word.looks)


def _parts(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield the words that stand together."""
    starts = [n for n, word in enumerate(words) if word.apart or n == 0] + [len(words)]
    for start, end in pairwise(starts):
        yield words[start:end]
