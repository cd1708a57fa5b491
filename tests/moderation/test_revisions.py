"""What was said and decided of a comment's earlier words, once its author has written others."""

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.consultations.models import Consultation, Moderation
from consult.moderation.models import Report, ReportState
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted

MILD = "A mild sentence about boards."
RUDE = "You are all fools and liars."


@pytest.fixture
def consultation(make: Factory, db: Session) -> Consultation:
    consultation = make.consultation(moderation=Moderation.REPORT)
    db.commit()
    return consultation


@pytest.fixture
def comment(make: Factory, db: Session, consultation: Consultation) -> Comment:
    paragraph = make.paragraph(make.document(consultation=consultation))
    comment = make.comment(paragraph, source=MILD, html=f"<p>{MILD}</p>")
    db.commit()
    return comment


@pytest.fixture
def author(browser: Browser, comment: Comment) -> Browser:
    return browser.signed_in(comment.author)


@pytest.fixture
def reader(browser: Browser, make: Factory) -> Browser:
    return browser.signed_in(make.account())


@pytest.fixture
def moderator(browser: Browser, make: Factory) -> Browser:
    return browser.signed_in(make.holder(Role.MODERATOR, display_name="Joanna Reeve"))


def at(comment: Comment, act: str) -> str:
    return f"/c/{comment.public_id}/{act}"


def reported(browser: Browser, comment: Comment, note: str = "Look.", status: int = 303) -> str:
    """Report through the page's own form and return what was answered."""
    fields = {"reason": "abuse", "note": note}
    page = browser.get(at(comment, "report"))
    if "revision" in page.forms[next(reversed(page.forms))].fields:
        fields["revision"] = page.forms[next(reversed(page.forms))]["revision"].value
    return str(browser.post(at(comment, "report"), fields, status=status).text)


def rewrite(author: Browser, comment: Comment, text: str = RUDE) -> None:
    author.post(at(comment, "edit"), {"text": text, "revision": str(comment.revision)})


def let_stand(moderator: Browser, comment: Comment) -> None:
    form = moderator.get(at(comment, "decide"))
    fields = {
        name: form.forms[next(reversed(form.forms))][name].value for name in ("revision", "seen")
    }
    moderator.post(at(comment, "decide"), fields | {"move": "publish"})


def test_a_reader_reports_the_new_words_of_a_comment_whose_old_ones_were_let_stand(
    comment: Comment, author: Browser, reader: Browser, moderator: Browser
) -> None:
    reported(reader, comment)
    let_stand(moderator, comment)
    assert MILD not in moderator.get("/moderation")
    rewrite(author, comment)
    reported(reader, comment, "Now it insults.")
    queue = moderator.get("/moderation")
    assert "fools and liars" in queue
    assert "Changed since the decision" in queue
    assert f'<del><span class="vh">deleted: </span>{MILD.split()[0]}' in queue
    case = moderator.get(at(comment, "decide"))
    assert "Now it insults." in case
    assert "Changed since the decision" in case
    let_stand(moderator, comment)
    assert "fools and liars" not in moderator.get("/moderation")


def test_nobody_reports_the_same_words_twice(
    db: Session, comment: Comment, author: Browser, reader: Browser, moderator: Browser
) -> None:
    reported(reader, comment)
    fields = {"reason": "abuse", "note": ""}
    assert "already reported" in reader.post(at(comment, "report"), fields, status=422)
    rewrite(author, comment)
    assert "already reported" not in reader.get(at(comment, "report"))
    reported(reader, comment)
    page = reader.post(at(comment, "report"), fields, status=422)
    assert "already reported" in page
    assert "already reported" in reader.get(at(comment, "report"))
    assert [r.revision for r in db.scalars(select(Report).order_by(Report.id))] == [1, 2]


def test_an_open_report_stays_open_and_says_that_it_is_about_earlier_words(
    comment: Comment, author: Browser, reader: Browser, moderator: Browser
) -> None:
    reported(reader, comment, "The second word.")
    assert "Changed since" not in moderator.get("/moderation")
    assert "earlier text" not in moderator.get(at(comment, "decide"))
    rewrite(author, comment, "A mild sentence about planks.")
    queue = moderator.get("/moderation")
    assert "Changed since it was reported" in queue
    assert '<del><span class="vh">deleted: </span>boards</del>' in queue
    case = moderator.get(at(comment, "decide"))
    assert "about an earlier text" in case
    assert '<del><span class="vh">deleted: </span>boards</del>' in case


