"""An official decides at the gate by keyboard, and publishes the second version."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult.accounts.models import Department
from consult.blocks.blocks import Block, Draft, Kind
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from tests.chromium.conftest import Visits
from tests.chromium.seen import seen
from tests.chromium.site import Site
from tests.chromium.steps import notice
from tests.factories import Factory
from tests.gate.texts import Author

OFFICIAL = "official@example.org"
NUMBER = 26  # more than one page asks about


def _waiting(site: Site, slug: str) -> str:
    """Leave a version at the gate in which every paragraph is in doubt; return its address."""
    author = Author(21)
    texts = [author.paragraph() for _n in range(NUMBER)]
    with site.db() as db:
        make = Factory(db)
        department = db.scalars(select(Department).order_by(Department.id)).first()
        consultation = make.consultation(slug=slug, department=department)
        for again in (False, True):
            said = [author.changed(text, 0.6) if again else text for text in texts]
            blocks = [Block(Kind.TITLE, 0, "", "A plan", "A plan")]
            blocks += [Block(Kind.PARAGRAPH, 0, f"{n}", t, t) for n, t in enumerate(said, 1)]
            draft = Draft(tuple(blocks), (), "en", "markdown")
            version = import_draft(
                db, consultation, "plan", draft, source=b"", data=site.data, actor_id=None
            )
            if not again:
                publish_version(db, version)
                make.comment(make.paragraph(version.document, 2))
    return f"/officials/consultations/{slug}/plan/gate"


def _told(page: Page, sentence: str) -> None:
    """See what the gate says was done last."""
    seen(page.locator("[data-undo]"), sentence)


def _left(page: Page) -> int:
    return int(page.locator(".tabs [aria-current] .tab-n").inner_text())


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('[data-question]')?.id ?? ''"))


def test_a_hundred_are_decided_by_keyboard(visit: Visits, site: Site) -> None:
    page = visit(who=OFFICIAL)
    page.goto(_waiting(site, "keys"))
    assert _left(page) == NUMBER
    expect(page.get_by_text("can be published")).to_be_visible()
    first = page.locator("[data-question]").first.get_attribute("id")
    page.keyboard.press("j")
    assert _focused(page) == first
    page.keyboard.press("Enter")
    _told(page, "You decided: 1 is now 1.")
    seen(page.locator("[data-question]:focus .question-old"))
    assert _left(page) == NUMBER - 1 and _focused(page) not in ("", first)
    page.keyboard.press("u")
    seen(notice(page), "Your decision is taken back.")
    expect(page.locator(f"#{first}")).to_be_visible()
    assert _left(page) == NUMBER and _focused(page) == first
    page.keyboard.press("2")
    assert page.evaluate("document.activeElement.value") == "removed"
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    # What is ticked stays so while another one is answered.
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("[data-tick]:checked")).to_have_count(2)
    _told(page, "You decided: ")
    page.keyboard.press("c")
    _told(page, "You decided on 2 paragraphs at once.")
    page.locator("[data-question]").first.focus()
    page.keyboard.press("3")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    _told(page, "You decided: 1 is now 1.")
    assert _left(page) == NUMBER - 4


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_through_the_gate(visit: Visits, site: Site, width: int, script: bool) -> None:
    address = _waiting(site, f"through-{width}-{script}".lower())
    page = visit(width, script, who=OFFICIAL)
    page.goto(address.replace("/gate", "/preview"))
    page.get_by_role("link", name="Go on to publish version 2").click()
    page.locator(".question").nth(2).get_by_role("button", name="Confirm").click()
    _told(page, "You decided: 3 is now 3.")
    page.get_by_role("button", name="Undo").click()
    seen(notice(page), "Your decision is taken back.")
    page.locator(".question").first.get_by_role("radio").last.check()
    page.locator(".question").first.get_by_role("button", name="Confirm").click()
    seen(page.locator("[data-error-summary]"))
    page.locator(".question").first.get_by_role("radio").first.check()
    page.locator(".question").first.get_by_role("button", name="Confirm").click()
    _told(page, "You decided: 1 is now 1.")
    page.locator("summary", has_text="Publish version 2").click()
    page.get_by_role("button", name="Publish it for readers").click()
    seen(page.locator("[data-error-summary]"), "Say what has changed")
    page.get_by_label("What has changed, for readers").fill("Most of it was written anew.")
    page.get_by_role("button", name="Publish it for readers").click()
    seen(notice(page), "The version has been published.")
    page.goto(address.replace("/officials", "").removesuffix("/gate"))
    expect(page.get_by_role("heading", name="A plan")).to_be_visible()
