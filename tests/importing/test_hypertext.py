import pytest

from consult.importing import ImportRefused
from tests.importing.reading import block_with, draft_of, messages, outline, title


def page(body: str, head: str = "", html: str = 'lang="en"') -> str:
    return f"<!DOCTYPE html><html {html}><head>{head}</head><body>{body}</body></html>"


def test_headings_lists_and_inline_marks() -> None:
    draft = draft_of(
        page(
            "<h1>Tree policy</h1><h2>1. Aims</h2><p>We <b>plant</b> <i>many</i> trees, H<sub>2</sub>O"
            " and <a href='https://example.org'>more</a>.</p><ul><li>oak<ol type=a><li>young</li>"
            "<li>old</li></ol></li><li><p>elm</p><p>is rare</p></li></ul>"
        ),
        "x.html",
    )
    assert title(draft) == "Tree policy" and draft.language == "en" and draft.format == "html"
    assert outline(draft) == [
        ("heading", 1, "1.", "Aims"),
        ("paragraph", 0, "", "We plant many trees, H2O and more."),
        ("item", 1, "", "oak"),
        ("item", 2, "a.", "young"),
        ("item", 2, "b.", "old"),
        ("item", 1, "", "elm"),
        ("paragraph", 0, "", "is rare"),
    ]
    assert "<strong>plant</strong> <em>many</em> trees, H<sub>2</sub>O" in draft.blocks[2].html


@pytest.mark.parametrize(
    ("attributes", "labels"),
    [
        ("start=4", ["4.", "5."]),
        ("reversed", ["2.", "1."]),
        ("type=I", ["I.", "II."]),
        ('style="list-style-type: lower-greek"', ["α.", "β."]),
        ('style="list-style: none"', ["", ""]),
    ],
)
def test_ordered_lists_are_labelled_as_browsers_show_them(
    attributes: str, labels: list[str]
) -> None:
    draft = draft_of(
        page(f"<h1>T</h1><ol {attributes}><li>a tree</li><li>b tree</li></ol>"), "x.html"
    )
    assert [block.label for block in draft.blocks[1:]] == labels


def test_site_around_the_text_goes() -> None:
    draft = draft_of(
        page(
            "<header><a href=/>Home</a> <a href=/x>News</a></header><nav><ul><li>Menu</li></ul></nav>"
            "<div class=cookie-banner>We use cookies</div><main><h1>T</h1><p>The text of it.</p></main>"
            "<footer><p>© Council</p></footer><script>var x</script>"
        ),
        "x.html",
    )
    assert outline(draft) == [("paragraph", 0, "", "The text of it.")]
    assert "menus, page headers and footers" in messages(draft)


def test_header_with_a_preamble_is_text() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><header><h2>Preamble</h2><p>Whereas trees are the lungs of every city that"
            " people live in.</p></header><article><h2>Article 1</h2><p>Plant.</p></article>"
            "<article><h2>Article 2</h2><p>Water.</p></article>"
        ),
        "x.html",
    )
    assert ("heading", 1, "", "Preamble") in outline(draft)


def test_numbers_in_cells_make_items() -> None:
    row = "<table width='100%'><tr><td><p>{0}</p></td><td><p>{1}</p>{2}</td></tr></table>"
    inner = row.format("(i)", "young trees in streets;", "")
    draft = draft_of(
        page(
            "<p class='oj-doc-ti'>REGULATION 1</p><p class='oj-ti-art'>Article 1</p>"
            "<p class='oj-sti-art'>Scope</p><p class='oj-normal'>1.   This covers:</p>"
            + row.format("(a)", "trees in streets, such as:", inner)
            + row.format("(b)", "trees in all the parks.", "")
            + row.format("—", "and what grows on them,", "")
        ),
        "x.html",
    )
    assert title(draft) == "REGULATION 1"
    assert outline(draft) == [
        ("heading", 1, "Article 1", "Scope"),
        ("paragraph", 0, "1.", "This covers:"),
        ("item", 1, "(a)", "trees in streets, such as:"),
        ("item", 2, "(i)", "young trees in streets;"),
        ("item", 1, "(b)", "trees in all the parks."),
        ("item", 2, "", "and what grows on them,"),
    ]


def test_paragraphs_that_were_never_closed() -> None:
    draft = draft_of(page("<h1>T</h1><p>One<p>Two<p>(a) three</br>four"), "x.html")
    assert outline(draft) == [
        ("paragraph", 0, "", "One"),
        ("paragraph", 0, "", "Two"),
        ("item", 1, "(a)", "three four"),
    ]


