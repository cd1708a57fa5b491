"""What is right in situations met in real drafts, each imitated in a small document."""

import time

import pytest

from consult.alignment import Fate, FateKind, Part, align
from consult.blocks.blocks import Kind
from tests.alignment.material import (
    BOOKS,
    BUSES,
    PARKS,
    SOUND,
    TREES,
    changed,
    head,
    item,
    note,
    para,
    rows,
    title,
)

PLAN = [title(), para(TREES), para(BUSES), para(PARKS), para(BOOKS)]
COUNCIL = [
    head("The council", "2."),
    head("Powers", "2.1.", 2),
    para("The council may:"),
    item("make rules;", "(a)"),
    item("hear complaints; and", "(b)"),
    item("appoint a chair.", "(c)"),
]
BOARD = [
    head("The board", "3."),
    head("Powers", "3.1.", 2),
    para("The board may:"),
    item("make rules;", "(a)"),
    item("spend money; and", "(b)"),
    item("appoint a chair.", "(c)"),
]


def test_a_version_against_itself_is_unchanged() -> None:
    version = [*PLAN, *COUNCIL, *BOARD, para("Repealed."), para("Repealed."), para("")]
    assert align(version, version) == [
        Fate(place, place, FateKind.UNCHANGED, 1.0, False) for place in range(len(version))
    ]


def test_renumbering_is_no_change() -> None:
    old = [title(), para(TREES, "1.1"), para(BUSES, "1.2"), head("20"), para(PARKS)]
    new = [title(), para(BOOKS, "1.1"), para(TREES, "1.2"), para(BUSES, "1.3"), head("21"), old[4]]
    assert changed(old, new) == ["new - 1"]


def test_typography_is_no_change_and_anything_that_is_read_is_one() -> None:
    old = [title(), para('The "plan" - that is, it\'s 10² aims'), para("Café\u00a0society")]
    new = [title(), para("The “plan” – that is, it’s  10² aims"), para("Cafe\u0301 so\u00adciety")]
    assert changed(old, new) == []
    capital = [title(), para("The Plan - that is, its 10² aims, and how each of them is to be met")]
    small = [title(), para("The plan - that is, its 102 aims, and how each of them is to be met")]
    (fate,) = align(capital, small)[1:]
    assert (fate.kind, fate.doubtful) == (FateKind.EDITED, False) and 0.9 < fate.likeness < 1.0


def test_in_code_every_sign_counts() -> None:
    old, new = Part(Kind.CODE, 0, "", 'print("-")'), Part(Kind.CODE, 0, "", "print(“-”)")
    assert changed([title(), para(TREES), old], [title(), para(TREES), new]) == ["edited 2 2"]


def test_an_edited_paragraph_keeps_its_place_and_says_how_alike_it_is() -> None:
    new = [*PLAN[:2], para(BUSES.replace("ten", "seven")), *PLAN[3:]]
    (fate,) = (fate for fate in align(PLAN, new) if fate.kind is not FateKind.UNCHANGED)
    assert fate == Fate(2, 2, FateKind.EDITED, fate.likeness, False)
    assert fate.likeness == pytest.approx(11 / 12)


def test_what_was_written_anew_is_removed_and_new() -> None:
    anew = para("Whoever sells bread weighs it before the eyes of the buyer.")
    assert changed(PLAN, [*PLAN[:2], anew, *PLAN[3:]]) == ["removed 2 -", "new - 2"]


def test_a_rewritten_paragraph_is_proposed() -> None:
    half = "Buses come and go every ten minutes, at night as well as by day, for ever."
    assert changed(PLAN, [*PLAN[:2], para(half), *PLAN[3:]]) == ["? edited 2 2"]


def test_the_titles_are_one_whatever_they_say() -> None:
    assert rows([title("Draft"), para(TREES)], [title("A law"), para(BUSES)]) == [
        "edited 0 0",
        "removed 1 -",
        "new - 1",
    ]
    assert rows([], [title(), para(TREES)]) == ["new - 0", "new - 1"]
    assert rows([title(), para(TREES)], []) == ["removed 0 -", "removed 1 -"]


def test_two_that_change_places_are_moved() -> None:
    swapped = [PLAN[0], PLAN[3], PLAN[2], PLAN[1], PLAN[4]]
    assert changed(PLAN, swapped) == ["moved 2 2", "moved 1 3"]
    neighbours = [PLAN[0], PLAN[2], PLAN[1], *PLAN[3:]]
    assert changed(PLAN, neighbours) == ["moved 1 2"]


def test_a_moved_paragraph_may_be_edited() -> None:
    long = f"{BOOKS} {SOUND}"
    old = [*PLAN[:4], para(long)]
    new = [PLAN[0], para(long.replace("musical instruments", "games")), *PLAN[1:4]]
    (fate,) = (fate for fate in align(old, new) if fate.kind is not FateKind.UNCHANGED)
    assert fate == Fate(4, 1, FateKind.MOVED, fate.likeness, False)
    assert fate.likeness == pytest.approx(0.94, abs=0.02)


