"""What was changed or left out is told one by one, with the place where it was."""

import pytest

from consult.importing import limits
from tests.importing import opendocument_files as odt
from tests.importing import word_files as word
from tests.importing.reading import draft_of

LOST = "1 link without a complete web address was made plain text."
KEPT = "Tracked changes were accepted: 1 insertion was kept."
GONE = "Tracked changes were accepted: 1 deletion was left out."
SECRET = "1 hidden word was left out."


def report(source: str | bytes, filename: str) -> list[str]:
    return [str(finding) for finding in draft_of(source, filename).findings]


def inserted(text: str) -> str:
    return f"<w:ins w:id='1'><w:r><w:t>{text}</w:t></w:r></w:ins>"


def comment(identity: int, text: str, author: str = "") -> str:
    return f"<w:comment w:id='{identity}' w:author='{author}'>{word.p(text)}</w:comment>"


def anchor(identity: int) -> str:
    return f"<w:r><w:commentReference w:id='{identity}'/></w:r>"


def test_word_tells_of_each_paragraph() -> None:
    body = (
        word.p("Boats", "Title")
        + f"<w:p>{inserted('One')}<w:r><w:t> and </w:t></w:r>{inserted('two.')}</w:p>"
        + "<w:p><w:del w:id='2'><w:r><w:delText>x</w:delText></w:r></w:del>"
        + "<w:hyperlink r:id='rId9'><w:r><w:t>Rules</w:t></w:r></w:hyperlink></w:p>"
        + word.p("secret", run="<w:vanish/>")
        + f"<w:p><w:r><w:t>Three</w:t></w:r>{inserted('four.')}</w:p>"
    )
    data = word.word_file(body, styles=word.HEADINGS, links="rId9=file:///C:/rules.doc")
    assert report(data, "x.docx") == [
        "paragraph 2: Tracked changes were accepted: 2 insertions were kept.",
        f"paragraph 5: {KEPT}",
        f"paragraph 3: {GONE}",
        f"paragraph 3: {LOST}",
        f"paragraph 4: {SECRET}",
    ]


def test_what_is_in_a_table_is_where_the_table_is() -> None:
    cells = "".join(f"<w:tc>{word.p(text)}</w:tc>" for text in ("Boat", "Fee"))
    changed = f"<w:tc><w:p>{inserted('Yacht')}</w:p></w:tc><w:tc><w:p>{inserted('40')}</w:p></w:tc>"
    row = "<w:tr><w:trPr><w:del w:id='3'/></w:trPr><w:tc><w:p><w:del w:id='4'><w:r><w:delText>"
    row += "old</w:delText></w:r></w:del></w:p></w:tc></w:tr>"
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{changed}</w:tr>{row}</w:tbl>"
    framed = f"<w:tbl><w:tr><w:tc><w:p>{inserted('Framed.')}</w:p></w:tc></w:tr></w:tbl>"
    body = word.p("Boats", "Title") + table + framed
    assert report(word.word_file(body, styles=word.HEADINGS), "x.docx") == [
        "table 1: Tracked changes were accepted: 2 insertions were kept.",
        f"paragraph 6: {KEPT}",
        f"table 1: {GONE}",
    ]


def test_a_note_is_where_its_own_words_are() -> None:
    note = f"<w:footnote w:id='2'><w:p>{inserted('Since 1990.')}</w:p></w:footnote>"
    called = "<w:p><w:r><w:t>Boats.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    body = word.p("Boats", "Title") + called + word.p("More.")
    draft = draft_of(word.word_file(body, styles=word.HEADINGS, footnotes=note), "x.docx")
    [finding] = draft.findings
    assert finding.place == next(b.place for b in draft.blocks if b.kind == "note")


def test_every_comment_of_a_word_file_is_told_once() -> None:
    body = (
        word.p("Boats", "Title")
        + f"<w:p><w:r><w:t>One.</w:t></w:r>{anchor(7)}{anchor(7)}</w:p>"
        + f"<w:p><w:del w:id='9'><w:r><w:delText>x</w:delText></w:r>{anchor(3)}</w:del>"
        + f"<w:r><w:t>Two.</w:t></w:r>{anchor(5)}{anchor(99)}</w:p>"
    )
    comments = [
        comment(3, "On &lt;b&gt;deleted&lt;/b&gt; words", "Ada \u202eLovelace"),
        comment(7, "word " * 200),
        comment(5, ""),
        comment(8, "Anchored nowhere", "Bo"),
    ]
    data = word.word_file(body, styles=word.HEADINGS, comments="".join(comments))
    draft = draft_of(data, "x.docx")
    long, deleted, nowhere, _, wordless = [str(f) for f in draft.findings]
    assert long.startswith("paragraph 2: A comment in the margin was left out: “word word")
    assert long.endswith("word…”") and len(long) < limits.MAX_COMMENT_CHARACTERS + 100
    said = "A comment by Ada Lovelace in the margin was left out: “On <b>deleted</b> words”"
    assert deleted == f"paragraph 3: {said}"
    assert nowhere == "A comment by Bo in the margin was left out: “Anchored nowhere”"
    words = "2 comments in the margin, in which no words were found, were left out."
    assert wordless == f"paragraph 3: {words}"
    assert {f.unseen for f in draft.findings if "comment" in str(f)} == {True}


