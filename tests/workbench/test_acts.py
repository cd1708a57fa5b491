"""Everything that can be done to a paragraph, and undone, and done again."""

from typing import Any

import pytest
from sqlalchemy import func, select

from consult.blocks.blocks import Kind
from consult.drafts.models import WorkingStep
from tests.workbench.conftest import TEXTS, Workbench

TITLE = ("k1", Kind.TITLE, 0, "", TEXTS[0])
TREES = ("k2", Kind.PARAGRAPH, 0, "1.1", TEXTS[1])
BUSES = ("k3", Kind.PARAGRAPH, 0, "1.2", TEXTS[2])
PARKS = ("k4", Kind.PARAGRAPH, 0, "1.3", TEXTS[3])


def test_a_text_is_corrected_with_marks(bench: Workbench) -> None:
    answer = bench.acts("k3", text="Buses run *all* night, says [the plan](https://example.org/).")
    assert answer.headers["Location"].endswith(f"{bench.base}#p-k3")
    html = bench.rows()[2][4]
    assert html.startswith("Buses run <em>all</em> night, says <a href=")
    assert bench.wording("k3").text == "Buses run all night, says the plan."
    assert bench.typed("k3")["text"].strip().startswith("Buses run *all* night, says [the plan](")


def test_kind_level_and_number_are_changed(bench: Workbench) -> None:
    bench.acts("k3", kind="heading", level="2", label="1.2a")
    assert bench.rows()[2] == ("k3", Kind.HEADING, 2, "1.2a", TEXTS[2])
    bench.acts("k3", kind="paragraph", label="")
    assert bench.rows()[2] == ("k3", Kind.PARAGRAPH, 0, "", TEXTS[2])


def test_an_empty_line_splits_and_the_first_part_keeps_the_identity(bench: Workbench) -> None:
    bench.acts("k2", text="Trees are planted.\n\nBenches are built.")
    rows = bench.rows()
    assert rows[1] == ("k2", Kind.PARAGRAPH, 0, "1.1", "Trees are planted.")
    assert rows[2][1:] == (Kind.PARAGRAPH, 0, "", "Benches are built.")
    assert rows[2][0] not in ("k1", "k2", "k3", "k4")
    assert bench.keys()[3:] == ["k3", "k4"]


def test_marks_that_are_open_where_it_is_split_go_on(bench: Workbench) -> None:
    bench.acts("k2", text="Trees **are planted.\n\nBenches** are built.")
    assert bench.texts()[1:3] == [
        "1.1 Trees <strong>are planted.</strong>",
        "<strong>Benches</strong> are built.",
    ]


@pytest.mark.parametrize(
    ("kind", "second", "expected"),
    [
        ("paragraph", "1.2 Benches are built.", (Kind.PARAGRAPH, 0, "1.2", "Benches are built.")),
        ("paragraph", "(a) benches", (Kind.ITEM, 1, "(a)", "benches")),
        ("item", "(b) benches", (Kind.ITEM, 2, "(b)", "benches")),
        ("heading", "Benches are built.", (Kind.PARAGRAPH, 0, "", "Benches are built.")),
        ("note", "Benches are built.", (Kind.NOTE, 0, "", "Benches are built.")),
    ],
)
def test_what_is_split_off_takes_its_own_number_and_a_fitting_kind(
    bench: Workbench, kind: str, second: str, expected: Any
) -> None:
    bench.sets("k2", kind=Kind(kind), level=2 if kind == "item" else 1 if kind == "heading" else 0)
    bench.acts("k2", text=f"Trees are planted.\n\n{second}")
    assert bench.rows()[2][1:] == expected


def test_merging_keeps_the_first_identity_and_the_second_number_in_the_text(
    bench: Workbench,
) -> None:
    bench.acts("k2", "merge")
    assert bench.rows() == [
        TITLE,
        ("k2", Kind.PARAGRAPH, 0, "1.1", f"{TEXTS[1]} 1.2 {TEXTS[2]}"),
        PARKS,
    ]


