"""Originals: officials download them; readers where an official lets them, until that is taken back."""

import logging
import re
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from consult.accounts.models import Account, Role
from consult.audit import LogEntry
from consult.blocks.blocks import Block, Draft, Finding, Kind
from consult.blocks.messages import Message
from consult.blocks.places import Place, Unit
from consult.consultations.models import Consultation
from consult.consultations.phases import Audience, Phase
from consult.drafts.frozen import Frozen
from consult.drafts.models import Version, WorkingAct, WorkingStep
from consult.drafts.sources import path_of
from consult.importing.wording import DECORATIVE_PICTURE, margin_comment
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted

FILE = b"PK\x03\x04 what the official sent"
DIGEST = sha256(FILE).hexdigest()
NAME = "Harbour plan, Müller’s “v3”.docx"
FINDINGS = (
    Finding(None, margin_comment("", "No!"), unseen=True),
    Finding(Place(Unit.TABLE, 2), DECORATIVE_PICTURE),
)
BLOCKS = (
    Block(Kind.TITLE, 0, "", "Harbour", "Harbour"),
    Block(Kind.PARAGRAPH, 0, "1.1", "Boats pay.", "Boats pay."),
)


class Shelf:
    """A document with an original, in a consultation of its own."""

    def __init__(self, browser: Browser, make: Factory, db: Session) -> None:
        self.browser, self.make, self.db = browser, make, db
        self.consultation: Consultation = make.consultation()
        self.data = browser.router.registry["settings"].data
        self.official = browser.signed_in(self.holder(Role.OFFICIAL))
        self.page = f"/consultations/{self.consultation.slug}/harbour"
        self.address = f"{self.page}/v1/original"
        self.desk = f"/officials{self.address}"

    def holder(self, role: Role) -> Account:
        return self.make.holder(role, self.consultation)

    def imports(self, source: bytes = FILE, publish: bool = False, **kw: Any) -> Version:
        version = import_draft(
            self.db,
            self.consultation,
            "harbour",
            Draft(kw.pop("blocks", BLOCKS), FINDINGS, "en", "docx"),
            source=source,
            data=self.data,
            source_name=NAME,
            **kw,
        )
        if publish:
            publish_version(self.db, version)
        self.db.commit()
        return version

    def chooses(self, readers: str, status: int = 303, seen: str = DIGEST) -> Any:
        return self.official.post(self.desk, {"readers": readers, "seen": seen}, status)

    def logged(self) -> list[tuple[str, Any]]:
        entries = self.db.scalars(
            select(LogEntry).where(LogEntry.act.like("% original")).order_by(LogEntry.id)
        )
        return [(entry.act, entry.detail) for entry in entries]


@pytest.fixture
def shelf(browser: Browser, make: Factory, db: Session) -> Shelf:
    return Shelf(browser, make, db)


def people(shelf: Shelf) -> dict[str, Browser]:
    """Return a browser for everybody who may come by."""
    make, signed_in = shelf.make, shelf.browser.signed_in
    return {
        "guest": shelf.browser,
        "citizen": signed_in(make.account()),
        "official": shelf.official,
        "signatory": signed_in(shelf.holder(Role.SIGNATORY)),
        "moderator": signed_in(shelf.holder(Role.MODERATOR)),
        "administrator": signed_in(make.holder(Role.ADMINISTRATOR)),
        "official elsewhere": signed_in(make.holder(Role.OFFICIAL, make.department())),
        "moderator elsewhere": signed_in(make.holder(Role.MODERATOR, make.department())),
    }


INSIDE = {"official", "signatory", "moderator", "administrator"}


def served(shelf: Shelf) -> set[str]:
    """Return who gets the file; everybody else is told that there is nothing."""
    found = set()
    for name, browser in people(shelf).items():
        answer = browser.get(shelf.address, status="*")
        assert answer.status_int in (200, 404)
        if answer.status_int == 200:
            assert answer.body == FILE
            found.add(name)
    return found


@pytest.mark.parametrize("publish", [False, True])
def test_an_original_is_for_those_who_see_working_versions(shelf: Shelf, publish: bool) -> None:
    shelf.imports(publish=publish)
    assert served(shelf) == INSIDE


