"""Comments stay on the version they were made on, and are shown where their paragraph went."""

import re

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.consultations.models import Moderation
from consult.drafts.models import Document
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted
from tests.reading.versions import paragraph, revise

TREES = "The council plants forty lime trees along the harbour and waters them every day."
BUSES = "Buses run from six in the morning. They run until midnight, on Sundays too."
BENCHES = "There is a bench in the shade within two hundred metres of every home."
LAMPS = "Lamps burn from dusk until the last bus has gone."
CHANGED = "on version 1; the text has since changed"


@pytest.fixture
def document(make: Factory) -> Document:
    return make.document(["A draft", TREES, BUSES, BENCHES, LAMPS])


def address(document: Document, key: str = "") -> str:
    place = f"/consultations/{document.consultation.slug}/{document.slug}"
    return f"{place}/p/{key}" if key else place


def counts(page: str) -> dict[str, int]:
    """Return the counts of a reading page by the keys of their paragraphs."""
    found = re.findall(r'<a class="c h\d[^>]*href="(?:[^"]*/)?p/(\w+)">(\d+)<', page)
    return {key: int(n) for key, n in found}


def quoting(make: Factory, document: Document, key: str, exact: str, **kw: object) -> Comment:
    where = paragraph(make.db, document, key)
    text = next(w.text for w in document.versions[0].wordings if w.paragraph is where)
    return make.comment(where, quote_exact=exact, quote_start=text.index(exact), **kw)


def shown(page: str, comment: Comment) -> str:
    found = re.search(rf'<article [^>]*id="c-{comment.public_id}".*?</article>', page, re.DOTALL)
    assert found
    return re.sub(r'<span class="vh">.*?</span>', "", found[0])


def test_a_text_with_versions_says_so_and_leads_to_what_changed(
    browser: Browser, db: Session, document: Document
) -> None:
    db.commit()
    assert "what changed" not in browser.get(address(document))
    revise(db, document, [("k1", "A draft"), ("k2", "Other words.")])
    db.commit()
    page = browser.get(address(document))
    assert "Version 2" in page and "redline?from=1&amp;to=2" in page
    old = browser.get(address(document) + "/v1")
    assert "This is version 1. Version 2 was published" in old
    assert "What has changed since" in old and "redline?from=1&amp;to=2" in old
    listed = browser.get(f"/consultations/{document.consultation.slug}")
    assert [a.text for a in listed.html.find(class_="editions").find_all("a")] == [
        "Version 2",
        "what changed",
        "Version 1",
    ]


