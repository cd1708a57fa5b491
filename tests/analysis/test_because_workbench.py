"""What officials tied to a working version's paragraphs lives through what they do to it afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from webtest.response import TestResponse

from consult.analysis.because import tie
from consult.analysis.models import BecauseLink
from consult.audit import LogEntry
from consult.comments.models import Comment
from consult.drafts.models import Paragraph, Version, Wording, WorkingStep
from consult.intake.publish import publish_version
from consult.workbench.add import add
from consult.workbench.correct import correct
from consult.workbench.drop import drop
from consult.workbench.merge import merge
from consult.workbench.move import move
from consult.workbench.rows import at
from consult.workbench.split import split
from consult.workbench.steps import redo, undo
from tests.browser import Browser
from tests.factories import Factory
from tests.gate.conftest import Plan
from tests.gate.texts import Author

AUTHOR = Author(31)
A, B, C, NEW = (AUTHOR.paragraph() for _n in range(4))
LONGER = f"{B} {AUTHOR.sentence(20)}"
GONE = "is not in version 2 any more"


class Desk:
    """A plan whose second version edits what is second and adds what is third."""

    def __init__(self, db: Session, plan: Plan, browser: Browser) -> None:
        self.db, self.plan, self.browser = db, plan, browser.signed_in(plan.official)
        self.first = plan.publishes(A, B, C)
        self.comment: Comment = plan.comment(plan.at(self.first, 2), self.first)
        self.version: Version = plan.imports(A, LONGER, NEW, C)
        self.edited, self.new = plan.at(self.first, 2), plan.at(self.version, 3)

    def wording(self, place: int) -> Wording:
        found = at(self.db, self.version, place + 1)
        assert found is not None
        return found

    def tie(self, paragraph: Paragraph, comment: Comment | None = None) -> None:
        chosen = [comment or self.comment]
        tie(self.db, self.version, paragraph, self.plan.official, offered=[], chosen=chosen)
        self.db.commit()

    def halve(self, place: int) -> WorkingStep:
        wording = self.wording(place)
        words = wording.html.split()
        middle = len(words) // 2
        parts = [" ".join(words[:middle]), " ".join(words[middle:])]
        return split(self.db, self.version, wording, parts)

    def because(self, paragraph: Paragraph, status: int | str = 200) -> TestResponse:
        return self.browser.get(f"{self.plan.base}/because/{paragraph.key}?version=2", status)

    def ticked(self, paragraph: Paragraph) -> tuple[str, list[str]]:
        """Return which paragraph's page answers, and the comments that are ticked on it."""
        page = self.because(paragraph, status="*")
        page = page.follow() if page.status_int == 303 else page
        boxes = page.html.select("[name=comments][checked]")
        return page.request.path.rsplit("/", 1)[1], [box["value"] for box in boxes]

    def gate(self) -> TestResponse:
        return self.browser.get(f"{self.plan.base}/gate?show=changed")

    def publish(self) -> list[tuple[str, str]]:
        """Publish, and return the ties that readers are told of."""
        publish_version(self.db, self.version, actor_id=self.plan.official.id)
        self.db.commit()
        links = self.db.query(BecauseLink).order_by(BecauseLink.id)
        return [(link.paragraph.key, link.comment.public_id) for link in links]


@pytest.fixture
def desk(db: Session, make: Factory, tmp_path: Path, browser: Browser) -> Desk:
    return Desk(db, Plan(db, make, tmp_path), browser)


def _nothing(desk: Desk) -> None:
    pass


def _moved(desk: Desk) -> None:
    move(desk.db, desk.version, desk.wording(2), 5)


def _halved(desk: Desk) -> None:
    desk.halve(2)


def _dropped(desk: Desk) -> None:
    drop(desk.db, desk.version, desk.wording(2))


def _with_the_one_before(desk: Desk) -> None:
    merge(desk.db, desk.version, desk.wording(1), desk.wording(2))


@pytest.mark.parametrize("act", [_nothing, _moved, _halved, _dropped, _with_the_one_before])
def test_what_readers_know_is_tied_whatever_becomes_of_it(
    desk: Desk, act: Callable[[Desk], None]
) -> None:
    desk.tie(desk.edited)
    act(desk)
    desk.db.commit()
    tied = desk.comment.public_id
    assert desk.ticked(desk.edited) == (desk.edited.key, [tied])
    desk.gate().mustcontain(no="not there any more")
    assert desk.publish() == [(desk.edited.key, tied)]
    redline = desk.plan.base.replace("/officials", "") + "/redline"
    assert desk.comment.author_name in desk.browser.get(redline)


def test_of_what_was_dropped_the_page_says_that_it_is_removed(desk: Desk) -> None:
    desk.tie(desk.edited)
    _dropped(desk)
    desk.because(desk.edited).mustcontain("is removed in version 2", "<del>")


