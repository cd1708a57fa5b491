import pytest

from consult.importing import ImportRefused
from tests.importing.reading import block_with, draft_of, messages, outline, title
from tests.importing.word_files import HEADINGS, MAIN, listed, number, p, packed, pattern, word_file


def word(body: str, **parts: str):  # type: ignore[no-untyped-def]
    return draft_of(
        word_file(p("Tree policy", "Title") + body, styles=parts.pop("styles", HEADINGS), **parts),
        "x.docx",
    )


def test_headings_by_name_base_and_outline() -> None:
    draft = word(
        p("One", "berschrift1") + p("Two", "Mine") + p("Three", "Outlined") + p("Text", "Normal")
    )
    assert title(draft) == "Tree policy" and draft.format == "docx"
    assert [row[:2] for row in outline(draft)] == [
        ("heading", 1),
        ("heading", 2),
        ("heading", 3),
        ("paragraph", 0),
    ]


def test_marks_breaks_and_links() -> None:
    draft = word(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r><w:r><w:t xml:space='preserve'> and </w:t>"
        "</w:r><w:r><w:rPr><w:i/></w:rPr><w:t>slanted</w:t><w:br/><w:t>line</w:t></w:r>"
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>"
        "<w:hyperlink r:id='rId9'><w:r><w:t>web</w:t></w:r></w:hyperlink>"
        "<w:hyperlink r:id='rId8'><w:r><w:t>bad</w:t></w:r></w:hyperlink></w:p>",
        links="rId9=https://example.org/ rId8=javascript:alert(1)",
    )
    assert draft.blocks[1].html == (
        '<strong>Bold</strong> and <em>slanted<br>line</em>²<a href="https://example.org/"'
        ' rel="nofollow ugc noopener noreferrer">web</a>bad'
    )
    assert "1 link without" in messages(draft)


def test_tracked_changes_are_accepted() -> None:
    draft = word(
        "<w:p><w:r><w:t>Trees </w:t></w:r><w:del><w:r><w:delText>die</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>live</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>"
    )
    assert draft.blocks[1].text == "Trees live"
    said = messages(draft)
    assert "Tracked changes were accepted: 1 insertion was kept." in said
    assert "Tracked changes were accepted: 2 deletions were left out." in said


def test_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    draft = word(p("Trees ", extra="<w:rPr><w:del/></w:rPr>") + p("live."))
    assert [block.text for block in draft.blocks[1:]] == ["Trees live."]


def test_comments_in_the_margin_are_told_but_never_shown() -> None:
    draft = word(
        "<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:commentReference w:id='1'/></w:r></w:p>",
        comments=f"<w:comment w:id='1'>{p('the minister hates this')}</w:comment>",
    )
    assert "minister" not in "".join(block.text for block in draft.blocks)
    said = "paragraph 2: A comment in the margin was left out: “the minister hates this”"
    assert messages(draft) == said


def test_hidden_text_goes() -> None:
    draft = word(
        "<w:p><w:r><w:t>Seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> not seen</w:t></w:r></w:p>"
    )
    assert draft.blocks[1].text == "Seen"
    assert "2 hidden words were left out" in messages(draft)


