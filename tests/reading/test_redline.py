"""The redline: two versions read as one, at an address of its own, kept like the text."""

import re

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.analysis.because import tie
from consult.blocks.blocks import Kind
from consult.comments.status import CommentStatus
from consult.drafts.models import Document, VersionState
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted
from tests.reading.versions import paragraph, revise

TREES = "The council plants forty lime trees along the harbour and waters them every day."
BUSES = "Buses run from six in the morning. They run until midnight, on Sundays too."
BENCHES = "There is a bench in the shade within two hundred metres of every home."
LAMPS = "Lamps burn from dusk until the last bus has gone."


@pytest.fixture
def document(make: Factory) -> Document:
    return make.document(["A draft", TREES, BUSES, BENCHES, LAMPS])


def address(document: Document, **query: int) -> str:
    asked = "&".join(f"{name.rstrip('_')}={value}" for name, value in query.items())
    return f"/consultations/{document.consultation.slug}/{document.slug}/redline?{asked}"


def words(page: str, key: str) -> str:
    """Return what a page shows of a paragraph, without what only screen readers are told."""
    found = re.search(rf'<(section|li) id="p-{key}".*?</\1>', page, re.DOTALL)
    assert found, key
    return re.sub(r'<span class="vh">.*?</span>', "", found[0])


def test_words_put_in_and_taken_out_are_marked_for_eyes_and_ears(
    browser: Browser, db: Session, document: Document
) -> None:
    edited = TREES.replace("forty lime trees", "forty oaks")
    revise(db, document, [("k1", "A draft"), ("k2", edited), ("k3", BUSES)])
    db.commit()
    page = browser.get(address(document)).text
    assert "forty <del>lime trees</del><ins>oaks</ins> along" in words(page, "k2")
    assert '<del><span class="vh">deleted: </span>lime trees</del>' in page
    assert '<ins><span class="vh">inserted: </span>oaks</ins>' in page
    assert "Edited" in words(page, "k2")


def test_what_moved_was_split_merged_removed_or_is_new_is_said_in_words(
    browser: Browser, db: Session, document: Document
) -> None:
    one, other = BUSES.split(". ")
    revise(
        db,
        document,
        [
            ("k1", "A draft"),
            ("k3", one + "."),
            ("k3/", other),
            ("k4+k5", f"{BENCHES} {LAMPS}"),
            ("", "Dogs are welcome."),
            ("k2", TREES),
        ],
        moved="k2",
    )
    revise(db, document, [("k1", "A draft"), ("k3", one + "."), ("k2", TREES)])
    db.commit()
    page = browser.get(address(document, from_=1, to=2)).text
    assert 'Split: part of 1.2 is now <a href="#p-v2p3">1.2</a>' in words(page, "k3")
    assert "Split off from 1.2" in words(page, "v2p3")
    assert "Merged from 1.3 and 1.4" in words(page, "k4")
    assert '1.4 was merged into <a href="#p-k4">1.3</a>' in words(page, "k5")
    assert "<ins>Dogs are welcome.</ins>" in words(page, "v2p5")
    assert 'Moved here from <a href="#from-k2">1.1</a>' in words(page, "k2")
    assert '<section id="from-k2"' in page and '1.1 moved to <a href="#p-k2">1.5</a>' in page
    sums = re.findall(r'<li class="sum-[a-z]+">(?:<a [^>]*>)?([^<]+)', page)
    assert sums == ["1 moved", "1 split", "1 merged", "1 new", "1 renumbered"]
    # One of each is in the legend.
    assert page.count("<del>") == 1 and page.count("<ins>") == 2
    last = browser.get(address(document)).text
    assert f"<del>{BENCHES} {LAMPS}</del>" in words(last, "k4") and "Removed" in words(last, "k4")


def test_versions_that_do_not_follow_one_another_are_compared_through_those_between(
    browser: Browser, db: Session, document: Document
) -> None:
    # By its words alone nobody would take the last wording for the first one.
    revise(db, document, [("k1", "A draft"), ("k2", "The council plants oaks."), ("k4+k5", LAMPS)])
    revise(db, document, [("k1", "A draft"), ("k4", LAMPS), ("k2", "Oaks grow here.")], moved="k2")
    db.commit()
    page = browser.get(address(document, from_=1, to=3)).text
    assert f"<del>{TREES}</del><ins>Oaks grow here.</ins>" in words(page, "k2")
    assert "Moved here from" in words(page, "k2") and "and edited" in words(page, "k2")
    assert "Merged from 1.3 and 1.4" in words(page, "k4")
    assert "Removed" in words(page, "k3")


