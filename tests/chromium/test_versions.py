"""Reading what changed between versions, with the comments that were made before."""

import re

import pytest
from playwright.sync_api import expect

from tests.chromium.conftest import Visits
from tests.chromium.site import Site
from tests.chromium.steps import comment, highlighted, older
from tests.factories import Factory
from tests.reading.versions import paragraph, revise

POND = "The pond is emptied once a year, in March, and the carp are kept in the old bath meanwhile."
DUCKS = "Ducks may stay all year, and are fed by the school on Fridays."
GATE = "The gate is locked at dusk."
SAID = "In March the frogs are there."
LOST = "Once a year is not enough."


@pytest.fixture
def text(site: Site) -> str:
    """Give the address of a text of two versions, the first of which was commented on."""
    with site.db() as db:
        make = Factory(db)
        document = make.document(["The pond", POND, DUCKS, GATE])
        about = paragraph(db, document, "k2")
        for said, exact in ((SAID, "in March"), (LOST, "once a year")):
            html, start = f"<p>{said}</p>", POND.index(exact)
            make.comment(about, html=html, quote_exact=exact, quote_start=start)
        changed = POND.replace("once a year", "every three months")
        revise(db, document, [("k1", "The pond"), ("k3", DUCKS), ("k2", changed)], moved="k2")
        return f"/consultations/{document.consultation.slug}/{document.slug}"


def test_an_old_comment_stands_beside_the_changed_paragraph(
    visit: Visits, text: str, width: int
) -> None:
    page = visit(width)
    page.goto(text)
    page.locator("#p-k2 > .c").click()
    kept, lost = comment(page, SAID), comment(page, LOST)
    expect(older(kept)).to_be_visible()
    expect(kept.locator("del")).to_be_hidden()
    older(kept).click()
    expect(kept.locator("del")).to_contain_text("once a year")
    expect(kept.locator("ins")).to_contain_text("every three months")
    expect(lost).to_contain_text("These words are no longer in the text.")
    assert highlighted(page) == ["in March"]


def test_without_scripts_it_stands_on_the_paragraphs_page(
    visit: Visits, text: str, width: int
) -> None:
    page = visit(width, script=False)
    page.goto(text)
    page.locator("#p-k2 > .c").click()
    expect(page).to_have_url(re.compile(r"/p/k2$"))
    expect(older(comment(page, SAID))).to_be_visible()
    expect(page.locator(".one-text mark")).to_have_text(["in March"])
    expect(page.locator(".history li")).to_have_count(2)


def test_reading_the_redline(visit: Visits, text: str, width: int, script: bool) -> None:
    page = visit(width, script)
    page.goto(text)
    page.locator(".strip").get_by_role("link", name="what changed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed in version 2")
    edited = page.locator("#p-k2")
    expect(edited.locator("del")).to_contain_text("once a year")
    expect(edited.locator("ins")).to_contain_text("every three months")
    for element in ("del", "ins"):
        line = edited.locator(element).evaluate("(one) => getComputedStyle(one).textDecorationLine")
        assert line in ("line-through", "underline")
    edited.get_by_role("link", name="1.1", exact=True).click()
    expect(page.locator("#from-k2")).to_be_in_viewport()
    expect(page.locator("#p-k4")).to_contain_text("Removed")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