def test_what_readers_may_have_everybody_gets_once_it_is_published(
    shelf: Shelf, db: Session
) -> None:
    version = shelf.imports()
    shelf.chooses("open")
    assert served(shelf) == INSIDE
    shelf.official.get(shelf.desk).mustcontain("May have it once the version is published")
    publish_version(db, version)
    db.commit()
    assert served(shelf) == set(people(shelf))
    shelf.chooses("closed")
    assert served(shelf) == INSIDE


@pytest.mark.parametrize(
    ("change", "inside"),
    [
        (("audience", Audience.OFFICIALS), {"official elsewhere", "moderator elsewhere"}),
        (("phase", Phase.DRAFT), set()),
    ],
)
def test_what_readers_may_have_is_for_readers_of_the_consultation(
    shelf: Shelf, db: Session, change: tuple[str, Any], inside: set[str]
) -> None:
    shelf.imports(publish=True)
    shelf.chooses("open")
    setattr(shelf.consultation, *change)
    db.commit()
    assert served(shelf) == INSIDE | inside


def test_who_may_choose(shelf: Shelf, db: Session) -> None:
    version = shelf.imports(publish=True)
    fields = {"readers": "open", "seen": DIGEST}
    for name, browser in people(shelf).items():
        may_see = 200 if name in INSIDE else 303 if name == "guest" else 403
        page = browser.get(shelf.desk, status=may_see)
        may_choose = name in ("official", "administrator")
        assert ("Let readers download it" in page) == may_choose
        browser.post(shelf.desk, fields, status=303 if may_choose else 403)
        assert version.source_for_readers is may_choose
        version.source_for_readers = False
        db.commit()
    assert shelf.official.raw_post(shelf.desk, fields).status_int == 419


def test_it_can_be_taken_back_in_every_phase(shelf: Shelf, db: Session) -> None:
    version = shelf.imports(publish=True)
    for phase in Phase:
        version.source_for_readers, shelf.consultation.phase = True, phase
        db.commit()
        shelf.chooses("closed")
        assert not version.source_for_readers


def test_a_choice_is_written_down_once(shelf: Shelf) -> None:
    shelf.imports(publish=True)
    for readers in ("closed", "open", "open", "closed"):
        answer = shelf.chooses(readers)
        assert answer.location.endswith("original-opened" if readers == "open" else "closed")
    about = {"version": 1, "source": DIGEST}
    assert shelf.logged() == [("publish original", about), ("withdraw original", about)]


@pytest.mark.parametrize("fields", [{}, {"readers": "maybe"}, {"readers": ""}])
def test_a_choice_that_is_none_is_refused(shelf: Shelf, fields: dict[str, str]) -> None:
    version = shelf.imports(publish=True)
    page = shelf.official.post(shelf.desk, {"seen": DIGEST} | fields, 422)
    page.mustcontain("Error:", "Choose whether readers may have the file")
    assert not version.source_for_readers


def test_a_choice_is_for_the_file_that_was_looked_at(shelf: Shelf) -> None:
    shelf.imports()
    shelf.chooses("open")
    version = shelf.imports(b"another file", replace_working=True)
    assert not version.source_for_readers, "the choice was for the other file"
    page = shelf.chooses("open", 422)
    page.mustcontain("Another file was imported since")
    [form] = [form for form in page.forms.values() if "seen" in form.fields]
    assert form["seen"].value == version.source_digest
    assert not version.source_for_readers
    shelf.chooses("open", seen=version.source_digest)
    assert version.source_for_readers
    shelf.imports(b"another file", replace_working=True)
    assert not version.source_for_readers


def test_a_next_version_keeps_its_own_original_to_itself(shelf: Shelf) -> None:
    shelf.imports(publish=True)
    shelf.chooses("open")
    later = (*BLOCKS, Block(Kind.PARAGRAPH, 0, "1.2", "And how.", "And how."))
    version = shelf.imports(b"later", blocks=later, publish=True)
    assert version.number == 2 and not version.source_for_readers
    shelf.browser.get(f"{shelf.page}/v2/original", status=404)
    assert shelf.browser.get(shelf.address).body == FILE
    assert "Original file" not in shelf.browser.get(shelf.page)
    shelf.browser.get(f"{shelf.page}/v1").mustcontain("Original file (Word, 1 kB)")


