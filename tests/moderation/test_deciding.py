"""Deciding on a comment."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Account, Role
from consult.audit import LogEntry
from consult.comments.models import Comment, CommentRevision
from consult.comments.status import CommentStatus, Move
from consult.consultations.phases import Phase
from consult.moderation.models import Decision, Reason, Report, ReportState
from tests.browser import Browser
from tests.factories import Factory

REASONS = "The words “fat cat” are about the councillor and not about the plan."
HIDE = {"move": "hide", "rule": "people", "reasons": REASONS, "revision": "1"}
PUBLISH = {"move": "publish", "revision": "1"}


@pytest.fixture
def comment(make: Factory, db: Session) -> Comment:
    comment = make.comment(status=CommentStatus.PENDING)
    db.commit()
    return comment


@pytest.fixture
def moderator(browser: Browser, make: Factory) -> Browser:
    return browser.signed_in(make.holder(Role.MODERATOR, display_name="Joanna Reeve"))


def path(comment: Comment) -> str:
    return f"/c/{comment.public_id}/decide"


def decisions(db: Session) -> list[Decision]:
    return list(db.scalars(select(Decision).order_by(Decision.id)))


def report(db: Session, comment: Comment, reporter: Account, **facts: Any) -> Report:
    values = {"reason": Reason.ABUSE, "note": "", "created_at": clock.now()} | facts
    report = Report(comment=comment, reporter=reporter, **values)
    db.add(report)
    db.commit()
    return report


def test_a_waiting_comment_is_published(db: Session, comment: Comment, moderator: Browser) -> None:
    response = moderator.post(path(comment), PUBLISH)
    assert "/moderation?notice=decided-publish" in response.location
    assert comment.status is CommentStatus.PUBLISHED
    (decision,) = decisions(db)
    assert (decision.move, decision.revision) == (Move.PUBLISH, 1)
    assert (decision.before, decision.after) == (CommentStatus.PENDING, CommentStatus.PUBLISHED)
    entry = db.scalars(select(LogEntry)).one()
    assert (entry.act, entry.subject) == ("publish comment", f"comment:{comment.public_id}")


def test_a_comment_is_hidden_with_rule_and_reasons_which_the_log_of_the_site_does_not_repeat(
    db: Session, comment: Comment, moderator: Browser
) -> None:
    moderator.post(path(comment), HIDE)
    assert comment.status is CommentStatus.HIDDEN
    (decision,) = decisions(db)
    assert (decision.rule, decision.reasons) == ("people", REASONS)
    assert "fat cat" not in str(db.scalars(select(LogEntry)).one().detail)


def test_a_rule_can_be_given_by_its_number(
    db: Session, comment: Comment, moderator: Browser
) -> None:
    moderator.post(path(comment), HIDE | {"rule": "2"})
    assert decisions(db)[0].rule == "people"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rule": ""}, "Choose the house rule"),
        ({"reasons": "Rude."}, "at least 10"),
        ({"reasons": " \u200b" * 50}, "at least 10"),
        ({"reasons": "x" * 5_001}, "at most 5000"),
        ({"rule": "x" * 201}, "at most 200"),
        ({"move": "burn"}, "whether to publish or to hide"),
        ({"move": "withdraw"}, "whether to publish or to hide"),
        ({"move": ""}, "whether to publish or to hide"),
        ({"revision": ""}, "which text you saw"),
        ({"revision": "one"}, "which text you saw"),
        ({"revision": "9" * 40}, "which text you saw"),
        ({"revision": "-1"}, "which text you saw"),
        ({"revision": "\x00²"}, "which text you saw"),
    ],
)
def test_a_malformed_decision_is_refused_and_kept(
    db: Session, comment: Comment, moderator: Browser, changed: dict[str, str], said: str
) -> None:
    page = moderator.post(path(comment), HIDE | changed, status=422)
    assert said in page
    if "reasons" not in changed:
        assert REASONS in page
    assert not decisions(db)
    assert comment.status is CommentStatus.PENDING


def test_only_a_missing_field_is_refused_too(comment: Comment, moderator: Browser) -> None:
    moderator.post(path(comment), {}, status=422)


def test_the_second_moderator_is_told_what_was_decided_by_whom_and_why(
    browser: Browser, make: Factory, db: Session, comment: Comment, moderator: Browser
) -> None:
    second = browser.signed_in(make.holder(Role.MODERATOR))
    moderator.post(path(comment), HIDE)
    for fields in (
        PUBLISH,
        HIDE | {"reasons": "My own view of the matter."},
        PUBLISH | {"seen": "0"},
    ):
        page = second.post(path(comment), fields, status=409)
        assert "Joanna Reeve" in page
        assert REASONS in page
        assert fields.get("reasons", "") in page
    assert comment.status is CommentStatus.HIDDEN
    assert len(decisions(db)) == 1


def test_a_decision_is_overruled_by_whoever_saw_it(
    browser: Browser, make: Factory, db: Session, comment: Comment, moderator: Browser
) -> None:
    moderator.post(path(comment), HIDE)
    (first,) = decisions(db)
    second = browser.signed_in(make.holder(Role.MODERATOR))
    page = second.get(path(comment))
    assert f'name="seen" value="{first.id}"' in page
    assert "Publish it after all" in page
    assert 'value="hide"' not in page
    second.post(path(comment), HIDE | {"seen": str(first.id)}, status=409)
    second.post(path(comment), PUBLISH | {"seen": str(first.id)})
    assert comment.status is CommentStatus.PUBLISHED
    assert len(decisions(db)) == 2


def test_a_text_that_changed_is_not_decided_unseen(
    db: Session, comment: Comment, moderator: Browser
) -> None:
    db.add(
        CommentRevision(
            comment=comment,
            revision=1,
            source=comment.source,
            html="<p>The first text.</p>",
            created_at=clock.now(),
        )
    )
    comment.revision, comment.html = 2, "<p>The second text.</p>"
    db.commit()
    page = moderator.post(path(comment), HIDE, status=409)
    assert "The first text." in page
    assert "The second text." in page
    assert REASONS in page
    assert 'name="revision" value="2"' in page
    assert not decisions(db)
    moderator.post(path(comment), HIDE | {"revision": "2"})
    assert comment.status is CommentStatus.HIDDEN


def test_an_edited_comment_is_decided_anew(
    db: Session, comment: Comment, moderator: Browser
) -> None:
    moderator.post(path(comment), HIDE)
    comment.status, comment.revision = CommentStatus.PENDING, 2
    db.commit()
    moderator.post(path(comment), PUBLISH | {"revision": "2"})
    assert comment.status is CommentStatus.PUBLISHED


@pytest.mark.parametrize(
    ("fields", "verdict"), [(HIDE, ReportState.UPHELD), (PUBLISH, ReportState.DISMISSED)]
)
def test_a_decision_closes_the_reports_and_a_new_report_opens_the_case_again(
    make: Factory,
    db: Session,
    comment: Comment,
    moderator: Browser,
    fields: dict[str, str],
    verdict: ReportState,
) -> None:
    comment.status = CommentStatus.PUBLISHED
    first = report(db, comment, make.account(), note="Read the second line.")
    assert "Read the second line." in moderator.get(path(comment))
    moderator.post(path(comment), fields)
    assert first.state is verdict
    comment.status = CommentStatus.PUBLISHED
    report(db, comment, make.account())
    moderator.post(path(comment), fields)
    assert len(decisions(db)) == 2


def test_reporters_are_not_named(
    make: Factory, db: Session, comment: Comment, moderator: Browser
) -> None:
    comment.status = CommentStatus.PUBLISHED
    report(db, comment, make.account(display_name="Zebedee Quill", email="zq@example.org"))
    page = moderator.get(path(comment))
    assert "1 report" in page
    assert "Zebedee" not in page
    assert "zq@example.org" not in page


def test_nobody_decides_on_their_own_comment_or_one_that_they_reported(
    browser: Browser, make: Factory, db: Session, comment: Comment
) -> None:
    author, reporter = make.holder(Role.MODERATOR), make.holder(Role.MODERATOR)
    comment.author, comment.status = author, CommentStatus.PUBLISHED
    report(db, comment, reporter)
    for person, said in ((author, "You wrote this"), (reporter, "You reported this")):
        visitor = browser.signed_in(person)
        assert said in visitor.get(path(comment))
        assert said in visitor.post(path(comment), HIDE, status=422)
    assert not decisions(db)


def test_a_moderator_decides_only_where_the_grant_holds(
    browser: Browser, make: Factory, db: Session, comment: Comment
) -> None:
    consultation = comment.document.consultation
    for role, place, status in (
        (Role.MODERATOR, make.department(), 404),
        (Role.MODERATOR, make.consultation(), 404),
        (Role.OFFICIAL, consultation, 404),
        (Role.MODERATOR, consultation.department, 200),
        (Role.MODERATOR, consultation, 200),
        (Role.ADMINISTRATOR, consultation, 200),
    ):
        person = browser.signed_in(make.holder(role, place))
        page = person.get(path(comment), status=status)
        assert (comment.source in page) is (status == 200)
        if status != 200:
            person.post(path(comment), PUBLISH, status=status)


def test_an_unconfirmed_guests_comment_is_shown_to_no_moderator(
    db: Session, comment: Comment, moderator: Browser
) -> None:
    comment.status = CommentStatus.UNCONFIRMED
    db.commit()
    assert comment.source not in moderator.get(path(comment), status=404)
    assert comment.source not in moderator.post(path(comment), PUBLISH, status=404)


def test_after_closing_moderators_still_decide(
    make: Factory, db: Session, comment: Comment, moderator: Browser
) -> None:
    comment.document.consultation.phase = Phase.ANSWERED
    comment.status = CommentStatus.PUBLISHED
    db.commit()
    moderator.post(path(comment), HIDE)
    assert comment.status is CommentStatus.HIDDEN


def test_the_moderator_goes_on_to_the_next_case_of_the_same_part_of_the_queue(
    make: Factory, db: Session, comment: Comment, moderator: Browser
) -> None:
    consultation = comment.document.consultation
    make.comment(status=CommentStatus.PENDING)  # of another consultation
    following = make.comment(comment.paragraph, status=CommentStatus.PENDING)
    db.commit()
    query = f"?consultation={consultation.slug}&why=waiting"
    response = moderator.post(path(comment) + query, PUBLISH)
    assert path(following) in response.location
    assert f"consultation={consultation.slug}" in response.location
    page = moderator.get(response.location)
    assert "Published. The decision is in the log." in page
    assert f'href="{path(comment)}"' in page
    assert (
        f"/moderation?consultation={consultation.slug}"
        in moderator.post(path(following) + query, PUBLISH).location
    )


def test_from_the_queue_one_returns_to_it(
    make: Factory, db: Session, comment: Comment, moderator: Browser
) -> None:
    make.comment(status=CommentStatus.PENDING)
    db.commit()
    queue = moderator.get("/moderation")
    form = next(f for f in queue.forms.values() if f.action == path(comment))
    response = form.submit(status=303)
    assert "/moderation?" in response.location
    db.expire_all()
    assert comment.status is CommentStatus.PUBLISHED


@pytest.mark.parametrize("statement", ["UPDATE decision SET reasons = ''", "DELETE FROM decision"])
def test_the_database_itself_keeps_decisions(
    db: Session, comment: Comment, moderator: Browser, statement: str
) -> None:
    moderator.post(path(comment), HIDE)
    with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
        db.execute(text(statement))
    assert decisions(db)[0].reasons == REASONS


def test_what_moderators_write_is_shown_as_text(
    make: Factory, db: Session, comment: Comment, moderator: Browser
) -> None:
    evil = "<script>alert(1)</script> %(x)s {{ 7*7 }}"
    moderator.post(path(comment), HIDE | {"rule": evil, "reasons": evil})
    for address in (path(comment), f"/c/{comment.public_id}/decision", "/moderation/log"):
        page = moderator.get(address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; %(x)s {{ 7*7 }}" in page


def test_reasons_for_one_decision_do_not_go_out_with_the_opposite_one(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = make.comment(status=CommentStatus.PENDING)
    path = f"/c/{comment.public_id}/decide"
    one, other = (browser.signed_in(make.holder(Role.MODERATOR)) for _each in range(2))
    fields = {"move": "hide", "rule": "subject", "revision": "1", "seen": "0"}
    one.post(path, fields | {"reasons": "It is about football."})
    told = other.post(path, fields | {"reasons": "It is about tennis."}, status=409)
    assert "It is about tennis." in told.html.select_one("[data-error-summary]").text
    assert told.html.find("textarea", attrs={"name": "reasons"}).text.strip() == ""