def test_empty_lines_made_with_breaks_divide_paragraphs() -> None:
    draft = draft_of(page("<h1>T</h1><div>One<br>line<br><br>Two</div>"), "x.html")
    assert [block.html for block in draft.blocks[1:]] == ["One<br>line", "Two"]


def test_data_table_keeps_spans_heads_and_caption() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><table><caption>Trees</caption><thead><tr><th>Kind</th><th colspan=2>Size</th>"
            "</tr></thead><tbody><tr><th>Oak</th><td rowspan=2>big</td><td><p>a</p><p>b</p></td></tr>"
            "<tr><th>Elm</th><td><ul><li>x</li></ul></td></tr></tbody></table>"
        ),
        "x.html",
    )
    assert draft.blocks[1].html == (
        '<table><caption>Trees</caption><thead><tr><th scope="col">Kind</th>'
        '<th scope="col" colspan="2">Size</th></tr></thead><tbody><tr><th scope="row">Oak</th>'
        '<td rowspan="2">big</td><td><p>a</p><p>b</p></td></tr>'
        '<tr><th scope="row">Elm</th><td><ul><li>x</li></ul></td></tr></tbody></table>'
    )


def test_table_that_only_frames_text_is_text() -> None:
    draft = draft_of(
        page("<h1>T</h1><table><tr><td><p>One</p><p>Two</p></td></tr></table>"), "x.html"
    )
    assert [block.kind for block in draft.blocks[1:]] == ["paragraph", "paragraph"]


NOTES = [
    # pandoc and kramdown
    "<p>Text<sup id='r1'><a href='#fn:1' rel=footnote>1</a></sup>.</p><p>Next.</p><div class=footnotes>"
    "<ol><li id='fn:1'><p>The note. <a href='#r1' class=reversefootnote>↩</a></p></li></ol></div>",
    # Word's own HTML
    "<p>Text<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a>.</p><p>Next.</p>"
    "<div><p><a href='#_ftnref1' name='_ftn1'>[1]</a> The note.</p></div>",
    # by hand
    "<p>Text<a href='#note-1'>(1)</a>.</p><p>Next.</p><h2>Footnotes</h2>"
    "<p id='note-1'>(1) The note.</p>",
    # GOV.UK
    "<p>Text<sup><a href='#fn:1'>[footnote 1]</a></sup>.</p><p>Next.</p><ol><li id='fn:1'>The note."
    "<a href='#x' role=doc-backlink class=back>↩</a></li></ol>",
]


@pytest.mark.parametrize("body", NOTES)
def test_notes_go_behind_their_paragraphs(body: str) -> None:
    draft = draft_of(page(f"<h1>T</h1>{body}"), "x.html")
    assert outline(draft) == [
        ("paragraph", 0, "", "Text."),
        ("note", 0, "1", "The note."),
        ("paragraph", 0, "", "Next."),
    ]
    assert draft.blocks[1].html == 'Text<sup class="note">1</sup>.'


def test_link_to_a_section_is_no_note() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><p>See section <a href='#s2'>2</a>.</p><h2 id=s2>2. Felling</h2><p>No.</p>"
        ),
        "x.html",
    )
    assert outline(draft)[0] == ("paragraph", 0, "", "See section 2.")


def test_number_in_an_element_of_its_own_is_a_label() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><h3><span class=LegP1No>1</span><span>Planting</span></h3>"
            "<p><span class=LegP2No>(1)</span><span>The council plants.</span></p>"
            "<p class=MsoListParagraph><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Water</p>"
        ),
        "x.html",
    )
    assert outline(draft) == [
        ("heading", 1, "1", "Planting"),
        ("item", 1, "(1)", "The council plants."),
        ("paragraph", 0, "2.", "Water"),
    ]


def test_hidden_text_is_left_out_and_counted() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><p hidden>secret words</p><p>Seen<span style='display:none'> not</span>.</p>"
        ),
        "x.html",
    )
    assert outline(draft) == [("paragraph", 0, "", "Seen.")]
    assert "3 hidden words were left out" in messages(draft)


def test_comments_in_the_source_are_not_published() -> None:
    draft = draft_of(page("<h1>T</h1><p>Text<!-- the minister hates this --></p>"), "x.html")
    assert draft.blocks[1].text == "Text"
    assert "1 comment in the source was left out" in messages(draft)


def test_styles_of_office_suites_are_marks() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><p><span class=c1>Bold</span> <span style='font-style:italic'>slanted</span></p>",
            "<style>.c1{font-weight:700}</style>",
        ),
        "x.html",
    )
    assert draft.blocks[1].html == "<strong>Bold</strong> <em>slanted</em>"