def test_code_is_merged_line_by_line_and_split_by_nothing(bench: Workbench) -> None:
    bench.sets("k2", kind=Kind.CODE, html="if a &lt; b:\n    c()", label="")
    bench.sets("k3", label="", html="and <em>so</em><br>on")
    bench.acts("k2", "merge")
    assert bench.rows()[1][4] == "if a &lt; b:\n    c()\nand so\non"
    bench.acts("k2", text="    a\n\n    b")
    assert bench.rows()[1][4] == "    a\n\n    b"


def test_a_table_is_corrected_as_html_and_can_become_text(bench: Workbench) -> None:
    table = (
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
    )
    bench.sets("k3", kind=Kind.TABLE, html=table, label="")
    bench.acts("k3", text=table.replace(">b<", ">B <em>x</em><script>alert(1)</script><"))
    assert "<td>B <em>x</em></td>" in bench.rows()[2][4]
    bench.acts("k3", "save", 422, text="no table").mustcontain("Keep one table")
    bench.acts("k2", "merge", 422).mustcontain("A table cannot be merged")
    bench.acts("k3", kind="paragraph")
    assert bench.rows()[2] == ("k3", Kind.PARAGRAPH, 0, "", "a | B <em>x</em><br>c | d")


@pytest.mark.parametrize(
    ("act", "typed", "order"),
    [
        ("up", {}, ["k1", "k3", "k2", "k4"]),
        ("down", {}, ["k1", "k2", "k4", "k3"]),
        ("place", {"place": "1"}, ["k1", "k3", "k2", "k4"]),
        ("place", {"place": "3"}, ["k1", "k2", "k4", "k3"]),
        ("place", {"place": "99999999999"}, ["k1", "k2", "k4", "k3"]),
        ("behind", {"behind": "k4"}, ["k1", "k2", "k4", "k3"]),
        ("behind", {"behind": "k1"}, ["k1", "k3", "k2", "k4"]),
    ],
)
def test_a_paragraph_is_moved(
    bench: Workbench, act: str, typed: dict[str, str], order: list[str]
) -> None:
    bench.sends("k3", act, typed)
    assert bench.keys() == order


def test_the_title_is_corrected_and_stays_where_it_is(bench: Workbench) -> None:
    for act in ("up", "drop"):
        bench.acts("k1", act, 422).mustcontain("title")
    bench.acts("k2", "up")
    assert bench.keys() == ["k1", "k2", "k3", "k4"]
    bench.acts("k1", text="A better plan")
    assert bench.document.title == "A better plan"


def test_the_end_is_the_end(bench: Workbench) -> None:
    bench.acts("k4", "down")
    assert bench.keys() == ["k1", "k2", "k3", "k4"]
    bench.acts("k4", "merge", 422).mustcontain("Nothing follows")


def test_a_paragraph_is_dropped(bench: Workbench) -> None:
    answer = bench.acts("k3", "drop")
    assert bench.rows() == [TITLE, TREES, PARKS]
    assert answer.headers["Location"].endswith("#p-k2")


def test_paragraphs_are_added_below_another(bench: Workbench) -> None:
    bench.browser.get(f"{bench.base}?add=k2").mustcontain("Add it")
    fields = {"text": "One.\n\nTwo.", "kind": "item", "level": "2", "label": "(a)"}
    bench.browser.post(f"{bench.base}/k2/add", fields)
    assert [row[1:] for row in bench.rows()[2:4]] == [
        (Kind.ITEM, 2, "(a)", "One."),
        (Kind.ITEM, 2, "", "Two."),
    ]
    assert bench.keys()[4:] == ["k3", "k4"]
    page = bench.browser.post(f"{bench.base}/k2/add", fields | {"text": " "}, 422)
    page.mustcontain("There is no text left")