def test_what_was_new_and_dropped_is_kept_until_it_is_published(desk: Desk) -> None:
    desk.tie(desk.new)
    step = drop(desk.db, desk.version, desk.wording(3))
    desk.db.commit()
    page = desk.because(desk.new)
    page.mustcontain(f"<bdi>3</bdi> {GONE}", NEW[:30], "Undo it on the workbench")
    assert page.click("Version 2: preview").request.path.endswith("/plan/preview")
    assert desk.ticked(desk.new) == (desk.new.key, [desk.comment.public_id])
    said = desk.gate().html.select_one(".loose")
    assert "1 comment is named as the cause" in said.text and "not in version 2" in said.text
    assert said.a["href"].endswith(f"/because/{desk.new.key}?version=2")
    undo(desk.db, desk.version, step.number)
    desk.db.commit()
    desk.gate().mustcontain(no="not there any more")
    redo(desk.db, desk.version, step.number)
    assert desk.publish() == []
    entry = desk.db.query(LogEntry).filter_by(act="because").order_by(LogEntry.id.desc()).first()
    assert entry is not None and entry.actor_id == desk.plan.official.id
    assert entry.detail["untied"] == [desk.comment.public_id]
    assert entry.detail["paragraph"] == desk.new.key
    mine = desk.browser.get(desk.plan.base.replace("/officials", "") + f"/p/{desk.edited.key}")
    mine.mustcontain(no="Led to a change")


def test_what_was_tied_to_what_is_gone_can_be_let_go(desk: Desk) -> None:
    desk.tie(desk.new)
    drop(desk.db, desk.version, desk.wording(3))
    desk.db.commit()
    form = desk.because(desk.new).forms[2]
    form.fields["comments"][0].checked = False
    form.submit().follow().mustcontain("No comment is named")
    assert desk.db.query(BecauseLink).count() == 0
    desk.gate().mustcontain(no="not there any more")


def test_what_was_new_and_merged_is_tied_to_what_has_its_words(desk: Desk) -> None:
    other = desk.plan.comment(desk.plan.at(desk.first, 3), desk.first)
    desk.tie(desk.new)
    desk.tie(desk.edited, other)
    stale = desk.because(desk.new)
    step = merge(desk.db, desk.version, desk.wording(2), desk.wording(3))
    desk.db.commit()
    both = [desk.comment.public_id, other.public_id]
    assert desk.ticked(desk.new) == (desk.edited.key, both)
    desk.gate().mustcontain(no="not there any more")
    # What was ticked on the page of the one before they were merged is not lost.
    stale.forms[2].submit()
    undo(desk.db, desk.version, step.number)
    desk.db.commit()
    assert desk.ticked(desk.new) == (desk.new.key, both[:1])
    assert desk.ticked(desk.edited) == (desk.edited.key, both[1:])
    redo(desk.db, desk.version, step.number)
    assert sorted(desk.publish()) == sorted((desk.edited.key, comment) for comment in both)


def test_merged_into_what_was_dropped_then_is_gone(desk: Desk) -> None:
    desk.tie(desk.new)
    merge(desk.db, desk.version, desk.wording(2), desk.wording(3))
    drop(desk.db, desk.version, desk.wording(2))
    desk.db.commit()
    desk.because(desk.new).mustcontain(GONE)
    assert desk.publish() == []


def test_what_was_split_off_and_joined_again_is_tied_to_the_whole(desk: Desk) -> None:
    step = desk.halve(2)
    half = desk.wording(3).paragraph
    desk.tie(half)
    undo(desk.db, desk.version, step.number)
    desk.db.commit()
    tied = [desk.comment.public_id]
    assert desk.ticked(half) == (desk.edited.key, tied)
    # Whoever goes on from there cannot redo it any more; the tie holds all the same.
    correct(desk.db, desk.version, desk.wording(1), f"{A} More.")
    desk.db.commit()
    assert desk.ticked(desk.edited) == (desk.edited.key, tied)
    assert desk.publish() == [(desk.edited.key, tied[0])]


def test_what_was_added_and_undone_for_good_is_told_of(desk: Desk) -> None:
    step = add(desk.db, desk.version, desk.wording(1), ["Dogs."], desk.wording(1).kind, 0, "1a")
    added = desk.wording(2).paragraph
    desk.tie(added)
    undo(desk.db, desk.version, step.number)
    desk.db.commit()
    desk.because(added).mustcontain("<bdi>1a</bdi> is not in version 2")
    correct(desk.db, desk.version, desk.wording(1), f"{A} More.")
    desk.db.commit()
    desk.because(added).mustcontain("What was added here is not in version 2")
    assert "A paragraph that was added" in desk.gate().html.select_one(".loose").text
    assert desk.publish() == []


def test_a_change_that_was_taken_back_is_no_change(desk: Desk) -> None:
    desk.tie(desk.edited)
    correct(desk.db, desk.version, desk.wording(2), B)
    desk.db.commit()
    desk.because(desk.edited).mustcontain("says what it said in version 1")
    assert "says what version 1 says" in desk.gate().html.select_one(".loose").text
    correct(desk.db, desk.version, desk.wording(2), f"<em>{B}</em>")
    desk.db.commit()
    desk.gate().mustcontain(no="not there any more")
    assert desk.publish() == [(desk.edited.key, desk.comment.public_id)]


def test_what_is_decided_to_be_removed_is_named_by_what_it_was(desk: Desk) -> None:
    # The wording stands for the old paragraph until it is published, and will not be that.
    desk.plan.decides(desk.version, desk.edited)
    page = desk.because(desk.edited)
    page.mustcontain("is removed in version 2")
    desk.tie(desk.edited)
    assert desk.publish() == [(desk.edited.key, desk.comment.public_id)]
    assert desk.edited.id not in desk.plan.paragraphs(desk.version)