def test_damaged_comments_do_no_harm() -> None:
    body = word.p("Boats") + f"<w:p><w:r><w:t>One.</w:t></w:r>{anchor(7)}</w:p>"
    data = word.word_file(body, comments="<w:comment>")
    words = "1 comment in the margin, in which no words were found, was left out."
    assert f"paragraph 2: {words}" in report(data, "x.docx")


def test_opendocument_tells_of_each_paragraph() -> None:
    note = (
        "<office:annotation><dc:creator>Ada</dc:creator><text:p>Not so</text:p><text:p>fast</text:p>"
        "</office:annotation>"
    )
    regions = "".join(
        f'<text:changed-region text:id="{name}"><text:{kind}>{inner}</text:{kind}>'
        "</text:changed-region>"
        for name, kind, inner in (
            ("a", "insertion", ""),
            ("b", "deletion", odt.p(f"gone{note}")),
            ("c", "insertion", ""),
        )
    )
    start = '<text:change-start text:change-id="{0}"/>{1}<text:change-end text:change-id="{0}"/>'
    hidden = f'<text:section text:display="none">{odt.p("secret")}</text:section>'
    frame = f"<draw:frame><draw:text-box>{odt.p('Boxed.' + note)}</draw:text-box></draw:frame>"
    data = odt.text_file(
        f"<text:tracked-changes>{regions}</text:tracked-changes>{frame}"
        + odt.h("Boats")
        + odt.p(start.format("a", "One."))
        + odt.p('Two.<text:change text:change-id="b"/><text:a xlink:href="x.odt">Rules</text:a>')
        + odt.p(f"Three.{note}")
        + hidden
    )
    told = "A comment by Ada in the margin was left out: “Not so fast”"
    assert report(data, "x.odt") == [
        f"paragraph 1: {told}",
        f"paragraph 5: {told}",
        told,
        f"paragraph 3: {KEPT}",
        KEPT,
        f"paragraph 4: {GONE}",
        f"paragraph 4: {LOST}",
        f"paragraph 5: {SECRET}",
        "paragraph 2: The title stood below 1 line and is now first.",
    ]


PAGE = """<html><body><h1>Boats</h1>
<p>One, <a href="rules.html">two</a>
and <a href="other.html">three</a>.</p>
<!-- Not so fast -->
<p hidden>secret</p>
<p>Four.</p>
<p><a href="#top">Back to top</a></p>
</body></html>"""


def test_a_page_tells_of_each_line() -> None:
    assert report(PAGE, "x.html") == [
        "line 4: 1 comment in the source was left out.",
        f"line 5: {SECRET}",
        "line 7: 1 link to the top of the page was left out.",
        f"line 2: {LOST}",
        f"line 3: {LOST}",
    ]


TEXT = """#Boats

One. {:.wide}

<!-- Not so fast -->

<div hidden>secret</div>

##Fees

Two [rules](rules.md) and [more](more.md).
"""


def test_markdown_tells_of_each_line() -> None:
    blank = "1 line without a blank behind “#” was read as a heading."
    assert report(TEXT, "x.md") == [
        f"line 1: {blank}",
        f"line 9: {blank}",
        "line 3: 1 setting in braces, such as {: .class}, was left out.",
        "line 5: 1 comment in the source was left out.",
        f"line 7: {SECRET}",
        f"line 11: {LOST.replace('1 link', '2 links').replace('was', 'were')}",
    ]


@pytest.mark.parametrize("said", ["x", "1e9", "-1", "9" * 30, "٣"])
def test_a_file_cannot_say_that_it_is_elsewhere(said: str) -> None:
    html = f"# Boats\n\n<p data-consult-line='{said}'>One.</p>\n\n<p hidden>secret</p>\n"
    assert f"line 5: {SECRET}" in report(html, "x.md")


def test_a_careless_file_cannot_drown_what_is_rare() -> None:
    most = limits.MAX_FINDINGS
    lines = [f"<p>{n} <a href='{n}.html'>link</a> ![]</p><p hidden>x</p>" for n in range(3 * most)]
    said = report("\n".join(["<h1>Boats</h1><!-- Rare -->", *lines]), "x.html")
    assert len(said) == most + 1 and said[0] == "line 1: 1 comment in the source was left out."
    assert sum("hidden" in line for line in said) > most / 3
    # Those beyond the limit are counted, in the sentence of their own kind and in the last one.
    assert "1,001 hidden words were left out." in said
    assert said[-1] == "501 more things were found that are not listed here."
