"""What is seen in files of other kinds than Word comes out right or is told, too."""

import pytest

from tests.importing.opendocument_files import text_file
from tests.importing.reading import draft_of, messages

MATHML = "http://www.w3.org/1998/Math/MathML"
FRACTION = "<mfrac><mn>3</mn><mn>4</mn></mfrac>"
SAID = "An equation was written on one line: “{}”. Compare it with the original."


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (FRACTION, "3/4"),
        ("<msup><mi>r</mi><mn>2</mn></msup>", "r²"),
        ("<msup><mn>10</mn><mrow><mo>-</mo><mn>6</mn></mrow></msup>", "10⁻⁶"),
        ("<msub><mi>C</mi><mi>max</mi></msub>", "C_max"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a+b)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "∛(x)"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1, 2"),
        (f"<semantics>{FRACTION}<annotation>3 over 4</annotation></semantics>", "3/4"),
    ],
)
def test_equations_of_pages_stand_on_one_line(inner: str, text: str) -> None:
    draft = draft_of(f"<h1>T</h1>\n<p>It is <math>{inner}</math>.</p>", "x.html")
    assert draft.blocks[1].text == f"It is {text}."
    assert SAID.format(text) in messages(draft)


def test_equation_of_a_book_may_have_a_prefix() -> None:
    inner = FRACTION.replace("<", "<m:").replace("<m:/", "</m:")
    draft = draft_of(f"<h1>T</h1>\n<p>It is <m:math>{inner}</m:math>.</p>", "x.html")
    assert draft.blocks[1].text == "It is 3/4."


def test_parts_of_the_site_around_a_page_are_not_told() -> None:
    page = "<nav><button>Menu</button></nav><main><h1>T</h1><p>One two three.</p></main>"
    assert "button" not in messages(draft_of(f"<body>{page}</body>", "x.html"))


def test_fraction_of_a_page_never_runs_into_a_figure() -> None:
    draft = draft_of(f"<h1>T</h1><p>1<math>{FRACTION}</math> and 10<sup>6</sup>.</p>", "x.html")
    assert draft.blocks[1].text == "1 3/4 and 10⁶."


def test_equations_in_laws_are_told() -> None:
    namespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
    law = (
        f'<akomaNtoso xmlns="{namespace}"><act><body><section><num>1</num><content><p>It is'
        f' <math xmlns="{MATHML}">{FRACTION}</math> of it.</p></content></section></body></act></akomaNtoso>'
    )
    draft = draft_of(law, "x.akn")
    assert "It is 3/4 of it." in [block.text for block in draft.blocks]
    assert SAID.format("3/4") in messages(draft)


@pytest.mark.parametrize(
    "tag", ["iframe", "object", "canvas", "video", "select", "textarea", "button"]
)
def test_parts_of_pages_that_no_draft_holds_are_told(tag: str) -> None:
    inner = "<option>Sprat</option>" if tag == "select" else "Sprat"
    draft = draft_of(f"<h1>T</h1><p>One.</p><div><{tag}>{inner}</{tag}></div>", "x.html")
    assert "Sprat" not in "".join(block.text for block in draft.blocks)
    assert f"not read (“{tag}”)" in messages(draft)


def test_small_words_above_others_stand_in_brackets() -> None:
    page = "<h1>T</h1><p><ruby>漢<rt>kan</rt></ruby> <ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby></p>"
    assert draft_of(page, "x.html").blocks[1].text == "漢(kan) 字(ji)"


def odt(inner: str) -> bytes:
    return text_file(
        f'<text:p text:style-name="Title">Trees</text:p><text:p>It is {inner}.</text:p>'
    )


def test_equations_and_fields_of_opendocument_files() -> None:
    formula = f'<draw:frame><draw:object><math xmlns="{MATHML}">{FRACTION}</math></draw:object></draw:frame>'
    draft = draft_of(odt(f"1{formula} of it"), "x.odt")
    assert draft.blocks[1].text == "It is 1 3/4 of it."
    assert f"paragraph 2: {SAID.format('3/4')}" in messages(draft)
    draft = draft_of(odt('<text:sequence text:name="Table"/>'), "x.odt")
    assert (
        "paragraph 2: The file does not hold what a field shows here: “text:sequence”"
        in messages(draft)
    )
    assert messages(draft_of(odt("<text:sequence>2</text:sequence>"), "x.odt")) == ""
    ruby = "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"
    assert draft_of(odt(ruby), "x.odt").blocks[1].text == "It is 漢(kan)."


def test_wordless_drawings_of_opendocument_files_are_told() -> None:
    said = "paragraph 2: A drawing without words or a description was left out."
    assert said in messages(draft_of(odt("<draw:custom-shape/>"), "x.odt"))
    assert messages(draft_of(odt("<draw:line/>"), "x.odt")) == ""
    plugin = "<draw:frame><draw:plugin/></draw:frame>"
    assert "not read (“draw:plugin”)" in messages(draft_of(odt(plugin), "x.odt"))


def test_sign_of_a_font_without_meaning_is_told_whatever_the_file_is() -> None:
    said = "Nobody can tell what the sign F0C3 shows"
    assert f"line 3: {said}" in messages(draft_of("# T\n\nLevel \uf0c3.\n", "x.md"))
    assert said in messages(draft_of(odt("\uf0c3"), "x.odt"))


def test_typed_equations_are_told_and_amounts_of_money_are_not() -> None:
    text = (
        "# T\n\nIt is $\\frac{3}{4}$ of $5 or $6, see \\(a\\) and \\[1\\].\n\n"
        "$$\na^2 + b\n$$\n\n```\n$x_1$\n```\n"
    )
    assert messages(draft_of(text, "x.md")).splitlines() == [
        "line 3: An equation stands here as it was typed, “\\frac{3}{4}”; write it as readers should"
        " see it.",
        "line 5: An equation stands here as it was typed, “a^2 + b”; write it as readers should see it.",
    ]
