"""The list of one's own comments."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.mine import SIZE
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.consultations.phases import Audience
from consult.web import Request
from tests.browser import Browser
from tests.comments.helpers import counted
from tests.factories import Factory

PAGE = "/account/comments"


def test_one_sees_what_became_of_ones_own_comments_and_nobody_elses(
    browser: Browser, make: Factory, db: Session
) -> None:
    author = make.account()
    pending = make.comment(author=author, status=CommentStatus.PENDING)
    withdrawn = make.comment(author=author, status=CommentStatus.WITHDRAWN)
    other = make.comment()
    db.commit()
    page = browser.signed_in(author).get(PAGE).text
    assert pending.html in page and "Waiting for a moderator" in page
    assert f"/c/{pending.public_id}/edit" in page
    assert withdrawn.html not in page and "Withdrawn" in page
    assert f"/c/{withdrawn.public_id}/edit" not in page
    assert other.html not in page
    assert "sign-in" in browser.get(PAGE, status=303).location


def test_own_comments_end_with_the_right_to_read_what_they_are_about(
    browser: Browser, make: Factory, db: Session
) -> None:
    author = make.holder(Role.OFFICIAL, make.department())
    inside = make.consultation(audience=Audience.OFFICIALS, title="Inside talk")
    document = make.document(["Inside draft", "Inside words"], consultation=inside)
    kept = [make.comment(author=author) for _ in range(3)]
    lost = [make.comment(make.paragraph(document), author=author) for _ in range(SIZE + 1)]
    lost[0].status = CommentStatus.HIDDEN
    page = browser.signed_in(author)
    assert "Inside draft" in page.get(PAGE)
    page.post(f"/c/{lost[1].public_id}/edit", {"text": "As long as I may."})
    db.delete(author.grants[0])
    db.commit()
    found = page.get(PAGE)
    found.mustcontain(*(comment.html for comment in kept), no=["Inside", 'rel="next"'])
    for comment in lost[:2]:
        for act in ("", "/edit", "/withdraw", "/report", "/decision"):
            assert "nside" not in page.get(f"/c/{comment.public_id}{act}", status=404)
        for act, fields in (
            ("edit", {"text": "After all."}),
            ("withdraw", {}),
            ("vote", {"value": "agree"}),
            ("report", {"reason": "abuse"}),
        ):
            assert "nside" not in page.post(f"/c/{comment.public_id}/{act}", fields, status=404)
    assert lost[1].source == "As long as I may."


def test_other_rooms_may_add_what_the_author_is_to_know(
    browser: Browser, make: Factory, db: Session
) -> None:
    def remarks(_request: Request, comments: Sequence[Comment]) -> dict[int, Markup]:
        return {comments[0].id: Markup("<p>Because.</p>")}

    registry = browser.router.registry
    before = registry.get("comment remarks", [])
    registry["comment remarks"] = [*before, remarks]
    try:
        author = make.comment().author
        db.commit()
        assert "<p>Because.</p>" in browser.signed_in(author).get(PAGE).text
        assert "<p>Because.</p>" not in browser.signed_in(make.account()).get(PAGE).text
    finally:
        registry["comment remarks"] = before


def test_pages_follow_each_other_and_cost_the_same(
    browser: Browser, make: Factory, db: Session, connection: Connection
) -> None:
    author = make.account()
    said = [make.comment(author=author) for _ in range(SIZE + 3)]
    db.commit()
    mine = browser.signed_in(author)
    with counted(connection) as sent:
        first = mine.get(PAGE)
    with counted(connection) as sent_later:
        second = mine.get(first.html.find("a", rel="next")["href"])
    assert len(sent) == len(sent_later)
    # The session, the account's roles, the comments; the rest is remarks of other rooms.
    own = [statement for statement in sent if "FROM comment " in statement]
    assert len(own) == 1
    found = [page.html.find_all("article", "comment") for page in (first, second)]
    shown = [article["id"] for articles in found for article in articles]
    assert shown == [f"c-{comment.public_id}" for comment in reversed(said)]
    mine.get(PAGE + "?before=zzz")
