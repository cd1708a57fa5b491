"""An official who moves a consultation on is told what is left open."""

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.audit import LogEntry
from consult.comments.models import Comment, Contribution
from consult.comments.status import CommentStatus
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.replies.models import ReplyStatus
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted

QUESTION = {"contribution": Contribution.QUESTION}


@pytest.fixture
def consultation(make: Factory, db: Session) -> Consultation:
    consultation = make.consultation()
    db.commit()
    return consultation


@pytest.fixture
def official(browser: Browser, make: Factory, consultation: Consultation) -> Browser:
    return browser.signed_in(make.holder(Role.OFFICIAL, consultation))


def confirm(consultation: Consultation, move: str) -> str:
    return f"/officials/consultations/{consultation.slug}/phase?move={move}"


def fill(make: Factory, consultation: Consultation, n: int) -> list[Comment]:
    """Make `n` of everything that can be left open, and one of what is not open."""
    paragraph = make.paragraph(make.document(consultation=consultation))
    questions = [make.comment(paragraph, **QUESTION) for _ in range(n)]
    for _ in range(n):
        make.comment(paragraph, status=CommentStatus.PENDING, **QUESTION)
        make.comment(paragraph, status=CommentStatus.UNCONFIRMED)
        make.reply(questions[0], status=ReplyStatus.DRAFT, published_at=None)
    make.reply(make.comment(paragraph, **QUESTION))
    make.comment(paragraph)
    make.comment(paragraph, author_department="Department for Places", **QUESTION)
    for status in (CommentStatus.HIDDEN, CommentStatus.WITHDRAWN):
        make.comment(paragraph, status=status, **QUESTION)
    make.reply(questions[0], status=ReplyStatus.WITHDRAWN)
    make.db.commit()
    return questions


def elsewhere(make: Factory) -> None:
    fill(make, make.consultation(), 3)


@pytest.mark.parametrize(
    ("n", "waits", "unconfirmed", "asked", "drafts"),
    [
        (
            1,
            "1 comment waits for a moderator",
            "1 comment by a guest has not been confirmed",
            "1 question has no official answer",
            "1 draft of a reply is not published",
        ),
        (
            2,
            "2 comments wait for a moderator",
            "2 comments by guests have not been confirmed",
            "2 questions have no official answer",
            "2 drafts of replies are not published",
        ),
    ],
)
def test_what_closing_and_answering_leave_open_is_said_before_and_kept_in_the_log(
    make: Factory, db: Session, consultation: Consultation, official: Browser,
    n: int, waits: str, unconfirmed: str, asked: str, drafts: str,
) -> None:  # fmt: skip
    fill(make, consultation, n)
    elsewhere(make)
    for move, said, left in (
        ("close", (waits, unconfirmed, asked), {"pending": n, "unconfirmed": n, "questions": n}),
        ("answer", (waits, unconfirmed, asked, drafts),
         {"pending": n, "unconfirmed": n, "questions": n, "drafts": n}),
    ):  # fmt: skip
        official.get(confirm(consultation, move)).mustcontain(*said)
        official.post(confirm(consultation, move), {"move": move})
        entry = db.scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
        assert entry is not None and entry.act == move
        assert entry.detail["left"] == left
    assert consultation.phase is Phase.ANSWERED


def test_where_nothing_is_left_open_nothing_is_said(
    make: Factory, db: Session, consultation: Consultation, official: Browser
) -> None:
    make.document(consultation=consultation)
    elsewhere(make)
    for move in ("close", "answer", "resume", "reopen"):
        assert "Before you do" not in official.get(confirm(consultation, move))
        official.post(confirm(consultation, move), {"move": move, "closes_at": "2090-12-11T17:00"})
        entry = db.scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
        assert entry is not None and "left" not in entry.detail


@pytest.mark.parametrize("published", [None, False, True])
def test_opening_without_a_text_is_said_to_be_that(
    browser: Browser, make: Factory, db: Session, published: bool | None
) -> None:
    consultation = make.consultation(Phase.DRAFT)
    if published is not None:
        make.document(consultation=consultation, published=published)
    make.document()
    db.commit()
    official = browser.signed_in(make.holder(Role.OFFICIAL, consultation))
    opening = "No text is published, so nobody can comment"
    assert (opening in official.get(confirm(consultation, "open"))) is not published
    assert ("No text is published yet" in official.get(confirm(consultation, "schedule"))) is (
        not published
    )
    official.post(confirm(consultation, "open"), {"move": "open"})
    entry = db.scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
    assert entry is not None
    assert entry.detail.get("left") == (None if published else {"without text": 1})


def test_a_refused_move_says_still_what_is_left_open(
    make: Factory, db: Session, official: Browser, consultation: Consultation
) -> None:
    consultation.phase = Phase.CLOSED
    db.commit()
    page = official.post(confirm(consultation, "reopen"), {"move": "reopen"}, status=422)
    page.mustcontain("Say when", "No text is published")


def test_counting_asks_the_database_a_fixed_number_of_times(
    make: Factory, consultation: Consultation, official: Browser, connection: Connection
) -> None:
    numbers = []
    for _ in range(2):
        fill(make, consultation, 3)
        with counted(connection) as statements:
            official.get(confirm(consultation, "close"))
        numbers.append(sum("login_session" not in statement for statement in statements))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 6
