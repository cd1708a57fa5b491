"""Officials import a draft, look at it, and publish or discard it."""

from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.drafts.models import Document, VersionState
from consult.drafts.published import latest_version, wordings
from consult.importing import limits, site_turns
from tests.browser import Browser
from tests.factories import Factory

DRAFT = """# A plan for trees

## 1. Streets

1.1 Trees are planted along every street that is wider than **twelve** metres.

- on both sides
- at every crossing

| Street | Trees |
|--------|-------|
| Parade | 26    |
"""


class Desk:
    """An official of one consultation in a browser."""

    def __init__(self, browser: Browser, make: Factory, phase: Phase = Phase.DRAFT) -> None:
        self.consultation: Consultation = make.consultation(phase)
        self.official = make.holder(Role.OFFICIAL, self.consultation)
        self.browser = browser.signed_in(self.official)
        self.base = f"/officials/consultations/{self.consultation.slug}"

    def imports(
        self, status: int = 303, name: str = "", data: bytes = b"", /, **fields: str
    ) -> Any:
        files = [("file", name, data)] if name else None
        return self.browser.post(f"{self.base}/import", fields, status, upload_files=files)

    def form(self, slug: str, action: str) -> dict[str, str]:
        page = self.browser.get(f"{self.base}/{slug}/preview")
        form = next(f for f in page.forms.values() if str(f.action).endswith(action))
        return {name: form[name].value for name in form.fields if name}


@pytest.fixture
def desk(browser: Browser, make: Factory) -> Desk:
    return Desk(browser, make)


def document(db: Session, slug: str) -> Document:
    found = db.scalar(select(Document).where(Document.slug == slug))
    assert found is not None
    return found


def test_from_a_file_to_a_published_version(desk: Desk, db: Session) -> None:
    desk.browser.get(f"{desk.base}/import").mustcontain("Import a draft")
    answer = desk.imports(303, "Plan.md", DRAFT.encode())
    assert answer.headers["Location"].endswith(f"{desk.base}/a-plan-for-trees/preview")
    page = desk.browser.get(f"{desk.base}/a-plan-for-trees/preview")
    page.mustcontain(
        "A plan for trees", "<strong>twelve</strong>", "List item 1", "Heading 1", "1.1", "Parade"
    )
    public = f"/consultations/{desk.consultation.slug}/a-plan-for-trees"
    assert latest_version(db, document(db, "a-plan-for-trees")) is None
    desk.browser.get(public, status=404)
    typed = desk.form("a-plan-for-trees", "/publish")
    answer = desk.browser.post(
        f"{desk.base}/a-plan-for-trees/publish", typed | {"what_changed": "The first draft."}
    )
    assert answer.headers["Location"].endswith(f"{desk.base}?notice=version-published")
    version = latest_version(db, document(db, "a-plan-for-trees"))
    assert version is not None and version.what_changed == "The first draft."
    assert version.source_name == "Plan.md"
    assert "Trees are planted" in wordings(db, version)[2].text
    desk.browser.get(public).mustcontain("A plan for trees")
    again = desk.browser.post(f"{desk.base}/a-plan-for-trees/publish", typed)
    assert again.headers["Location"].endswith(desk.base), "a double click does no harm"


