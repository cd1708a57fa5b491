"""How the database goes about what the pages ask of it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.models import Comment, Contribution
from consult.comments.threads import Order, conversation
from consult.consultations.models import Consultation
from consult.drafts.models import Document, Paragraph
from consult.reading.paragraph import OFFICIAL
from consult.replies.models import ReplyStatus
from consult.replies.reply_impact import questions_at_stake
from consult.search.indexing import everything
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import explained

MANY = 15_000  # comments on other paragraphs, between those that the page is about


def _asked(browser: Browser, make: Factory, document: Document, db: Session) -> Iterator[Any]:
    """Do everything for which it matters whether a comment is answered."""
    consultation: Consultation = document.consultation
    official = browser.signed_in(make.holder(Role.OFFICIAL, consultation.department))
    comment = make.comment(make.paragraph(document), contribution=Contribution.QUESTION)
    make.reply(comment)
    make.reply(comment, status=ReplyStatus.DRAFT, published_at=None)
    db.commit()
    desk = f"/officials/consultations/{consultation.slug}"
    yield official.get("/officials")
    for tab in ("questions", "comments", "drafts", "replies"):
        yield official.get(f"{desk}?show={tab}")
    yield official.get(f"/c/{comment.public_id}/reply")
    page = f"/consultations/{consultation.slug}/{document.slug}"
    yield browser.get(page)
    yield official.get(f"{page}/p/{make.paragraph(document).key}")
    yield questions_at_stake(db, document)
    yield list(everything(db))


# PostgreSQL chooses by how full its tables are, which the test of threads is about.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
def test_whether_a_comment_is_answered_is_never_asked_of_all_replies(
    browser: Browser, make: Factory, db: Session, connection: Connection
) -> None:
    with explained(connection) as plans:
        for _page in _asked(browser, make, make.document(), db):
            pass
    answers = [line for plan in plans for line in plan.splitlines() if "official_reply" in line]
    assert any("INTEGER PRIMARY KEY" in line for line in answers)
    for line in answers:
        by_its_id = "USING INTEGER PRIMARY KEY" in line
        by_its_consultation = re.search(r"\(consultation_id=\?", line)
        by_its_key = re.search(r"\((public_id|idempotency_key)=\?", line)
        # Building the index goes through all replies once, because it is about them.
        goes_through_all_once = line == "SCAN official_reply"
        assert by_its_id or by_its_consultation or by_its_key or goes_through_all_once, line
    inside = "\n".join(plans).split("CORRELATED SCALAR SUBQUERY")[1:]
    assert inside
    assert not [part for part in inside if part.splitlines()[1:2] == ["SCAN official_reply"]]


@pytest.fixture
def crowd(make: Factory, db: Session, connection: Connection) -> Paragraph:
    """Give a paragraph with 60 comments, half of them answers, among very many on others."""
    document = make.document(["A draft", *(f"Paragraph {n}." for n in range(1, 60))])
    first = make.comment(make.paragraph(document, 3))
    connection.execute(
        text(
            f"""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {MANY})
            INSERT INTO comment ({", ".join(column.name for column in Comment.__table__.c)})
            SELECT {", ".join(_COPIED.get(c.name, c.name) for c in Comment.__table__.c)}
            FROM comment, number WHERE comment.id = :first
            """
        ),
        {"first": first.id, "second": make.paragraph(document, 2).id},
    )
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE comment"))
        connection.execute(text("ANALYZE paragraph"))
    db.expire_all()
    return make.paragraph(document, 2)


# Of 250 two stand on the second paragraph, one answering the other; of the rest every third is an
# answer to the one before it. They are as long as people's comments are.
_COPIED = {
    "id": "comment.id + n",
    "public_id": "'many' || n",
    "idempotency_key": "'many' || n",
    "paragraph_id": "CASE WHEN n % 250 < 2 THEN :second ELSE comment.paragraph_id + n % 50 END",
    "parent_id": (
        "CASE WHEN n % 250 = 1 OR (n % 250 > 2 AND n % 3 = 1) THEN comment.id + n - 1 END"
    ),
    "source": f"'{'word ' * 70}'",
    "html": f"'<p>{'word ' * 70}</p>'",
}


@pytest.mark.parametrize("order", list(Order))
def test_a_thread_costs_what_it_shows(
    crowd: Paragraph, db: Session, connection: Connection, order: Order
) -> None:
    with explained(connection) as plans:
        shown = conversation(db, crowd, viewer=None, order=order, official=OFFICIAL)
    assert len(shown.threads) == 20
    assert any(node.replies for node in shown.threads)
    for plan in plans:
        if connection.dialect.name == "sqlite":
            assert "SCAN comment" not in plan
        else:
            rows = [
                int(n) for n in re.findall(r"on comment\b.* rows=(\d+)(?:\.\d+)? loops=1\)", plan)
            ]
            removed = [int(n) for n in re.findall(r"Rows Removed by Filter: (\d+)", plan)]
            assert sum(rows) + sum(removed) < MANY / 20, plan
