"""A document that goes through versions."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest.forms import Form
from webtest.response import TestResponse

from consult.accounts.models import Account, Role
from consult.comments.models import Comment
from consult.consultations.phases import Phase
from consult.drafts.models import Document, Fate, Paragraph, Version, Wording
from consult.fates.deciding import decide
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from tests.browser import Browser
from tests.factories import Factory
from tests.gate.texts import draft_of


class Plan:
    """Imports and publishes versions of one document, and says which paragraph is which."""

    def __init__(self, db: Session, make: Factory, data: Path) -> None:
        self.db, self.make, self.data = db, make, data
        self.consultation = make.consultation(Phase.OPEN)
        self.official: Account = make.holder(Role.OFFICIAL, self.consultation)

    @property
    def base(self) -> str:
        return f"/officials/consultations/{self.consultation.slug}/plan"

    @property
    def document(self) -> Document:
        return self.db.scalars(
            select(Document).where(Document.consultation_id == self.consultation.id)
        ).one()

    def imports(self, *texts: str, title: str = "A plan") -> Version:
        """Import paragraphs as the working version, in place of the one that there may be."""
        version = import_draft(
            self.db,
            self.consultation,
            "plan",
            draft_of(list(texts), title),
            source=b"",
            data=self.data,
            replace_working=True,
        )
        self.db.commit()
        return version

    def publishes(self, *texts: str) -> Version:
        """Import paragraphs and publish them, as the machine proposes."""
        version = publish_version(self.db, self.imports(*texts), what_changed="Much.")
        self.db.commit()
        return version

    def at(self, version: Version, place: int) -> Paragraph:
        """Return the paragraph at a place of a version; the first below the title is 1."""
        return self.db.scalars(
            select(Paragraph)
            .join(Wording, Wording.paragraph_id == Paragraph.id)
            .where(Wording.version_id == version.id, Wording.position == place + 1)
        ).one()

    def paragraphs(self, version: Version) -> list[int]:
        """Return the ids of the paragraphs of a version in order, without the title."""
        return list(
            self.db.scalars(
                select(Wording.paragraph_id)
                .where(Wording.version_id == version.id, Wording.position > 1)
                .order_by(Wording.position)
            )
        )

    def decides(self, version: Version, old: Paragraph, *news: Paragraph) -> None:
        """Say what became of a paragraph; nothing: it is removed."""
        choice = {old.id: [new.id for new in news]}
        decide(self.db, version, choice, account_id=self.official.id)
        self.db.commit()

    def stated(self, version: Version) -> set[tuple[int, int, str]]:
        """Return the fates of a version as places (0 where there is none) and kinds."""
        last = self.db.scalars(
            select(Version).where(
                Version.document_id == version.document_id, Version.number == version.number - 1
            )
        ).one()
        old = {p: n for n, p in enumerate(self.paragraphs(last), 1)}
        new = {p: n for n, p in enumerate(self.paragraphs(version), 1)}
        rows = self.db.scalars(select(Fate).where(Fate.version_id == version.id))
        return {
            (old.get(f.old_id or 0, 0), new.get(f.new_id or 0, 0), f.kind.value) for f in rows
        } - {(0, 0, "unchanged"), (0, 0, "edited")}

    def doubtful(self, version: Version) -> set[int]:
        """Return the ids of old paragraphs that are in doubt."""
        rows = self.db.scalars(
            select(Fate.old_id).where(Fate.version_id == version.id, Fate.doubtful)
        )
        return {row for row in rows if row is not None}

    def comment(self, paragraph: Paragraph, version: Version, **kw: object) -> Comment:
        """Say something of a paragraph in a version."""
        return self.make.comment(paragraph, version=version, **kw)


@pytest.fixture
def plan(db: Session, make: Factory, tmp_path: Path) -> Plan:
    return Plan(db, make, tmp_path)


class Gate:
    """The gate of a plan, as one official sees it."""

    def __init__(self, browser: Browser, plan: Plan, account: Account | None = None) -> None:
        self.plan = plan
        self.browser = browser.signed_in(account or plan.official)
        self.path = f"{plan.base}/gate"

    def get(self, query: str = "", **kw: Any) -> TestResponse:
        return self.browser.get(self.path + query, **kw)

    def form(self, page: TestResponse, **values: str) -> dict[str, str]:
        """Return what a form of the page sends that has these values already."""
        found: Form = next(
            form
            for form in page.forms.values()
            if all(name in form.fields and form[name].value == v for name, v in values.items())
        )
        fields = {name: those[0].value for name, those in found.fields.items() if name}
        return {name: value for name, value in fields.items() if value is not None}

    def tick(self, page: TestResponse, *keys: str, status: int = 303) -> TestResponse:
        """Confirm the paragraphs of these keys at one stroke."""
        ticks = [tick["value"] for tick in page.html.select("[data-tick]")]
        fields = list(self.form(page, act="ticked").items())
        fields = [field for field in fields if field[0] != "confirm"]
        fields += [("confirm", tick) for tick in ticks if tick.split(":")[0] in keys]
        answer = self.browser.app.post(self.path, fields, status=status)
        self.browser.db.expire_all()
        return answer

    def decide(self, page: TestResponse, key: str, status: int = 303, **typed: str) -> TestResponse:
        fields = self.form(page, act="decide", p=key) | typed
        return self.browser.post(self.path, fields, status=status)

    def publish(self, page: TestResponse, note: str, status: int = 303) -> TestResponse:
        form = next(f for f in page.forms.values() if f.action.endswith("/gate/pass"))
        fields = {"seen": form["seen"].value, "what_changed": note}
        return self.browser.post(f"{self.path}/pass", fields, status=status)


@pytest.fixture
def gate(browser: Browser, plan: Plan) -> Gate:
    return Gate(browser, plan)
