"""The redline of tables: rows and columns that came or went, in a table that keeps its shape."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.redline.tables import Marks, over_table, whole_table
from consult.redline.tables.reading import read_table
from consult.text import plain_text, sanitise_wording

MARKS = Marks("deleted:", "inserted:")
TREES = [
    ["Tree", "Number", "Where"],
    ["Lime", "40", "Quay"],
    ["Oak", "12", "Mill Lane"],
    ["Elm", "7", "Square"],
]


def table(rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """Return the HTML of a table whose first row is its head."""
    head, *body = rows
    html = f"<caption>{caption}</caption>" if caption else ""
    html += "<thead><tr>" + "".join(f'<th scope="col">{c}</th>' for c in head) + "</tr></thead>"
    inner = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in body)
    return f"<table>{html}<tbody>{inner}</tbody></table>"


def marked(old: str, new: str) -> str:
    html = over_table(old, new, MARKS)
    assert html is not None
    return html


def seen(html: str) -> list[str]:
    """Return the rows as they are seen: cells with "|" between, "-x-" deleted and "+x+" inserted."""
    html = re.sub(r'<span class="vh">.*?</span>', "", html)
    html = re.sub(r"</?del>", "-", re.sub(r"</?ins>", "+", html))
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return ["|".join(re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)) for row in rows]


def test_a_row_that_went_stands_where_it_stood() -> None:
    html = marked(table(TREES), table([*TREES[:2], TREES[3]]))
    assert seen(html) == [
        "Tree|Number|Where",
        "Lime|40|Quay",
        "-Oak-|-12-|-Mill Lane-",
        "Elm|7|Square",
    ]
    assert html.count('<del><span class="vh">deleted: </span>') == 3


def test_a_row_that_came_is_a_row() -> None:
    html = marked(table(TREES), table([TREES[0], ["Ash", "3", "Port"], *TREES[1:]]))
    assert seen(html)[1:3] == ["+Ash+|+3+|+Port+", "Lime|40|Quay"]
    assert html.count('<ins><span class="vh">inserted: </span>') == 3
    assert html.index("</thead>") < html.index("Ash")


def test_words_of_a_cell_are_compared_in_the_cell() -> None:
    new = [TREES[0], ["Lime", "41", "the <b>old</b> Quay"], *TREES[2:]]
    html = marked(table(TREES), table(new))
    assert seen(html)[1] == "Lime|-40-+41+|+the +<b>+old+</b> Quay"
    assert seen(html)[2:] == seen(table(TREES))[2:]


def test_a_column_that_went_and_one_that_came_keep_the_shape() -> None:
    new = [[row[0], kind, row[2]] for row, kind in zip(TREES, "Kind a b c".split(), strict=True)]
    # As many as before: the middle one says something else.
    assert seen(marked(table(TREES), table(new)))[1] == "Lime|-40-+a+|Quay"
    fewer = [[row[0], row[2]] for row in TREES]
    gone = marked(table(TREES), table(fewer))
    assert seen(gone) == [
        "Tree|-Number-|Where",
        "Lime|-40-|Quay",
        "Oak|-12-|Mill Lane",
        "Elm|-7-|Square",
    ]
    come = marked(table(fewer), table(TREES))
    assert seen(come)[:2] == ["Tree|+Number+|Where", "Lime|+40+|Quay"]


def test_rows_and_columns_at_once() -> None:
    new = [[row[0], row[2], kind] for row, kind in zip(TREES, "Kind a b c".split(), strict=True)]
    del new[2]
    new.append(["Ash", "Port", "d"])
    html = marked(table(TREES), table(new))
    assert seen(html) == [
        "Tree|-Number-|Where|+Kind+",
        "Lime|-40-|Quay|+a+",
        "-Oak-|-12-|-Mill Lane-|",
        "Elm|-7-|Square|+c+",
        "+Ash+||+Port+|+d+",
    ]


def test_captions() -> None:
    assert "<caption>Trees" in marked(table(TREES, "Trees"), table(TREES, "Trees and where"))
    gone = marked(table(TREES, "Trees"), table(TREES))
    assert '<caption><del><span class="vh">deleted: </span>Trees</del></caption>' in gone


SPANNED = (
    '<table><tbody><tr><td rowspan="2">Lime</td><td>40</td><td>Quay</td></tr>'
    "<tr><td>2</td><td>Port</td></tr><tr><td>Oak</td><td>12</td><td>Mill Lane</td></tr></tbody></table>"
)


def test_rows_that_one_cell_ties_together_stay_together() -> None:
    assert seen(marked(SPANNED, SPANNED.replace("Port", "Beach")))[1] == "2|-Port-+Beach+"
    without = SPANNED[: SPANNED.index("<tr><td>Oak")] + "</tbody></table>"
    assert seen(marked(SPANNED, without))[2] == "-Oak-|-12-|-Mill Lane-"
    without = "<table><tbody>" + SPANNED[SPANNED.index("<tr><td>Oak") :]
    html = marked(SPANNED, without)
    assert seen(html) == ["-Lime-|-40-|-Quay-", "-2-|-Port-", "Oak|12|Mill Lane"]
    assert '<td rowspan="2" class="went">' in html


def test_where_no_shape_has_room_for_both_one_stands_before_the_other() -> None:
    wide = '<table><tbody><tr><td colspan="2">Lime</td></tr></tbody></table>'
    html = marked(table(TREES), wide)
    assert html.count("<table>") == 2 and html.endswith("</ins></td></tr></tbody></table>")
    assert plain_text(html.split("<table>")[2]) == "inserted: Lime"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "Lime 40",
        "<p>Lime</p>",
        "<table></table>",
        "<table><tbody></tbody></table>",
        "<table><tr></tr></table>",
        "<table><tr><td>Lime</tr></table>",
        "<table><tr><td>Lime</td></tr>",
        "<table>Lime<tr><td>40</td></tr></table>",
        "<table><tr><td>Lime</td></tr></table>40",
    ],
)
def test_what_is_no_table_is_left_to_others(html: str) -> None:
    assert over_table(html, table(TREES), MARKS) is None
    assert over_table(table(TREES), html, MARKS) is None
    assert whole_table(html, "deleted", MARKS) is None


def test_a_table_in_a_cell_is_words_of_the_cell() -> None:
    inner = "<table><tr><td>Lime <table><tr><td>{}</td></tr></table></td><td>40</td></tr></table>"
    html = marked(inner.format("old"), inner.format("new"))
    assert html.count("<table>") == 2 and "<del>" in html and "<ins>" in html


CELL = st.sampled_from(
    ["Lime", "Oak", "<b>Elm</b> trees", "40", "7", "", "&lt;x&gt; &amp;", "<p>a</p>"]
)
WIDTH = st.integers(min_value=1, max_value=4)


@st.composite
def tables(draw: st.DrawFn) -> str:
    width = draw(WIDTH)
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=5))
    return table(rows, draw(st.sampled_from(["", "Trees"])))


@given(tables(), tables())
def test_without_what_went_it_is_the_new_table_and_without_what_came_the_old_one(
    old: str, new: str
) -> None:
    html = marked(old, new)
    assert sanitise_wording(html).count("<td") == html.count("<td")
    for part in re.findall(r"<table>.*?</table>", html):
        found = read_table(part)
        assert found is not None and found.plain
    for mark, source in (("del", new), ("ins", old)):
        bare = re.sub(rf"<{mark}>.*?</{mark}>", "", html, flags=re.DOTALL)
        bare = re.sub(r'<span class="vh">.*?</span>', "", bare)
        assert plain_text(bare) == plain_text(source)
