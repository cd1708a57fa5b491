"""What a reader of a Word file sees comes out right, or is told with its place and its words."""

import pytest

from consult.importing import Draft
from tests.importing.reading import draft_of, messages, outline
from tests.importing.word_files import (
    HEADINGS,
    field,
    listed,
    number,
    p,
    pattern,
    runs,
    with_pictures,
    word_file,
)


def word(body: str, **parts: str) -> Draft:
    parts.setdefault("styles", HEADINGS)
    return draft_of(word_file(p("Tree policy", "Title") + body, **parts), "x.docx")


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in word(body, **parts).blocks[1:]]


def math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def mr(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def part(name: str, text: str) -> str:
    return f"<m:{name}>{mr(text)}</m:{name}>"


FRACTION = math(f"<m:f>{part('num', '3')}{part('den', '4')}</m:f>")


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<m:f>{part('num', '3')}{part('den', '4')}</m:f>", "3/4"),
        (f"<m:f>{part('num', 'a+b')}{part('den', '2c')}</m:f>", "(a+b)/2c"),
        (f"<m:sSup>{part('e', 'r')}{part('sup', '2')}</m:sSup>", "r²"),
        (f"<m:sSup>{part('e', '10')}{part('sup', '-6')}</m:sSup>", "10⁻⁶"),
        (f"<m:sSup>{part('e', '2')}{part('sup', 'x+1')}</m:sSup>", "2^(x+1)"),
        (f"<m:sSub>{part('e', 'C')}{part('sub', '1')}</m:sSub>", "C₁"),
        (f"<m:sSub>{part('e', 'C')}{part('sub', 'max')}</m:sSub>", "C_max"),
        (f"<m:sSubSup>{part('e', 'x')}{part('sub', '1')}{part('sup', '2')}</m:sSubSup>", "x₁²"),
        (
            f"<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/>{part('e', 'a+b')}</m:rad>",
            "√(a+b)",
        ),
        (f"<m:rad>{part('deg', '3')}{part('e', '8')}</m:rad>", "∛(8)"),
        (
            "<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>"
            f"{part('sub', 'i=1')}{part('sup', 'n')}{part('e', 'x')}</m:nary>",
            "∑_(i=1)ⁿ x",
        ),
        (f"<m:d>{part('e', 'a')}{part('e', 'b')}</m:d>", "(a|b)"),
        (
            f"<m:d><m:e><m:f><m:fPr><m:type m:val='noBar'/></m:fPr>{part('num', 'n')}"
            f"{part('den', 'k')}</m:f></m:e></m:d>",
            "(n¦k)",
        ),
        (f"<m:m><m:mr>{part('e', '1')}{part('e', '2')}</m:mr></m:m>", "1, 2"),
        (f"<m:unheardOf>{part('e', '7')}</m:unheardOf>", "7"),
    ],
)
def test_equation_is_written_on_one_line(inner: str, text: str) -> None:
    draft = word(runs("The share is ", math(inner), "."))
    assert draft.blocks[1].text == f"The share is {text}."
    said = (
        f"paragraph 2: An equation was written on one line: “{text}”. Compare it with the original."
    )
    assert messages(draft) == ("" if text == "7" else said)


def test_fraction_never_runs_into_figures_beside_it() -> None:
    eq = field("EQ \\f(3,4)")
    assert texts(runs("1", FRACTION, "2 and 1", eq, "2 and (", FRACTION, ")")) == [
        "1 3/4 2 and 1 3/4 2 and (3/4)"
    ]


def test_equations_stand_everywhere_and_deep_ones_do_no_harm() -> None:
    body = f"<m:oMathPara>{FRACTION}</m:oMathPara><w:tbl><w:tr><w:tc>{runs(FRACTION)}</w:tc><w:tc>"
    body += f"{p('x')}</w:tc></w:tr><w:tr><w:tc>{p('y')}</w:tc><w:tc>{p('z')}</w:tc></w:tr></w:tbl>"
    assert texts(body) == ["3/4", "3/4 x y z"]
    deep = mr("7")
    for _level in range(100):
        deep = f"<m:f><m:num>{deep}</m:num>{part('den', '2')}</m:f>"
    draft = word(runs("A ", math(deep)))
    assert "7" in draft.blocks[1].text and "An equation" in messages(draft)


def sign(font: str, code: str) -> str:
    return f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>"


SYMBOL = "<w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/>"


