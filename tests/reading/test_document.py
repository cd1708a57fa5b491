"""The reading page: text made once, counts in one query, no cookie, an ETag that tells the truth."""

import re

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.comments.status import CommentStatus
from consult.consultations.phases import Audience, Phase
from consult.drafts.models import Document, VersionState
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted


def address(document: Document) -> str:
    return f"/consultations/{document.consultation.slug}/{document.slug}"


def counts(page: str) -> list[str]:
    return re.findall(r'class="c h\d[^>]*>(\d+)<', page)


def test_shows_text_numbers_and_counts(browser: Browser, make: Factory, db: Session) -> None:
    document = make.document()
    for _time in range(3):
        make.comment(make.paragraph(document, 2))
    db.commit()
    page = browser.get(address(document))
    assert "The first paragraph speaks of trees." in page
    assert '<a class="n" href="#p-k2">1.1</a>' in page
    assert counts(page.text) == ["3"]
    assert "comments on 1.1" in page


@pytest.mark.parametrize(
    "status",
    [
        CommentStatus.UNCONFIRMED,
        CommentStatus.PENDING,
        CommentStatus.HIDDEN,
        CommentStatus.WITHDRAWN,
    ],
)
def test_what_nobody_may_see_is_not_counted(
    browser: Browser, make: Factory, db: Session, status: CommentStatus
) -> None:
    document = make.document()
    make.comment(make.paragraph(document), status=status)
    db.commit()
    assert counts(browser.get(address(document)).text) == []


def test_sets_no_cookie_and_answers_304_until_something_visible_changes(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    db.commit()
    first = browser.get(address(document))
    assert "Set-Cookie" not in first.headers
    known = {"If-None-Match": first.headers["ETag"]}
    assert browser.get(address(document), status=304, headers=known).body == b""
    comment = make.comment(make.paragraph(document))
    db.commit()
    second = browser.get(address(document), headers=known)
    assert second.headers["ETag"] != first.headers["ETag"]
    comment.status = CommentStatus.HIDDEN
    db.commit()
    assert browser.get(address(document)).headers["ETag"] == first.headers["ETag"]


def test_every_change_that_readers_see_makes_the_kept_page_outdated(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    comment = make.comment(make.paragraph(document))
    db.commit()
    seen = [browser.get(address(document)).headers["ETag"]]
    make.reply(comment)
    db.commit()
    seen.append(browser.get(address(document)).headers["ETag"])
    document.consultation.title = "Another title"
    db.commit()
    seen.append(browser.get(address(document)).headers["ETag"])
    document.consultation.department.name = "Another department"
    db.commit()
    seen.append(browser.get(address(document)).headers["ETag"])
    assert len(set(seen)) == len(seen)


def test_a_kept_page_is_not_shown_once_the_consultation_is_for_officials(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    db.commit()
    browser.get(address(document))
    document.consultation.audience = Audience.OFFICIALS
    db.commit()
    browser.get(address(document), status=404)


def test_asks_few_questions_and_a_kept_page_one(
    browser: Browser, make: Factory, db: Session, connection: Connection
) -> None:
    document = make.document(["Draft", *(f"Paragraph {n}." for n in range(40))])
    for n in range(30):
        make.comment(make.paragraph(document, 2 + n))
    path, paragraph = address(document), make.paragraph(document)
    db.commit()
    with counted(connection) as first:
        browser.get(path)
    # Document with its consultation, latest version, its wordings, and one for all counts.
    assert len(first) == 4, first
    with counted(connection) as second:
        browser.get(path)
    assert len(second) == 1, second
    make.comment(paragraph)
    db.commit()
    with counted(connection) as third:
        browser.get(path)
    # The text itself is not read again: the kept page, document, version, counts.
    assert len(third) == 4, third
    assert not any("wording" in statement for statement in third)


def test_offers_commenting_only_while_open(browser: Browser, make: Factory, db: Session) -> None:
    open_one = make.document()
    closed = make.document(consultation=make.consultation(Phase.CLOSED))
    db.commit()
    assert "Comment<i> on 1.1" in browser.get(address(open_one))
    assert "Comment<i> on 1.1" not in browser.get(address(closed))


def test_a_draft_that_is_not_published_does_not_exist_for_readers(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document(published=False)
    db.commit()
    browser.get(address(document), status=404)
    browser.get(address(document) + "/v1", status=404)
    browser.get(address(document) + "/p/k2", status=404)


def test_a_given_version_keeps_its_address(browser: Browser, make: Factory, db: Session) -> None:
    document = make.document()
    db.commit()
    page = browser.get(address(document) + "/v1")
    assert 'href="p/k2"' in page
    browser.get(address(document) + "/v2", status=404)


def test_go_to_leads_to_the_paragraph_of_that_number(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    db.commit()
    found = browser.get(address(document) + "?go=1.2", status=303)
    assert found.location.endswith(address(document) + "#p-k3")
    missing = browser.get(address(document) + "?go=9.9", status=303).follow()
    assert "There is no paragraph of that number here." in missing


def test_text_of_the_draft_is_marked_with_its_own_language_and_direction(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document(["مسودة", "نص الفقرة الأولى."], published=False)
    version = document.versions[0]
    version.language = "ar"
    db.flush()
    version.state, version.published_at = VersionState.PUBLISHED, version.created_at
    db.commit()
    page = browser.get(address(document))
    assert 'lang="ar" dir="rtl"' in page
    assert page.html.html["dir"] == "ltr"
