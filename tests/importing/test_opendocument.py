"""OpenDocument texts: what each thing that a word processor writes becomes."""

import pytest

from consult.blocks.blocks import Block, Draft, ImportRefused
from tests.importing.opendocument_files import (
    flat_file,
    h,
    items,
    list_style,
    p,
    text_file,
)
from tests.importing.reading import block_with, draft_of, messages, outline, title

TITLE = p("Tree policy", "Title")


def odt(body: str, automatic: str = "", **parts: str) -> Draft:
    return draft_of(text_file(TITLE + body, automatic, **parts), "x.odt")


def labels(draft: Draft) -> list[tuple[str, str]]:
    return [(block.label, block.text) for block in draft.blocks[1:]]


def test_headings_paragraphs_and_title() -> None:
    draft = odt(h("Aims") + p("More trees.") + h("Streets", 2) + p("On both sides."))
    assert title(draft) == "Tree policy"
    assert outline(draft) == [
        ("heading", 1, "", "Aims"),
        ("paragraph", 0, "", "More trees."),
        ("heading", 2, "", "Streets"),
        ("paragraph", 0, "", "On both sides."),
    ]


def test_blanks_tabulators_breaks_and_fields() -> None:
    draft = odt(
        p(
            'One<text:s text:c="3"/>two<text:tab/>three<text:line-break/>four'
            "<text:soft-page-break/> <text:page-count>5</text:page-count>"
            '<text:bookmark text:name="b"/> six'
        )
    )
    assert draft.blocks[1].text == "One two three four 5 six"
    assert "three<br>four" in draft.blocks[1].html


def test_marks_come_from_the_styles_of_stretches_and_not_of_paragraphs() -> None:
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties'
        ' fo:font-weight="bold"/></style:style><style:style style:name="T2" style:family="text"'
        ' style:parent-style-name="T1"><style:text-properties fo:font-weight="normal"'
        ' fo:font-style="italic" style:text-position="super 58%"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph"><style:text-properties'
        ' fo:font-style="italic"/></style:style>'
    )
    span = '<text:span text:style-name="T1">oak <text:span text:style-name="T2">2</text:span></text:span>'
    draft = odt(p(f"An {span} tree in the park.", "P1"), automatic)
    assert draft.blocks[1].html == "An <strong>oak </strong><em>²</em> tree in the park."


def test_numbers_of_lists_are_those_that_the_reader_saw() -> None:
    style = list_style("L1", "1|.", "a|)", "i|.|text:display-levels='3'", "bullet")
    deep = p("b") + items(p("c") + items("d", style=""), style="")
    draft = odt(items("a", deep, "e"), style)
    assert labels(draft) == [("1.", "a"), ("2.", "b"), ("a)", "c"), ("2.a.i.", "d"), ("3.", "e")]


def test_list_that_continues_counts_on_and_others_begin_again() -> None:
    style = list_style("L1", "1|.", "1|.|text:display-levels='2'") + list_style("L2", "A|")
    inner = items("second below two", style="")
    body = (
        items("one", p("two") + items("first below two", style=""), more=' xml:id="a"')
        + p("Between.")
        + items("other", style="L2")
        + items(inner, "three", more=' text:continue-list="a"')
        + items("afresh")
        + items("on", more=' text:continue-numbering="true"')
    )
    assert [label for label, _ in labels(odt(body, style))] == [
        *("1.", "2.", "2.1.", "", "A", "2.2.", "3.", "1.", "2."),
    ]


def test_start_values_prefixes_and_list_headers() -> None:
    style = list_style("L1", "1||style:num-prefix='§ ' text:start-value='5'")
    body = (
        '<text:list text:style-name="L1"><text:list-header><text:p>Head</text:p></text:list-header>'
        "<text:list-item><text:p>five</text:p><text:p>more of five</text:p></text:list-item>"
        '<text:list-item text:start-value="9"><text:p>nine</text:p></text:list-item></text:list>'
    )
    assert labels(odt(body, style)) == [
        ("", "Head"),
        ("§ 5", "five"),
        ("", "more of five"),
        ("§ 9", "nine"),
    ]