def test_signs_are_those_that_their_font_shows() -> None:
    assert texts(
        runs("50 ", sign("Symbol", "F06D"), "g, ", sign("Symbol", "0061"), sign("Symbol", "F0A3"))
        + runs(
            "Done: ", sign("Wingdings", "F0FC"), sign("Wingdings 2", "F052"), sign("Arial", "00BD")
        )
        + runs("40 ", f"<w:r><w:rPr>{SYMBOL}</w:rPr><w:t>m</w:t></w:r>", "g")
        + runs("30 ", f"<w:r><w:rPr>{SYMBOL}</w:rPr><w:t>\uf06d</w:t></w:r>", "g")
    ) == ["50 μg, α≤", "Done: ✓☑½", "40 μg", "30 μg"]


def test_sign_that_nobody_can_tell_is_told() -> None:
    draft = word(runs("Level ", sign("Acme Icons", "F041")) + p("Level \uf0c3."))
    assert [block.text for block in draft.blocks[1:]] == ["Level \ufffd", "Level \ufffd."]
    said = messages(draft)
    assert "paragraph 2: Nobody can tell what the sign F041 of the font “Acme Icons” shows" in said
    assert "paragraph 3: Nobody can tell what the sign F0C3 shows" in said
    draft = word(runs("Level ", sign("Times New Roman", "F041")))
    assert draft.blocks[1].text == "Level A"
    assert "The sign F041 of the font “Times New Roman” was read as “A”" in messages(draft)


DROP_DOWN = (
    "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='no'/><w:listEntry w:val='yes'/>"
)
DROP_DOWN += "</w:ddList></w:ffData>"
BOX = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"


@pytest.mark.parametrize(
    ("inner", "text", "told"),
    [
        (field("SYMBOL 147 \\* MERGEFORMAT"), "“", False),
        (field('SYMBOL 109 \\f "Symbol"'), "μ", False),
        (field("EQ \\f(3,4)"), "3/4", True),
        (field("EQ \\s\\up8(2)"), "²", True),
        (field("EQ \\r(3,x)"), "∛(x)", True),
        (field("SEQ Table \\* ARABIC", ""), "1", True),
        (field("SEQ Table \\* ROMAN"), "I", True),
        (field("AUTONUM"), "1.", True),
        (field("LISTNUM NumberDefault \\l 4"), "(1)", True),
        (field("FORMDROPDOWN", None, DROP_DOWN), "yes", False),
        (field("FORMCHECKBOX", None, BOX), "☑", False),
        (field("MACROBUTTON Nothing [write here]"), "[write here]", False),
        (field("REF aims"), "the aims", True),
        (field("REF aims", "as stored"), "as stored", False),
        ("<w:fldSimple w:instr='SEQ Table'/>", "1", True),
    ],
)
def test_field_without_result_is_worked_out(inner: str, text: str, told: bool) -> None:
    marked = (
        "<w:p><w:bookmarkStart w:id='7' w:name='aims'/><w:r><w:t>the aims</w:t></w:r>"
        "<w:bookmarkEnd w:id='7'/></w:p>"
    )
    draft = word(runs("See ", inner, " there.") + marked)
    assert draft.blocks[1].text == f"See {text} there."
    assert messages(draft).startswith(f"paragraph 2: “{text}” was worked out" if told else "")
    assert bool(draft.findings) == told


@pytest.mark.parametrize("code", ["DOCPROPERTY Owner", "EQ \\o(a,b)", "STYLEREF 1", "REF gone"])
def test_field_that_nobody_can_work_out_is_told(code: str) -> None:
    for stored in (None, ""):
        draft = word(runs("See ", field(code, stored), " there."))
        assert draft.blocks[1].text == "See there."
        assert f"paragraph 2: The file does not hold what a field shows here: “{code}”" in messages(
            draft
        )


def test_fields_that_show_nothing_are_not_told() -> None:
    shown = "".join(
        field(code) for code in ("SET a 1", "XE word", "TC &quot;Aims&quot;", "FORMTEXT")
    )
    draft = word(runs("See ", shown, "there."))
    assert draft.blocks[1].text == "See there." and not draft.findings


