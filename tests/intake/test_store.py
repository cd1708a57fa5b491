"""Drafts are stored, replaced, discarded and published; what is published never changes."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.audit import LogEntry
from consult.blocks.blocks import Block, Draft, Finding, Kind, finding_from
from consult.blocks.messages import Message
from consult.blocks.places import Place, Unit
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.drafts.frozen import Frozen
from consult.drafts.keys import ALPHABET
from consult.drafts.models import Document, Paragraph, Version, VersionState, Wording
from consult.drafts.published import (
    documents,
    latest_version,
    latest_wording,
    version_number,
    wording_in,
    wordings,
)
from consult.drafts.sources import path_of
from consult.intake.publish import publish_version
from consult.intake.store import discard_working, import_draft, working_version
from consult.refusal import Refused
from tests.factories import Factory

PICTURE = Finding(Place(Unit.LINE, 3), Message("A picture."))
TREES = "Trees are planted along every street that is wider than twelve metres."


def draft(*texts: str, title: str = "A plan", **kw: Any) -> Draft:
    blocks = [Block(Kind.TITLE, 0, "", title, title)]
    blocks += [Block(Kind.PARAGRAPH, 0, f"1.{n}", t, t) for n, t in enumerate(texts, 1)]
    return Draft(tuple(blocks), kw.get("findings", ()), kw.get("language"), "markdown")


class Desk:
    """Imports into and publishes one document."""

    def __init__(self, db: Session, consultation: Consultation, data: Path) -> None:
        self.db, self.consultation, self.data = db, consultation, data

    def imports(self, made: Draft, **kw: Any) -> Version:
        kw.setdefault("source", b"the file")
        return import_draft(self.db, self.consultation, "plan", made, data=self.data, **kw)

    def publishes(self, made: Draft, **kw: Any) -> Version:
        return publish_version(self.db, self.imports(made), **kw)

    def keys(self, version: Version) -> list[str]:
        return [wording.paragraph.key for wording in wordings(self.db, version)]


@pytest.fixture
def desk(db: Session, make: Factory, tmp_path: Path) -> Desk:
    return Desk(db, make.consultation(Phase.DRAFT), tmp_path)


def test_an_import_makes_a_working_version(db: Session, desk: Desk) -> None:
    made = draft(TREES, "Two.", language="cy", findings=(PICTURE,))
    version = desk.imports(made, source_name="C:\\plans\\trees.md", actor_id=3)
    assert (version.number, version.state, version.language) == (1, VersionState.WORKING, "cy")
    [finding] = version.findings
    assert finding_from(finding) == PICTURE and (finding["key"], finding["looked"]) == ("", "")
    assert [(w.position, w.label, w.text) for w in wordings(db, version)] == [
        (1, "", "A plan"),
        (2, "1.1", TREES),
        (3, "1.2", "Two."),
    ]
    assert version.document.title == "A plan"
    keys = desk.keys(version)
    assert len(set(keys)) == 3 and all(set(key) <= set(ALPHABET) for key in keys)
    assert path_of(desk.data, version.source_digest).read_bytes() == b"the file"
    entry = db.scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.subject) == ("import", f"document:{desk.consultation.slug}/plan")


def test_nothing_is_for_readers_before_it_is_published(db: Session, desk: Desk) -> None:
    version = desk.imports(draft(TREES))
    document, paragraph = version.document, wordings(db, version)[1].paragraph
    assert documents(db, desk.consultation) == []
    assert latest_version(db, document) is version_number(db, document, 1) is None
    assert latest_wording(db, paragraph) is None
    publish_version(db, version)
    second = desk.imports(draft(TREES + " All of them.", title="The next plan"))
    assert documents(db, desk.consultation) == [(document, version)]
    assert latest_version(db, document) is version_number(db, document, 1) is version
    assert version_number(db, document, 2) is None
    shown, working = latest_wording(db, paragraph), wording_in(db, paragraph, second)
    assert shown is not None and shown.text == TREES
    assert working is not None and working.text == TREES + " All of them."
    assert document.title == "A plan", "readers see the new title when it is published"
    publish_version(db, second)
    assert document.title == "The next plan"


def test_a_working_version_is_replaced_only_when_that_is_meant(db: Session, desk: Desk) -> None:
    desk.imports(draft(TREES, "Two."))
    with pytest.raises(Refused, match="working version"):
        desk.imports(draft("Else."))
    version = desk.imports(draft("Else."), replace_working=True, source=b"another")
    assert [w.text for w in wordings(db, version)] == ["A plan", "Else."]
    assert db.scalar(select(func.count(Paragraph.id))) == 2, "nobody's paragraphs are gone"


def test_a_paragraph_keeps_its_identity_through_versions(db: Session, desk: Desk) -> None:
    first = desk.publishes(draft(TREES, "Two is short.", "Three."))
    edited = TREES.replace("twelve", "eleven")
    second = desk.publishes(draft(edited, "Something else.", "Three."), what_changed="Narrower.")
    one, two = desk.keys(first), desk.keys(second)
    assert (one[0], one[1], one[3]) == (two[0], two[1], two[3])
    assert one[2] != two[2]
    assert (second.number, second.what_changed) == (2, "Narrower.")
    desk.imports(draft("All new."))
    desk.imports(draft("All new again."), replace_working=True)
    assert desk.keys(first) == one, "replacing takes nothing from what is published"


def test_discarding_leaves_what_is_published(db: Session, desk: Desk) -> None:
    discard_working(db, desk.imports(draft("One.")))
    assert db.scalar(select(func.count(Document.id))) == 0
    assert db.scalar(select(func.count(Paragraph.id))) == 0
    first = desk.publishes(draft(TREES))
    discard_working(db, desk.imports(draft(TREES, "Two.")))
    assert working_version(db, first.document) is None
    assert len(wordings(db, first)) == 2
    assert desk.publishes(draft(TREES, "Two.")).number == 2


def test_what_gives_nothing_new_to_read_is_not_published(db: Session, desk: Desk) -> None:
    version = desk.imports(draft())
    with pytest.raises(Refused, match="nothing below the title"):
        publish_version(db, version)
    version = desk.imports(draft(TREES), replace_working=True)
    publish_version(db, version)
    with pytest.raises(Refused, match="already"):
        publish_version(db, version)
    with pytest.raises(Refused, match="version 1"):
        desk.publishes(draft(TREES))


@pytest.mark.parametrize(
    ("given", "name", "own", "expected"),
    [
        ("Chosen", "plan.md", "Of its own", "Chosen"),
        ("<b>Chosen</b>", "plan.md", "Of its own", "<b>Chosen</b>"),
        ("", "plan-v2.md", "Plan v2", "The first"),
        ("", "", "Untitled draft", "The first"),
        ("", "plan-v2.md", "Of its own", "Of its own"),
    ],
)
def test_the_title_is_the_given_one_or_the_drafts_or_stays(
    db: Session, desk: Desk, given: str, name: str, own: str, expected: str
) -> None:
    desk.publishes(draft(TREES, title="The first"))
    version = desk.imports(draft("Two.", title=own), title=given, source_name=name)
    title = wordings(db, version)[0]
    assert title.text == expected and "<" not in title.html
    publish_version(db, version)
    assert version.document.title == expected


def test_addresses_are_checked_and_documents_stand_in_order(
    db: Session, desk: Desk, tmp_path: Path
) -> None:
    for bad in ("Plan", "", "a/b", "x" * 61):
        with pytest.raises(Refused):
            import_draft(db, desk.consultation, bad, draft("One."), source=b"x", data=tmp_path)
    for slug in ("second", "first"):
        made = import_draft(db, desk.consultation, slug, draft("One."), source=b"x", data=tmp_path)
        publish_version(db, made)
    assert [d.slug for d, _ in documents(db, desk.consultation)] == ["second", "first"]


def change_text(db: Session, version: Version) -> None:
    wordings(db, version)[1].text = "Something else."


def take_away(db: Session, version: Version) -> None:
    db.delete(wordings(db, version)[1])


def add(db: Session, version: Version) -> None:
    paragraph = Paragraph(document=version.document, key="xxxxx")
    words = {"kind": Kind.PARAGRAPH, "level": 0, "label": "", "html": "", "text": "", "digest": ""}
    db.add(Wording(version=version, paragraph=paragraph, position=9, **words))


def unpublish(db: Session, version: Version) -> None:
    version.state = VersionState.WORKING


def renumber(db: Session, version: Version) -> None:
    version.number = 7


def delete(db: Session, version: Version) -> None:
    version.wordings.clear()
    db.delete(version)


@pytest.mark.parametrize("change", [change_text, take_away, add, unpublish, renumber, delete])
@pytest.mark.parametrize("expired", [True, False])
def test_what_is_published_cannot_be_changed(
    db: Session, desk: Desk, change: Any, expired: bool
) -> None:
    version = desk.publishes(draft(TREES))
    if expired:
        db.expire_all()
    change(db, version)
    with pytest.raises(Frozen):
        db.flush()


def test_what_changed_may_still_be_described_better(db: Session, desk: Desk) -> None:
    version = desk.publishes(draft(TREES))
    version.what_changed = "Mended a word in this note."
    db.flush()


def test_the_database_itself_refuses_too(db: Session, desk: Desk) -> None:
    version = desk.publishes(draft(TREES))
    with pytest.raises(DBAPIError, match="never change"):
        db.connection().execute(
            Wording.__table__.update()  # type: ignore[attr-defined]
            .where(Wording.version_id == version.id)
            .values(text="else")
        )
