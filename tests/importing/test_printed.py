"""PDF files: lines on pages become paragraphs, headings, items, notes and tables again."""

import pytest

from consult.blocks.blocks import Draft, ImportRefused
from consult.importing.printed.letters import Chunk, Letter, Type
from consult.importing.printed.lines import Line
from tests.importing.printed_files import BOLD, FIXED, SLANTED, Sheet, printed_file
from tests.importing.reading import block_with, draft_of, messages, outline, title

LONG = (
    "Trees are planted along every street that is wide enough for them, on both of\n"
    "its sides, and kept for as long as they live. Where a tree has to go, two others\n"
    "are planted in its place."
)
MORE = (
    "The council keeps a list of all trees, with their kinds and ages, and shows it to\n"
    "everybody who wants to see it."
)


def pdf(*sheets: Sheet, **more: str) -> Draft:
    return draft_of(printed_file(sheets, **more), "x.pdf")


def page() -> Sheet:
    return Sheet().text(72, 760, "Tree policy of the town", 22, BOLD)


def test_lines_become_paragraphs_under_headings() -> None:
    sheet = page().text(72, 700, "Aims", 14, BOLD).lines(72, 680, LONG).lines(72, 620, MORE)
    draft = pdf(sheet)
    assert draft.format == "pdf" and title(draft) == "Tree policy of the town"
    assert outline(draft) == [
        ("heading", 1, "", "Aims"),
        ("paragraph", 0, "", LONG.replace("\n", " ")),
        ("paragraph", 0, "", MORE.replace("\n", " ")),
    ]


def test_always_says_that_it_has_to_be_looked_through() -> None:
    assert "review it before publishing" in messages(pdf(page().lines(72, 680, LONG)))


def test_paragraphs_without_a_gap_end_where_a_word_would_have_fitted() -> None:
    draft = pdf(page().lines(72, 680, f"{LONG}\n{MORE}"))
    assert [b.text for b in draft.blocks[1:]] == [LONG.replace("\n", " "), MORE.replace("\n", " ")]


def test_paragraphs_go_on_over_pages_without_heads_feet_and_numbers() -> None:
    kinds = ("oaks", "elms", "limes", "ashes")
    sheets = [
        Sheet()
        .text(72, 800, "Draft tree policy, May", 9)
        .text(72, 760, f"of all of the {kinds[number]} in it." if number else "Tree policy", 11)
        .text(72, 700, f"On page {kinds[number]} the council of the town has to keep a long list")
        .text(290, 40, f"Page {number + 1} of 4", 9)
        for number in range(4)
    ]
    draft = pdf(*sheets)
    assert [block.text for block in draft.blocks[2:5]] == [
        f"On page {kinds[number]} the council of the town has to keep a long list of all of the"
        f" {kinds[number + 1]} in it."
        for number in range(3)
    ]
    assert "32 words of running heads, running feet and page numbers" in messages(draft)


def test_what_is_alike_by_chance_at_the_top_of_pages_stays() -> None:
    sheets = [
        Sheet()
        .text(72, 780, f"Article {number * number + 3}", 14, BOLD)
        .text(72, 750, f"Whoever plants tree number {'one two six ten'.split()[number]} keeps it.")
        for number in range(4)
    ]
    headings = [block.text for block in pdf(*sheets).blocks if block.kind in ("heading", "title")]
    assert headings[-3:] == ["Article 4", "Article 7", "Article 12"]


def test_columns_are_read_one_after_the_other() -> None:
    left = "\n".join(f"left line number {number} of the text" for number in range(8))
    right = "\n".join(f"right line number {number} of the text" for number in range(8))
    sheet = page().lines(72, 700, left).lines(310, 694, right)
    texts = [block.text for block in pdf(sheet).blocks[1:]]
    assert texts == [" ".join([*left.splitlines(), *right.splitlines()])]


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [("impor-", "tant", "important"), ("well-", "known", "well-known"), ("52-", "1 of", "52-1 of")],
)
def test_hyphens_at_the_ends_of_lines_are_mended_by_the_words_elsewhere(
    first: str, last: str, whole: str
) -> None:
    known = "An important matter in well-known streets is described in this paragraph here."
    broken = f"The other paragraph of this page has a word that is divided and it is {first}"
    draft = pdf(page().text(72, 700, known).lines(72, 660, f"{broken}\n{last} the town."))
    assert f"it is {whole} the town." in draft.blocks[2].text


