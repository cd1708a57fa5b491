"""Akoma Ntoso, USLM and the Federal Register's XML: what their elements become."""

import pytest

from consult.blocks.blocks import ImportRefused
from tests.importing.reading import block_with, draft_of, messages, outline, title

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
AKN2 = "http://www.akomantoso.org/2.0"


def act(body: str, preface: str = "", namespace: str = AKN) -> str:
    return (
        f'<akomaNtoso xmlns="{namespace}"><act><meta><identification><FRBRExpression>'
        '<FRBRlanguage language="eng"/></FRBRExpression></identification></meta>'
        f"<preface>{preface}</preface><body>{body}</body></act></akomaNtoso>"
    )


SECTION = """
<part><num>PART I</num><heading>Planting</heading>
 <section><num>1.</num><heading>Duty</heading>
  <subsection><num>(1)</num><list><intro><p>A town—</p></intro>
   <point><num>(a)</num><content><p>shall plant; and</p></content></point>
   <point><num>(b)</num><list><intro><p>shall keep</p></intro>
     <point><num>(i)</num><content><p>oaks;</p></content></point>
     <point><num>(ii)</num><content><p>ashes.</p></content></point></list></point>
   <wrapUp><p>as it can.</p></wrapUp></list></subsection>
 </section></part>
<part><num>PART II</num><article><num>Article 12-bis</num>
 <content><p>Fees<authorialNote marker="*"><p>If any.</p></authorialNote> are low.</p></content>
 </article></part>
"""


@pytest.mark.parametrize("namespace", [AKN, AKN2])
def test_hierarchy_numbers_and_notes_of_akoma_ntoso(namespace: str) -> None:
    draft = draft_of(act(SECTION, "<p><docTitle>Trees Act</docTitle></p>", namespace), "x.xml")
    assert draft.format == "akomantoso" and draft.language == "en" and title(draft) == "Trees Act"
    assert outline(draft) == [
        ("heading", 1, "PART I", "Planting"),
        ("heading", 2, "1.", "Duty"),
        ("item", 1, "(1)", "A town—"),
        ("item", 2, "(a)", "shall plant; and"),
        ("item", 2, "(b)", "shall keep"),
        ("item", 3, "(i)", "oaks;"),
        ("item", 3, "(ii)", "ashes."),
        ("paragraph", 0, "", "as it can."),
        ("heading", 1, "", "PART II"),
        ("paragraph", 0, "Article 12-bis", "Fees are low."),
        ("note", 0, "*", "If any."),
    ]


@pytest.mark.parametrize(
    ("under_the_number", "read"),
    [
        (
            "<heading>Fees</heading><paragraph><num>1.</num><content><p>Pay.</p></content></paragraph>",
            [("heading", 1, "Schedule 2", "Fees"), ("paragraph", 0, "1.", "Pay.")],
        ),
        ("<content><p>Pay.</p></content>", [("paragraph", 0, "Schedule 2", "Pay.")]),
    ],
)
def test_a_note_called_by_a_number_is_a_note_and_no_part_of_the_number(
    under_the_number: str, read: list[tuple[str, int, str, str]]
) -> None:
    number = "<num>Schedule<authorialNote><p>Article 3(1)</p></authorialNote> 2</num>"
    body = f'<hcontainer name="schedule">{number}{under_the_number}</hcontainer>'
    title = "<p><docTitle>Trees Act</docTitle></p>"
    blocks = outline(draft_of(act(body, title), "x.akn"))
    note = blocks.index(("note", 0, "1", "Article 3(1)"))
    assert blocks[:note] + blocks[note + 1 :] == read


def test_a_note_called_by_a_number_with_nothing_under_it_is_kept() -> None:
    number = "<num>Schedule 2<authorialNote><p>Article 3(1)</p></authorialNote></num>"
    draft = draft_of(act(f"<section>{number}</section><section><p>Pay.</p></section>"), "x.akn")
    assert block_with(draft, "Article 3(1)")


def test_what_was_done_and_its_day_are_two_words() -> None:
    made = '<block name="madeDate"><span>Made</span><docDate date="2025-06-01">1st June</docDate></block>'
    assert block_with(draft_of(act("<p>Pay.</p>", made), "x.akn"), "Made").text == "Made 1st June"


