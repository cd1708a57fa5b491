"""What stays in a file though no reader of the page sees it is marked in the report."""

import pytest

from consult.importing import read
from tests.importing import opendocument_files as odt
from tests.importing import word_files as word

INSERTED = "Tracked changes were accepted: 1 insertion was kept."
DELETED = "Tracked changes were accepted: 1 deletion was left out."
TRACKED = (
    '<w:p><w:r><w:t>Boats pay </w:t></w:r><w:ins w:id="1"><w:r><w:t>forty</w:t></w:r></w:ins>'
    '<w:del w:id="2"><w:r><w:delText>ten</w:delText></w:r></w:del>'
    '<w:r><w:t> crowns.</w:t></w:r><w:r><w:commentReference w:id="3"/></w:r></w:p>'
)
WORD = word.word_file(
    TRACKED + word.p("secret", run="<w:vanish/>") + word.p("Nothing else."),
    comments='<w:comment w:id="3"><w:p><w:r><w:t>No!</w:t></w:r></w:p></w:comment>',
    header="<w:p><w:r><w:t>Ministry</w:t></w:r></w:p>",
)
ODT = odt.text_file(
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes>"
    + odt.p("Boats pay.<office:annotation><text:p>No!</text:p></office:annotation>")
)
HTML = b'<h1>Boats</h1><!-- No! --><p>Boats pay.</p><p style="display:none">secret</p>'
MARKDOWN = b"---\nauthor: Smith\n---\n\n# Boats\n\nBoats pay.\n"


@pytest.mark.parametrize(
    ("name", "data", "unseen"),
    [
        ("a.docx", WORD, [INSERTED, DELETED, "A comment in the margin", "1 hidden word"]),
        ("a.odt", ODT, [DELETED, "A comment in the margin"]),
        ("a.html", HTML, ["1 comment in the source", "1 hidden word"]),
        ("a.md", MARKDOWN, ["Settings before the text were left out: author"]),
        ("a.txt", b"Boats\n\nBoats pay.\n", []),
    ],
)
def test_what_readers_of_the_page_do_not_see_is_marked(
    name: str, data: bytes, unseen: list[str]
) -> None:
    marked = [str(finding.message) for finding in read(data, name).findings if finding.unseen]
    assert [said for said in unseen if not any(m.startswith(said) for m in marked)] == []
    assert len(marked) == len(unseen), "headers and contents are seen by whoever opens the file"