def test_numbers_letters_and_bullets_begin_items() -> None:
    sheet = (
        page()
        .text(72, 700, "1.1")
        .text(110, 700, "The town plants trees of many kinds in all of its streets:")
        .lines(
            110, 680, "(a)  oaks;\n(b)  ashes, which grow fast and high, and in the end are as\n"
        )
        .text(128, 652, "useful as any other; and")
        .text(110, 638, "(c)  elms.")
        .text(72, 610, "•  no bullet is text")
        .text(90, 596, "•  nor is one further in")
    )
    assert outline(pdf(sheet)) == [
        ("paragraph", 0, "1.1", "The town plants trees of many kinds in all of its streets:"),
        ("item", 1, "(a)", "oaks;"),
        (
            "item",
            1,
            "(b)",
            "ashes, which grow fast and high, and in the end are as useful as any other; and",
        ),
        ("item", 1, "(c)", "elms."),
        ("item", 1, "", "no bullet is text"),
        ("item", 2, "", "nor is one further in"),
    ]


def test_notes_at_the_foot_in_small_type_stand_behind_their_paragraph() -> None:
    sheet = (
        page()
        .text(72, 700, "Trees help")
        .text(125, 704, "1", 7)
        .text(132, 700, "the air of the town.")
        .lines(72, 660, MORE)
        .text(72, 95, "1", 6)
        .lines(77, 92, "As was measured by those who measure\nsuch things.", 9, step=11)
    )
    assert [(b.kind.value, b.label, b.text) for b in pdf(sheet).blocks[1:4]] == [
        ("paragraph", "", "Trees help the air of the town."),
        ("note", "1", "As was measured by those who measure such things."),
        ("paragraph", "", MORE.replace("\n", " ")),
    ]


def test_ruled_tables_with_a_cell_over_two_columns() -> None:
    sheet = page().lines(72, 700, MORE)
    for y in (640, 620, 600):
        sheet.rule(72, y, 372, y)
    for x, top in ((72, 640), (172, 640), (272, 620), (372, 640)):
        sheet.rule(x, 600, x, top)
    sheet.text(76, 626, "Street", font=BOLD).text(176, 626, "Trees and cost", font=BOLD)
    sheet.text(76, 606, "Parade").text(176, 606, "26").text(276, 606, "low")
    table = block_with(pdf(sheet), "Parade").html
    assert table == (
        '<table><thead><tr><th scope="col"><strong>Street</strong></th><th scope="col" colspan="2">'
        "<strong>Trees and cost</strong></th></tr></thead><tbody><tr><td>Parade</td><td>26</td>"
        "<td>low</td></tr></tbody></table>"
    )


def test_rows_below_each_other_are_a_table_without_rules() -> None:
    sheet = page().lines(72, 700, MORE)
    for row, cells in enumerate(
        (("Parade", "26", "oaks"), ("Quay", "4", "elms"), ("Hill", "9", "ash"))
    ):
        for column, cell in enumerate(cells):
            sheet.text(72 + 120 * column, 640 - 16 * row, cell)
    table = block_with(pdf(sheet), "Parade")
    assert table.kind == "table" and table.text == "Parade 26 oaks Quay 4 elms Hill 9 ash"


def test_lists_of_contents_go() -> None:
    sheet = page().text(72, 700, "Contents", 14, BOLD)
    for number, name in enumerate(("Aims", "Means", "Money", "Time")):
        sheet.text(72, 680 - 14 * number, f"{name} {'.' * 60} {number + 2}")
    draft = pdf(sheet, Sheet().lines(72, 700, LONG))
    assert [block.text for block in draft.blocks[1:]] == [LONG.replace("\n", " ")]
    assert "words of the table of contents were left out" in messages(draft)


def test_listings_and_slanted_numbered_headings() -> None:
    sheet = (
        page()
        .text(72, 700, "2.1  On keeping trees", 11.6, SLANTED)
        .lines(72, 680, LONG)
        .lines(72, 620, "if tree:\n    keep(tree)", font=FIXED)
    )
    found = [(b.kind.value, b.label, b.text) for b in pdf(sheet).blocks[1:]]
    assert found[0] == ("heading", "2.1", "On keeping trees")
    assert found[2] == ("code", "", "if tree: keep(tree)")