def test_number_without_text_of_its_own_goes_to_the_first_item() -> None:
    body = (
        "<section><num>3</num><subsection><num>(1)</num><content><p>Pay.</p></content></subsection>"
        "<subsection><num>(2)</num><content><p>Now.</p></content></subsection></section>"
    )
    assert [b.label for b in draft_of(act(body), "x.akn").blocks[1:]] == ["3 (1)", "(2)"]


def test_quoted_law_tables_references_and_marks_of_akoma_ntoso() -> None:
    body = """<section><num>4.</num><heading>Words</heading><content>
      <p>For <quotedText>elm</quotedText> <b>read</b> <ref href="/act/1">ash</ref>
         <ref href="https://example.org/x">here</ref>.</p>
      <p><mod><quotedStructure><section><num>9.</num><heading>Ash</heading></section>
         </quotedStructure></mod></p>
      <table><caption>Fees</caption><tr><th><p>Tree</p></th><th><p>Fee</p></th></tr>
        <tr><td><p>Oak</p></td><td><p>1</p></td></tr></table></content></section>"""
    draft = draft_of(act(body), "x.akn")
    assert block_with(draft, "read").html.startswith("For elm <strong>read</strong> ash <a href=")
    assert block_with(draft, "Ash").kind == "quotation"
    assert "<caption>Fees</caption><thead><tr><th" in block_with(draft, "Oak").html
    assert "1 link without a complete web address" in messages(draft)


def test_lists_of_contents_and_what_says_something_about_the_file_are_no_text() -> None:
    toc = '<toc><tocItem level="1">Aims</tocItem></toc>'
    draft = draft_of(act(f"{toc}<section><content><p>Text.</p></content></section>"), "x.akn")
    assert [block.text for block in draft.blocks[1:]] == ["Text."]


def test_bold_lines_are_headings_where_the_file_marks_none() -> None:
    body = "".join(
        f"<p><b>Part {n}</b></p><p>{n}.1 Some long enough sentence about trees.</p>"
        for n in (1, 2, 3)
    )
    draft = draft_of(act(body, "<p><docTitle>Trees</docTitle></p>"), "x.akn")
    assert [(b.kind.value, b.label) for b in draft.blocks[1:5]] == [
        ("heading", ""),
        ("paragraph", "1.1"),
        ("heading", ""),
        ("paragraph", "2.1"),
    ]
    assert "bold type" in messages(draft)


RULE = """<rule xmlns="http://schemas.gpo.gov/xml/uslm" xmlns:dc="http://purl.org/dc/elements/1.1/">
<meta><dc:title>Federal Register</dc:title></meta>
<preface><organization>OFFICE OF TREES</organization><subject>Street Trees
</subject><action><actionDescription><headingText>ACTION:</headingText> Proposed.</actionDescription>
</action></preface>
<main><rulePreamble><statement role="summary"><content><heading>SUMMARY:</heading>
<p>Trees take up CO<inline class="-gpo-grid-5-2">2</inline>.<ref id="c1" idref="n1">1</ref> See
 <inline class="-gpo-grid-0-3">ibid.</inline></p>
<footnote id="n1"><content><p><ref idref="c1">1</ref> As measured.</p></content></footnote>
<heading style="-uslm-sgm:HD1">I. Shade</heading><p>• Oak</p><p>• Ash</p>
<heading style="-uslm-sgm:HD2">A. Depth</heading><p>Deep.</p>
</content></statement></rulePreamble></main></rule>"""


def test_rule_in_uslm() -> None:
    draft = draft_of(RULE, "x.xml")
    assert draft.format == "uslm" and title(draft) == "Street Trees"
    assert outline(draft) == [
        ("paragraph", 0, "", "OFFICE OF TREES"),
        ("paragraph", 0, "", "ACTION: Proposed."),
        ("heading", 1, "", "SUMMARY:"),
        ("paragraph", 0, "", "Trees take up CO2. See ibid."),
        ("note", 0, "1", "As measured."),
        ("heading", 2, "I.", "Shade"),
        ("item", 1, "", "Oak"),
        ("item", 1, "", "Ash"),
        ("heading", 3, "A.", "Depth"),
        ("paragraph", 0, "", "Deep."),
    ]
    assert "CO<sub>2</sub>." in draft.blocks[4].html and "<em>ibid.</em>" in draft.blocks[4].html