def test_a_report_is_about_the_words_that_its_writer_saw(
    db: Session, comment: Comment, author: Browser, reader: Browser
) -> None:
    page = reader.get(at(comment, "report"))
    form = page.forms[next(reversed(page.forms))]
    rewrite(author, comment)
    fields = {"reason": "abuse", "note": "", "revision": form["revision"].value}
    reader.post(at(comment, "report"), fields)
    assert db.scalars(select(Report)).one().revision == 1
    reported(reader, comment)
    assert {report.revision for report in db.scalars(select(Report))} == {1, 2}


@pytest.mark.parametrize("revision", ["", "0", "3", "-1", "9" * 40, "one", "\x00"])
def test_a_report_that_names_no_such_text_is_about_the_one_that_stands(
    db: Session, comment: Comment, author: Browser, reader: Browser, revision: str
) -> None:
    rewrite(author, comment)
    reader.post(at(comment, "report"), {"reason": "abuse", "note": "", "revision": revision})
    assert db.scalars(select(Report)).one().revision == 2


def test_one_person_counts_once_however_often_the_words_change(
    make: Factory, browser: Browser, comment: Comment, author: Browser, reader: Browser,
    moderator: Browser,
) -> None:  # fmt: skip
    for text in ("The second text.", "The third text.", "The fourth text."):
        reported(reader, comment)
        rewrite(author, comment, text)
    other = make.comment(comment.paragraph)
    make.db.commit()
    for _ in range(2):
        reported(browser.signed_in(make.account()), other)
    queue = moderator.get("/moderation").text
    assert queue.index(f'id="c-{other.public_id}"') < queue.index(f'id="c-{comment.public_id}"')
    assert "×2" in queue
    assert "×3" not in queue


def test_a_moderator_who_reported_any_of_its_texts_leaves_it_to_a_colleague(
    comment: Comment, author: Browser, moderator: Browser
) -> None:
    reported(moderator, comment)
    rewrite(author, comment)
    assert "somebody else has to decide" in moderator.get(at(comment, "decide"))


@pytest.mark.parametrize("moderation", [Moderation.BEFORE, Moderation.AFTER])
def test_what_was_decided_is_said_to_be_about_the_earlier_words(
    db: Session, consultation: Consultation, comment: Comment, author: Browser,
    moderator: Browser, moderation: Moderation,
) -> None:  # fmt: skip
    consultation.moderation, comment.status = moderation, CommentStatus.PENDING
    db.commit()
    let_stand(moderator, comment)
    assert "Changed since" not in moderator.get(at(comment, "decide"))
    rewrite(author, comment)
    for page in (moderator.get("/moderation"), moderator.get(at(comment, "decide"))):
        assert "Changed since the decision" in page
        assert "about an earlier text" in page


def test_what_changed_in_a_suggested_wording_is_marked_too(
    db: Session, comment: Comment, author: Browser, reader: Browser, moderator: Browser
) -> None:
    comment.suggestion = "Plant forty oaks."
    db.commit()
    reported(reader, comment)
    fields = {"text": MILD, "suggestion": "Plant forty elms.", "revision": "1"}
    author.post(at(comment, "edit"), fields)
    for page in (moderator.get("/moderation"), moderator.get(at(comment, "decide"))):
        assert '<del><span class="vh">deleted: </span>oaks</del>' in page


def test_whatever_has_changed_the_queue_asks_the_database_a_fixed_number_of_times(
    make: Factory, db: Session, comment: Comment, author: Browser, reader: Browser,
    moderator: Browser, connection: Connection,
) -> None:  # fmt: skip
    numbers = []
    for _ in range(2):
        for _n in range(3):
            another = make.comment(comment.paragraph, author=comment.author)
            db.commit()
            reported(reader, another)
            rewrite(author, another)
        with counted(connection) as statements:
            moderator.get("/moderation")
        numbers.append(sum("login_session" not in statement for statement in statements))
    assert numbers == [6, 6]


def test_readers_are_told_that_a_comment_changed_after_its_official_reply(
    make: Factory, db: Session, browser: Browser, comment: Comment, author: Browser
) -> None:
    make.reply(comment)
    db.commit()
    place = f"/consultations/{comment.document.consultation.slug}/{comment.document.slug}"
    address = f"{place}/p/{comment.paragraph.key}"
    assert "changed after this reply" not in browser.get(address)
    rewrite(author, comment)
    assert "changed after this reply" in browser.get(address)
    make.reply(comment)
    db.commit()
    assert browser.get(address).text.count("changed after this reply") == 1


def test_a_decision_closes_what_was_reported_of_every_text(
    db: Session, make: Factory, comment: Comment, author: Browser, reader: Browser,
    moderator: Browser,
) -> None:  # fmt: skip
    reported(reader, comment)
    rewrite(author, comment)
    reported(reader, comment)
    let_stand(moderator, comment)
    assert {report.state for report in db.scalars(select(Report))} == {ReportState.DISMISSED}
