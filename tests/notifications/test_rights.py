"""Each letter asks, when it is written, whether its reader may still read what it is about."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts import keys
from consult.accounts.models import Account, KeyPurpose, Role
from consult.comments.models import Comment
from consult.comments.status import CommentStatus, Move
from consult.consultations.phases import Audience, Phase
from consult.moderation.models import Decision
from consult.notifications.kinds import LetterKind
from consult.notifications.promising import promise_letter
from consult.notifications.rights import ABOUT_ACCOUNTS
from tests.browser import Browser
from tests.factories import Factory
from tests.notifications.conftest import PostOffice
from tests.reading.versions import paragraph, revise

SECRET = "Herons"


class Case:
    """A comment in a consultation, and what is needed to promise its author a letter of any kind."""

    def __init__(self, make: Factory, db: Session, author: Account) -> None:
        self.make, self.db, self.author = make, db, author
        consultation = make.consultation(audience=Audience.OFFICIALS, title=f"{SECRET} inside")
        texts = [f"{SECRET} in a draft", f"{SECRET} nest here."]
        self.document = make.document(texts, consultation=consultation)
        self.comment = self.said()

    def said(self, **kw: Any) -> Comment:
        place = paragraph(self.db, self.document, "k2")
        words = f"<p>{SECRET} I say.</p>"
        return self.make.comment(place, **{"author": self.author, "html": words} | kw)

    def decided(self, move: Move, before: CommentStatus, after: CommentStatus) -> dict[str, Any]:
        decision = Decision(
            comment=self.comment,
            revision=1,
            moderator=self.make.holder(Role.MODERATOR),
            move=move,
            rule="people",
            reasons=f"{SECRET} again.",
            before=before,
            after=after,
            created_at=clock.now(),
        )
        self.comment.status = after
        self.db.add(decision)
        self.db.flush()
        return {"decision_id": decision.id}

    def published(self) -> dict[str, Any]:
        return self.decided(Move.PUBLISH, CommentStatus.PENDING, CommentStatus.PUBLISHED)

    def hidden(self) -> dict[str, Any]:
        return self.decided(Move.HIDE, CommentStatus.PUBLISHED, CommentStatus.HIDDEN)

    def replied(self) -> dict[str, Any]:
        return {"reply_id": self.make.reply(self.comment, html=f"<p>{SECRET}!</p>").id}

    def answered(self) -> dict[str, Any]:
        return {"comment_id": self.said(author=None, parent=self.comment).id}

    def unconfirmed(self) -> dict[str, Any]:
        self.comment.status = CommentStatus.UNCONFIRMED
        purpose = KeyPurpose.CONFIRM_COMMENT
        secret = keys.issue(self.db, self.author, purpose, keys.CONFIRMATION)
        return {"comment_id": self.comment.id, "secret": secret}

    def revised(self) -> dict[str, Any]:
        rows = [("k1", f"{SECRET} in a draft"), ("k2", f"{SECRET} nest there.")]
        return {"version_id": revise(self.db, self.document, rows).id}


PROMISES: dict[LetterKind, Callable[[Case], dict[str, Any]]] = {
    LetterKind.CONFIRM_COMMENT: Case.unconfirmed,
    LetterKind.COMMENT_HIDDEN: Case.hidden,
    LetterKind.COMMENT_PUBLISHED: Case.published,
    LetterKind.OFFICIAL_REPLY: Case.replied,
    LetterKind.COMMENT_ANSWERED: Case.answered,
    LetterKind.VERSION_PUBLISHED: Case.revised,
}


def test_every_kind_of_letter_is_about_accounts_or_tried_here() -> None:
    assert set(LetterKind) == ABOUT_ACCOUNTS | set(PROMISES)


@pytest.mark.parametrize("kind", PROMISES)
@pytest.mark.parametrize("right", [True, False])
def test_who_may_not_read_it_any_more_gets_no_letter(
    make: Factory, db: Session, post: PostOffice, kind: LetterKind, right: bool
) -> None:
    author = make.holder(Role.OFFICIAL, make.department())
    case = Case(make, db, author)
    promise_letter(db, kind, author, **PROMISES[kind](case))
    db.commit()
    if not right:
        db.delete(author.grants[0])
    letters = post.deliver()
    assert len(letters) == right
    assert all(SECRET in str(letter) for letter in letters)


def test_a_letter_about_what_is_announced_waits_for_nobody(
    make: Factory, db: Session, post: PostOffice
) -> None:
    case = Case(make, db, make.account())
    consultation = case.document.consultation
    consultation.audience, consultation.phase = Audience.PUBLIC, Phase.SCHEDULED
    consultation.opens_at = consultation.closes_at
    promise_letter(db, LetterKind.COMMENT_ANSWERED, case.author, **case.answered())
    assert post.deliver() == []


def test_a_promise_that_does_not_say_what_it_is_about_is_not_kept(
    make: Factory, db: Session, post: PostOffice
) -> None:
    promise_letter(db, LetterKind.OFFICIAL_REPLY, make.account(), reply_id=10**6)
    promise_letter(db, LetterKind.OFFICIAL_REPLY, make.account())
    assert post.deliver() == []


def test_the_link_of_a_letter_confirms_nothing_that_its_reader_may_not_read(
    browser: Browser, make: Factory, db: Session
) -> None:
    official = make.holder(Role.OFFICIAL, make.department())
    case = Case(make, db, official)
    case.unconfirmed()
    for right in (False, True):
        consultation = case.document.consultation
        consultation.audience = Audience.PUBLIC if right else Audience.OFFICIALS
        if official.grants:
            db.delete(official.grants[0])
        secret = keys.issue(
            db,
            official,
            KeyPurpose.CONFIRM_COMMENT,
            keys.CONFIRMATION,
            subject=case.comment.public_id,
        )
        db.commit()
        answer = browser.post(f"/confirm-comment/{secret}", status=303 if right else 410)
        assert (case.document.slug in str(answer.headers)) is right
        assert (case.comment.status is CommentStatus.UNCONFIRMED) is not right
