"""What holds of every alignment, whatever the two versions are."""

from collections import defaultdict
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.alignment import Fate, FateKind, Part, align
from consult.alignment.tokens import said
from consult.blocks.blocks import Kind
from tests.alignment.material import BOOKS, BUSES, PARKS, SOUND, TREES, para, title

SENTENCES = (TREES, BUSES, PARKS, BOOKS, SOUND, "Repealed.", "make rules;", "20", "")
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=3).map(" ".join) | st.text(max_size=20)
PARTS = st.builds(
    Part,
    kind=st.sampled_from(Kind),
    level=st.integers(0, 3),
    label=st.sampled_from(["", "(a)", "1."]),
    text=TEXTS,
)
VERSIONS = st.lists(PARTS, max_size=14)


@settings(deadline=None, max_examples=300)
@given(VERSIONS, VERSIONS)
def test_every_old_part_has_one_fate_and_every_new_one_an_origin(
    old: list[Part], new: list[Part]
) -> None:
    fates = align(old, new)
    by_old, by_new = defaultdict(list), defaultdict(list)
    for fate in fates:
        by_old[fate.old].append(fate)
        by_new[fate.new].append(fate)
        _is_sound(fate, old, new)
    assert set(by_old) - {None} == set(range(len(old)))
    assert set(by_new) - {None} == set(range(len(new)))
    for old_place, rows in by_old.items():
        if old_place is not None and len(rows) > 1:
            assert {row.kind for row in rows} == {FateKind.SPLIT}
    for new_place, rows in by_new.items():
        if new_place is not None and len(rows) > 1:
            assert {row.kind for row in rows} == {FateKind.MERGED}
    assert all(len(by_old[f.old]) > 1 for f in fates if f.kind is FateKind.SPLIT)
    assert all(len(by_new[f.new]) > 1 for f in fates if f.kind is FateKind.MERGED)


def _is_sound(fate: Fate, old: Sequence[Part], new: Sequence[Part]) -> None:
    assert (fate.new is None) == (fate.kind is FateKind.REMOVED)
    assert (fate.old is None) == (fate.kind is FateKind.NEW)
    assert 0.0 <= fate.likeness <= 1.0
    if fate.old is None or fate.new is None:
        assert fate.likeness == 0.0
        return
    one, other = old[fate.old], new[fate.new]
    same = said(one.kind, one.text) == said(other.kind, other.text)
    assert (fate.likeness == 1.0) == same or fate.kind in (FateKind.SPLIT, FateKind.MERGED)
    assert fate.kind is not FateKind.UNCHANGED or same
    assert fate.kind is not FateKind.EDITED or not same


@settings(deadline=None)
@given(VERSIONS)
def test_a_version_against_itself_is_unchanged(version: list[Part]) -> None:
    assert align(version, version) == [
        Fate(place, place, FateKind.UNCHANGED, 1.0, False) for place in range(len(version))
    ]


@settings(deadline=None)
@given(VERSIONS, VERSIONS)
def test_the_same_two_versions_are_always_aligned_in_the_same_way(
    old: list[Part], new: list[Part]
) -> None:
    assert align(old, new) == align(list(old), list(new))


@settings(deadline=None)
@given(VERSIONS, VERSIONS)
def test_the_two_first_titles_are_one(old: list[Part], new: list[Part]) -> None:
    fates = align([title(), *old], [title("Another"), *new])
    (first,) = (fate for fate in fates if fate.old == 0)
    assert (first.new, first.doubtful) == (0, False)


@st.composite
def _shuffled(draw: st.DrawFn) -> tuple[list[Part], list[int]]:
    size = draw(st.integers(1, 30))
    parts = [
        para(f"{TREES} {BUSES} {PARKS} Number {n} has the {n * n}th place.") for n in range(size)
    ]
    return parts, draw(st.permutations(range(size)))


@settings(deadline=None)
@given(_shuffled())
def test_nothing_but_order_changes_when_paragraphs_change_places(
    shuffled: tuple[list[Part], list[int]],
) -> None:
    parts, order = shuffled
    fates = align(parts, [parts[place] for place in order])
    assert [(fate.old, fate.new) for fate in fates] == [(old, new) for new, old in enumerate(order)]
    assert all(fate.likeness == 1.0 and not fate.doubtful for fate in fates)
    unchanged = [fate.old for fate in fates if fate.kind is FateKind.UNCHANGED]
    stayed = [old for old in unchanged if old is not None]
    assert unchanged == sorted(stayed), "what is not called moved kept its order"
    assert {fate.kind for fate in fates} <= {FateKind.UNCHANGED, FateKind.MOVED}


@settings(deadline=None)
@given(st.lists(st.sampled_from(SENTENCES[:5]), unique=True, min_size=3, max_size=5), st.data())
def test_adding_and_removing_are_each_other_backwards(
    texts: list[str], data: st.DataObject
) -> None:
    more = [para(text) for text in texts]
    gone = data.draw(st.integers(0, len(more) - 1))
    fewer = more[:gone] + more[gone + 1 :]
    there = {(fate.old, fate.new) for fate in align(more, fewer)}
    back = {(fate.new, fate.old) for fate in align(fewer, more)}
    assert there == back and (gone, None) in there
