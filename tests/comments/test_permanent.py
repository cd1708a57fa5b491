"""The short address of a comment."""

import pytest
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.addresses import is_public_id, new_public_id
from consult.comments.status import CommentStatus
from tests.browser import Browser
from tests.comments.helpers import page_of
from tests.factories import Factory


def test_it_leads_to_the_comment_in_its_conversation(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = make.comment(html="<p>Here I stand.</p>")
    db.commit()
    answer = browser.get(f"/c/{comment.public_id}", status=303)
    where = f"{page_of(comment.paragraph)}?c={comment.public_id}#c-{comment.public_id}"
    assert answer.location.endswith(where)
    assert "Here I stand." in answer.follow().text


@pytest.mark.parametrize("status", [CommentStatus.PENDING, CommentStatus.HIDDEN])
def test_what_is_not_shown_exists_for_its_author_and_moderators_only(
    status: CommentStatus, browser: Browser, make: Factory, db: Session
) -> None:
    comment = make.comment(html="<p>Unseen.</p>", status=status)
    moderator = make.holder(Role.MODERATOR, comment.document.consultation)
    official = make.holder(Role.OFFICIAL, comment.document.consultation)
    stranger = make.account()
    db.commit()
    for account in (comment.author, moderator):
        answer = browser.signed_in(account).get(f"/c/{comment.public_id}", status=303)
        assert "Unseen." in answer.follow().text
    for person in (browser, browser.signed_in(stranger), browser.signed_in(official)):
        person.get(f"/c/{comment.public_id}", status=404)
        assert "Unseen." not in person.get(page_of(comment.paragraph)).text


@pytest.mark.parametrize("name", ["nowhere", "x" * 300, "a'b", "%F0%9F%8C%B3"])
def test_an_address_without_a_comment(name: str, browser: Browser) -> None:
    for page in (f"/c/{name}", f"/c/{name}/edit"):
        browser.get(page, status=404)


def test_public_ids_are_short_and_never_the_same() -> None:
    made = {new_public_id() for _ in range(10_000)}
    assert len(made) == 10_000
    assert {len(public_id) for public_id in made} == {9}
    assert all(map(is_public_id, made))
