"""Finding drafts, comments and replies with one box."""

import time

from playwright.sync_api import Page, expect

from tests.chromium.conftest import Visits
from tests.chromium.material import Plot
from tests.chromium.seen import seen
from tests.chromium.site import Site
from tests.chromium.steps import DRAFT, comment, comment_on, notice, path_of, public_id

PATIENCE = 20.0  # seconds that the worker may take to follow


def _search(page: Page, words: str, found: str) -> None:
    """Search in the header's box until `found` is among the results."""
    page.goto("/")
    box = page.get_by_role("searchbox", name="Search drafts, comments and replies")
    box.fill(words)
    box.press("Enter")
    page.wait_for_url("**/search?**")
    until = time.monotonic() + PATIENCE
    while not page.locator(".hit", has_text=found).count() and time.monotonic() < until:
        page.wait_for_timeout(300)
        page.reload()
    expect(page.locator(".hit", has_text=found).first).to_be_visible()


def test_a_paragraph_is_found_in_other_forms_of_its_words(
    visit: Visits, width: int, script: bool
) -> None:
    page = visit(width, script)
    _search(page, "coxswains veto", "The coxswain has a veto")
    hit = page.locator(".hit-paragraph", has_text="The coxswain has a veto")
    expect(hit.locator("mark").first).to_be_visible()
    hit.get_by_role("link").click()
    expect(page.get_by_text("The coxswain has a veto").first).to_be_visible()
    assert path_of(page).startswith(DRAFT)


def test_a_new_comment_and_its_reply_are_found(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot
) -> None:
    word = f"quibblewick{plot.key}"
    posted = public_id(
        comment_on(visit(width, script, who=site.person()), plot, f"A {word} of a lamp.")
    )
    page = visit(width, script)
    _search(page, word, f"{word} of a lamp")
    page.locator(".hit").get_by_role("link").click()
    expect(page.locator(f"#c-{posted}")).to_be_in_viewport()
    official = visit(width, script, who="official@example.org")
    official.goto(f"/c/{posted}/reply")
    official.get_by_label("Official reply").fill(f"We like a snoddle{plot.key} better.")
    official.get_by_role("button", name="Publish the reply").click()
    seen(notice(official), "is published")
    _search(page, f"snoddle{plot.key}", "better")
    page.locator(".hit").get_by_role("link").click()
    expect(comment(page, word).locator(".reply")).to_be_in_viewport()


def test_results_are_narrowed_down(visit: Visits, width: int, script: bool) -> None:
    page = visit(width, script)
    _search(page, "bench", "bench")
    narrow = page.locator(".search-filters")
    if not narrow.get_by_role("link", name="Drafts").is_visible():
        narrow.locator("summary").click()
    narrow.get_by_role("link", name="Drafts").click()
    page.wait_for_url("**in=paragraph**")
    expect(page.locator(".hit").first).to_be_visible()
    assert page.locator(".hit").count() == page.locator(".hit-paragraph").count()


def test_nothing_found_says_what_to_try(visit: Visits, width: int, script: bool) -> None:
    page = visit(width, script)
    page.goto("/search?q=xylophone+-bench")
    seen(page.get_by_text("Nothing was found."))
    expect(page.get_by_role("heading", name="What else to try")).to_be_visible()
