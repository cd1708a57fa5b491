"""What officials decide is laid over what the machine proposes."""

from collections.abc import Collection

import pytest

from consult.alignment import Fate as Row
from consult.alignment import FateKind, Part
from consult.blocks.blocks import Kind
from consult.fates.decided_fates import Decisions, Proposed, overlay
from consult.fates.identities import identities

U, E, M, S, J, R, N = (
    FateKind.UNCHANGED,
    FateKind.EDITED,
    FateKind.MOVED,
    FateKind.SPLIT,
    FateKind.MERGED,
    FateKind.REMOVED,
    FateKind.NEW,
)
TREES = "Trees are planted along every street that is wider than twelve metres and has none."
BUSES = "Buses run every ten minutes from six in the morning until midnight on all days."
SHOPS = "Shops may open on Sundays where the council has asked the people who live nearby."
OLD = [TREES, BUSES, SHOPS]


def reader(old: list[str], new: list[str]):  # type: ignore[no-untyped-def]
    def read(
        olds: Collection[int], news: Collection[int]
    ) -> tuple[dict[int, Part], dict[int, Part]]:
        return (
            {i: Part(Kind.PARAGRAPH, 0, f"{i + 1}", old[i]) for i in sorted(olds)},
            {j: Part(Kind.PARAGRAPH, 0, f"{j + 1}", new[j]) for j in sorted(news)},
        )

    return read


def stated(
    proposed: Proposed, decisions: Decisions, new: list[str], old: list[str] = OLD
) -> set[tuple[int | None, int | None, FateKind, bool]]:
    rows = overlay(proposed, decisions, reader(old, new))
    return {(row.old, row.new, row.kind, row.doubtful) for row in rows}


def test_confirming_changes_nothing_but_the_doubt() -> None:
    new = [TREES, BUSES.replace("ten", "nine"), SHOPS]
    rows = [Row(0, 0, U, 1, False), Row(1, 1, E, 0.9, True), Row(2, 2, U, 1, False)]
    assert stated(Proposed(rows), {1: (1,)}, new) == {
        (0, 0, U, False),
        (1, 1, E, False),
        (2, 2, U, False),
    }
    assert stated(Proposed(rows), {}, new) == {(0, 0, U, False), (1, 1, E, True), (2, 2, U, False)}


def test_a_decision_takes_a_place_from_what_was_doubtful_and_that_goes_on_to_the_next_best() -> (
    None
):
    twice = [TREES, TREES, SHOPS]
    rows = [Row(0, 1, M, 1, True), Row(1, 0, M, 1, True), Row(2, 2, U, 1, False)]
    candidates = {0: [(1, 1.0), (0, 1.0)], 1: [(0, 1.0), (1, 1.0)]}
    assert stated(Proposed(rows, candidates), {0: (0,)}, twice, twice) == {
        (0, 0, U, False),
        (1, 1, U, True),
        (2, 2, U, False),
    }
    nothing_else = Proposed(rows, {0: [(1, 1.0)], 1: [(0, 1.0)]})
    assert stated(nothing_else, {0: (0,)}, twice, twice) == {
        (0, 0, U, False),
        (1, None, R, True),
        (2, 2, U, False),
        (None, 1, N, False),
    }


def test_a_decision_merges_with_what_the_machine_was_sure_of() -> None:
    new = [TREES, f"{BUSES} {SHOPS}"]
    rows = [Row(0, 0, U, 1, False), Row(1, 1, E, 0.7, False), Row(2, None, R, 0, True)]
    assert stated(Proposed(rows), {2: (1,)}, new) == {
        (0, 0, U, False),
        (1, 1, J, False),
        (2, 1, J, False),
    }


def test_a_decision_splits_moves_and_removes() -> None:
    new = [SHOPS, "Trees are planted along every street.", "Streets have to be wide and have none."]
    rows = [
        Row(0, 1, E, 0.6, True),
        Row(1, None, R, 0, False),
        Row(2, 0, M, 1, False),
        Row(None, 2, N, 0, False),
    ]
    assert stated(Proposed(rows), {0: (1, 2)}, new) == {
        (0, 1, S, False),
        (0, 2, S, False),
        (1, None, R, False),
        (2, 0, M, False),
    }
    assert stated(Proposed(rows), {0: (), 1: (2,)}, new) == {
        (0, None, R, False),
        (1, 2, E, False),
        (2, 0, M, False),
        (None, 1, N, False),
    }


def test_what_crosses_others_is_moved() -> None:
    new = [BUSES, TREES, SHOPS]
    rows = [Row(0, None, R, 0, True), Row(1, 0, E, 1, False), Row(2, 2, U, 1, False)]
    rows.append(Row(None, 1, N, 0, False))
    assert (0, 1, M, False) in stated(Proposed(rows), {0: (1,)}, new)


@pytest.mark.parametrize(
    ("pairs", "new", "expected"),
    [
        # The part that is most alike is the old paragraph, and so is what keeps the number.
        ([(0, 0), (0, 1)], ["Trees are planted.", TREES], {1: 0}),
        ([(1, 1), (1, 2)], ["", BUSES[:40], BUSES[36:]], {1: 1}),
        # Of those that were merged one goes on: the longer one here.
        ([(0, 0), (1, 0)], [f"{TREES} Buses run."], {0: 0}),
        # One that was both split and merged: no identity is given twice.
        ([(0, 0), (0, 1), (1, 1)], [TREES[:50], f"{TREES[50:]} {BUSES}"], {0: 0, 1: 1}),
    ],
)
def test_one_goes_on_as_the_old_paragraph(
    pairs: list[tuple[int, int]], new: list[str], expected: dict[int, int]
) -> None:
    assert identities(pairs, reader(OLD, new)) == expected
