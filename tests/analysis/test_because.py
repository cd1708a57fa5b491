"""Officials tie changes to the comments that caused them; both then say so."""

from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.analysis.because import tie
from consult.analysis.models import BecauseLink
from consult.audit import LogEntry
from consult.comments.status import CommentStatus
from consult.drafts.models import Document, Version, VersionState
from consult.drafts.published import wordings
from consult.importing import read
from consult.intake.publish import publish_version
from consult.intake.store import discard_working, import_draft
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted
from tests.reading.versions import paragraph, revise

TREES = "The council plants forty lime trees along the harbour."
OTHER = "The council plants sixty oaks along the harbour."


@pytest.fixture
def document(make: Factory) -> Document:
    return make.document(["A draft", TREES, "Buses run all night.", "Lamps burn from dusk."])


def because(document: Document, key: str = "k2", version: int = 2) -> str:
    place = f"/officials/consultations/{document.consultation.slug}/{document.slug}"
    return f"{place}/because/{key}?version={version}"


def page_of(document: Document, key: str = "k2") -> str:
    return f"/consultations/{document.consultation.slug}/{document.slug}/p/{key}"


def tied(db: Session) -> list[tuple[str, str]]:
    return sorted((link.paragraph.key, link.comment.public_id) for link in db.query(BecauseLink))


