"""EPUB books: their pages in order, as one text."""

import io
import zipfile

import pytest

from consult.blocks.blocks import ImportRefused
from tests.importing.reading import draft_of, messages, outline, title

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
PAGE = '<html xmlns:epub="http://www.idpf.org/2007/ops"><body>{}</body></html>'


def book(pages: dict[str, str], spine: str, **more: str) -> bytes:
    """pages: by name; spine: names in the order of reading; more: further parts, "a/b.xml" ..."""
    navigation = ' properties="nav"'
    items = "".join(
        f'<item id="i{name[0]}" href="{name}" media-type="application/xhtml+xml"'
        f"{navigation if name[0] == 'n' else ''}/>"
        for name in pages
    )
    references = "".join(f'<itemref idref="i{name[0]}"/>' for name in spine.split())
    package = (
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Tree policy'
        f"</dc:title><dc:language>en-NZ</dc:language></metadata><manifest>{items}</manifest>"
        f"<spine>{references}</spine></package>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/book.opf", package)
        for name, inner in pages.items():
            archive.writestr(f"OPS/{name}", PAGE.format(inner))
        for name, content in more.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_pages_come_in_the_order_of_reading_without_navigation() -> None:
    pages = {
        "nav.xhtml": "<nav epub:type='toc'><ol><li><a href='b.xhtml'>One</a></li></ol></nav>",
        "b.xhtml": "<h1>Second</h1><p>Later.</p>",
        "a.xhtml": "<h1>Tree policy</h1><header><p>Not a site's.</p></header>",
    }
    draft = draft_of(book(pages, "a nav.xhtml b"), "x.zip")
    assert draft.format == "epub" and draft.language == "en-NZ" and title(draft) == "Tree policy"
    assert outline(draft) == [
        ("paragraph", 0, "", "Not a site's."),
        ("heading", 1, "", "Second"),
        ("paragraph", 0, "", "Later."),
    ]
    assert "list of contents (1 word)" in messages(draft)


def test_notes_on_another_page_stand_behind_their_paragraph() -> None:
    pages = {
        "a.xhtml": "<p>Trees<a epub:type='noteref' href='z.xhtml#n1'>1</a> help.</p><p>Next.</p>",
        "z.xhtml": "<aside epub:type='footnote' id='n1'><p>Any kind.</p></aside>",
    }
    draft = draft_of(book(pages, "a z"), "x.epub")
    assert [block.kind for block in draft.blocks] == ["title", "paragraph", "note", "paragraph"]
    assert draft.blocks[2].text == "Any kind."


def test_protected_pages_are_refused_and_hidden_fonts_are_not() -> None:
    locked = "<encryption><CipherReference URI='OPS/{}'/></encryption>"
    pages = {"a.xhtml": "<p>Text.</p>"}
    fonts = book(pages, "a", **{"META-INF/encryption.xml": locked.format("font.otf")})
    assert outline(draft_of(fonts, "x.epub")) == [("paragraph", 0, "", "Text.")]
    with pytest.raises(ImportRefused, match="protected against copying"):
        draft_of(book(pages, "a", **{"META-INF/encryption.xml": locked.format("a.xhtml")}), "x")


def test_book_without_a_package_is_damaged() -> None:
    with pytest.raises(ImportRefused, match="damaged"):
        draft_of(book({"a.xhtml": "x"}, "a").replace(b"OPS/book.opf", b"OPS/cook.opf", 1), "x")