def field(code: str, result: str) -> str:
    return (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>{result}</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


def test_fields_show_their_result() -> None:
    draft = word(
        f"<w:p><w:r><w:t xml:space='preserve'>See </w:t></w:r>{field('REF _a', 'section 2')}"
        f"{field('HYPERLINK &quot;https://example.org/&quot;', 'there')}"
        "<w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>"
    )
    assert draft.blocks[1].text == "See section 2there7"
    assert 'href="https://example.org/"' in draft.blocks[1].html


def test_field_that_never_ends_swallows_nothing() -> None:
    draft = word("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>" + p("All of the text."))
    assert block_with(draft, "All of the text.")


def test_table_of_contents_goes_with_its_heading() -> None:
    draft = word(
        p("Contents") + p("Aims\t3", "TOC1") + p("Means\t4", "TOC1") + p("Aims", "berschrift1")
    )
    assert [block.text for block in draft.blocks[1:]] == ["Aims"]
    assert "table of contents" in messages(draft)


def test_notes() -> None:
    draft = word(
        "<w:p><w:r><w:t>One</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>, two</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='3'/></w:r></w:p>" + p("Next."),
        footnotes="<w:footnote w:type='separator' w:id='0'/><w:footnote w:id='2'>"
        + p("First.")
        + "</w:footnote><w:footnote w:id='3'>"
        + p("Second,")
        + p("longer.")
        + "</w:footnote>",
    )
    assert outline(draft) == [
        ("paragraph", 0, "", "One, two"),
        ("note", 0, "1", "First."),
        ("note", 0, "2", "Second, longer."),
        ("paragraph", 0, "", "Next."),
    ]
    assert draft.blocks[1].html == 'One<sup class="note">1</sup>, two<sup class="note">2</sup>'


def cell(text: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"


def test_table_with_spans_and_head() -> None:
    draft = word(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("Tree")
        + cell("Size", "<w:gridSpan w:val='2'/>")
        + "</w:tr><w:tr>"
        + cell("Oak", "<w:vMerge w:val='restart'/>")
        + cell("20")
        + cell("m")
        + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>")
        + cell("30")
        + cell("m")
        + "</w:tr></w:tbl>"
    )
    assert draft.blocks[1].html == (
        '<table><thead><tr><th scope="col">Tree</th><th scope="col" colspan="2">Size</th></tr></thead>'
        '<tbody><tr><td rowspan="2">Oak</td><td>20</td><td>m</td></tr><tr><td>30</td><td>m</td></tr>'
        "</tbody></table>"
    )


def test_numbers_and_notes_in_cells_are_not_lost() -> None:
    draft = word(
        "<w:tbl><w:tr>"
        + cell("Tree")
        + f"<w:tc>{p('counted', extra=listed(1))}{p('again', extra=listed(1))}</w:tc></w:tr><w:tr>"
        + cell("Elm")
        + "<w:tc><w:p><w:r><w:t>x</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p></w:tc>"
        "</w:tr></w:tbl>",
        numbering=pattern(1, "lowerLetter|(%1)") + number(1, 1),
        footnotes=f"<w:footnote w:id='2'>{p('Rare.')}</w:footnote>",
    )
    assert "<p>(a) counted</p><p>(b) again</p>" in draft.blocks[1].html
    assert outline(draft)[1] == ("note", 0, "1", "Rare.")


def test_box_around_text_is_text() -> None:
    draft = word(f"<w:tbl><w:tr><w:tc>{p('One.')}{p('Two.')}</w:tc></w:tr></w:tbl>")
    assert [block.kind for block in draft.blocks[1:]] == ["paragraph", "paragraph"]


def test_alternatives_are_read_once_and_boxes_stand_behind() -> None:
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    draft = word(
        "<w:p><w:r><w:t>Before.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [block.text for block in draft.blocks[1:]] == ["Before.", "In the box."]


def test_boxes_anchored_before_the_first_word_stand_ahead() -> None:
    side = p("Section 4", run="<w:b/>")
    box = f"<w:pict><v:textbox><w:txbxContent>{side}</w:txbxContent></v:textbox></w:pict>"
    draft = word(f"<w:p><w:r>{box}</w:r><w:r><w:t>Trees are kept.</w:t></w:r></w:p>{p('Always.')}")
    assert outline(draft) == [
        ("paragraph", 0, "", "Section 4"),
        ("paragraph", 0, "", "Trees are kept."),
        ("paragraph", 0, "", "Always."),
    ]


def test_pictures_leave_their_description() -> None:
    draft = word(
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='Picture 1' descr='An oak'/><pic:pic/>"
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    assert outline(draft) == [("figure", 0, "", "An oak")]
    assert "paragraph 2: A picture is not in the file" in messages(draft)


def test_content_controls_and_smart_tags_are_read() -> None:
    draft = word(
        f"<w:sdt><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
        "<w:p><w:smartTag><w:r><w:t>Tagged </w:t></w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t>inline"
        "</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert [block.text for block in draft.blocks[1:]] == ["In a control.", "Tagged inline"]


def test_headers_and_footers_are_left_out_and_counted() -> None:
    draft = word(p("Text."), header=p("Draft 3"), footer=p("Page"))
    assert "3 words of page headers and footers were left out" in messages(draft)


def test_strict_form_of_the_standard() -> None:
    plain = word_file(
        p("Tree policy", "Title") + p("Aims", "berschrift1") + p("Text."), styles=HEADINGS
    )
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    draft = draft_of(packed({n: text.replace(MAIN, strict) for n, text in files.items()}), "x.docx")
    assert [block.kind for block in draft.blocks] == ["title", "heading", "paragraph"]


def test_typed_numbers_and_bullets() -> None:
    draft = word(p("1.1\tTrees live.") + p("(a)\tlong") + p("•\tgreen") + p("2016 was dry."))
    assert [row[:3] for row in outline(draft)] == [
        ("paragraph", 0, "1.1"),
        ("item", 1, "(a)"),
        ("item", 2, ""),
        ("paragraph", 0, ""),
    ]


def test_headings_by_look_where_there_are_no_styles() -> None:
    large = '<w:b/><w:sz w:val="36"/>'
    body = p("Street trees", run='<w:sz w:val="48"/>', extra='<w:jc w:val="center"/>')
    for name in ("Aims", "Means"):
        body += p(name, run=large) + p(f"{name} of the policy are many and good. " * 4)
        body += p(f"More on {name}", run="<w:b/>") + p("They are laid down at length here. " * 4)
    draft = draft_of(word_file(body), "x.docx")
    assert title(draft) == "Street trees"
    assert [(r[1], r[3]) for r in outline(draft) if r[0] == "heading"] == [
        (1, "Aims"),
        (2, "More on Aims"),
        (1, "Means"),
        (2, "More on Means"),
    ]
    said = "1 line in bold or larger type was read as a heading."
    assert [str(f) for f in draft.findings[1:]] == [f"paragraph {n}: {said}" for n in (2, 4, 6, 8)]


def test_style_of_headings_used_for_clauses_is_text() -> None:
    body = "".join(
        p(f"The council shall plant {n} trees in every street of the town.", "H2") for n in range(4)
    )
    draft = word(p("Planting", "berschrift1") + body)
    assert [block.kind for block in draft.blocks] == ["title", "heading", *["paragraph"] * 4]
    assert "heading 2" in messages(draft)


def test_quotations_and_language() -> None:
    styles = HEADINGS + (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='cy-GB'/></w:rPr></w:rPrDefault></w:docDefaults>"
    )
    draft = word(p("Said the minister.", "Quote"), styles=styles)
    assert outline(draft) == [("quotation", 0, "", "Said the minister.")]
    assert draft.language == "cy-GB"


def test_declarations_of_entities_are_refused() -> None:
    files = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{MAIN}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>',
    }
    with pytest.raises(ImportRefused, match="no word processor writes"):
        draft_of(packed(files), "x.docx")


def test_file_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(ImportRefused, match="unpacks to more"):
        draft_of(word_file(p("x" * 90_000_000)), "x.docx")


def test_truncated_file_is_refused() -> None:
    whole = word_file(p("Text"))
    with pytest.raises(ImportRefused, match="damaged"):
        draft_of(whole[: len(whole) // 2], "x.docx")


def test_head_that_the_style_of_a_table_makes() -> None:
    styles = HEADINGS + (
        "<w:style w:type='table' w:styleId='Grid'><w:name w:val='Grid'/><w:tblStylePr w:type='firstRow'>"
        "<w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>"
    )
    rows = f"<w:tr>{cell('Tree')}{cell('m')}</w:tr><w:tr>{cell('Oak')}{cell('20')}</w:tr>"
    head = "<w:tblPr><w:tblStyle w:val='Grid'/><w:tblLook w:val='04A0'/></w:tblPr>"
    assert (
        '<th scope="col">Tree</th>'
        in word(f"<w:tbl>{head}{rows}</w:tbl>", styles=styles).blocks[1].html
    )
    assert "<th" not in word(f"<w:tbl>{rows}</w:tbl>", styles=styles).blocks[1].html


def test_language_of_text_from_right_to_left() -> None:
    styles = HEADINGS + (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='en-US' w:bidi='ar-SA'/></w:rPr></w:rPrDefault>"
        "</w:docDefaults>"
    )
    body = "".join(p("نص عن الأشجار", extra="<w:bidi/>") for _ in range(3))
    assert word(body, styles=styles).language == "ar-SA"