def test_other_languages_within_the_text_are_marked() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><p>We say <span lang=ar dir=rtl>شجرة</span>.</p>", html='lang="en" dir="ltr"'
        ),
        "x.html",
    )
    assert '<span lang="ar" dir="rtl">شجرة</span>' in draft.blocks[1].html


def test_definitions_keep_term_and_meaning() -> None:
    draft = draft_of(page("<h1>T</h1><dl><dt>Tree</dt><dd>A tall plant.</dd></dl>"), "x.html")
    assert [block.html for block in draft.blocks[1:]] == ["<strong>Tree</strong>", "A tall plant."]


def test_figure_keeps_description_and_caption() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><figure><img src=x alt='Oak in a street'><figcaption>Figure 1</figcaption></figure>"
        ),
        "x.html",
    )
    assert draft.blocks[1].kind == "figure"
    assert draft.blocks[1].html == "Oak in a street<br>Figure 1"


def test_title_of_the_window_where_no_heading_names_the_page() -> None:
    draft = draft_of(
        page("<h2>Aims</h2><p>x y</p><h2>Means</h2>", "<title>Tree policy | Council</title>"),
        "x.html",
    )
    assert title(draft) == "Tree policy"
    assert "title of the page" in messages(draft)


def test_encodings() -> None:
    latin = page("<h1>Bäume</h1><p>Größe</p>", '<meta charset="iso-8859-1">').encode("cp1252")
    assert title(draft_of(latin, "x.html")) == "Bäume"
    wide = page("<h1>Bäume</h1><p>Größe</p>").encode("utf-16")
    assert title(draft_of(wide, "x.html")) == "Bäume"


def test_elements_nested_too_deeply_are_refused_with_a_sentence() -> None:
    with pytest.raises(ImportRefused, match="nested too deeply"):
        draft_of(page("<div>" * 400 + "text"), "x.html")


def test_nothing_dangerous_comes_through() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><p onclick=alert(1)>a<img src=x onerror=alert(1) alt='<script>alert(1)</script>'>"
            "<a href='jav&#x09;ascript:alert(1)'>b</a><svg><script>alert(1)</script></svg></p>"
            "<table><tr><td style='x' onclick=y>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table>"
        ),
        "x.html",
    )
    html = "".join(block.html for block in draft.blocks)
    assert "<script" not in html and "onclick" not in html and "javascript" not in html.lower()


def test_text_of_all_blocks_is_there() -> None:
    assert block_with(draft_of(page("<h1>T</h1>loose <b>text</b>"), "x.html"), "loose text")


def test_number_on_a_line_of_its_own_belongs_to_the_next() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><p class='title-article-norm'>Article 2</p><p class='stitle-article-norm'>Scope</p>"
            "<div class=norm><span class=no-parag>1.</span><div class=norm>Trees count.</div></div>"
            "<div><div><span>(a)</span></div><div><p>tall ones;</p></div></div>"
        ),
        "x.html",
    )
    assert outline(draft) == [
        ("heading", 1, "Article 2", "Scope"),
        ("paragraph", 0, "1.", "Trees count."),
        ("item", 1, "(a)", "tall ones;"),
    ]


def test_number_of_a_regulation_with_its_first_paragraph() -> None:
    draft = draft_of(
        page(
            "<h1>T</h1><p><span class=LegP1No>1.</span>—(1) These Regulations come into force.</p>"
        ),
        "x.html",
    )
    assert outline(draft) == [("paragraph", 0, "1.—(1)", "These Regulations come into force.")]


def test_bold_lines_of_a_word_processor_are_headings() -> None:
    section = "<p><b>{0}</b></p><p>Trees are kept as long as they live, says {0}.</p>"
    body = "".join(section.format(name) for name in ("Aims", "Scope", "Costs"))
    draft = draft_of(f"<html><body><h1>Trees</h1>{body}</body></html>", "x.html")
    assert [block.kind.value for block in draft.blocks[1:]] == ["heading", "paragraph"] * 3
    assert "3 lines in bold type" in messages(draft)


def test_contents_of_a_word_processor_are_left_out() -> None:
    links = "".join(f"<p><a href='#t{n}'>Chapter {n}</a> {n}</p>" for n in range(1, 5))
    body = f"<h1>Trees</h1><div id='Table of Contents1'><p>Contents</p>{links}</div><p>Text.</p>"
    draft = draft_of(f"<html><body>{body}</body></html>", "x.html")
    assert [block.text for block in draft.blocks] == ["Trees", "Text."]


def test_name_of_a_file_describes_no_picture() -> None:
    image = "<img src='images/oak-01.png' alt='images/oak-01.png'>"
    draft = draft_of(f"<html><body><h1>Trees</h1><p>Text.</p>{image}</body></html>", "x.html")
    assert all("oak" not in block.text for block in draft.blocks)