def test_notes_of_a_table_in_uslm_that_come_before_their_calls() -> None:
    draft = draft_of(
        '<rule xmlns="http://schemas.gpo.gov/xml/uslm" xmlns:h="http://www.w3.org/1999/xhtml">'
        "<preamble><subject>Trees</subject></preamble><section><heading>Costs</heading><h:table>"
        '<h:tfoot><h:tr><h:td><footnote id="n1"><content><ref idref="c1">a</ref> In all.</content>'
        '</footnote></h:td></h:tr></h:tfoot><h:tbody><h:tr><h:td>Oak<ref idref="n1">a</ref></h:td>'
        "<h:td>5</h:td></h:tr></h:tbody></h:table></section></rule>",
        "x.xml",
    )
    assert outline(draft)[1:] == [("table", 0, "", "Oak 5"), ("note", 0, "a", "In all.")]


def test_law_in_uslm() -> None:
    draft = draft_of(
        '<lawDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><meta/><main><title><num>TITLE I—</num>'
        "<heading>Trees</heading><section><num>§ 101.</num><heading>Short title</heading><chapeau>In"
        " this title—</chapeau><paragraph><num>(1)</num><content>oak;</content></paragraph>"
        "<continuation>and so on.</continuation></section></title></main></lawDoc>",
        "x.xml",
    )
    assert title(draft) == "TITLE I Trees"
    assert outline(draft) == [
        ("heading", 1, "§ 101.", "Short title"),
        ("paragraph", 0, "", "In this title—"),
        ("item", 1, "(1)", "oak;"),
        ("paragraph", 0, "", "and so on."),
    ]


def test_proposed_rule_of_the_federal_register() -> None:
    draft = draft_of(
        """<?xml version="1.0"?><PRORULE><PREAMB><PRTPAGE P="1"/><AGENCY>TREES</AGENCY>
        <SUBJECT>Street Trees</SUBJECT></PREAMB><SUPLINF><HD SOURCE="HED">INFORMATION:</HD>
        <HD SOURCE="HD1">I. Shade</HD><P>Cool.<SU>1</SU> <E T="03">Very.</E></P>
        <FTNT><P><SU>1</SU> Measured.</P></FTNT>
        <GPOTABLE><TTITLE>Cost</TTITLE><BOXHD><CHED H="1">Tree</CHED><CHED H="1">Cost</CHED>
        <CHED H="2">Low</CHED><CHED H="2">High</CHED></BOXHD><ROW><ENT>Oak</ENT><ENT>1</ENT>
        <ENT>2</ENT></ROW></GPOTABLE>
        <REGTEXT><SECTION><SECTNO>§ 20.1</SECTNO><SUBJECT>Definitions.</SUBJECT>
        <P>(a) Tree.</P></SECTION></REGTEXT></SUPLINF></PRORULE>""",
        "x.xml",
    )
    assert draft.format == "federalregister" and title(draft) == "Street Trees"
    assert [row for row in outline(draft) if row[0] != "table"] == [
        ("paragraph", 0, "", "TREES"),
        ("heading", 1, "", "INFORMATION:"),
        ("heading", 2, "I.", "Shade"),
        ("paragraph", 0, "", "Cool. Very."),
        ("note", 0, "1", "Measured."),
        ("heading", 4, "§ 20.1", "Definitions."),
        ("item", 1, "(a)", "Tree."),
    ]
    assert (
        '<tr><th scope="col" rowspan="2">Tree</th><th scope="col" colspan="2">Cost</th></tr>'
        '<tr><th scope="col">Low</th><th scope="col">High</th></tr></thead>'
    ) in block_with(draft, "Oak").html


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + act("<p>&x;</p>"),
        act("<section>" * 300 + "<p>x</p>"),
        act("<section><p>x</p>"),
        '<akomaNtoso xmlns="x"/>',
    ],
)
def test_hostile_and_damaged_xml_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        draft_of(text, "x.xml")
    assert str(refused.value).endswith(".") and str(refused.value).count(". ") == 0
