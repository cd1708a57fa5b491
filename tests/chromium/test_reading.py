"""Reading a draft with what was said beside it."""

import re

from playwright.sync_api import Page, expect

from tests.chromium.conftest import Visits
from tests.chromium.seen import seen
from tests.chromium.steps import BENCHES, DRAFT, focused, notice, paragraph, path_of

COUNTS = """pieces => {
    const counts = {};
    let chapter = "";
    for (const piece of pieces) {
        chapter = piece.querySelector(":scope > h2")?.innerText ?? chapter;
        const said = parseInt(piece.querySelector(":scope > .c")?.innerText) || 0;
        counts[chapter] = (counts[chapter] ?? 0) + said;
    }
    return counts;
}"""


def test_the_draft_shows_contents_numbers_and_counts(
    visit: Visits, width: int, script: bool
) -> None:
    page = visit(width, script)
    page.goto(DRAFT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Streets people want to stay in")
    expect(page.locator(".strip")).to_contain_text("closes in")
    expect(paragraph(page, BENCHES)).to_contain_text("two hundred metres from a bench")
    said = page.locator(".text .w").evaluate_all(COUNTS)
    chapters = page.locator(".toc li:not(.deeper) a")
    assert chapters.count() >= 6
    for chapter in chapters.all():
        title, *total = (chapter.text_content() or "").rsplit(" comment", 1)[0].rsplit(" ", 1)
        assert said[title] == int(total[0])


def _open(page: Page, label: str = BENCHES) -> None:
    page.goto(DRAFT)
    paragraph(page, label).locator(":scope > .c").click()
    expect(page.locator(".conversation form")).to_be_visible()


def test_a_conversation_opens_beside_or_under_its_paragraph(visit: Visits, width: int) -> None:
    page = visit(width)
    _open(page)
    beside = page.locator(".margin .conversation")
    under = paragraph(page, BENCHES).locator(".conversation")
    expect(beside if width > 1000 else under).to_be_visible()
    expect(focused(page)).to_have_text(f"On {BENCHES}")
    seen(focused(page))
    assert path_of(page) == DRAFT
    assert page.locator(".conversation .comment").count() > 3
    expect(page.locator(".conversation .reply").first).to_contain_text("Official reply")


def test_escape_closes_and_returns_the_focus(visit: Visits, width: int) -> None:
    page = visit(width)
    _open(page)
    page.keyboard.press("Escape")
    expect(page.locator(".conversation")).to_have_count(0)
    expect(paragraph(page, BENCHES).locator(":scope > .c")).to_be_focused()


def test_back_closes_what_was_opened_and_forward_opens_it(visit: Visits, width: int) -> None:
    page = visit(width)
    _open(page)
    page.go_back()
    expect(page.locator(".conversation")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".conversation")).to_be_visible()
    page.get_by_role("link", name="open on its own page").click()
    page.wait_for_url("**/p/*")
    page.go_back()
    expect(page.locator(".conversation")).to_be_visible()


def test_without_scripts_a_count_leads_to_the_paragraphs_page(visit: Visits, width: int) -> None:
    page = visit(width, script=False)
    _open(page)
    assert path_of(page).startswith(f"{DRAFT}/p/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(BENCHES)
    expect(page.locator(".one-text")).to_contain_text("two hundred metres from a bench")
    assert page.locator(".one-text mark").count() > 0
    page.get_by_role("link", name="In the whole text").click()
    expect(paragraph(page, BENCHES)).to_be_in_viewport()


def test_going_to_a_paragraph_by_its_number(visit: Visits, width: int, script: bool) -> None:
    page = visit(width, script)
    page.goto(DRAFT)
    field = page.get_by_label("Go to paragraph")
    if not field.is_visible():
        page.locator(".toc summary").click()
    field.fill(BENCHES)
    field.press("Enter")
    expect(paragraph(page, BENCHES)).to_be_in_viewport()
    assert page.url.endswith("#" + (paragraph(page, BENCHES).get_attribute("id") or ""))


def test_a_number_that_is_not_there_is_said_to_be_missing(
    visit: Visits, width: int, script: bool
) -> None:
    page = visit(width, script)
    page.goto(DRAFT)
    field = page.get_by_label("Go to paragraph")
    if not field.is_visible():
        page.locator(".toc summary").click()
    field.fill("99.9")
    field.press("Enter")
    said = page.get_by_text("There is no paragraph 99.9 here.") if script else notice(page)
    seen(said)


def test_what_is_talked_about_most_leads_to_its_conversation(visit: Visits, script: bool) -> None:
    page = visit(script=script)
    page.goto(DRAFT)
    line = page.locator(".busiest li a").first
    label = line.locator("b").inner_text()
    line.click()
    conversation = page.locator(".conversation")
    expect(conversation.locator(".comment").first).to_be_visible()
    expect(
        page.get_by_role("heading", name=re.compile(rf"\b{re.escape(label)}\b")).first
    ).to_be_visible()


def test_a_shared_address_of_a_paragraph_shows_that_paragraph(
    visit: Visits, width: int, script: bool
) -> None:
    page = visit(width, script)
    page.goto(DRAFT)
    anchor = paragraph(page, "5.8").get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{DRAFT}#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