def test_a_moved_section_takes_what_is_under_it_along() -> None:
    old = [title(), *COUNCIL, *BOARD, para(TREES), para(BUSES)]
    new = [title(), *BOARD, para(TREES), para(BUSES), *COUNCIL]
    assert changed(old, new) == [f"moved {1 + n} {9 + n}" for n in range(6)]


def test_items_that_say_the_same_in_two_lists_are_told_apart() -> None:
    old = [title(), *COUNCIL, *BOARD]
    longer = [title(), *COUNCIL, *BOARD[:4], item("borrow money;"), *BOARD[4:]]
    assert changed(old, longer) == ["new - 11"]
    shorter = [title(), *COUNCIL[:3], *COUNCIL[4:], *BOARD]
    assert changed(old, shorter) == ["removed 4 -"]
    swapped = [title(), *COUNCIL[:3], COUNCIL[4], COUNCIL[3], *COUNCIL[5:], *BOARD]
    assert changed(old, swapped) == ["moved 4 5"]


def test_short_items_that_were_edited_are_proposed() -> None:
    old = [title(), *COUNCIL]
    new = [title(), *COUNCIL[:3], item("make by-laws;", "(a)"), *COUNCIL[4:]]
    assert changed(old, new) == ["? edited 4 4"]


def test_a_paragraph_cut_in_two_is_split() -> None:
    old = [title(), para(f"{TREES} {BUSES}"), para(PARKS)]
    assert changed(old, PLAN[:4]) == ["split 1 1", "split 1 2"]
    edited = [
        title(),
        para(TREES.replace("twelve", "ten")),
        para(BUSES.replace("six", "five")),
        old[2],
    ]
    assert changed(old, edited) == ["split 1 1", "split 1 2"]
    apart = [title(), para(TREES), para(SOUND), para(BUSES), para(PARKS)]
    assert changed(old, apart) == ["split 1 1", "new - 2", "split 1 3"]


def test_two_paragraphs_made_one_are_merged() -> None:
    new = [title(), para(f"{TREES} {BUSES}"), para(PARKS)]
    assert changed(PLAN[:4], new) == ["merged 1 1", "merged 2 1"]
    backwards = [title(), para(f"{BUSES} {TREES}"), para(PARKS)]
    assert changed(PLAN[:4], backwards) == ["merged 1 1", "merged 2 1"]


def test_a_sentence_becomes_a_list_and_a_list_a_sentence() -> None:
    one = [title(), para("Agencies must publish their code, share it and keep a register of it.")]
    several = [
        title(),
        para("Agencies must:"),
        item("publish their code;"),
        item("share it; and"),
        item("keep a register of it."),
    ]
    one, several = [*one, para(PARKS)], [*several, para(PARKS)]
    assert changed(one, several) == [f"split 1 {new}" for new in (1, 2, 3, 4)]
    assert changed(several, one) == [f"merged {old} 1" for old in (1, 2, 3, 4)]


def test_a_sentence_that_goes_to_the_next_paragraph_splits_nothing() -> None:
    old = [title(), para(f"{TREES} {BUSES}"), para(f"{PARKS} {BOOKS}")]
    new = [title(), para(TREES), para(f"{BUSES} {PARKS} {BOOKS}")]
    assert changed(old, new) == ["edited 1 1", "edited 2 2"]


def test_what_went_to_the_beginnings_of_two_others_is_not_simply_gone() -> None:
    old = [title(), para(f"{TREES} {BUSES}"), para(f"{PARKS} {PARKS}"), para(f"{BOOKS} {BOOKS}")]
    new = [title(), para(f"{TREES} {PARKS} {PARKS}"), para(f"{BUSES} {BOOKS} {BOOKS}")]
    assert changed(old, new)[0] == "? removed 1 -"


def test_most_of_a_paragraph_is_cut() -> None:
    old = [title(), para(f"{TREES} {BUSES} {PARKS}"), para(BOOKS)]
    assert changed(old, [title(), para(BUSES), para(BOOKS)]) == ["? edited 1 1"]


def test_an_identical_paragraph_inserted_earlier_is_the_new_one() -> None:
    assert changed(PLAN, [PLAN[0], PLAN[4], *PLAN[1:]]) == ["new - 1"]
    edited = para(f"{BOOKS} {SOUND}".replace("seven", "eight"))
    old = [*PLAN[:4], para(f"{BOOKS} {SOUND}")]
    # The copy says what the old one said, and stands elsewhere; the original was edited in place.
    new = [PLAN[0], old[4], *PLAN[1:4], edited]
    assert changed(old, new) == ["new - 1", "edited 4 5"]


