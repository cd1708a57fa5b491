"""Whatever is in a field: it is refused with a reason or stored clean, and never breaks a page."""

import gc
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import lxml.html
import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.form import MAX_TEXT
from consult.comments.models import Comment
from consult.comments.post import Signature, post_comment
from consult.comments.status import CommentStatus
from consult.consultations.models import Moderation
from consult.drafts.models import Paragraph
from consult.drafts.published import latest_wording
from consult.text import clean_text
from tests.browser import Browser
from tests.comments.helpers import comments, page_of
from tests.factories import Factory

# WebOb leaves the files in which it keeps large bodies to the garbage collector, which says so.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

FETCHING = {"script", "img", "iframe", "object", "embed", "svg", "style", "link", "base", "video"}
MEANINGLESS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\ud800-\udfff]")

FIELDS = (
    "text quote quote_prefix quote_suffix kind stance parent suggestion idempotency_key name email"
).split()

NAUGHTY = [
    "\x00",
    "before\x00after\x07\x1b[31m",
    "\u202eright to left override\u202c \u2066isolate",
    "\ufeff\ufffe\uffff\U0010ffff",
    "Z" + "\u0300" * 2_000,
    "\u200b\u200d\u2060",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[a](javascript:alert(1)) ![b](//evil.example/c.png)",
    "{{ 7 * 7 }} ${7*7} %s %(n)s {0}",
    "'; DROP TABLE comment; --",
    "مرحبا שלום 😀👩‍👩‍👧 ﷽",
    "\r\n\r\n.\r\n",
    "-" * 3_000,
    "*" * 3_000,
    "[" * 3_000,
    "> " * 1_500,
    "9" * 400,
    "../../etc/passwd",
    "=1+1",
]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture
def paragraph(make: Factory, db: Session) -> Paragraph:
    """Give a paragraph on which comments appear at once."""
    found = make.paragraph(
        make.document(consultation=make.consultation(moderation=Moderation.REPORT))
    )
    db.commit()
    return found


def assert_harmless(page: str) -> None:
    """Check, by another parser than ours, that nothing typed became markup that acts or fetches."""
    assert not MEANINGLESS.search(page)
    [main] = lxml.html.document_fromstring(page).iter("main")
    for element in main.iterdescendants():
        assert element.tag not in FETCHING, page
        for name in map(str, element.attrib):
            value = element.get(name, "")
            assert not name.startswith("on") and name != "style", page
            if name in ("href", "src", "action", "formaction", "hx-post"):
                assert re.match(r"/(?!/)|[#?]|$|https?://[^/@]+|mailto:", value), page


def assert_clean(found: list[Comment]) -> None:
    """Check that nothing is stored that only machines or mischief put there."""
    for comment in found:
        stored = "".join(str(getattr(comment, column.key)) for column in Comment.__table__.columns)
        assert not MEANINGLESS.search(stored)


@pytest.mark.parametrize("field", FIELDS)
def test_any_field_may_hold_anything(
    field: str, browser: Browser, make: Factory, db: Session, paragraph: Paragraph
) -> None:
    for number, value in enumerate(NAUGHTY):
        fields = {"text": f"Number {number}.", "name": "Ellen", "email": f"p{number}@example.org"}
        person = browser if number % 2 else browser.signed_in(make.account())
        answer = person.post(page_of(paragraph), fields | {field: value}, status="*")
        assert answer.status_int in (303, 422), (field, value)
        if answer.status_int == 422:
            assert_harmless(answer.text)
    assert_harmless(browser.get(page_of(paragraph)).text)
    assert_clean(comments(db))


def test_a_megabyte_in_any_field(
    browser: Browser, make: Factory, db: Session, paragraph: Paragraph
) -> None:
    citizen = browser.signed_in(make.account())
    db.commit()
    for field in FIELDS[:-2]:
        fields = {"text": "Hello."} | {field: "x" * 1_000_000}
        assert citizen.post(page_of(paragraph), fields, status="*").status_int in (303, 422)
    assert all(len(comment.source) <= MAX_TEXT for comment in comments(db))


def test_a_file_where_words_are_expected(
    browser: Browser, make: Factory, db: Session, paragraph: Paragraph
) -> None:
    citizen = browser.signed_in(make.account())
    db.commit()
    for field in FIELDS:
        files = [(field, "x.txt", b"<script>")]
        answer = citizen.post(
            page_of(paragraph), {"kind": "comment"}, status="*", upload_files=files
        )
        assert answer.status_int == 422, field
    assert comments(db) == []


@pytest.mark.parametrize("body", [b"text=%ff%fe", b"text=%ed%a0%80", b"text=%", b"%00=%00", b"="])
def test_bodies_that_no_browser_sends(
    body: bytes, browser: Browser, make: Factory, db: Session, paragraph: Paragraph
) -> None:
    citizen = browser.signed_in(make.account())
    db.commit()
    citizen.app.set_cookie("csrf", "token")
    answer = citizen.app.post(page_of(paragraph), body + b"&csrf_token=token", status="*")
    assert answer.status_int in (303, 400, 422)
    assert_clean(comments(db))


@pytest.mark.parametrize("field", ["text", "suggestion", "revision"])
def test_the_same_when_a_comment_is_changed(
    field: str, browser: Browser, make: Factory, db: Session
) -> None:
    comment = make.comment()
    db.commit()
    author = browser.signed_in(comment.author)
    for number, value in enumerate(NAUGHTY[:18]):
        fields = {"text": f"Number {number}."} | {field: value}
        answer = author.post(f"/c/{comment.public_id}/edit", fields, status="*")
        assert answer.status_int in (303, 422), (field, value)
        if answer.status_int == 422:
            assert_harmless(answer.text)
    assert_harmless(author.get("/account/comments").text)


@pytest.mark.corpus
def test_no_known_attack_gets_through(
    corpus: Path, browser: Browser, make: Factory, db: Session, paragraph: Paragraph
) -> None:
    lines = (corpus / "hostile" / "xss.jsonl").read_text(encoding="utf-8").split("\n")
    attacks = (clean_text(json.loads(line)["payload"]).strip()[:MAX_TEXT] for line in lines if line)
    wording = latest_wording(db, paragraph)
    author = make.account()
    assert wording is not None
    number = 0
    while lot := list(islice(attacks, 100)):
        parent = None
        for attack in lot:
            number += 1
            comment = post_comment(
                db,
                wording=wording,
                author=author,
                signature=Signature(attack),
                text=attack,
                suggestion=attack,
                idempotency_key=str(number),
                arrived_at=clock.now(),
                entry=CommentStatus.PUBLISHED,
                parent=parent,
            )
            parent = parent or comment
        db.commit()
        assert_harmless(browser.get(f"{page_of(paragraph)}?c={comment.public_id}").text)
    assert number > 3_000
