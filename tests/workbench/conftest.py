"""A working version on the workbench."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.blocks.blocks import Kind
from consult.consultations.phases import Phase
from consult.drafts.models import Paragraph, Version, Wording
from consult.drafts.published import wordings
from tests.browser import Browser
from tests.factories import Factory

TEXTS = [
    "A plan for trees",
    "Trees are planted. Benches are built.",
    "Buses run all night.",
    "Parks are open.",
]


class Workbench:
    """An official at a document of the texts above: keys k1 (the title) to k4, numbers 1.1 to 1.3."""

    def __init__(self, browser: Browser, make: Factory, db: Session) -> None:
        self.db, self.make = db, make
        consultation = make.consultation(Phase.DRAFT)
        self.document = make.document(TEXTS, published=False, consultation=consultation)
        self.version: Version = self.document.versions[0]
        self.official = make.holder(Role.OFFICIAL, consultation, display_name="Ann Official")
        self.colleague = make.holder(Role.OFFICIAL, consultation, display_name="Bea Colleague")
        db.commit()
        self.anonymous = browser
        self.browser = browser.signed_in(self.official)
        self.other = browser.signed_in(self.colleague)
        slug = consultation.slug
        self.base = f"/officials/consultations/{slug}/{self.document.slug}/workbench"

    def sets(self, key: str, **values: Any) -> None:
        """Change a paragraph behind everybody's back."""
        wording = self.wording(key)
        for name, value in values.items():
            setattr(wording, name, value)
        if "html" in values:
            wording.text = values["html"]
        self.db.commit()

    def wording(self, key: str) -> Wording:
        return self.db.scalars(
            select(Wording)
            .join(Wording.paragraph)
            .where(Wording.version_id == self.version.id, Paragraph.key == key)
        ).one()

    def rows(self) -> list[tuple[str, Kind, int, str, str]]:
        """Return kind, level, number and HTML of all paragraphs, the key first, in order."""
        self.db.expire_all()
        found = wordings(self.db, self.version)
        assert [w.position for w in found] == list(range(1, len(found) + 1))
        return [(w.paragraph.key, w.kind, w.level, w.label, w.html) for w in found]

    def texts(self) -> list[str]:
        return [f"{label} {html}".strip() for _key, _kind, _level, label, html in self.rows()]

    def keys(self) -> list[str]:
        return [row[0] for row in self.rows()]

    def typed(self, key: str, browser: Browser | None = None) -> dict[str, str]:
        """Open a paragraph's form; return what stands in its fields."""
        page = (browser or self.browser).get(f"{self.base}?edit={key}")
        form = next(f for f in page.forms.values() if f"/workbench/{key}#" in str(f.action))
        return {name: form[name].value for name in form.fields if name and name != "act"}

    def acts(
        self, key: str, act: str = "save", status: int = 303, in_part: bool = False, **typed: str
    ) -> Any:
        """Open a paragraph's form, change `typed` in it, and press a button."""
        return self.sends(key, act, typed, status, in_part)

    def sends(
        self, key: str, act: str, typed: dict[str, str], status: int = 303, in_part: bool = False
    ) -> Any:
        """Do the same with fields that are a table already."""
        fields = self.typed(key) | typed | {"act": act}
        headers = {"HX-Request": "true"} if in_part else {}
        return self.browser.post(f"{self.base}/{key}", fields, status, headers=headers)

    def undoes(self, act: str = "undo", status: int = 303) -> Any:
        """Press Undo or Redo."""
        page = self.browser.get(self.base)
        number = page.html.select_one(f"[name={act}]")["value"]
        return self.browser.post(f"{self.base}/steps", {act: number}, status)


@pytest.fixture
def bench(browser: Browser, make: Factory, db: Session) -> Workbench:
    return Workbench(browser, make, db)
