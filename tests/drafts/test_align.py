"""Which paragraph of the last version each paragraph of the next one is."""

import time
from dataclasses import dataclass

import pytest

from consult.drafts.align import align
from consult.drafts.importing.blocks import Kind


@dataclass(frozen=True)
class P:
    text: str
    label: str = ""
    kind: Kind = Kind.PARAGRAPH


def ps(*texts: str) -> list[P]:
    return [P(text) for text in texts]


TREES = "Trees are planted along every street that is wider than twelve metres."
BUSES = "Buses run every ten minutes from six in the morning until midnight."
PARKS = "Parks are open by day and by night, and their gates are taken away."


def test_unchanged_paragraphs_are_recognised_wherever_they_stand() -> None:
    assert align(ps(TREES, BUSES, PARKS), ps(PARKS, "New.", TREES)) == [2, None, 0]


def test_of_paragraphs_alike_each_goes_with_its_neighbour() -> None:
    old = ps(TREES, "Repealed.", BUSES, "Repealed.", PARKS, "Repealed.")
    assert align(old, ps(TREES, "Repealed.", PARKS, "Repealed.")) == [0, 1, 4, 5]
    assert align(old, ps("Repealed.", PARKS)) == [3, 4]
    assert align(ps("Same.", "Same."), ps("Same.", "Same.", "Same.")) == [0, 1, None]


def test_an_edited_paragraph_is_recognised_by_its_label_and_likeness() -> None:
    old = [P(TREES, "1.1"), P(BUSES, "1.2"), P(PARKS, "1.3")]
    edited = P(BUSES.replace("ten", "seven"), "1.2")
    assert align(old, [P(TREES, "1.1"), edited, P("Quite another thing.", "1.3")]) == [0, 1, None]
    renumbered = P(BUSES.replace("ten", "seven"), "1.4")
    assert align(old, [renumbered]) == [None]


def test_the_most_alike_are_paired_first() -> None:
    half = "Trees are planted along every street that somebody asks for in a letter to us."
    close = TREES.replace("twelve", "eleven")
    assert align(ps(TREES), ps(half, close)) == [None, 0]


def test_kind_counts_and_titles_are_one_whatever_they_say() -> None:
    old = [P("A plan", kind=Kind.TITLE), P(TREES)]
    new = [P("Something else", kind=Kind.TITLE), P(TREES, kind=Kind.HEADING)]
    assert align(old, new) == [0, None]
    assert align([], new) == [None, None]


@pytest.mark.parametrize(
    ("one", "other", "recognised"),
    [
        (TREES, TREES.upper() + " ", True),
        (TREES, TREES.replace("twelve", "eleven"), True),
        (TREES, BUSES, False),
        (TREES, TREES + BUSES + PARKS, False),
        ("人人生而自由，在尊严和权利上一律平等。", "人人生而自由，在尊严和权利上一律平等！", True),
        ("", TREES, False),
    ],
)
def test_how_alike_is_alike_enough(one: str, other: str, recognised: bool) -> None:
    assert align(ps(one), ps(other)) == [0 if recognised else None]
    assert align(ps(other), ps(one)) == [0 if recognised else None]


@pytest.mark.parametrize(
    "texts",
    [
        ["x"] * 20_000,
        [f"{TREES} {n}" for n in range(20_000)],
    ],
    ids=["all alike", "much alike"],
)
def test_the_largest_draft_is_aligned_in_seconds(texts: list[str]) -> None:
    start = time.monotonic()
    found = align(ps(*texts), ps(*(text + "!" for text in texts)))
    assert len(found) == 20_000
    known = [place for place in found if place is not None]
    assert len(known) == len(set(known)), "no identity is given twice"
    assert time.monotonic() - start < 10