def test_a_comment_on_what_has_since_changed_says_so_with_the_redline(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    edited = make.comment(paragraph(db, document, "k2"))
    same = make.comment(paragraph(db, document, "k3"))
    answer = make.comment(paragraph(db, document, "k2"), parent=edited)
    new_trees = TREES.replace("forty", "sixty")
    version = revise(
        db, document, [("k1", "A draft"), ("k3", BUSES), ("k2", new_trees)], moved="k3"
    )
    later = make.comment(paragraph(db, document, "k2"), version=version)
    db.commit()
    for headers in ({}, {"HX-Request": "true"}):
        page = browser.get(address(document, "k2"), headers=headers).text
        assert CHANGED in shown(page, edited).lower()
        assert "<del>forty</del><ins>sixty</ins>" in shown(page, edited)
        assert CHANGED not in shown(page, later).lower()
        # What answers it on the same version need not say it again.
        assert page.lower().count(CHANGED) == 1 and answer.public_id in page
    assert CHANGED not in shown(browser.get(address(document, "k3")).text, same).lower()


def test_a_quote_is_marked_where_its_words_stand_and_never_on_others(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    stands = quoting(make, document, "k3", "until midnight, on Sundays")
    gone = quoting(make, document, "k3", "six in the morning")
    twice = quoting(make, document, "k3", "run")
    new = "Nobody should run. Buses go from five. They run until midnight, on Sundays too."
    revise(db, document, [("k1", "A draft"), ("k3", new)])
    db.commit()
    page = browser.get(address(document, "k3"))
    assert [mark.text for mark in page.html.find_all("mark")] == ["until midnight, on Sundays"]
    assert "no longer in the text" not in shown(page.text, stands)
    assert 'class="quote"' in shown(page.text, stands)
    assert "These words are no longer in the text." in shown(page.text, gone)
    assert "six in the morning" in shown(page.text, gone)
    assert "It is not certain where these words stand now." in shown(page.text, twice)
    assert 'class="quote is-lost"' in shown(page.text, twice)


def test_comments_on_what_was_merged_show_and_count_where_it_went_once(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    kept = make.comment(paragraph(db, document, "k4"))
    merged = quoting(make, document, "k5", "the last bus")
    db.commit()
    before = counts(browser.get(address(document)).text)
    assert before == {"k4": 1, "k5": 1}
    revise(db, document, [("k1", "A draft"), ("k4+k5", f"{BENCHES} {LAMPS}"), ("k2", TREES)])
    db.commit()
    text = browser.get(address(document)).text
    assert counts(text) == {"k4": 2}
    page = browser.get(address(document, "k4"))
    assert "2 comments" in page
    assert "Made on" not in shown(page.text, kept)
    assert "of version 1, which became part of this paragraph" in shown(page.text, merged)
    assert [mark.text for mark in page.html.find_all("mark")] == ["the last bus"]
    old = browser.get(address(document, "k5"))
    assert "1.4 was merged into" in old and f'id="c-{merged.public_id}"' in old
    assert "No longer in the text" in old
    # On the version where they were two they are counted as two.
    assert counts(browser.get(address(document) + "/v1").text) == {"k4": 1, "k5": 1}


def test_one_answers_a_comment_where_its_paragraph_went(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    document.consultation.moderation = Moderation.REPORT
    merged = make.comment(paragraph(db, document, "k5"))
    foreign = make.comment(paragraph(db, document, "k2"))
    revise(db, document, [("k1", "A draft"), ("k4+k5", f"{BENCHES} {LAMPS}"), ("k2", TREES)])
    db.commit()
    reader = browser.signed_in(make.account())
    said = {"text": "I agree.", "parent": merged.public_id}
    page = reader.post(address(document, "k4"), said).follow()
    assert "I agree." in shown(page.text, db.query(Comment).filter_by(source="I agree.").one())
    assert "3 comments" not in page and "2 comments" in page
    said = {"text": "Nor this.", "parent": foreign.public_id}
    reader.post(address(document, "k4"), said, status=422)
    reader.post(address(document, "k5"), {"text": "Too late."}, status=422)


def test_comments_on_what_was_split_show_with_each_part_and_count_once(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    one, other = "Buses run from six in the morning.", "They run until midnight, on Sundays too."
    comment = quoting(make, document, "k3", "until midnight")
    version = revise(db, document, [("k1", "A draft"), ("k3", one), ("k3/", other)])
    later = make.comment(paragraph(db, document, "k3"), version=version)
    db.commit()
    assert counts(browser.get(address(document)).text) == {"k3": 2}
    first = browser.get(address(document, "k3"))
    assert "These words stand in" in shown(first.text, comment) and not first.html.find_all("mark")
    second = browser.get(address(document, "v2p3"))
    assert "of version 1, of which this was a part" in shown(second.text, comment)
    assert [mark.text for mark in second.html.find_all("mark")] == ["until midnight"]
    assert later.public_id not in second
    assert "0 comments" in second and "1 more" in second


def test_a_removed_paragraph_keeps_its_page_and_is_listed(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    comment = quoting(make, document, "k5", "from dusk")
    rows = [("k1", "A draft"), ("k2", TREES), ("k3", BUSES)]
    revise(db, document, rows, note="There is no money for lamps.")
    revise(db, document, [*rows[:2], ("k3", "Buses run.")])
    db.commit()
    page = browser.get(address(document, "k5"))
    assert "This paragraph was removed in version 2." in page
    assert "There is no money for lamps." in page and "its last words, from version 1" in page
    assert [mark.text for mark in page.html.find_all("mark")] == ["from dusk"]
    assert f'id="c-{comment.public_id}"' in page and page.html.find(id="comment-form").form is None
    text = browser.get(address(document))
    (gone,) = text.html.find_all(class_="no-more")
    said = " ".join(gone.text.split())
    assert said == "Removed in version 2 1.4 (1 comment) 1 paragraph, on which nobody had commented"
    assert not browser.get(address(document) + "/v1").html.find_all(class_="no-more")


def test_the_history_tells_each_version(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    rows = [("k1", "A draft"), ("k3", BUSES), ("k2", TREES.replace("forty", "sixty"))]
    revise(db, document, rows, moved="k2")
    revise(db, document, [("k1", "A draft"), ("", "New words."), ("k3", BUSES), rows[2]])
    db.commit()
    page = browser.get(address(document, "k2"))
    entries = page.html.find(class_="history").find_all("li")
    told = [" ".join(entry.find(class_="history-head").text.split()) for entry in entries]
    assert [re.sub(r" \d+ \w+ \d{4} ", ": ", line) for line in told] == [
        "Version 3: Not changed, number changed: was 1.2",
        "Version 2: Moved here from 1.1 and edited, number changed: was 1.1",
        "Version 1: First version",
    ]
    assert entries[1].find("del").text.endswith("forty")
    assert TREES in entries[2].text
    fresh = browser.get(address(document, "v3p2"))
    (entry,) = fresh.html.find(class_="history").find_all("li")
    assert "New" in entry.text and "New words." in entry.text


@pytest.mark.parametrize("comments", [2, 15])
def test_the_number_of_questions_stays_the_same(
    browser: Browser,
    make: Factory,
    db: Session,
    document: Document,
    connection: Connection,
    comments: int,
) -> None:
    for _time in range(comments):
        quoting(make, document, "k3", "until midnight")
        make.reply(quoting(make, document, "k4", "in the shade"))
    revise(db, document, [("k1", "A draft"), ("k3+k4", f"{BUSES} {BENCHES}"), ("k2", LAMPS)])
    revise(db, document, [("k1", "A draft"), ("k3", "Buses run until midnight."), ("k2", TREES)])
    db.commit()
    path, text = address(document, "k3"), address(document)
    browser.get(path)
    with counted(connection) as statements:
        browser.get(path)
    # As many as with one version, then: versions, the paragraph's wordings, what comments led to,
    # what led to changes, answers, and how many are asked.
    assert len(statements) == 13, statements
    with counted(connection) as statements:
        browser.get(text)
    # Document, latest version, counts: what became of paragraphs is kept with the text.
    assert len(statements) == 3, statements


def test_hostile_words_in_every_version(browser: Browser, make: Factory, db: Session) -> None:
    hostile = [
        '"><img src=x onerror=alert(1)>',
        "\u202e</q><script>",
        "${place} %(n)s {{ 1 }}",
        "&lt;",
    ]
    document = make.document(["A draft", *(f"Harmless words {n}." for n in range(5))])
    rows = [(f"k{n}", text) for n, text in enumerate(hostile, 2)]
    version = revise(db, document, [("k1", "A draft"), *rows], note=hostile[0])
    for key, exact in rows:
        where = paragraph(db, document, key)
        make.comment(where, version=version, quote_exact=exact, quote_start=0, quote_prefix=exact)
    rows = [("k2+k3", hostile[2] + hostile[0]), ("k4", hostile[0]), ("", hostile[1])]
    revise(db, document, [("k1", "A draft"), *rows], note=hostile[1])
    db.commit()
    for key in ("k2", "k3", "k4", "k5", "k6", "v3p4"):
        page = browser.get(address(document, key)).text
        assert "<img" not in page and "<script>" not in page