def test_patterns_letters_and_numbers_that_the_file_states() -> None:
    style = list_style("L1", "a|.|style:num-letter-sync='true'") + list_style(
        "L2", "1||loext:num-list-format='Art. %1%'", "1||loext:num-list-format='%1%-%2%.'"
    )
    doubled = items(*(f"x{number}" for number in range(28)))
    stated = (
        '<text:list text:style-name="L2"><text:list-item><text:number>Art. 12-bis</text:number>'
        f"<text:p>Trees</text:p>{items('oaks', style='')}</text:list-item></text:list>"
    )
    found = labels(odt(doubled + stated, style))
    assert found[25:28] == [("z.", "x25"), ("aa.", "x26"), ("bb.", "x27")]
    assert found[28:] == [("Art. 12-bis", "Trees"), ("1-1.", "oaks")]


def test_headings_are_numbered_by_the_outline() -> None:
    outline_style = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1"'
        ' style:num-format="1" style:num-prefix="Chapter "/><text:outline-level-style'
        ' text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = (
        h("Aims")
        + h("Shade", 2)
        + h("Air", 2)
        + h("Not counted", 1, ' text:is-list-header="true"')
        + h("Means")
        + h("Money", 2)
        + h("Far on", 1, ' text:restart-numbering="true" text:start-value="7"')
    )
    draft = draft_of(text_file(TITLE + body, styles=outline_style), "x.odt")
    assert [label for label, _ in labels(draft)] == [
        *("Chapter 1", "1.1", "1.2", "", "Chapter 2", "2.1", "Chapter 7")
    ]


def test_tables_with_heads_and_spanned_cells() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    head = "".join(cell.format("", name) for name in ("Street", "Trees", "Cost"))
    first = cell.format(' table:number-rows-spanned="2"', "Parade") + cell.format(
        ' table:number-columns-spanned="2"', "none yet"
    )
    second = "<table:covered-table-cell/>" + cell.format("", "26") + cell.format("", "£5")
    body = (
        "<table:table><table:table-column/><table:table-header-rows><table:table-row>"
        f"{head}</table:table-row></table:table-header-rows><table:table-row>{first}"
        f"<table:covered-table-cell/></table:table-row><table:table-row>{second}</table:table-row>"
        "</table:table>"
    )
    assert odt(body).blocks[1].html == (
        '<table><thead><tr><th scope="col">Street</th><th scope="col">Trees</th>'
        '<th scope="col">Cost</th></tr></thead><tbody><tr><td rowspan="2">Parade</td>'
        '<td colspan="2">none yet</td></tr><tr><td>26</td><td>£5</td></tr></tbody></table>'
    )


def test_notes_stand_behind_their_paragraph() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>{}</text:note-citation>'
        "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
    )
    draft = odt(
        p(f"Trees{note.format('footnote', '1', 'Of any kind.')} help.")
        + p(f"So do hedges{note.format('endnote', 'i', 'Some.')}.")
    )
    assert outline(draft) == [
        ("paragraph", 0, "", "Trees help."),
        ("note", 0, "1", "Of any kind."),
        ("paragraph", 0, "", "So do hedges."),
        ("note", 0, "i", "Some."),
    ]


def test_tracked_changes_comments_hidden_text_and_contents() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
        "</text:deletion></text:changed-region><text:changed-region><text:insertion/>"
        "</text:changed-region></text:tracked-changes>"
    )
    contents = (
        "<text:table-of-content><text:index-body><text:p>Aims 1</text:p></text:index-body>"
        "</text:table-of-content>"
    )
    hidden = (
        '<text:section text:display="none" text:name="s"><text:p>two words</text:p></text:section>'
    )
    margin = "<office:annotation><text:p>Not for the public</text:p></office:annotation>"
    body = changes + contents + hidden + p(f'Trees<text:change text:change-id="c"/>{margin} help.')
    draft = odt(body)
    assert labels(draft) == [("", "Trees help.")]
    said = messages(draft)
    assert "1 insertion was kept" in said and "1 deletion was left out" in said
    assert "A comment in the margin was left out: “Not for the public”" in said
    assert "2 hidden words" in said and "table of contents (2 words)" in said


