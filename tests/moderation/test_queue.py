"""The queue and the log."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Role
from consult.comments.models import Comment
from consult.comments.status import CommentStatus, Move
from consult.consultations.models import Consultation
from consult.moderation.decide import decide
from consult.moderation.models import Reason, Report
from consult.moderation.queue import Choice, Key, items, parse_key
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted


def report(make: Factory, comment: Comment, reason: Reason, ago: timedelta = timedelta()) -> None:
    make.db.add(
        Report(
            comment=comment,
            reporter=make.account(),
            reason=reason,
            created_at=clock.now() - ago,
        )
    )
    make.db.flush()


def comments_in(make: Factory, consultation: Consultation, n: int = 1) -> list[Comment]:
    paragraph = make.paragraph(make.document(consultation=consultation))
    return [make.comment(paragraph, status=CommentStatus.PENDING) for _ in range(n)]


@pytest.fixture
def mixed(make: Factory) -> list[Comment]:
    """Make a queue and return it in the order in which it should stand."""
    hour = timedelta(hours=1)
    now = clock.now()
    late, early = (
        make.comment(status=CommentStatus.PENDING, created_at=now - age * hour) for age in (1, 9)
    )
    unchecked = make.comment(status=CommentStatus.UNCHECKED, created_at=now - 5 * hour)
    rude, rudest, named = make.comment(), make.comment(), make.comment()
    report(make, rude, Reason.ABUSE, 20 * hour)
    report(make, rudest, Reason.ABUSE)
    report(make, rudest, Reason.OTHER)
    report(make, named, Reason.PERSONAL_DATA)
    make.comment()
    make.comment(status=CommentStatus.HIDDEN)
    make.comment(status=CommentStatus.UNCONFIRMED)
    make.comment(status=CommentStatus.WITHDRAWN)
    make.db.commit()
    return [named, rudest, rude, early, unchecked, late]


def test_the_queue_is_in_the_order_that_it_explains(
    browser: Browser, make: Factory, mixed: list[Comment]
) -> None:
    moderator = make.holder(Role.MODERATOR)
    page = browser.signed_in(moderator).get("/moderation")
    assert "come first" in page
    places = [page.text.index(f'id="c-{comment.public_id}"') for comment in mixed]
    assert places == sorted(places)
    assert page.text.count('class="desk-item"') == len(mixed)
    assert "Reported ×2" not in page
    assert "personal details" in page


def test_the_queue_is_paged_by_key_without_gap_or_repetition(
    make: Factory, db: Session, mixed: list[Comment]
) -> None:
    moderator = make.holder(Role.MODERATOR)
    found, after = [], None
    while page := items(db, moderator, Choice(), after, size=2):
        found += [item.comment for item in page]
        after = parse_key(str(page[-1].key))
    assert found == mixed


def test_keys_are_read_back_and_anything_else_is_no_key() -> None:
    key = Key(1, 12, clock.now(), 345)
    assert parse_key(str(key)) == key
    for text in (
        "",
        "1-2-3",
        "2-0-0-1",
        "1-1-x-1",
        "1-1-" + "9" * 18 + "-1",
        "1-1-1-1\n",
        "१-1-1-1",
    ):
        assert parse_key(text) is None
    assert parse_key("1-999999-99999999999999999-999999999") is not None


@pytest.mark.parametrize(
    "query",
    [
        "after=1-999999-99999999999999999-999999999",
        "after=nonsense",
        "consultation=%3Cscript%3E",
        "consultation=" + "x" * 5_000,
        "why=nonsense&reason=nonsense",
        "why=reported&reason=abuse",
        "why=waiting",
        "why=unchecked",
        "done=%3Cscript%3E&notice=none",
    ],
)
def test_whatever_the_address_says_the_queue_is_shown(
    browser: Browser, make: Factory, mixed: list[Comment], query: str
) -> None:
    browser.signed_in(make.holder(Role.MODERATOR)).get(f"/moderation?{query}")
    browser.signed_in(make.holder(Role.MODERATOR)).get("/moderation/log?before=x")


def test_filters_choose_by_consultation_and_reason(
    browser: Browser, make: Factory, db: Session, mixed: list[Comment]
) -> None:
    moderator = browser.signed_in(make.holder(Role.MODERATOR))
    named, rudest, rude, early, unchecked, late = mixed
    slug = early.document.consultation.slug
    for query, expected in (
        ("reason=personal-data", [named]),
        ("reason=abuse", [rudest, rude]),
        ("why=reported", [named, rudest, rude]),
        ("why=waiting", [early, late]),
        ("why=unchecked", [unchecked]),
        (f"consultation={slug}", [early]),
        (f"consultation={slug}&why=reported", []),
    ):
        page = moderator.get(f"/moderation?{query}")
        shown = [c for c in mixed if f'id="c-{c.public_id}"' in page]
        assert shown == expected, query


def test_an_empty_queue_says_something_kind(browser: Browser, make: Factory) -> None:
    moderator = browser.signed_in(make.holder(Role.MODERATOR))
    assert "Nothing waits" in moderator.get("/moderation")
    assert "Nothing has been decided yet" in moderator.get("/moderation/log")


def test_a_moderator_sees_only_what_the_grants_cover(
    browser: Browser, make: Factory, db: Session
) -> None:
    mine, sisters, others = make.consultation(), make.consultation(), make.consultation()
    sisters.department = mine.department
    a, b, c = (comments_in(make, consultation)[0] for consultation in (mine, sisters, others))
    site = make.holder(Role.MODERATOR)
    for comment in (a, b, c):
        decided = make.comment(comment.paragraph, status=CommentStatus.PENDING)
        decide(db, decided, site, move=Move.PUBLISH, rule="", reasons="", revision=1)
    db.commit()
    for holder, covered in (
        (site, [a, b, c]),
        (make.holder(Role.MODERATOR, mine.department), [a, b]),
        (make.holder(Role.MODERATOR, mine), [a]),
    ):
        person = browser.signed_in(holder)
        queue, log = person.get("/moderation"), person.get("/moderation/log")
        for comment in (a, b, c):
            title = comment.document.consultation.title + "<"
            assert (f'id="c-{comment.public_id}"' in queue) is (comment in covered)
            assert (title in log) is (comment in covered)
    for role in (Role.OFFICIAL, Role.SIGNATORY):
        browser.signed_in(make.holder(role)).get("/moderation", status=403)
    browser.signed_in(make.account()).get("/moderation/log", status=403)
    assert "/sign-in" in browser.get("/moderation", status=303).location


def test_queue_and_log_ask_the_database_a_fixed_number_of_times(
    browser: Browser, make: Factory, db: Session, connection: Connection
) -> None:
    moderator = make.holder(Role.MODERATOR)
    visitor = browser.signed_in(moderator)
    numbers = []
    for _ in range(2):
        for comment in comments_in(make, make.consultation(), 3):
            report(make, comment, Reason.ABUSE)
            decide(db, comment, moderator, move=Move.PUBLISH, rule="", reasons="", revision=1)
            report(make, comment, Reason.PERSONAL_DATA)
            comments_in(make, make.consultation())
        db.commit()
        for address in ("/moderation", "/moderation/log"):
            with counted(connection) as statements:
                visitor.get(address)
            numbers.append(sum("login_session" not in statement for statement in statements))
    assert numbers == [5, 1, 5, 1]


def test_the_queue_and_the_log_go_on_on_further_pages(
    browser: Browser, make: Factory, db: Session
) -> None:
    moderator = make.holder(Role.MODERATOR)
    visitor = browser.signed_in(moderator)
    for comment in comments_in(make, make.consultation(), 31):
        decide(db, comment, moderator, move=Move.PUBLISH, rule="", reasons="", revision=1)
    comments_in(make, make.consultation(), 21)
    db.commit()
    for address, rest in (("/moderation", 'class="desk-item"'), ("/moderation/log", 'id="d-')):
        page = visitor.get(address).click("Next page")
        assert page.text.count(rest) == 1