def test_numbers_in_fields_count_with_those_of_the_list() -> None:
    numbering = pattern(1, "decimal|%1.", "decimal|(%2)").replace(
        "<w:lvl w:ilvl='0'>", "<w:lvl w:ilvl='0'>", 1
    )
    numbering = numbering.replace('"1">', '"1"><w:name w:val="Clauses"/>', 1) + number(1, 1)
    draft = word(
        runs("—", field("LISTNUM Clauses \\l 2"), " Trees live.", extra=listed(1))
        + p("They grow.", extra=listed(1, 1))
        + p("They fall.", extra=listed(1, 1)),
        numbering=numbering,
    )
    assert [block.label for block in draft.blocks[1:]] == ["1.—(1)", "(2)", "(3)"]
    assert not draft.findings


def test_captions_count_on_from_what_is_stored() -> None:
    caption = [runs("Table ", field("SEQ Table", stored), ": Fees") for stored in ("", "2", None)]
    assert texts("".join(caption)) == ["Table 1: Fees", "Table 2: Fees", "Table 3: Fees"]


MOVED = "<w:rPr><w:moveFrom w:id='9'/></w:rPr>"


def test_paragraph_that_was_moved_away_takes_no_number() -> None:
    draft = word(
        p("One.", extra=listed(1))
        + runs("<w:moveFrom><w:r><w:t>Two.</w:t></w:r></w:moveFrom>", extra=listed(1) + MOVED)
        + p("Three.", extra=listed(1))
        + runs("<w:moveTo><w:r><w:t>Two.</w:t></w:r></w:moveTo>", extra=listed(1)),
        numbering=pattern(1, "decimal|%1.") + number(1, 1),
    )
    assert [row[2:] for row in outline(draft)] == [("1.", "One."), ("2.", "Three."), ("3.", "Two.")]
    assert len(draft.findings) == 2


KEPT = p("Kept.", extra="<w:rPr><w:del w:id='9'/></w:rPr>")
CELLS = f"<w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>" * 2


def test_sentence_before_a_deleted_mark_stays_where_it_was() -> None:
    assert texts(f"{KEPT}<w:tbl>{CELLS}</w:tbl>{p('After.')}") == ["Kept.", "a b a b", "After."]
    assert texts(p("Before.") + KEPT) == ["Before.", "Kept."]
    row = f"<w:tr><w:tc>{KEPT}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    assert texts(f"<w:tbl>{row}{CELLS}</w:tbl>{p('After.')}") == ["Kept. b a b a b", "After."]
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('Box.')}</w:txbxContent></v:textbox></w:pict></w:r>"
    held = KEPT.replace("</w:p>", f"{box}</w:p>")
    assert texts(held + p("After.")) == ["Box.", "Kept.After."]


def test_large_first_letter_belongs_to_its_paragraph() -> None:
    first = p("T", extra="<w:framePr w:dropCap='drop' w:lines='3'/>")
    assert texts(first + p("he trees live.") + p("Long.")) == ["The trees live.", "Long."]


def test_capitals_are_those_that_are_seen() -> None:
    assert texts(
        runs("Not ", "<w:r><w:rPr><w:caps/></w:rPr><w:t>unless agreed</w:t></w:r>", ".")
    ) == ["Not UNLESS AGREED."]


def test_words_that_nobody_sees_on_paper_are_told() -> None:
    white = "<w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>ask legal</w:t></w:r>"
    tiny = "<w:r><w:rPr><w:sz w:val='2'/></w:rPr><w:t>tiny</w:t></w:r>"
    said = messages(word(runs("Seen. ", white) + runs("Seen. ", tiny)))
    assert "paragraph 2: Look whether these words belong here" in said and "“ask legal”" in said
    assert "paragraph 3: Look" in said and "“tiny”" in said
    dark = "<w:tcPr><w:shd w:fill='000080'/></w:tcPr>"
    cells = f"<w:tr><w:tc>{dark}{runs(white)}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    assert messages(word(f"<w:tbl>{cells}{CELLS}</w:tbl>")) == ""


def test_raised_figures_never_read_as_others() -> None:
    up = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>{}</w:t></w:r>"
    down = up.replace("super", "sub")
    draft = word(
        runs("10", up.format("6"), " people on 5 km", up.format("2"), ", the 1", up.format("st"))
        + runs("CO", down.format("2"), ", log", down.format("10"), "2, 1", up.format("3"), "/")
        + runs("1", up.format("3"), "/", down.format("4"), ", 10", up.format("2.5"))
    )
    assert [block.text for block in draft.blocks[1:]] == [
        "10⁶ people on 5 km², the 1st",
        "CO2, log₁₀2, 1³/",
        "1³/₄, 10².⁵",
    ]
    assert "CO<sub>2</sub>" in draft.blocks[2].html and "1<sup>st</sup>" in draft.blocks[1].html