def test_boxes_anchored_before_the_first_word_stand_ahead() -> None:
    frame = "<draw:frame><draw:text-box><text:p>Section 4</text:p></draw:text-box></draw:frame>"
    assert [block.text for block in odt(p(f"{frame}Trees are kept.")).blocks[1:]] == [
        "Section 4",
        "Trees are kept.",
    ]


def test_text_boxes_sections_quotations_and_listings() -> None:
    frame = "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
    draft = odt(
        p(f"Outside.{frame}")
        + f"<text:section text:name='s'>{p('In a section.')}</text:section>"
        + p("Said by others.", "Quotations")
        + p("line 1", "Preformatted_20_Text")
        + p("line 2", "Preformatted_20_Text")
    )
    assert [(block.kind.value, block.text) for block in draft.blocks[1:]] == [
        ("paragraph", "Outside."),
        ("paragraph", "In a box."),
        ("paragraph", "In a section."),
        ("quotation", "Said by others."),
        ("code", "line 1 line 2"),
    ]


def test_language_is_that_of_most_of_the_text() -> None:
    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="fr"'
        ' fo:country="BE"/></style:default-style><style:style style:name="P1"'
        ' style:family="paragraph"><style:text-properties fo:language="nl" fo:country="none"/>'
        "</style:style>"
    )
    body = p("Les arbres de la ville.") + p("Bomen.", "P1")
    assert draft_of(text_file(body, styles=styles), "x.odt").language == "fr-BE"
    assert draft_of(text_file(p("De bomen.", "P1"), styles=styles), "x.odt").language == "nl"


def test_links_keep_addresses_of_the_web_only() -> None:
    draft = odt(
        p(
            '<text:a xlink:href="https://example.org/a">law</text:a>'
            ' <text:a xlink:href="../x.odt">file</text:a> <text:a xlink:href="#b">below</text:a>'
        )
    )
    assert draft.blocks[1].html.startswith('<a href="https://example.org/a"')
    assert draft.blocks[1].text == "law file below"
    assert "1 link without a complete web address" in messages(draft)


def test_flat_files_are_read_too() -> None:
    draft = draft_of(flat_file(TITLE + h("Aims") + p("More trees.")), "x.xml")
    assert draft.format == "odt" and labels(draft) == [("", "Aims"), ("", "More trees.")]


def test_words_around_the_pages_are_counted() -> None:
    masters = (
        "<office:master-styles><style:master-page><style:footer><text:p>Draft 3</text:p>"
        "</style:footer></style:master-page></office:master-styles>"
    )
    assert "2 words of page headers and footers" in messages(odt(p("Trees."), masters=masters))


def test_a_title_style_that_is_not_defined_is_known_by_its_name() -> None:
    draft = draft_of(text_file(p("Small type", "Title") + p("Text."), styles=""), "x.odt")
    assert [block.kind for block in draft.blocks] == ["title", "paragraph"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (text_file(p("x"), manifest='<m><encryption-data a="b"/></m>'), "password"),
        (text_file(p("x")).replace(b"content.xml", b"kontent.xml"), "archive"),
        (
            flat_file("").replace(b"office:text>", b"office:chart>"),
            "table, drawing or presentation",
        ),
        (
            b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]>' + flat_file(p("&a;"))[21:],
            "entities",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, word: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        draft_of(data, "x.odt")
    assert word in str(refused.value) and str(refused.value).count(". ") == 0


def test_every_block_is_safe() -> None:
    draft = odt(p("&lt;script&gt;alert(1)&lt;/script&gt;"))
    block: Block = block_with(draft, "alert")
    assert block.html == "&lt;script&gt;alert(1)&lt;/script&gt;"
