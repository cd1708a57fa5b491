"""What holds for every draft, whatever the file was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.importing import ImportRefused
from consult.importing.polishing import polish
from consult.importing.runs import Run, tidy
from consult.text import plain_text, sanitise_wording
from tests.importing.reading import draft_of, messages, outline, title
from tests.importing.word_files import HEADINGS, p, word_file


def test_title_from_the_name_of_the_file_is_told() -> None:
    draft = draft_of("Text without a heading.\n", "street_tree-policy_v2.1 2024-03-05.md")
    assert title(draft) == "Street tree policy v2.1 2024-03-05"
    assert "made from the file's name" in messages(draft)


def test_first_chapter_is_no_title() -> None:
    draft = draft_of("# Introduction\n\nText.\n\n# Scope\n\nText.\n", "trees.md")
    assert title(draft) == "Trees"
    assert [row[:2] for row in outline(draft) if row[0] == "heading"] == [("heading", 1)] * 2


def test_numbered_first_heading_among_others_is_no_title() -> None:
    assert title(draft_of("# 1. Trees\n\nText.\n\n# 2. Shrubs\n\nText.\n", "green.md")) == "Green"


def test_title_below_a_line_comes_first_and_is_told() -> None:
    draft = draft_of("Draft for consultation\n\n# Tree policy\n\nText.\n", "x.md")
    assert [block.text for block in draft.blocks] == [
        "Tree policy",
        "Draft for consultation",
        "Text.",
    ]
    assert "is now first" in messages(draft)


def test_levels_count_from_below_the_title() -> None:
    draft = draft_of("# T\n\n## A\n\ntext\n\n#### C\n\ntext\n\n### B\n\ntext\n", "x.md")
    assert [row[1] for row in outline(draft) if row[0] == "heading"] == [1, 3, 2]


def test_file_without_text_is_refused() -> None:
    with pytest.raises(ImportRefused, match="No text was found"):
        draft_of("<html><body><img src=scan.png></body></html>", "x.html")


def test_too_many_paragraphs_are_refused() -> None:
    with pytest.raises(ImportRefused, match="more than 20,000 paragraphs"):
        draft_of("<html><body>" + "<p>x</p>" * 20_001, "x.html")


def test_too_long_a_paragraph_is_refused_with_its_place() -> None:
    with pytest.raises(ImportRefused, match=r"line 1\b.*100,000 characters"):
        draft_of("<html><body><p>" + "word " * 20_100, "x.html")


MARKS = st.frozensets(st.sampled_from(["strong", "em", "s", "code", "sup", "sub"]), max_size=3)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\n<>&'\""),
    max_size=12,
)


@given(st.lists(st.builds(Run, TEXTS, MARKS), max_size=6))
@settings(max_examples=150, deadline=None)
def test_html_that_skips_the_sanitiser_is_what_it_would_give(runs: list[Run]) -> None:
    html, text = polish(tidy(runs))
    assert plain_text(sanitise_wording(html)) == text == plain_text(html)
    if text:
        assert sanitise_wording(html).replace("&nbsp;", "\xa0") == html


@given(st.text(max_size=300), st.sampled_from(["x.md", "x.txt", "x.html"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_draft_or_a_sentence(text: str, name: str) -> None:
    try:
        draft = draft_of(text.encode("utf-8", "replace"), name)
    except ImportRefused as refusal:
        assert str(refusal).endswith(".")
        return
    assert draft.blocks[0].kind == "title"
    assert all(block.text == plain_text(block.html) for block in draft.blocks)


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "x.docx", "empty"),
        (b"   \n", "x.md", "empty"),
        (b"%PDF-1.7 ...", "x.docx", "PDF"),
        (b"{\\rtf1 x}", "x.doc", "RTF"),
        (b"\x89PNG\r\n", "x.png", "picture"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "x.doc",
            "old kind",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "x",
            "password",
        ),
        (b"<?xml version='1.0'?><invoice/>", "x.xml", "XML"),
        (bytes(range(256)) * 40, "x.txt", "not text"),
        (b"PK\x03\x04 broken", "x.docx", "damaged"),
    ],
)
def test_what_is_no_draft_is_refused_in_one_sentence(data: bytes, name: str, word: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        draft_of(data, name)
    sentence = str(refused.value)
    assert word in sentence and sentence.endswith(".") and sentence.count(". ") == 0


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("# Tree\n\n**bold** [x](https://example.org)\n", "unnamed", "markdown"),
        ("Trees\n\n1. One\n", "unnamed", "text"),
        ("# Tree\n\nText.\n", "pasted", "markdown"),
        ("# Tree\n\n**bold**\n", "x.txt", "markdown"),
        ("Trees\n\n1. **Oaks** are kept.\n", "x.txt", "text"),
        ("# Made by hand\n# on Monday\n\nTrees\n", "x.txt", "text"),
        ("<p>One.</p><p>Two.</p><ul><li>Three</li></ul>", "x.docx", "html"),
        ("<!DOCTYPE html><p>x</p>", "x.txt", "html"),
        ("<?xml version='1.0'?><html><body><p>x</p></body></html>", "x.xhtml", "html"),
        ("<p>x</p>", "x.htm", "html"),
        ("<div>x</div>\n\ntext", "x.md", "markdown"),
    ],
)
def test_format_is_found_from_the_content(text: str, name: str, key: str) -> None:
    assert draft_of(text, name).format == key


def test_title_of_the_page_decides_between_several_first_headings() -> None:
    chapters = "<h1>{}</h1><p>Text.</p><h1>Means</h1><p>Text.</p>"
    page = "<html><head><title>Tree policy - Council</title></head><body>{}</body></html>"
    assert (
        title(draft_of(page.format(chapters.format("Aims")), "x.html")) == "Tree policy - Council"
    )
    assert title(draft_of(page.format(chapters.format("Tree policy")), "x.html")) == "Tree policy"


def test_number_in_a_title_stays_in_it() -> None:
    draft = draft_of("# Chapter 3: Housing\n\nText.\n", "x.md")
    assert (draft.blocks[0].label, draft.blocks[0].text) == ("", "Chapter 3: Housing")


def test_lines_that_lead_to_the_top_go_and_the_report_says_so() -> None:
    body = p("Trees", "Title") + p("Oaks.") + p("↑Top") + p("▲ Back to top")
    draft = draft_of(word_file(body, styles=HEADINGS), "x.docx")
    assert [block.text for block in draft.blocks] == ["Trees", "Oaks."]
    gone = "1 link to the top of the page was left out."
    assert [str(f) for f in draft.findings] == [f"paragraph 3: {gone}", f"paragraph 4: {gone}"]
