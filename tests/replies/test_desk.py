"""The desk of officials."""

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Account, Role
from consult.comments.models import Comment, Contribution
from consult.comments.status import CommentStatus
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.drafts.models import Version, VersionState
from consult.replies.models import ReplyStatus
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted


@pytest.fixture
def consultation(make: Factory, db: Session) -> Consultation:
    consultation = make.consultation(title="Trees and buses")
    db.commit()
    return consultation


@pytest.fixture
def account(make: Factory, consultation: Consultation) -> Account:
    return make.holder(Role.OFFICIAL, consultation.department)


@pytest.fixture
def official(browser: Browser, account: Account) -> Browser:
    return browser.signed_in(account)


def fill(make: Factory, consultation: Consultation) -> tuple[Comment, Comment, Comment, Comment]:
    """Make a document with a question, a comment, and both of them answered."""
    paragraph = make.paragraph(make.document(consultation=consultation))
    question = {"contribution": Contribution.QUESTION}
    asked, said = make.comment(paragraph, **question), make.comment(paragraph)
    asked_answered, said_answered = make.comment(paragraph, **question), make.comment(paragraph)
    for comment in (asked_answered, said_answered):
        make.reply(comment)
    make.reply(asked, status=ReplyStatus.DRAFT, published_at=None)
    for status in (CommentStatus.PENDING, CommentStatus.HIDDEN, CommentStatus.WITHDRAWN):
        make.comment(paragraph, status=status, **question)
    make.comment(paragraph, author_department="Department for Places", **question)
    make.db.commit()
    return asked, said, asked_answered, said_answered


def test_the_desk_lists_the_consultations_where_one_has_a_role(
    browser: Browser, make: Factory, db: Session, consultation: Consultation, official: Browser
) -> None:
    other = make.consultation(title="Somebody else's")
    draft = make.consultation(Phase.DRAFT, title="Not out yet", department=consultation.department)
    fill(make, consultation)
    page = official.get("/officials")
    assert consultation.title in page
    assert draft.title in page
    assert other.title not in page
    assert "Answer 1 question" in page
    assert "New consultation" in page
    everywhere = browser.signed_in(make.holder(Role.ADMINISTRATOR)).get("/officials")
    assert consultation.title in everywhere
    assert "Somebody else" in everywhere
    signatory = browser.signed_in(make.holder(Role.SIGNATORY, consultation)).get("/officials")
    assert consultation.title in signatory
    assert "New consultation" not in signatory


def test_the_desk_is_for_officials(browser: Browser, make: Factory) -> None:
    for account in (make.account(), make.holder(Role.MODERATOR)):
        browser.signed_in(account).get("/officials", status=403)
    assert "/sign-in" in browser.get("/officials", status=303).location


def test_an_empty_desk_says_what_to_do(browser: Browser, make: Factory) -> None:
    page = browser.signed_in(make.holder(Role.OFFICIAL, make.department())).get("/officials")
    assert "You have no consultation yet" in page
    assert 'href="/officials/consultations/new"' in page


def test_the_desk_is_paged(browser: Browser, make: Factory, db: Session) -> None:
    department = make.department()
    for _ in range(21):
        make.consultation(department=department)
    visitor = browser.signed_in(make.holder(Role.OFFICIAL, department))
    page = visitor.get("/officials")
    assert page.text.count('class="card"') == 20
    assert page.click("Next page").text.count('class="card"') == 1


def desk(consultation: Consultation, tab: str = "") -> str:
    return f"/officials/consultations/{consultation.slug}" + (f"?show={tab}" if tab else "")


def test_each_tab_lists_what_it_says(
    make: Factory, consultation: Consultation, official: Browser
) -> None:
    comments = fill(make, consultation)
    for tab, shown in (("", 0), ("nonsense", 0), ("questions", 0), ("comments", 1)):
        page = official.get(desk(consultation, tab))
        listed = [c for c in comments if f'id="c-{c.public_id}"' in page]
        assert listed == [comments[shown]]
        assert page.text.count('class="desk-item"') == 1
        assert f"/c/{listed[0].public_id}/reply" in page
    assert official.get(desk(consultation, "drafts")).text.count('id="r-') == 1
    assert official.get(desk(consultation, "replies")).text.count('id="r-') == 2


def test_officials_see_working_versions_and_where_most_is_said(
    make: Factory, db: Session, consultation: Consultation, official: Browser
) -> None:
    asked, *_ = fill(make, consultation)
    db.add(
        Version(
            document=asked.document,
            number=2,
            state=VersionState.WORKING,
            created_at=clock.now(),
            findings=[],
        )
    )
    db.commit()
    page = official.get(desk(consultation))
    document = f"{consultation.slug}/{asked.document.slug}"
    assert f'href="/officials/consultations/{document}/preview"' in page
    assert f'href="/consultations/{document}/v1"' in page
    assert f'href="/consultations/{document}/p/{asked.paragraph.key}"' in page
    assert "The first paragraph speaks of trees." in page
    for name in ("import", "edit", "phase?move=close"):
        assert f'href="/officials/consultations/{consultation.slug}/{name}"' in page


def test_everybody_with_a_role_reads_the_desk_and_does_there_what_the_role_allows(
    browser: Browser, make: Factory, db: Session, consultation: Consultation
) -> None:
    asked, *_ = fill(make, consultation)
    moderator = browser.signed_in(make.holder(Role.MODERATOR, consultation)).get(desk(consultation))
    assert f"/c/{asked.public_id}/reply" not in moderator
    assert "/edit" not in moderator
    signatory = browser.signed_in(make.holder(Role.SIGNATORY, consultation)).get(desk(consultation))
    assert f"/c/{asked.public_id}/reply" in signatory
    assert "/edit" not in signatory
    for stranger in (make.account(), make.holder(Role.OFFICIAL, make.department())):
        browser.signed_in(stranger).get(desk(consultation), status=403)
    for phase in Phase:
        consultation.phase = phase
        db.commit()
        browser.signed_in(make.holder(Role.OFFICIAL, consultation)).get(desk(consultation))


def test_the_lists_of_a_consultation_are_paged_without_gap(
    make: Factory, db: Session, consultation: Consultation, official: Browser
) -> None:
    paragraph = make.paragraph(make.document(consultation=consultation))
    for n in range(21):
        make.comment(paragraph, contribution=Contribution.QUESTION)
        answered = make.comment(paragraph)
        make.reply(answered, status=ReplyStatus.DRAFT if n < 21 else ReplyStatus.PUBLISHED)
    db.commit()
    for tab in ("questions", "comments", "drafts"):
        page = official.get(desk(consultation, tab))
        assert page.text.count('class="desk-item"') == 20
        assert page.click("Next page").text.count('class="desk-item"') == 1
    official.get(desk(consultation, "drafts") + "&from=x")
    official.get(desk(consultation, "drafts") + "&from=" + "9" * 40)


def test_desks_ask_the_database_a_fixed_number_of_times(
    make: Factory,
    db: Session,
    consultation: Consultation,
    account: Account,
    official: Browser,
    connection: Connection,
) -> None:
    numbers = []
    for _ in range(2):
        fill(make, consultation)
        fill(make, make.consultation(department=consultation.department))
        counts = []
        for address in ["/officials"] + [
            desk(consultation, tab) for tab in ("questions", "comments", "drafts", "replies")
        ]:
            with counted(connection) as statements:
                official.get(address)
            counts.append(sum("login_session" not in statement for statement in statements))
        numbers.append(counts)
    assert numbers[0] == numbers[1] == [3, 10, 10, 9, 9]