def test_what_did_not_change_is_folded_and_all_of_it_is_there(
    browser: Browser, db: Session, make: Factory
) -> None:
    texts = ["A draft", *(f"Paragraph {n} says the number {n}." for n in range(1, 9))]
    document = make.document(texts)
    rows = [(f"k{n}", text) for n, text in enumerate(texts, 1)]
    rows[4] = ("k5", "Paragraph 4 says five.")
    revise(db, document, rows)
    db.commit()
    page = browser.get(address(document))
    folds = [fold.find("summary").text for fold in page.html.find_all(class_="fold")]
    assert folds == [
        "3 paragraphs did not change, 1.1 to 1.3",
        "4 paragraphs did not change, 1.5 to 1.8",
    ]
    assert len(page.html.find_all(class_="w")) == 8


def test_addresses_that_make_no_sense(browser: Browser, db: Session, document: Document) -> None:
    browser.get(address(document), status=404)  # there is only one version
    revise(db, document, [("k1", "A draft"), ("k2", "Other words.")])
    revise(db, document, [("k1", "A draft"), ("k2", "Third words.")], publish=False)
    db.commit()
    assert "What changed in version 2" in browser.get(address(document))
    for wrong in ({"to": 3}, {"from_": 0}, {"to": 99999}):
        browser.get(address(document, **wrong), status=404)
    for query in ("from=x", "to=-1", "to=%C2%B2", "from=1&to=1e3", "to=" + "9" * 5000):
        browser.get(address(document) + query, status=404)
    assert browser.get(address(document, from_=2, to=1), status=303).location.endswith(
        "/redline?from=1&to=2"
    )
    assert browser.get(address(document, from_=2, to=2), status=303).location.endswith("1&to=2")


def test_is_kept_sets_no_cookie_and_knows_when_it_is_outdated(
    browser: Browser, make: Factory, db: Session, document: Document, connection: Connection
) -> None:
    comment = make.comment(make.paragraph(document))
    version = revise(db, document, [("k1", "A draft"), ("k2", "Other words."), ("k3", BUSES)])
    official = make.account()
    db.commit()
    path = address(document)
    with counted(connection) as first:
        seen = [browser.get(path)]
    # Document, versions, trail, two texts, counts, causes.
    assert len(first) == 7, first
    with counted(connection) as second:
        browser.get(path)
    assert len(second) == 1, second
    assert "Set-Cookie" not in seen[0].headers
    browser.get(path, status=304, headers={"If-None-Match": seen[0].headers["ETag"]})
    tie(db, version, comment.paragraph, official, offered=[], chosen=[comment])
    db.commit()
    with counted(connection) as third:
        seen.append(browser.get(path))
    assert not any("wording" in statement for statement in third), third
    assert comment.author_name in words(seen[1].text, "k2")
    comment.status = CommentStatus.HIDDEN
    db.commit()
    seen.append(browser.get(path))
    assert comment.author_name not in seen[2].text
    assert len({page.headers["ETag"] for page in seen}) == 3


HOSTILE = '<script>alert(1)</script> "&amp; \u202egnirts\u202c ${name} {{ 7*7 }} %(n)s'


def test_hostile_words_stay_words(browser: Browser, make: Factory, db: Session) -> None:
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    document = make.document(["A draft", "One way.", "Another way."])
    document.title = HOSTILE
    version = revise(
        db,
        document,
        [("k1", "A draft"), ("k2", f"One {HOSTILE} way."), ("", HOSTILE)],
        note=HOSTILE,
    )
    author = make.account(display_name=HOSTILE)
    comment = make.comment(make.paragraph(document), author=author, author_name=HOSTILE)
    tie(db, version, comment.paragraph, author, offered=[], chosen=[comment])
    db.commit()
    page = browser.get(address(document)).text
    assert "<script>alert" not in page
    assert escaped in words(page, "k2") and escaped in words(page, "v2p3")


def test_a_table_keeps_its_cells(browser: Browser, make: Factory, db: Session) -> None:
    document = make.document(["A draft", "Lime 3", "Another way."])
    version = revise(
        db, document, [("k1", "A draft"), ("k2", "Lime 4"), ("k3", "Another way.")], publish=False
    )
    table = version.wordings[1]
    table.kind, table.html = Kind.TABLE, "<table><tr><td>Lime</td><td>4</td></tr></table>"
    db.flush()
    version.state, version.published_at = VersionState.PUBLISHED, version.created_at
    db.commit()
    page = browser.get(address(document)).text
    assert "<td>Lime</td><td><del>3</del><ins>4</ins></td>" in words(page, "k2")


def test_comments_can_be_found_from_what_they_were_about(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    for _time in range(3):
        make.comment(paragraph(db, document, "k3"))
    revise(db, document, [("k1", "A draft"), ("k2", TREES)])
    db.commit()
    page = browser.get(address(document)).text
    assert '<span class="count h2">3</span>comments on 1.2</a>' in words(page, "k3")