def test_nobody_can_know_which_of_two_neighbours_that_say_the_same_was_there() -> None:
    twice = [*PLAN[:3], PLAN[2], *PLAN[3:]]
    assert changed(PLAN, twice) == ["new - 2", "? unchanged 2 3"]
    assert changed(twice, PLAN) == ["? removed 2 -", "? unchanged 3 2"]


def test_of_several_that_say_the_same_each_goes_with_its_neighbours() -> None:
    gone = para("Repealed.")
    old = [title(), para(TREES), gone, para(BUSES), gone, para(PARKS), gone, para(BOOKS)]
    fewer = [*old[:4], *old[5:]]
    assert changed(old, fewer) == ["removed 4 -"]
    assert changed(fewer, old) == ["new - 4"]
    # Either of the first two may be the one that is left where both stood.
    less = [*old[:2], gone, *old[5:]]
    assert changed(old, less) == ["removed 2 -", "removed 3 -", "? unchanged 4 2"]


def test_footnotes_that_say_the_same_stay_with_their_paragraphs() -> None:
    see = "See section 3."
    old = [title(), para(TREES + "1"), note(see, "1"), para(BUSES + "2"), note(see, "2")]
    new = [title(), para(PARKS + "1"), note(see, "1"), para(TREES + "2"), note(see, "2")]
    new += [para(BUSES + "3"), note(see, "3")]
    assert changed(old, new) == ["new - 1", "new - 2", "edited 1 3", "edited 3 5"]


def test_a_renamed_heading_is_known_by_its_section() -> None:
    old = [title(), head("Aims"), para(TREES), para(BUSES), head("Scope"), para(PARKS)]
    new = [title(), head("Objectives"), *old[2:4], head("Limits"), para(SOUND)]
    assert changed(old, new) == ["? edited 1 1", "removed 4 -", "removed 5 -", "new - 4", "new - 5"]


def test_a_heading_goes_with_what_stands_under_it() -> None:
    old = [title(), para(TREES), head("Powers"), para(BUSES), head("Duties"), para(PARKS)]
    new = [title(), para(TREES), head("Powers"), para(SOUND), head("Powers"), para(BUSES), *old[4:]]
    assert changed(old, new) == ["new - 2", "new - 3"]


def test_a_table_that_grew_is_edited() -> None:
    old = Part(Kind.TABLE, 0, "", "Stage Date Draft May Comments June Final July Review August")
    new = Part(
        Kind.TABLE, 0, "", "Stage Date Draft May Comments July Final July Review May Law June"
    )
    assert changed([title(), old, para(TREES)], [title(), new, para(TREES)]) == ["edited 1 1"]


def test_clauses_of_one_formula_are_told_apart_by_their_rare_words() -> None:
    def clause(thing: str) -> Part:
        return para(f"The council shall keep a register of {thing} and publish it every year.")

    things = ("trees", "buses", "parks", "bridges", "markets", "schools", "wells")
    old = [title(), *map(clause, things)]
    new = [title(), *(clause(thing) for thing in things if thing != "parks"), clause("lamps")]
    assert changed(old, new) == ["? moved 3 7"]
    replaced = [title(), *map(clause, [*things[:2], "lamps", *things[3:]])]
    assert changed(old, replaced) == ["edited 3 3"]


def test_scripts_without_spaces_are_compared_too() -> None:
    old = [title(), para("人人生而自由，在尊严和权利上一律平等。"), para("他们赋有理性和良心。")]
    new = [title(), para("他们赋有理性和良心。"), para("人人生而自由，在尊严和义务上一律平等。")]
    assert changed(old, new) == ["moved 2 1", "edited 1 2"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["x"] * 5_000, ["x!"] * 4_990),
        ([f"{TREES} {n}" for n in range(5_000)], [f"{TREES} {n}!" for n in range(5_000)]),
        ([f"{TREES} {n}" for n in range(5_000)], [f"{TREES} {n}" for n in range(5_000, 0, -1)]),
        ([f"a {n % 7}" for n in range(5_000)], [f"a {n % 5}" for n in range(5_000)]),
        (["a " * 50_000 + str(n) for n in range(20)], ["a " * 49_000 + str(n) for n in range(20)]),
        (["." * 100_000] * 10, ["." * 99_999] * 10),
    ],
    ids=["all alike", "much alike", "backwards", "a few again and again", "long", "signs"],
)
def test_a_hostile_draft_is_aligned_in_seconds(old: list[str], new: list[str]) -> None:
    began = time.process_time()
    fates = align([para(text) for text in old], [para(text) for text in new])
    assert {fate.old for fate in fates} - {None} == set(range(len(old)))
    assert {fate.new for fate in fates} - {None} == set(range(len(new)))
    assert time.process_time() - began < 60