def test_structure_of_a_tagged_file_is_taken_at_its_word() -> None:
    sheet = (
        Sheet()
        .part("H1", 300, 100, "Tree policy")
        .part("P", 300, 300, "Not large, not bold, and far down,\nbut the first to be read.")
        .part("H2", 72, 760, "Aims")
        .part("P", 72, 700, "Between.")
        .part("H3", 72, 500, "Means")
        .part("P", 72, 400, "Text.")
        .text(72, 30, "- 1 -")
    )
    assert [(b.kind.value, b.level, b.text) for b in pdf(sheet).blocks[1:]] == [
        ("paragraph", 0, "Not large, not bold, and far down, but the first to be read."),
        ("heading", 1, "Aims"),
        ("paragraph", 0, "Between."),
        ("heading", 2, "Means"),
        ("paragraph", 0, "Text."),
    ]


def test_structure_that_covers_little_is_not_relied_on() -> None:
    sheet = Sheet().part("P", 72, 760, "Only this.").lines(72, 700, LONG).lines(72, 640, MORE)
    assert [block.text for block in pdf(sheet).blocks[1:]] == [
        "Only this.",
        LONG.replace("\n", " "),
        MORE.replace("\n", " "),
    ]


def test_language_and_stated_title() -> None:
    draft = pdf(
        Sheet().text(72, 760, "Tree policy of the town").lines(72, 700, LONG),
        more="/Lang (en-IE)",
        information="/Title (Tree policy of the town)",
    )
    assert draft.language == "en-IE" and title(draft) == "Tree policy of the town"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (printed_file([Sheet()]), "holds no text"),
        (
            printed_file([Sheet(["q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"])]),
            "OCR",
        ),
        (b"%PDF-1.7\nnothing", "damaged"),
        (printed_file([Sheet().lines(72, 700, LONG)])[:200], "damaged"),
    ],
)
def test_what_gives_no_text_is_refused_with_a_word_on_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        draft_of(data, "x.pdf")
    sentence = str(refused.value)
    assert words in sentence and "choose" in sentence and sentence.count(". ") == 0


def test_lines_counted_out_in_letters_are_one_paragraph() -> None:
    text = (
        "The town shall plant an elm wherever the width of the\n"
        "footpath, lit or unlit, will fit it until all of it\n"
        "meets the wall, and water it for three summers, whatever\n"
        "it costs."
    )
    draft = pdf(page().lines(72, 680, text))
    assert outline(draft) == [("paragraph", 0, "", " ".join(text.split()))]


def test_a_first_chapter_is_not_the_title() -> None:
    sheet = Sheet().text(72, 780, "1 Planting trees", 16, BOLD).text(72, 750, "Trees are planted.")
    sheet.text(72, 700, "2 Felling trees", 16, BOLD).text(72, 670, "Trees are felled in winter.")
    draft = draft_of(printed_file([sheet]), "trees.pdf")
    assert title(draft) == "Trees"
    headings = [("heading", 1, "1", "Planting trees"), ("heading", 1, "2", "Felling trees")]
    assert outline(draft)[::2] == headings


def test_notes_as_large_as_the_text_below_a_gap() -> None:
    sheet = page().lines(72, 680, LONG).text(72, 620, "Oaks are kept").text(146, 624, "2", 6)
    sheet.text(150, 620, "wherever they can be kept, and elms where they cannot be.")
    sheet.text(72, 104, "2", 6).text(78, 100, "See the list of oaks, which is in the office")
    sheet.text(72, 86, "of the town, and open to all.")
    draft = pdf(sheet)
    assert outline(draft)[1:] == [
        (
            "paragraph",
            0,
            "",
            "Oaks are kept wherever they can be kept, and elms where they cannot be.",
        ),
        (
            "note",
            0,
            "2",
            "See the list of oaks, which is in the office of the town, and open to all.",
        ),
    ]


def test_side_notes_stand_before_the_paragraph_that_they_are_beside() -> None:
    sheet = Sheet().text(122, 760, "Tree policy of the town", 22, BOLD).lines(122, 680, LONG)
    sheet.lines(122, 600, MORE)
    sheet.lines(50, 600, "Section 4,\nTrees Act\n1985", 7, BOLD, step=9)
    assert outline(pdf(sheet)) == [
        ("paragraph", 0, "", LONG.replace("\n", " ")),
        ("paragraph", 0, "", "Section 4, Trees Act 1985"),
        ("paragraph", 0, "", MORE.replace("\n", " ")),
    ]


def test_line_of_nothing_but_a_mark_over_letters_is_read() -> None:
    kind = Type(11, bold=False, italic=False, fixed=False, turned=0, invisible=False)
    mark = Chunk([Letter("\u05b7", 10, 12)], 700, kind, -1, 1, mirrored=True)
    assert Line([mark]).text == ""
