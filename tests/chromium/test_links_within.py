"""Links within the reading page lead somewhere and close nothing: what one has open, and what one is
in the middle of writing, stays."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.chromium.busy import Talk, busy_talk
from tests.chromium.conftest import Visits
from tests.chromium.seen import seen
from tests.chromium.site import Site
from tests.chromium.steps import group, paragraph

TEXT = "What do you want to say?"
HALF = "I have not finished this sen"


@pytest.fixture(scope="module")
def talk(site: Site) -> Talk:
    return busy_talk(site)


def _unfold(page: Page) -> None:
    """Where the contents are folded away, open them."""
    if not page.get_by_label("Go to paragraph").is_visible():
        page.locator(".toc summary").click()


def _contents(page: Page) -> Locator:
    _unfold(page)
    page.locator(".toc").get_by_role("link", name="Fish").click()
    return page.get_by_role("heading", name="Fish")


def _note(page: Page) -> Locator:
    paragraph(page, "1.2").get_by_role("link", name="note 1", exact=True).click()
    return page.locator(".w", has_text="As the deed of 1820 has it.")


def _number(page: Page) -> Locator:
    paragraph(page, "1.3").locator(".n").click()
    return paragraph(page, "1.3")


def _add_yours(page: Page) -> Locator:
    page.get_by_role("link", name="add yours").click()
    return page.get_by_role("heading", name="Your comment on 1.2")


def _skip(page: Page) -> Locator:
    page.get_by_role("link", name="Skip to main content").press("Enter")
    return page.get_by_role("heading", level=1)


def _go_to(page: Page) -> Locator:
    _unfold(page)
    page.get_by_label("Go to paragraph").fill("2.3")
    page.get_by_label("Go to paragraph").press("Enter")
    return paragraph(page, "2.3")


def _address(page: Page) -> Locator:
    """The address itself, changed by hand."""
    page.evaluate("key => { location.hash = key }", paragraph(page, "3.1").get_attribute("id"))
    return paragraph(page, "3.1")


LINKS = [_contents, _note, _number, _add_yours, _skip, _go_to, _address]


@pytest.mark.parametrize("follow", LINKS, ids=lambda follow: follow.__name__.strip("_"))
def test_a_link_within_the_page_keeps_the_conversation_and_the_words(
    visit: Visits, talk: Talk, width: int, follow: Callable[[Page], Locator]
) -> None:
    page = visit(width, who=talk.author)
    page.goto(talk.document)
    opener = page.locator(f"#p-{talk.key} > .c")
    opener.click()
    seen(page.get_by_role("heading", name="On 1.2", exact=True))
    field = page.locator(".conversation").get_by_label(TEXT)
    field.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    field.fill(HALF)
    seen(group(page, TEXT))
    # Whatever is open says so itself: nothing is put back from what was kept.
    page.evaluate("sessionStorage.clear()")

    seen(follow(page))
    expect(field).to_have_value(HALF)

    page.go_back()
    page.wait_for_timeout(300)
    expect(field).to_have_value(HALF)
    page.go_back()
    expect(page.locator(".conversation")).to_have_count(0)
    page.go_forward()
    expect(field).to_be_visible()
    page.go_forward()
    page.wait_for_timeout(300)
    expect(field).to_be_visible()


def test_closing_and_going_back_opens_it_again(visit: Visits, talk: Talk, width: int) -> None:
    page = visit(width, who=talk.author)
    page.goto(talk.document)
    page.locator(f"#p-{talk.key} > .c").click()
    conversation = page.locator(".conversation")
    expect(conversation).to_be_visible()
    _contents(page)
    page.get_by_role("button", name="Close").click()
    expect(conversation).to_have_count(0)
    _note(page)
    expect(conversation).to_have_count(0)
    page.go_back()
    expect(conversation).to_have_count(0)
    page.go_back()
    expect(conversation).to_be_visible()
    page.go_back()
    page.go_back()
    expect(conversation).to_have_count(0)
    assert re.search(r"/pond$", page.url)


def test_a_page_loaded_anew_opens_what_was_open(visit: Visits, talk: Talk, width: int) -> None:
    page = visit(width, who=talk.author)
    page.goto(talk.document)
    page.locator(f"#p-{talk.key} > .c").click()
    field = page.locator(".conversation").get_by_label(TEXT)
    field.fill(HALF)
    _number(page)
    page.reload()
    expect(field).to_have_value(HALF)
