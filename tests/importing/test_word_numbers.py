import pytest

from tests.importing.reading import draft_of, outline
from tests.importing.word_files import HEADINGS, listed, number, p, pattern, word_file


def labels(body: str, numbering: str, styles: str = HEADINGS) -> list[str]:
    draft = draft_of(
        word_file(p("T", "Title") + body, numbering=numbering, styles=styles), "x.docx"
    )
    return [block.label for block in draft.blocks[1:]]


def test_levels_count_within_those_above() -> None:
    legal = pattern(1, "decimal|%1.", "decimal|%1.%2", "lowerLetter|(%3)", "lowerRoman|(%4)")
    levels = [0, 1, 1, 2, 2, 3, 1, 2, 0, 1]
    body = "".join(p(f"Text {place}", extra=listed(5, level)) for place, level in enumerate(levels))
    assert labels(body, legal + number(5, 1)) == [
        *("1.", "1.1", "1.2", "(a)", "(b)", "(i)", "1.3", "(a)", "2.", "2.1"),
    ]


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("upperRoman", "%1", ["I", "II"]),
        ("upperLetter", "Annex %1", ["Annex A", "Annex B"]),
        ("decimal", "Article %1", ["Article 1", "Article 2"]),
        ("decimalZero", "%1", ["01", "02"]),
        ("ordinal", "%1", ["1st", "2nd"]),
        ("cardinalText", "Part %1", ["Part One", "Part Two"]),
        ("ordinalText", "%1", ["First", "Second"]),
        ("bullet", "•", ["", ""]),
        ("none", "", ["", ""]),
        ("unheardOf", "%1)", ["1)", "2)"]),
    ],
)
def test_forms_of_numbers(written: str, text: str, expected: list[str]) -> None:
    body = p("One tree", extra=listed(1)) + p("Two trees", extra=listed(1))
    assert labels(body, pattern(1, f"{written}|{text}") + number(1, 1)) == expected


def test_letters_double_after_z() -> None:
    body = "".join(p(f"Text {n}", extra=listed(1)) for n in range(28))
    assert labels(body, pattern(1, "lowerLetter|%1.") + number(1, 1))[25:] == ["z.", "aa.", "bb."]


def test_lists_with_one_pattern_count_on_unless_they_start_again() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    body = "".join(p(f"Text {n}", extra=listed(n)) for n in (1, 2, 3, 3, 1))
    numbering = pattern(1, "decimal|%1)") + number(1, 1) + number(2, 1) + number(3, 1, again)
    assert labels(body, numbering) == ["1)", "2)", "7)", "8)", "9)"]


def test_level_that_never_starts_again() -> None:
    through = pattern(1, "decimal|%1.", 'decimal|%2)|<w:lvlRestart w:val="0"/>')
    body = "".join(
        p(f"Text {n}", extra=listed(1, level)) for n, level in enumerate([0, 1, 1, 0, 1])
    )
    assert labels(body, through + number(1, 1)) == ["1.", "1)", "2)", "2.", "3)"]


def test_legal_numbering_writes_every_level_in_digits() -> None:
    legal = pattern(1, "upperRoman|%1", "decimal|%1.%2|<w:isLgl/>")
    body = p("Text one", extra=listed(1)) + p("Text two", extra=listed(1, 1))
    assert labels(body, legal + number(1, 1)) == ["I", "1.1"]


def test_numbers_that_belong_to_styles() -> None:
    styles = HEADINGS + (
        '<w:style w:type="paragraph" w:styleId="C1"><w:name w:val="Clause"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C2"><w:name w:val="Sub"/><w:basedOn w:val="C1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = (
        p("Clause one", "C1")
        + p("Sub one", "C2")
        + p("Not numbered", "C1", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    numbering = pattern(1, "decimal|%1.", "lowerLetter|%1(%2)") + number(1, 1)
    assert labels(body, numbering, styles) == ["1.", "1(a)", ""]


def test_headings_are_numbered_by_the_level_that_names_their_style() -> None:
    numbering = pattern(
        1, 'decimal|%1|<w:pStyle w:val="berschrift1"/>', 'decimal|%1.%2|<w:pStyle w:val="H2"/>'
    ) + number(1, 1)
    styles = HEADINGS.replace(
        '<w:name w:val="heading 1"/>',
        '<w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    ).replace(
        '<w:name w:val="heading 2"/>',
        '<w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    )
    body = (
        p("Aims", "berschrift1") + p("Trees", "H2") + p("Means", "berschrift1") + p("Money", "H2")
    )
    assert labels(body, numbering, styles) == ["1", "1.1", "2", "2.1"]


def test_what_numbers_make_of_paragraphs() -> None:
    numbering = (
        pattern(1, "decimal|%1.", "lowerLetter|(%2)")
        + pattern(2, "bullet|•", "bullet|–")
        + pattern(3, "decimal|%1.%2")
        + number(1, 1)
        + number(2, 2)
        + number(3, 3)
    )
    body = (
        p("Trees are:", extra=listed(3, 0))
        + p("tall", extra=listed(2))
        + p("very tall", extra=listed(2, 1))
        + p("We list", extra=listed(1))
        + p("oaks", extra=listed(1, 1))
        + p("elms", extra=listed(1))
    )
    draft = draft_of(
        word_file(p("T", "Title") + body, numbering=numbering, styles=HEADINGS), "x.docx"
    )
    assert [row[:3] for row in outline(draft)] == [
        ("paragraph", 0, "1.1"),
        ("item", 1, ""),
        ("item", 2, ""),
        ("item", 1, "1."),
        ("item", 2, "(a)"),
        ("item", 1, "2."),
    ]


def test_numbers_that_go_on_behind_headings_count_paragraphs() -> None:
    body = "".join(
        p(f"Head {n}", "H2") + p(f"Text {n} of the policy.", extra=listed(1)) for n in range(4)
    )
    draft = draft_of(
        word_file(
            p("T", "Title") + body,
            numbering=pattern(1, "decimal|%1.") + number(1, 1),
            styles=HEADINGS,
        ),
        "x.docx",
    )
    numbered = [block for block in draft.blocks if block.label]
    assert [(b.kind, b.label) for b in numbered] == [("paragraph", f"{n}.") for n in range(1, 5)]
