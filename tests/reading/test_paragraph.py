"""The page of one paragraph: the whole loop without JavaScript."""

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.consultations.models import Moderation
from consult.consultations.phases import Phase
from consult.drafts.models import Document
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted


def address(document: Document, key: str = "k2") -> str:
    return f"/consultations/{document.consultation.slug}/{document.slug}/p/{key}"


def test_reading_writing_and_finding_ones_comment_again(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    document.consultation.moderation = Moderation.REPORT
    citizen = make.account(display_name="Ada")
    db.commit()
    reader = browser.signed_in(citizen)
    forms = reader.get(address(document)).forms.values()
    form = next(form for form in forms if "text" in form.fields)
    form["text"] = "What **kind** of trees?"
    form["quote"] = "speaks of trees"
    form["kind"] = "question"
    page = form.submit().follow()
    assert "Your comment is published." in page
    assert "What <strong>kind</strong> of trees?" in page
    assert '<mark class="quoted">speaks of trees</mark>' in page
    assert "Ada" in browser.get(address(document))


def test_a_refused_form_keeps_everything_that_was_typed(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    db.commit()
    reader = browser.signed_in(make.account())
    typed = {"text": "A long thought", "quote": "words of another text", "kind": "evidence"}
    page = reader.post(address(document), typed, status=422)
    assert page.html.find("textarea", {"name": "text"}).text.strip() == "A long thought"
    assert page.html.find("textarea", {"name": "quote"}).text.strip() == "words of another text"
    assert page.html.find("option", {"value": "evidence"}).has_attr("selected")
    assert "There is a problem" in page


def test_a_comment_after_closing_is_refused_and_its_text_kept(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document(consultation=make.consultation(Phase.CLOSED))
    db.commit()
    reader = browser.signed_in(make.account())
    page = reader.post(address(document), {"text": "Five minutes late"}, status=422)
    assert "closed on" in page
    assert "Five minutes late" in page.html.find("textarea", {"name": "text"}).text
    assert db.query(Comment).count() == 0


def test_a_waiting_comment_is_seen_by_its_author_and_moderators_alone(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    comment = make.comment(
        make.paragraph(document), status=CommentStatus.PENDING, html="<p>Waiting words</p>"
    )
    moderator = make.holder(Role.MODERATOR, document.consultation)
    other = make.account()
    db.commit()
    assert "Waiting words" in browser.signed_in(comment.author).get(address(document))
    assert "Waiting words" in browser.signed_in(moderator).get(address(document))
    assert "Waiting words" not in browser.signed_in(other).get(address(document))
    assert "Waiting words" not in browser.get(address(document))
    assert f"/c/{comment.public_id}" not in browser.get(address(document))


def test_an_official_reply_stands_in_the_thread_with_its_department(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    comment = make.comment(make.paragraph(document))
    make.reply(comment, html="<p>Yes, we shall.</p>")
    db.commit()
    page = browser.get(address(document))
    assert "Yes, we shall." in page
    assert document.consultation.department.name in page.html.find(class_="reply").text
    assert "answered" in browser.get(address(document).rsplit("/p/", 1)[0])


def test_with_the_header_of_htmx_only_the_conversation_is_sent(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    make.comment(make.paragraph(document), html="<p>Said here</p>")
    db.commit()
    fragment = browser.get(address(document), headers={"HX-Request": "true"})
    assert fragment.text.lstrip().startswith("<section")
    assert "Said here" in fragment
    assert "HX-Request" in fragment.headers["Vary"]


@pytest.mark.parametrize("comments", [2, 15])
def test_the_number_of_questions_does_not_grow_with_the_conversation(
    browser: Browser, make: Factory, db: Session, connection: Connection, comments: int
) -> None:
    document = make.document()
    for n in range(comments):
        comment = make.comment(make.paragraph(document), suggestion="Other words" if n % 2 else "")
        make.comment(make.paragraph(document), parent=comment)
        make.reply(comment)
    db.commit()
    path = address(document)
    browser.get(path)
    with counted(connection) as statements:
        browser.get(path)
    assert len(statements) == 7, statements
