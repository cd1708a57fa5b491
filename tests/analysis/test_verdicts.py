""" "Does this meet your point?": asked of those who had commented, counted in public."""

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult.accounts.models import AccountState, Role
from consult.analysis.keys import verdict_key
from consult.analysis.models import Answer, Verdict
from consult.comments.status import CommentStatus
from consult.consultations.phases import Audience
from consult.drafts.models import Document
from tests.browser import Browser
from tests.factories import Factory
from tests.reading.versions import paragraph, revise

TREES = "The council plants forty lime trees along the harbour."
OTHER = "The council plants sixty oaks along the harbour."


@pytest.fixture
def document(make: Factory) -> Document:
    return make.document(["A draft", TREES, "Buses run all night.", "Lamps burn from dusk."])


def page_of(document: Document, key: str = "k2") -> str:
    return f"/consultations/{document.consultation.slug}/{document.slug}/p/{key}"


def asked(document: Document, key: str = "k2", version: object = 2) -> str:
    return f"{page_of(document, key)}/verdict?version={version}"


def answers(db: Session) -> list[tuple[Answer, str]]:
    return [(v.answer, v.why) for v in db.query(Verdict).order_by(Verdict.account_id)]


def test_a_commenter_answers_and_all_can_read_how_many_did(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    authors = [make.comment(paragraph(db, document, "k2")).author for _time in range(3)]
    make.comment(paragraph(db, document, "k2"), author=authors[0], html="<p>More shade.</p>")
    revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    db.commit()
    assert "meets their point" not in browser.get(page_of(document))
    one = browser.signed_in(authors[0])
    page = one.get(page_of(document)).click("Does version 2 meet your point?")
    assert "<ins>" in page and "More shade." in page
    form = page.forms[2]
    form["answer"], form["why"] = "yes", "There is shade now."
    assert "Your answer counts" in form.submit().follow()
    browser.signed_in(authors[1]).post(asked(document), {"answer": "partly"})
    said = "Of 3 people who had commented before version 2, 1 says that it meets their point, 1 partly."
    shown = browser.get(page_of(document))
    assert said in " ".join(shown.html.find(class_="asked").text.split())
    assert "There is shade now." not in shown
    assert "There is shade now." not in one.get(page_of(document))
    official = make.holder(Role.OFFICIAL, document.consultation)
    assert "There is shade now." in browser.signed_in(official).get(page_of(document))


def test_an_answer_can_be_changed_and_counts_once(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    author = make.comment(paragraph(db, document, "k2")).author
    revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    db.commit()
    citizen = browser.signed_in(author)
    citizen.post(asked(document), {"answer": "no", "why": "  Oaks\nare\tslow. "})
    assert answers(db) == [(Answer.NO, "Oaks are slow.")]
    form = citizen.get(asked(document)).forms[2]
    assert (form["answer"].value, form["why"].value) == ("no", "Oaks are slow.")
    citizen.post(asked(document), {"answer": "yes", "why": ""})
    assert answers(db) == [(Answer.YES, "")]


@pytest.mark.parametrize(
    "fields", [{}, {"answer": "perhaps"}, {"answer": "yes", "why": "x" * 201}, {"why": "Because."}]
)
def test_a_refused_answer_keeps_what_was_typed(
    browser: Browser, make: Factory, db: Session, document: Document, fields: dict[str, str]
) -> None:
    author = make.comment(paragraph(db, document, "k2")).author
    revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    db.commit()
    page = browser.signed_in(author).post(asked(document), fields, status=422)
    assert "There is a problem" in page
    assert page.forms[2]["why"].value == fields.get("why", "")
    assert answers(db) == []


def test_nobody_else_is_asked(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    hidden = make.comment(paragraph(db, document, "k2"), status=CommentStatus.HIDDEN).author
    elsewhere = make.comment(paragraph(db, document, "k3")).author
    version = revise(
        db, document, [("k1", "A draft"), ("k2", OTHER), ("k3", "Buses run all night.")]
    )
    late = make.comment(paragraph(db, document, "k2"), version=version).author
    db.commit()
    for account in (hidden, elsewhere, late, make.account()):
        db.commit()
        citizen = browser.signed_in(account)
        assert "and you had not" in citizen.get(asked(document))
        citizen.post(asked(document), {"answer": "yes"}, status=403)
        assert "meet your point" not in citizen.get(page_of(document))
    assert "Sign in to answer" in browser.get(asked(document))
    browser.post(asked(document), {"answer": "yes"}, status=403)
    # What did not change asks nothing.
    browser.signed_in(elsewhere).get(asked(document, "k3"), status=404)
    assert answers(db) == []


def test_a_guest_answers_by_the_key_in_the_letter_and_for_that_version_alone(
    app: Router, browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    guest = make.account(state=AccountState.GUEST)
    make.comment(paragraph(db, document, "k2"), author=guest)
    second = revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    revise(db, document, [("k1", "A draft"), ("k2", TREES)])
    db.commit()
    key = verdict_key(app.registry["settings"], guest, second)
    page = browser.get(f"{asked(document)}&key={key}")
    form = page.forms[1]
    form["answer"] = "partly"
    assert "Your answer counts" in form.submit().follow()
    assert answers(db) == [(Answer.PARTLY, "")]
    forged = key.replace(f"{guest.id}.", f"{guest.id + 1}.", 1)
    for wrong in (forged, key[:-1] + "~", "x" * 4000, "1.x"):
        assert "Sign in to answer" in browser.get(f"{asked(document)}&key={wrong}")
    browser.post(f"{asked(document, version=3)}&key={key}", {"answer": "no"}, status=403)
    guest.state = AccountState.CLOSED
    db.commit()
    browser.post(f"{asked(document)}&key={key}", {"answer": "no"}, status=403)
    assert answers(db) == [(Answer.PARTLY, "")]


def test_what_was_merged_is_judged_with_what_it_went_into_and_what_was_removed_by_itself(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    merged = make.comment(paragraph(db, document, "k4")).author
    removed = make.comment(paragraph(db, document, "k2")).author
    revise(db, document, [("k1", "A draft"), ("k3+k4", "Buses run. Lamps burn.")])
    db.commit()
    citizen = browser.signed_in(merged)
    page = citizen.get(asked(document, "k4"), status=303)
    assert page.location.endswith(asked(document, "k3"))
    citizen.post(asked(document, "k3"), {"answer": "yes"})
    other = browser.signed_in(removed)
    assert "Version 2 removed <bdi>1.1</bdi>." in other.get(asked(document))
    other.post(asked(document), {"answer": "no"})
    assert {(v.answer, v.paragraph_id) for v in db.query(Verdict)} == {
        (Answer.YES, paragraph(db, document, "k3").id),
        (Answer.NO, paragraph(db, document, "k2").id),
    }
    shown = browser.get(page_of(document)).html.find(class_="asked").text
    assert "Of 1 person who had commented before version 2, 0 say" in " ".join(shown.split())


def test_addresses_that_make_no_sense(
    browser: Browser, make: Factory, db: Session, document: Document
) -> None:
    author = make.comment(paragraph(db, document, "k2")).author
    revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    revise(db, document, [("k1", "A draft"), ("k2", TREES)], publish=False)
    db.commit()
    citizen = browser.signed_in(author)
    for version in ("", "0", "1", "3", "x", "%C2%B2", "9" * 300):
        citizen.get(asked(document, version=version), status=404)
    document.consultation.audience = Audience.OFFICIALS
    db.commit()
    citizen.get(asked(document), status=404)


def test_hostile_answers(browser: Browser, make: Factory, db: Session, document: Document) -> None:
    hostile = '"><script>alert(1)</script>\u202e{{ 1 }}%(n)s'
    author = make.account(display_name=hostile)
    make.comment(paragraph(db, document, "k2"), author=author)
    revise(db, document, [("k1", "A draft"), ("k2", OTHER)])
    official = make.holder(Role.OFFICIAL, document.consultation)
    db.commit()
    citizen = browser.signed_in(author)
    citizen.post(asked(document), {"answer": "no", "why": hostile})
    for page in (
        citizen.get(asked(document)),
        browser.signed_in(official).get(page_of(document)),
    ):
        assert "<script>alert" not in page and "&lt;script&gt;" in page