def test_pasted_text_takes_the_title_and_address_that_are_given(desk: Desk, db: Session) -> None:
    answer = desk.imports(text=DRAFT, title="Baumplan", slug="baeume")
    assert answer.headers["Location"].endswith("/baeume/preview")
    assert document(db, "baeume").title == "Baumplan"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a file, or paste the text"),
        ({"name": "plan.md", "data": b""}, "Choose a file, or paste the text"),
        ({"name": "plan.exe", "data": b"MZ\x00\x01" + bytes(500)}, "There is a problem"),
        ({"text": DRAFT, "slug": "A Plan"}, "Use small letters"),
        ({"text": DRAFT, "slug": "taken"}, "There is a document at this address"),
        ({"text": DRAFT, "title": "الأشجار"}, "Write an address"),
        ({"text": DRAFT, "document": "nowhere"}, "There is a problem"),
        ({"text": DRAFT, "title": "x" * 301}, "at most 300"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence_and_kept(
    desk: Desk, make: Factory, db: Session, sent: dict[str, Any], sentence: str
) -> None:
    make.document(consultation=desk.consultation, slug="taken")
    page = desk.imports(422, **sent)
    page.mustcontain("Error:", sentence)
    form = next(f for f in page.forms.values() if "text" in f.fields)
    for name in ("text", "title", "slug"):
        assert form[name].value.strip() == sent.get(name, "").strip()
    assert db.scalars(select(Document.slug)).all() == ["taken"]


def test_a_file_larger_than_the_setting_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = desk.browser.router.registry
    none = replace(registry["settings"], upload_megabytes=0)
    monkeypatch.setitem(registry, "settings", none)
    desk.imports(422, text="x").mustcontain("larger than 0 MB")
    desk.imports(422, "x.md", b"x").mustcontain("larger than 0 MB")


def test_a_next_version_says_what_became_of_the_paragraphs(desk: Desk, db: Session) -> None:
    desk.imports(text=DRAFT, slug="plan")
    desk.browser.post(f"{desk.base}/plan/publish", desk.form("plan", "/publish"))
    later = DRAFT.replace("twelve", "eleven").replace("- at every crossing\n", "")
    desk.imports(text=later, document="plan")
    page = desk.browser.get(f"{desk.base}/plan/preview")
    facts = {
        term.text: int(value.text)
        for term, value in zip(page.html.select("dt"), page.html.select("dd"), strict=True)
    }
    assert (facts["Edited"], facts["Removed"], facts["New"]) == (1, 1, 0)


def test_a_working_version_is_replaced_when_the_box_is_ticked(desk: Desk, db: Session) -> None:
    desk.imports(text=DRAFT, slug="plan")
    later = DRAFT.replace("twelve", "eleven")
    desk.imports(422, text=later, document="plan").mustcontain("working version already")
    page = desk.browser.get(f"{desk.base}/import?document=plan")
    form = next(f for f in page.forms.values() if "text" in f.fields)
    assert (form["document"].value, form["replace"].checked) == ("plan", True)
    desk.imports(text=later, document="plan", replace="y")
    desk.browser.get(f"{desk.base}/plan/preview").mustcontain("eleven", no=["twelve"])


def test_only_the_draft_that_was_looked_at_is_published_or_discarded(
    desk: Desk, db: Session
) -> None:
    desk.imports(text=DRAFT, slug="plan")
    looked_at = desk.form("plan", "/publish") | {"what_changed": "The first."}
    desk.imports(text=DRAFT.replace("twelve", "eleven"), document="plan", replace="y")
    for action in ("publish", "discard"):
        page = desk.browser.post(f"{desk.base}/plan/{action}", looked_at, status=422)
        page.mustcontain("replaced or changed since you looked", "The first.", "eleven")
    assert document(db, "plan").versions[0].state is VersionState.WORKING
    answer = desk.browser.post(f"{desk.base}/plan/discard", desk.form("plan", "/discard"))
    assert answer.headers["Location"].endswith("?notice=version-discarded")
    assert db.scalars(select(Document)).all() == []


def test_what_says_nothing_new_is_not_published(desk: Desk, db: Session) -> None:
    desk.imports(text=DRAFT, slug="plan")
    desk.browser.post(f"{desk.base}/plan/publish", desk.form("plan", "/publish"))
    desk.imports(text=DRAFT, document="plan")
    gate = desk.browser.get(f"{desk.base}/plan/gate").forms
    form = next(form for form in gate.values() if form.action.endswith("/gate/pass"))
    typed = {"seen": form["seen"].value, "what_changed": "Nothing."}
    page = desk.browser.post(f"{desk.base}/plan/gate/pass", typed, status=422)
    page.mustcontain("exactly what version 1 says")


def test_markup_of_a_draft_is_harmless_in_the_preview(desk: Desk) -> None:
    desk.imports(
        text='# A <script>alert(1)</script>\n\nHello <img src=x onerror="alert(1)"> there.',
        title="<script>alert(2)</script>",
        slug="plan",
    )
    page = desk.browser.get(f"{desk.base}/plan/preview")
    page.mustcontain(no=["<script>alert", "<img src"])


def test_the_pages_are_not_public(browser: Browser, make: Factory, db: Session) -> None:
    desk = Desk(browser, make, Phase.OPEN)
    desk.imports(text=DRAFT, slug="plan")
    typed = desk.form("plan", "/publish")
    # What is made for one person is not acted on for another anyway.
    del typed["signed_in_as"]
    elsewhere = make.holder(Role.OFFICIAL, make.department())
    moderator = make.holder(Role.MODERATOR)
    db.commit()
    for who in (browser, browser.signed_in(make.account()), browser.signed_in(elsewhere)):
        status = 303 if who is browser else 403
        for path in ("import", "plan/preview"):
            answer = who.get(f"{desk.base}/{path}", status=status)
            assert status == 403 or "/sign-in" in answer.headers["Location"]
        for path in ("import", "plan/publish", "plan/discard"):
            who.post(f"{desk.base}/{path}", typed | {"text": DRAFT}, status=403)
    looks = browser.signed_in(moderator)
    looks.get(f"{desk.base}/plan/preview").mustcontain(no=["Publish version", "Discard"])
    looks.post(f"{desk.base}/plan/publish", typed, status=403)
    assert document(db, "plan").versions[0].state is VersionState.WORKING


def test_an_answered_consultation_takes_no_further_version(
    browser: Browser, make: Factory, db: Session
) -> None:
    desk = Desk(browser, make, Phase.CLOSED)
    desk.imports(text=DRAFT, slug="plan")
    typed = desk.form("plan", "/publish")
    desk.consultation.phase = Phase.ANSWERED
    db.commit()
    desk.browser.post(f"{desk.base}/plan/publish", typed, status=403)
    desk.imports(403, text=DRAFT, slug="other")


def test_import_while_others_are_read_keeps_what_was_typed(desk: Desk, db: Session) -> None:
    fields = {"title": "Baumplan", "slug": "baeume", "text": DRAFT}
    with ExitStack() as others:
        data = desk.browser.router.registry["settings"].data
        for _number in range(limits.READERS):
            others.enter_context(site_turns(data).taken())
        page = desk.imports(503, "Plan für <Bäume>.md", DRAFT.encode(), **fields)
        assert int(page.headers["Retry-After"]) > 0
        page.mustcontain("Error: ", "“\u2068Plan für &lt;Bäume&gt;.md\u2069” was not read")
        form = next(f for f in page.forms.values() if "title" in f.fields)
        assert {name: form[name].value for name in fields} == fields
        page = desk.imports(503, **fields)
        page.mustcontain("this one was not read", "It is still here")
        assert db.scalar(select(Document)) is None
    desk.imports(303, **fields)
    assert latest_version(db, document(db, "baeume")) is None
