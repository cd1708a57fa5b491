"""Comments in the margin of an official's file: in the report, and nowhere that a reader comes."""

import io
import re
from pathlib import Path

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from consult.consultations.phases import Phase
from consult.db import Base
from consult.importing.command import print_paragraphs
from consult.intake.messages import END, ISOLATE
from tests.browser import Browser
from tests.factories import Factory
from tests.importing import opendocument_files as odt
from tests.importing import word_files as word
from tests.intake.test_pages import Desk
from tests.search.conftest import Index, results

SAID = '</li><script>alert("kestrel")</script>\u202e & ${author}'
WRITTEN = SAID.replace("&", "&amp;").replace("<", "&lt;")
SHOWN = '</li><script>alert("kestrel")</script> & ${author}'
BY = "<b>Falconer</b>"
SECRETS = re.compile("kestrel|falconer", re.IGNORECASE)

WORD = word.word_file(
    word.p("Harbour rules", "Title")
    + word.p("Boats pay forty crowns.")
    + "<w:p><w:r><w:t>Yachts pay more.</w:t></w:r><w:r><w:commentReference w:id='1'/></w:r></w:p>",
    styles=word.HEADINGS,
    comments="<w:comment w:id='1' w:author='&lt;b>Falconer&lt;/b>'>"
    + word.p(WRITTEN)
    + "</w:comment>",
)
ODT = odt.text_file(
    odt.h("Harbour rules")
    + odt.p("Boats pay forty crowns.")
    + odt.p(
        "Yachts pay more.<office:annotation><dc:creator>&lt;b>Falconer&lt;/b></dc:creator>"
        f"<text:p>{WRITTEN}</text:p></office:annotation>"
    )
)


def _visited(browser: Browser, start: str) -> set[str]:
    """Visit, as nobody in particular, all that links lead to; the addresses, and no secret in any."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = browser.get(path, status="*")
        assert not SECRETS.search(answer.text if answer.charset else ""), path
        if answer.content_type == "text/html":
            links = [str(a["href"]).partition("#")[0] for a in answer.html.select("a[href]")]
            links += [str(link["href"]) for link in answer.html.select("link[rel=alternate][href]")]
            waiting += [link for link in links if link.startswith("/") and "?" not in link]
    return seen


def _kept(db: Session) -> set[str]:
    """The columns of the database in which a secret stands."""
    found = set()
    for table in Base.metadata.tables.values():
        assert isinstance(table, Table)
        for row in db.execute(select(table)).mappings():
            found |= {f"{table.name}.{name}" for name, v in row.items() if SECRETS.search(str(v))}
    return found


def test_no_reader_comes_upon_a_comment_in_the_margin(
    index: Index, browser: Browser, make: Factory, db: Session
) -> None:
    desk = Desk(browser, make, Phase.OPEN)
    for slug, name, data in (("rules", "a.docx", WORD), ("more", "b.odt", ODT)):
        desk.imports(303, name, data, slug=slug)
        report = desk.browser.get(f"{desk.base}/{slug}/preview")
        told = next(li for li in report.html.select(".report li") if "Falconer" in li.text)
        assert not told.select("script, b b")
        place, _, said = " ".join(told.text.split()).partition(": ")
        assert place == "paragraph 3"
        by, words = (f"{ISOLATE}{text}{END}" for text in (BY, SHOWN))
        assert said == f"A comment by {by} in the margin was left out: “{words}”"
        typed = desk.form(slug, "/publish") | {"what_changed": "All of it."}
        desk.browser.post(f"{desk.base}/{slug}/publish", typed)
    index.catch_up()
    reader = Browser(browser.router, db)
    public = f"/consultations/{desk.consultation.slug}"
    assert {public, f"{public}/rules", f"{public}/more"} <= _visited(reader, public)
    assert results(reader, "yachts") and not results(reader, "kestrel")
    assert not results(reader, "falconer")
    assert _kept(db) == {"version.findings"}


def test_the_command_line_tells_it_on_a_line_of_its_own(tmp_path: Path) -> None:
    for name, data in (("a.docx", WORD), ("b.odt", ODT)):
        path, out, err = tmp_path / name, io.StringIO(), io.StringIO()
        path.write_bytes(data)
        assert print_paragraphs(path, out, err) == 0
        assert not SECRETS.search(out.getvalue())
        said = f"paragraph 3: A comment by {BY} in the margin was left out: “{SHOWN}”"
        assert said in err.getvalue().splitlines()