def test_from_the_gate_to_the_readers(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    comments = [make.comment(paragraph(db, document, "k2")) for _time in range(3)]
    version = revise(db, document, [("k1", "A draft"), ("k2", OTHER)], publish=False)
    official = make.holder(Role.OFFICIAL, document.consultation)
    db.commit()
    desk = browser.signed_in(official)
    page = desk.get(because(document))
    assert "Nobody sees it before version 2 is published" in page
    assert "<del>" in page and "sixty" in page
    form = page.forms[2]
    boxes = form.fields["comments"]
    assert [box._value for box in boxes] == [c.public_id for c in comments]
    assert page.html.select_one("label bdi").text == comments[0].author_name
    boxes[0].checked = boxes[2].checked = True
    assert "The change now names the comments" in form.submit().follow()
    wanted = [("k2", comments[0].public_id), ("k2", comments[2].public_id)]
    assert tied(db) == sorted(wanted)
    # Nobody else is told before the version is out.
    assert "Led to a change" not in browser.get(page_of(document))
    version.state, version.published_at = VersionState.PUBLISHED, version.created_at
    db.commit()
    shown = browser.get(page_of(document))
    assert shown.text.count("Led to a change in version 2") == 2
    assert "redline?from=1&amp;to=2#p-k2" in shown
    assert comments[0].author_name in shown.html.find(class_="history").text
    mine = browser.signed_in(comments[0].author).get("/account/comments")
    assert "Led to a change in version 2" in mine
    entry = db.query(LogEntry).filter_by(act="because").one()
    assert entry.detail["tied"] == [comments[0].public_id, comments[2].public_id]


def test_what_was_offered_and_is_not_ticked_any_more_is_let_go(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    one, other = (make.comment(paragraph(db, document, "k2")) for _time in range(2))
    version = revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    official = make.holder(Role.OFFICIAL, document.consultation)
    tie(db, version, one.paragraph, official, offered=[], chosen=[one, other])
    db.commit()
    page = browser.signed_in(official).get(because(document))
    form = page.forms[2]
    assert [box.checked for box in form.fields["comments"]] == [True, True]
    form.fields["comments"][0].checked = False
    form.submit()
    db.expire_all()
    assert tied(db) == [("k2", other.public_id)]


def test_what_a_colleague_ticked_or_let_go_meanwhile_stays_so(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    first, second, third, fourth = (
        make.comment(paragraph(db, document, "k2")) for _time in range(4)
    )
    version = revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    official = make.holder(Role.OFFICIAL, document.consultation)
    tie(db, version, first.paragraph, official, offered=[], chosen=[first, second])
    db.commit()
    colleague = browser.signed_in(make.holder(Role.SIGNATORY, document.consultation))
    mine = browser.signed_in(official).get(because(document)).forms[2]
    theirs = colleague.get(because(document)).forms[2]
    theirs.fields["comments"][0].checked, theirs.fields["comments"][2].checked = False, True
    theirs.submit(status=303)
    mine.fields["comments"][1].checked, mine.fields["comments"][3].checked = False, True
    mine.submit(status=303)
    db.expire_all()
    assert tied(db) == [("k2", third.public_id), ("k2", fourth.public_id)]


def test_a_comment_on_another_paragraph_is_named_by_its_address(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    elsewhere = make.comment(paragraph(db, document, "k4"))
    foreign = make.comment()
    hidden = make.comment(paragraph(db, document, "k4"), status=CommentStatus.HIDDEN)
    revise(db, document, [("k1", "A draft"), ("k2", OTHER), ("k4", "Lamps burn from dusk.")])
    official = make.holder(Role.OFFICIAL, document.consultation)
    db.commit()
    desk = browser.signed_in(official)
    for wrong in (foreign.public_id, hidden.public_id, "nothing", "<script>", "x" * 5000):
        page = desk.post(because(document), {"other": wrong}, status=422)
        assert "There is no such comment" in page
        assert page.html.find("input", {"name": "other"})["value"] == wrong
    address = f"http://localhost/c/{elsewhere.public_id}"
    page = desk.post(because(document), {"other": address}).follow()
    assert tied(db) == [("k2", elsewhere.public_id)]
    assert page.forms[2].fields["comments"][0].checked


def test_only_officials_of_the_consultation_say_it(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    comment = make.comment(paragraph(db, document, "k2"))
    revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    moderator = make.holder(Role.MODERATOR, document.consultation)
    stranger = make.holder(Role.OFFICIAL, make.consultation())
    db.commit()
    for who in (comment.author, moderator, stranger):
        visitor = browser.signed_in(who)
        visitor.get(because(document), status=403)
        visitor.post(because(document), {"comments": comment.public_id}, status=403)
    official = browser.signed_in(make.holder(Role.OFFICIAL, document.consultation))
    for version in (0, 1, 3):
        official.get(because(document, version=version), status=404)
    for wrong in ("", "?version=x", "?version=%C2%B2", "?version=" + "9" * 400):
        official.get(because(document).split("?")[0] + wrong, status=404)
    assert tied(db) == []


def test_what_was_merged_offers_the_comments_on_all_that_it_was(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    comments = [make.comment(paragraph(db, document, key)) for key in ("k3", "k4")]
    revise(db, document, [("k1", "A draft"), ("k3+k4", "Buses run and lamps burn."), ("k2", TREES)])
    official = browser.signed_in(make.holder(Role.OFFICIAL, document.consultation))
    db.commit()
    for key in ("k3", "k4"):
        page = official.get(because(document, key))
        boxes = page.forms[2].fields["comments"]
        assert [box._value for box in boxes] == [c.public_id for c in comments]
    official.post(because(document, "k4"), {"comments": comments[1].public_id})
    shown = browser.get(page_of(document, "k3"))
    assert "Led to a change in version 2" in shown
    assert comments[1].author_name in shown.html.find(class_="history").text
    redline = browser.get(page_of(document).replace("p/k2", "redline"))
    assert "Because of" in redline and comments[1].author_name in redline


def _draft(
    db: Session, document: Document, source: str, tmp: Path, *, replace_working: bool = False
) -> Version:
    return import_draft(
        db,
        document.consultation,
        document.slug,
        read(source.encode(), "draft.md"),
        source=source.encode(),
        data=tmp,
        replace_working=replace_working,
    )


def test_ties_to_new_paragraphs_follow_them_and_go_with_what_is_thrown_away(
    make: Factory, db: Session, document: Document, tmp_path: Path
) -> None:
    comment = make.comment(paragraph(db, document, "k2"))
    source = f"# A draft\n\n1.1 {TREES}\n\n1.2 Dogs are welcome everywhere, on the beach too.\n"
    version = _draft(db, document, source, tmp_path)
    new = wordings(db, version)[-1].paragraph
    official = make.account()
    tie(db, version, new, official, offered=[], chosen=[comment])
    again = _draft(db, document, source + "\n1.3 Cats too.\n", tmp_path, replace_working=True)
    assert tied(db) == []
    new = wordings(db, again)[2].paragraph
    tie(db, again, new, official, offered=[], chosen=[comment])
    publish_version(db, again)
    ((key, _comment),) = tied(db)
    assert key == wordings(db, again)[2].paragraph.key
    third = _draft(db, document, f"# A draft\n\n1.1 {TREES}\n\n1.2 Cats alone.\n", tmp_path)
    tie(db, third, paragraph(db, document, "k2"), official, offered=[], chosen=[comment])
    discard_working(db, third)
    assert len(tied(db)) == 1


def test_the_gate_leads_to_it_for_what_was_commented_on(
    browser: Browser, make: Factory, db: Session, document: Document, tmp_path: Path
) -> None:
    make.comment(paragraph(db, document, "k2"))
    source = f"# A draft\n\n1.1 {OTHER}\n\n1.2 Buses run all night.\n\n1.3 Lamps burn.\n"
    _draft(db, document, source, tmp_path)
    official = browser.signed_in(make.holder(Role.OFFICIAL, document.consultation))
    db.commit()
    gate = because(document).split("/because/")[0] + "/gate?show=changed"
    page = official.get(gate).click("Because of which comments", index=0)
    assert page.request.path_qs == because(document)
    assert "Which comments led to the change of <bdi>1.1</bdi> in version 2?" in page


def test_the_gate_leads_to_it_for_what_is_new(
    browser: Browser, make: Factory, db: Session, document: Document, tmp_path: Path
) -> None:
    comment = make.comment(paragraph(db, document, "k2"))
    source = f"# A draft\n\n1.1 {TREES}\n\n1.2 Dogs are welcome everywhere, on the beach too.\n"
    version = _draft(db, document, source, tmp_path)
    official = browser.signed_in(make.holder(Role.OFFICIAL, document.consultation))
    db.commit()
    gate = because(document).split("/because/")[0] + "/gate?show=new"
    page = official.get(gate).click("Because of which comments")
    assert "Nobody had commented on this before." in page
    page.forms[2]["other"] = comment.public_id
    page.forms[2].submit()
    assert tied(db) == [(wordings(db, version)[-1].paragraph.key, comment.public_id)]


@pytest.mark.parametrize("comments", [3, 70])
def test_the_list_is_paged_and_asks_few_questions(
    browser: Browser,
    make: Factory,
    db: Session,
    document: Document,
    connection: Connection,
    comments: int,
) -> None:
    for _time in range(comments):
        make.comment(paragraph(db, document, "k2"))
    revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    official = browser.signed_in(make.holder(Role.OFFICIAL, document.consultation))
    path = because(document)
    db.commit()
    with counted(connection) as statements:
        page = official.get(path)
    # Who asks, the paragraph, version, trail, wordings, what is tied, comments.
    assert len(statements) == 7, statements
    assert len(page.html.find_all("input", {"name": "comments"})) == min(comments, 50)
    if comments > 50:
        following = page.html.find(rel="next")["href"]
        assert len(official.get(following).html.find_all("input", {"name": "comments"})) == 20