def test_the_reading_page_shows_the_choice_at_once_and_costs_nothing(
    shelf: Shelf, connection: Connection
) -> None:
    shelf.imports(publish=True)
    assert "Original file" not in shelf.browser.get(shelf.page)
    shelf.chooses("open")
    with counted(connection) as first:
        page = shelf.browser.get(shelf.page)
    assert f'<a href="{shelf.address}">Original file (Word, 1 kB)</a>' in page
    # The kept page, document, version and counts, as without an original.
    assert len(first) == 4, first
    with counted(connection) as second:
        shelf.browser.get(shelf.page)
    assert len(second) == 1, second
    shelf.chooses("closed")
    assert "Original file" not in shelf.browser.get(shelf.page)


def test_a_download_is_kept_and_shown_nowhere(shelf: Shelf) -> None:
    shelf.imports(publish=True)
    shelf.chooses("open")
    answer = shelf.browser.get(shelf.address)
    assert answer.content_type.endswith("wordprocessingml.document")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="Harbour plan, Mullers v3.docx"; '
        "filename*=UTF-8''Harbour%20plan%2C%20M%C3%BCller%E2%80%99s%20%E2%80%9Cv3%E2%80%9D.docx"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policies = answer.headers.getall("Content-Security-Policy")
    assert "sandbox" in policies and any("default-src 'none'" in policy for policy in policies)
    assert answer.headers["ETag"] == f'"{DIGEST}"'
    assert answer.headers["Content-Length"] == str(len(FILE))
    assert "Set-Cookie" not in answer.headers
    head = shelf.browser.app.head(shelf.address)
    assert head.headers["Content-Length"] == str(len(FILE)) and head.body == b""
    part = shelf.browser.get(shelf.address, status=206, headers={"Range": "bytes=0-3"})
    assert part.body == FILE[:4]


def test_whoever_has_it_is_asked_to_ask_again(shelf: Shelf) -> None:
    shelf.imports(publish=True)
    assert shelf.official.get(shelf.address).headers["Cache-Control"] == "private, no-cache"
    shelf.chooses("open")
    assert shelf.browser.get(shelf.address).headers["Cache-Control"] == "no-cache"
    assert shelf.official.get(shelf.address).headers["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": f'"{DIGEST}"'}
    assert shelf.browser.get(shelf.address, status=304, headers=known).body == b""
    shelf.chooses("closed")
    assert shelf.browser.get(shelf.address, status=404, headers=known).body != FILE
    assert shelf.browser.get(shelf.address, status=404).headers["Cache-Control"] == "no-store"


def remove(shelf: Shelf) -> None:
    path_of(shelf.data, DIGEST).unlink()


def alter(shelf: Shelf) -> None:
    path_of(shelf.data, DIGEST).write_bytes(FILE + b"!")


def put_a_folder_there(shelf: Shelf) -> None:
    remove(shelf)
    path_of(shelf.data, DIGEST).mkdir()


@pytest.mark.parametrize("damage", [remove, alter, put_a_folder_there])
def test_a_lost_file_ends_in_a_sentence(
    shelf: Shelf, damage: Callable[[Shelf], None], caplog: pytest.LogCaptureFixture
) -> None:
    version = shelf.imports(publish=True)
    try:
        damage(shelf)
        page = shelf.official.get(shelf.address, status=404)
        page.mustcontain("The original file cannot be had", "Read version 1")
        known = {"If-None-Match": f'"{DIGEST}"'}
        shelf.official.get(shelf.address, status=404, headers=known)
        shelf.chooses("open", 422).mustcontain("so readers cannot be given it")
        assert not version.source_for_readers
        said = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert len(said) == 3 and all(DIGEST in record.getMessage() for record in said)
        version.source_for_readers = True
        shelf.db.commit()
        shelf.browser.get(shelf.address, status=404).mustcontain("cannot be had")
        shelf.chooses("closed")
    finally:
        path = path_of(shelf.data, DIGEST)
        if path.is_dir():
            path.rmdir()
        path.write_bytes(FILE)