RUN = "<w:r><w:t>Sprat</w:t></w:r>"
ELEMENTS = ["w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:subDoc", "w:ins", "w:moveTo", "x:tag"]
ELEMENTS += ["w:fldSimple", "w:hyperlink", "w:ruby", "w:object", "w:pict", "w:drawing", "m:oMath"]
ELEMENTS += [
    "mc:AlternateContent",
    "wps:txbx",
    "w:control",
    "w:del",
    "w:moveFrom",
    "a:p",
    "w:unheardOf",
]


@pytest.mark.parametrize("name", ELEMENTS)
@pytest.mark.parametrize(
    "inner", [RUN, "<w:t>Sprat</w:t>", "<x:t>Sprat</x:t>", "<a:t>Sprat</a:t>", p("Sprat")]
)
def test_no_word_goes_in_silence(name: str, inner: str) -> None:
    """Wherever somebody puts a word, whatever is put around it: it comes out, or it is told."""
    held = f"<{name}>{inner}</{name}>"
    deleted = name in ("w:del", "w:moveFrom")
    for body in (
        f"<w:p>{RUN.replace('Sprat', 'A')}{held}</w:p>",
        f"<w:p><w:r><w:t>A</w:t>{held}</w:r></w:p>",
        f"{p('A')}{held}",
        f"{p('A')}<w:tbl><w:tr><w:tc>{held}{p('b')}</w:tc><w:tc>{p('c')}</w:tc></w:tr>{CELLS}</w:tbl>",
        f"{p('A')}<w:tbl>{CELLS}{held}</w:tbl>",
        f"{p('A')}<w:tbl><w:tr>{held}<w:tc>{p('b')}</w:tc><w:tc>{p('c')}</w:tc></w:tr>{CELLS}</w:tbl>",
        f"{p('A')}<w:sdt><w:sdtContent>{held}</w:sdtContent></w:sdt>",
        f"<w:p><w:r><w:t>A</w:t></w:r><w:sdt><w:sdtContent>{held}</w:sdtContent></w:sdt></w:p>",
    ):
        draft = word(body)
        came_out = " ".join(block.text for block in draft.blocks).count("Sprat")
        said = messages(draft)
        assert came_out <= 1, body
        assert came_out or "Sprat" in said or (deleted and "1 deletion was left out" in said), body


def test_word_of_a_note_does_not_go_in_silence() -> None:
    call = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    note = f"<w:footnote w:id='2'><w:p><w:r><x:y><w:t>Sprat</w:t></x:y></w:r></w:p>{p('n')}</w:footnote>"
    assert "Sprat" in messages(word(runs("A", call), footnotes=note))
    assert "A note is called here that is not in the file" in messages(word(runs("A", call)))


def test_drawn_words_are_read_and_wordless_drawings_told() -> None:
    shaped = "<w:r><w:pict><v:shape><v:textpath string='DRAFT'/></v:shape></w:pict></w:r>"
    assert texts(runs("A", shaped)) == ["A", "DRAFT"]
    graphic = "<wps:wsp><a:prstGeom prst='{}'/></wps:wsp>"
    size = "<wp:extent cx='900000' cy='900000'/>"
    drawn = f"<w:r><w:drawing><wp:inline>{size}{graphic}</wp:inline></w:drawing></w:r>"
    said = "paragraph 2: A drawing without words or a description was left out."
    assert messages(word(runs("A", drawn.format("star5")))) == said
    assert messages(word(runs("A", drawn.format("line")))) == ""


@pytest.mark.parametrize(
    "said", ["C:\\Users\\me\\image1.png", "file:///tmp/x", "IMG_2034.JPG", "image3", "Picture 2"]
)
def test_name_of_a_file_describes_no_picture(said: str) -> None:
    from tests.importing.test_pictures import picture
    from tests.importing.word_files import drawing

    data = with_pictures(
        word_file(p("T", "Title") + drawing("rId7", said), styles=HEADINGS), rId7=picture()
    )
    draft = draft_of(data, "x.docx")
    assert 'alt=""' in draft.blocks[1].html
    assert "Describe this picture" in messages(draft)