def test_what_was_typed_is_stored_with_whatever_is_pressed(bench: Workbench) -> None:
    answer = bench.acts("k3", "up", text="Trams run all night.", kind="note")
    assert bench.rows()[1] == ("k3", Kind.NOTE, 0, "1.2", "Trams run all night.")
    assert "edit=k3" in answer.headers["Location"]


def test_what_cannot_be_taken_is_kept_in_the_form_and_changes_nothing(bench: Workbench) -> None:
    for act, typed, sentence in (
        ("save", {"text": " "}, "There is no text left"),
        ("save", {"label": "x" * 101}, "at most 100"),
        ("save", {"kind": "table"}, "Not a valid choice"),
        ("save", {"kind": "title"}, "Not a valid choice"),
        ("save", {"level": "9"}, "Not a valid choice"),
        ("place", {"place": "third", "text": "Typed meanwhile."}, "Write the number of a place"),
    ):
        page = bench.sends("k3", act, typed, 422)
        page.mustcontain("Error:", sentence)
        form = next(f for f in page.forms.values() if "/workbench/k3#" in str(f.action))
        for name in {"text", "label", "place"} & set(typed):
            assert form[name].value.strip() == typed[name].strip()
    assert bench.rows() == [TITLE, TREES, BUSES, PARKS]
    assert bench.db.scalar(select(func.count()).select_from(WorkingStep)) == 0


def add(bench: Workbench) -> None:
    fields = {"text": "Added.", "kind": "paragraph", "level": "1", "label": ""}
    bench.browser.post(f"{bench.base}/k2/add", fields)


@pytest.mark.parametrize(
    "act",
    [
        lambda bench: bench.acts("k3", text="Trams *run*."),
        lambda bench: bench.acts("k3", kind="heading", level="3", label="9"),
        lambda bench: bench.acts("k2", text="Trees are planted.\n\nBenches.\n\nBuilt."),
        lambda bench: bench.acts("k2", "merge"),
        lambda bench: bench.acts("k2", "place", place="3"),
        lambda bench: bench.acts("k4", "place", place="1"),
        lambda bench: bench.acts("k3", "drop"),
        lambda bench: bench.acts("k4", "drop"),
        lambda bench: bench.acts("k1", text="Another title"),
        add,
    ],
    ids=["correct", "recast", "split", "merge", "down", "up", "drop", "last", "title", "add"],
)
def test_every_act_is_undone_and_redone(bench: Workbench, act: Any) -> None:
    before, title = bench.rows(), bench.document.title
    act(bench)
    after, retitled = bench.rows(), bench.document.title
    assert before != after
    bench.undoes()
    assert (bench.rows(), bench.document.title) == (before, title)
    bench.undoes("redo")
    assert (bench.rows(), bench.document.title) == (after, retitled)
    bench.undoes()
    assert bench.rows() == before


def test_everything_is_undone_backwards_to_the_beginning(bench: Workbench) -> None:
    states = [bench.rows()]
    for act, typed in (
        ("save", {"text": "Trees are planted.\n\nBenches are built."}),
        ("down", {}),
        ("merge", {}),
        ("save", {"kind": "item", "text": "Something else."}),
        ("drop", {}),
    ):
        bench.sends("k2", act, typed)
        states.append(bench.rows())
    undone = 0
    while 'name="undo"' in bench.browser.get(bench.base):
        bench.undoes()
        undone += 1
    assert undone == 6, "correcting and changing the kind are two steps"
    assert bench.rows() == states[0]
    while 'name="redo"' in bench.browser.get(bench.base):
        bench.undoes("redo")
    assert bench.rows() == states[-1]


def test_doing_something_else_forgets_what_was_undone(bench: Workbench) -> None:
    bench.acts("k3", "drop")
    bench.undoes()
    bench.acts("k4", "drop")
    page = bench.browser.get(bench.base)
    page.mustcontain('name="undo"', no=['name="redo"'])
    bench.browser.post(f"{bench.base}/steps", {"redo": "1"}, 409).mustcontain("nothing was redone")
    assert bench.rows() == [TITLE, TREES, BUSES]