def test_what_has_no_original_has_no_address(shelf: Shelf, db: Session) -> None:
    document = shelf.make.document(consultation=shelf.consultation)
    db.commit()
    base = f"/consultations/{shelf.consultation.slug}/{document.slug}"
    for address in (f"{base}/v1/original", f"{base}/v2/original", f"{shelf.page}/v1/original"):
        shelf.official.get(address, status=404)
        shelf.official.get(f"/officials{address}", status=404)
        shelf.official.post(f"/officials{address}", {"readers": "open"}, status=404)
    shelf.official.get(f"{base}/v{'9' * 7}/original", status=404)
    assert "Original" not in shelf.official.get(
        f"/officials/consultations/{shelf.consultation.slug}"
    )


def test_officials_see_the_file_wherever_versions_are(shelf: Shelf) -> None:
    shelf.imports(publish=True)
    later = (*BLOCKS, Block(Kind.PARAGRAPH, 0, "1.2", "And how.", "And how."))
    shelf.imports(b"later", blocks=later)
    base = f"/officials/consultations/{shelf.consultation.slug}"
    digest = sha256(b"later").hexdigest()
    for address in (base, *(f"{base}/harbour/{name}" for name in ("preview", "workbench", "gate"))):
        page = shelf.official.get(address)
        page.mustcontain(f"{shelf.page}/v2/original", NAME, "(Word, 1 kB)", digest[:12])
        page.mustcontain("Not for readers", f"{base}/harbour/v2/original")
    shelf.official.get(base).mustcontain(f"{shelf.page}/v1/original", DIGEST[:12])


def test_the_official_is_told_what_the_file_gives_away(shelf: Shelf, db: Session) -> None:
    version = shelf.imports()
    page = shelf.official.get(shelf.desk)
    page.mustcontain(NAME, DIGEST, "tracked changes", "names of those who worked on it")
    page.mustcontain("A comment in the margin was left out: ")
    assert "out of order" not in page and "on the workbench after the import" not in page
    for number, undone in ((1, False), (2, False), (3, True)):
        step = {"act": WorkingAct.CORRECT, "key": "k", "name": "1.1", "before": [], "after": []}
        moment = version.created_at
        db.add(
            WorkingStep(
                version_id=version.id, number=number, undone=undone, created_at=moment, **step
            )
        )
    db.commit()
    shelf.official.get(shelf.desk).mustcontain("changed 2 times on the workbench")


def test_names_and_findings_are_escaped(shelf: Shelf, db: Session) -> None:
    version = shelf.imports()
    version.source_name = '"><script>alert(1)</script>.docx'
    version.findings = [asdict(Finding(None, Message("<script>"), unseen=True))]
    db.commit()
    for address in (shelf.desk, f"/officials{shelf.page}/preview"):
        assert not re.search("<script>", shelf.official.get(address).text)
    assert "<" not in shelf.official.get(shelf.address).headers["Content-Disposition"]


def test_of_a_published_version_only_the_choice_can_change(shelf: Shelf, db: Session) -> None:
    version = shelf.imports(publish=True)
    version.source_for_readers = True
    db.flush()
    for change in ({"source_size": 7}, {"source_format": "pdf"}, {"source_digest": "0" * 64}):
        for name, value in change.items():
            setattr(version, name, value)
        with pytest.raises(Frozen):
            db.flush()
        db.refresh(version)


def test_folders_in_a_name_are_nobodys_business(shelf: Shelf, db: Session) -> None:
    version = import_draft(
        db,
        shelf.consultation,
        "harbour",
        Draft(BLOCKS, (), None, "docx"),
        source=FILE,
        data=shelf.data,
        source_name="C:\\Users\\j.smith\\Plan.docx",
    )
    assert (version.source_name, version.source_size) == ("Plan.docx", len(FILE))
