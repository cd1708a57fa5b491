"""Which wordings of two versions belong together: every one exactly once, whatever came between."""

from hypothesis import given
from hypothesis import strategies as st

from consult.alignment.fates import FateKind
from consult.blocks.blocks import Kind
from consult.fates.comparing import compare, in_reading_order
from consult.fates.tracing import Row, Trail
from consult.fates.wording_rows import Words

K = FateKind


def words(number: int, paragraphs: list[int]) -> list[Words]:
    return [
        Words(number, p, f"k{p}", place, Kind.PARAGRAPH, 0, f"{place}", f"Text {p}.", f"Text {p}.")
        for place, p in enumerate(paragraphs, 1)
    ]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[list[int]], list[Row]]:
    """Give the paragraphs of some versions and what was stated of them in between."""
    versions, fresh = [list(range(1, draw(st.integers(1, 8)) + 1))], 100
    rows: list[Row] = []
    for number in range(2, draw(st.integers(2, 5)) + 1):
        old, new = list(versions[-1]), []
        while old:
            paragraph, act = old.pop(0), draw(st.sampled_from(["keep", "go", "split", "merge"]))
            if act == "go":
                rows.append((number, paragraph, None, K.REMOVED))
            elif act == "split":
                fresh += 1
                rows += [(number, paragraph, p, K.SPLIT) for p in (paragraph, fresh)]
                new += [paragraph, fresh]
            elif act == "merge" and old:
                other = old.pop(0)
                kept = draw(st.sampled_from([paragraph, other]))
                rows += [(number, p, kept, K.MERGED) for p in (paragraph, other)]
                new.append(kept)
            else:
                new.append(paragraph)
        if draw(st.booleans()):
            fresh += 1
            rows.append((number, None, fresh, K.NEW))
            new.insert(draw(st.integers(0, len(new))), fresh)
        moves = draw(st.booleans())
        moved = draw(st.sampled_from(new)) if new and moves else None
        if moved is not None and not any(r[0] == number and moved in r[1:3] for r in rows):
            new.remove(moved)
            new.append(moved)
            rows.append((number, moved, moved, K.MOVED))
        versions.append(new)
    return versions, rows


@given(histories(), st.data())
def test_every_wording_is_in_one_change_and_on_one_line(
    history: tuple[list[list[int]], list[Row]], data: st.DataObject
) -> None:
    versions, rows = history
    trail = Trail(len(versions), rows)
    since = data.draw(st.integers(1, len(versions) - 1))
    until = data.draw(st.integers(since + 1, len(versions)))
    olds, news = words(since, versions[since - 1]), words(until, versions[until - 1])
    changes = compare(trail, olds, news, since, until)
    assert sorted(w.position for c in changes for w in c.olds) == [w.position for w in olds]
    assert sorted(w.position for c in changes for w in c.news) == [w.position for w in news]
    lines = in_reading_order(changes)
    assert [line.words for line in lines if not line.gone] == news
    gone = [line.words for line in lines if line.gone]
    assert len(gone) == len(set(gone)) and set(gone) <= set(olds)
    for change in changes:
        if change.kind is K.REMOVED:
            assert change.olds[0] in gone


@given(histories())
def test_what_was_said_counts_once_with_something_that_stands_or_was_removed(
    history: tuple[list[list[int]], list[Row]],
) -> None:
    versions, rows = history
    trail = Trail(len(versions), rows)
    became, removed = trail.became(), trail.removed()
    for paragraph in {p for version in versions for p in version}:
        home = became.get(paragraph, paragraph)
        assert (home in versions[-1]) != (home in removed)
        assert trail.home(home) == home
        last = max(n for n, version in enumerate(versions, 1) if home in version)
        # And it is shown there, from the first version that had it.
        first = next(n for n, version in enumerate(versions, 1) if paragraph in version)
        assert trail.sources(home, last).get(paragraph, 0) >= first


@given(histories())
def test_a_version_against_itself_through_others_is_what_it_was(
    history: tuple[list[list[int]], list[Row]],
) -> None:
    versions, rows = history
    trail = Trail(len(versions), rows)
    for until in range(2, len(versions) + 1):
        for old in versions[0]:
            there = trail.forth([old], 1, until)
            assert set(there) <= set(versions[until - 1])
            assert all(old in trail.back([new], until, 1) for new in there)


def test_what_moves_away_and_comes_back_has_not_moved() -> None:
    rows: list[Row] = [(2, 1, 1, K.MOVED), (3, 1, 1, K.MOVED)]
    trail = Trail(3, rows)
    changes = compare(trail, words(1, [1, 2, 3]), words(3, [1, 2, 3]), 1, 3)
    assert {change.kind for change in changes} == {K.UNCHANGED}
    changes = compare(trail, words(1, [1, 2, 3]), words(2, [2, 3, 1]), 1, 2)
    assert sorted(change.kind for change in changes) == [K.MOVED, K.UNCHANGED, K.UNCHANGED]
