"""The letter about a new version: one for everybody who had commented on what it changes."""

import re
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from sqlalchemy.orm import Session

from consult.accounts.models import AccountState
from consult.analysis.models import Answer, Verdict
from consult.comments.status import CommentStatus
from consult.drafts.events import VersionPublished
from consult.drafts.models import Document, Version
from consult.notifications import version_promises
from consult.notifications.kinds import LetterKind
from consult.notifications.muting import mute
from consult.outbox import Job
from tests.browser import Browser
from tests.factories import Factory
from tests.notifications.conftest import PostOffice, html_of, text_of
from tests.reading.versions import paragraph, revise

TREES = "The council plants forty lime trees along the harbour."
BUSES = "Buses run all night."
LAMPS = "Lamps burn from dusk until the last bus has gone."


@pytest.fixture
def document(make: Factory) -> Document:
    return make.document(["Streets", TREES, BUSES, LAMPS])


def publish(post: PostOffice, version: Version) -> list[EmailMessage]:
    """Announce a version as its publishing page does, and deliver what that promises."""
    post.app.registry.notify(VersionPublished(version))
    return post.deliver()


def new_version(db: Session, document: Document) -> Version:
    rows = [("k1", "Streets"), ("k2", TREES.replace("lime trees", "oaks")), ("k3", BUSES)]
    return revise(db, document, rows, note="Limes were too many.")


def links(letter: EmailMessage) -> list[str]:
    found = re.findall(r"http://localhost(/\S+/verdict\?\S+)", text_of(letter))
    assert all(link.replace("&", "&amp;") in html_of(letter) for link in found)
    return found


def test_one_letter_however_many_paragraphs_with_the_redline_and_the_question(
    browser: Browser, make: Factory, db: Session, document: Document, post: PostOffice
) -> None:
    author = make.account(display_name="Ada")
    for key in ("k2", "k2", "k4", "k3"):
        make.comment(paragraph(db, document, key), author=author, html="<p>More shade.</p>")
    version = new_version(db, document)
    (letter,) = publish(post, version)
    assert letter["Subject"] == "Version 2 of “Streets”: does it meet your point?"
    text = text_of(letter)
    assert "1.1 was changed: | The council plants forty [-lime trees-] {+oaks+} along" in " ".join(
        text.split()
    )
    assert "> Limes were too many." in text and "> More shade." in text
    assert f"1.3 was removed: | [-{LAMPS}-]" in " ".join(text.split())
    assert BUSES not in text
    assert text.count("Does this meet your point? http") == 2
    html = html_of(letter)
    assert "forty <del>lime trees</del> <ins>oaks</ins> along" in html
    shown = browser.get("/dev/letters").click("does it meet your point?").html
    assert shown.select_one(".card s").text == "lime trees"
    first, second = links(letter)
    assert urlsplit(first).path.endswith("/p/k2/verdict") and "/p/k4/" in second
    assert "key=" not in first
    browser.signed_in(author).post(first, {"answer": "yes"})
    assert db.query(Verdict).one().answer is Answer.YES
    assert letter["List-Unsubscribe"]


def test_guests_answer_by_a_link_that_knows_them(
    browser: Browser, make: Factory, db: Session, document: Document, post: PostOffice
) -> None:
    guest = make.account(state=AccountState.GUEST)
    make.comment(paragraph(db, document, "k2"), author=guest)
    (letter,) = publish(post, new_version(db, document))
    (link,) = links(letter)
    browser.post(link, {"answer": "partly"})
    assert db.query(Verdict).one().account_id == guest.id


def test_whom_it_does_not_concern_gets_none(
    make: Factory, db: Session, document: Document, post: PostOffice
) -> None:
    make.comment(paragraph(db, document, "k3"))
    make.comment(paragraph(db, document, "k2"), status=CommentStatus.HIDDEN)
    make.comment(paragraph(db, document, "k2"), status=CommentStatus.UNCONFIRMED)
    make.comment(paragraph(db, document, "k2"), author=make.account(state=AccountState.CLOSED))
    muted = make.comment(paragraph(db, document, "k2")).author
    mute(db, muted, LetterKind.VERSION_PUBLISHED)
    moved = make.comment(paragraph(db, document, "k1"))
    version = new_version(db, document)
    late = make.comment(paragraph(db, document, "k2"), version=version)
    assert publish(post, version) == []
    assert moved.author_id != late.author_id


def test_what_was_hidden_since_is_not_written_about(
    make: Factory, db: Session, document: Document, post: PostOffice
) -> None:
    comment = make.comment(paragraph(db, document, "k2"))
    version = new_version(db, document)
    post.app.registry.notify(VersionPublished(version))
    version_promises.fan_out(post.app.registry, [{"version_id": version.id, "after": 0}])
    comment.status = CommentStatus.HIDDEN
    assert post.deliver() == []


def test_nobody_is_told_twice_and_publishing_promises_one_job(
    make: Factory,
    db: Session,
    document: Document,
    post: PostOffice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(version_promises, "BATCH", 3)
    for _person in range(7):
        make.comment(paragraph(db, document, "k2"))
    version = new_version(db, document)
    post.app.registry.notify(VersionPublished(version))
    assert [job.kind for job in db.query(Job).filter(Job.kind != "index")] == [version_promises.JOB]
    assert len(post.deliver()) == 7
    assert len(publish(post, version)) == 7
    # The first version is news to nobody who commented.
    post.app.registry.notify(VersionPublished(document.versions[0]))
    assert db.query(Job).filter(Job.kind != "index").count() == 0


def test_words_of_others_cannot_make_a_letter_say_anything(
    make: Factory, db: Session, post: PostOffice
) -> None:
    hostile = "<b>Click</b> {+here+} [-now-] ${paragraph}\u202e"
    document = make.document([hostile, TREES])
    make.comment(paragraph(db, document, "k2"))
    version = revise(db, document, [("k1", hostile), ("k2", f"{TREES} {hostile}")], note=hostile)
    (letter,) = publish(post, version)
    assert "<b>" not in html_of(letter) and "&lt;b&gt;Click&lt;/b&gt;" in html_of(letter)


def test_a_long_change_is_cut_to_what_changed(make: Factory, db: Session, post: PostOffice) -> None:
    long = " ".join(f"Sentence {n} stands as it stood." for n in range(200))
    document = make.document(["Streets", long])
    make.comment(paragraph(db, document, "k2"))
    new = long.replace("Sentence 100 stands", "Sentence 100 falls")
    (letter,) = publish(post, revise(db, document, [("k1", "Streets"), ("k2", new)]))
    text = " ".join(text_of(letter).split())
    assert "100 [-stands-] {+falls+} as" in text.replace("| ", "") and "…" in text, text
    assert len(text) < 2_000
