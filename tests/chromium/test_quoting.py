"""Commenting on a few words: by mouse, by touch, from the keyboard, and by typing them."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.chromium.conftest import Visits
from tests.chromium.material import Plot
from tests.chromium.seen import seen
from tests.chromium.steps import comment, conversation_on, drag_over, focused, notice, send

PHRASE = "burns from dusk until midnight"

# What the handles of a telephone's selection do in the end.
SELECT = """(root, phrase) => {
    const node = root.querySelector(":scope > p").firstChild;
    const start = node.data.indexOf(phrase);
    getSelection().setBaseAndExtent(node, start, node, start + phrase.length);
}"""


def _post_about_the_phrase(page: Page, plot: Plot, text: str) -> None:
    talk = page.locator(".conversation")
    expect(talk.locator("[data-quote-shown]")).to_contain_text(PHRASE)
    field = talk.get_by_label("What do you want to say?")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport(ratio=0.99)
    page.keyboard.type(text)
    send(talk)
    seen(notice(page), "Your comment is published.")
    expect(comment(page, text).locator("q")).to_have_text(PHRASE)
    page.goto(plot.page)
    expect(page.locator(".one-text mark")).to_have_text(PHRASE)


def test_words_selected_with_the_mouse(visit: Visits, width: int, plot: Plot, citizen: str) -> None:
    page = visit(width, who=citizen)
    page.goto(plot.document)
    drag_over(page, page.locator(f"#p-{plot.key}"), PHRASE)
    page.get_by_role("button", name="Comment on these words").click()
    _post_about_the_phrase(page, plot, "Make it one o'clock.")


def test_words_selected_on_the_paragraphs_own_page(
    visit: Visits, width: int, plot: Plot, citizen: str
) -> None:
    page = visit(width, who=citizen)
    page.goto(plot.page)
    drag_over(page, page.locator(".one-text"), PHRASE)
    page.get_by_role("button", name="Comment on these words").click()
    _post_about_the_phrase(page, plot, "Midnight is too early.")


def test_words_selected_by_touch(visit: Visits, plot: Plot, citizen: str) -> None:
    page = visit(375, who=citizen, has_touch=True, is_mobile=True)
    page.goto(plot.document)
    words = page.locator(f"#p-{plot.key}")
    words.scroll_into_view_if_needed()
    words.evaluate(SELECT, PHRASE)
    page.get_by_role("button", name="Comment on these words").tap()
    _post_about_the_phrase(page, plot, "By thumb.")


def test_words_chosen_from_the_keyboard(
    visit: Visits, width: int, plot: Plot, citizen: str
) -> None:
    page = visit(width, who=citizen)
    talk = conversation_on(page, plot)
    talk.get_by_text("Comment on particular words").press("Enter")
    page.keyboard.press("Tab")
    expect(talk.get_by_label("The paragraph", exact=True)).to_be_focused()
    page.keyboard.press("Control+Home")
    for _ in range(plot.text.index(PHRASE)):
        page.keyboard.press("ArrowRight")
    for _ in PHRASE:
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("nothing may change the paragraph")
    expect(talk.get_by_label("The paragraph", exact=True)).to_have_value(plot.text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    seen(talk.get_by_text(f"Quoted: {PHRASE}"))
    talk.get_by_label("What do you want to say?").focus()
    _post_about_the_phrase(page, plot, "From the keyboard.")


def test_escape_puts_the_offer_away(visit: Visits, plot: Plot, citizen: str) -> None:
    page = visit(who=citizen)
    page.goto(plot.document)
    drag_over(page, page.locator(f"#p-{plot.key}"), PHRASE)
    expect(page.locator(".quote-button")).to_be_visible()
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Comment on these words")
    page.keyboard.press("Escape")
    expect(page.locator(".quote-button")).to_have_count(0)


def test_one_can_think_again_about_the_words(visit: Visits, plot: Plot, citizen: str) -> None:
    page = visit(who=citizen)
    page.goto(plot.document)
    drag_over(page, page.locator(f"#p-{plot.key}"), PHRASE)
    page.get_by_role("button", name="Comment on these words").click()
    page.get_by_role("button", name="Comment on the whole paragraph instead").click()
    page.get_by_label("What do you want to say?").fill("About all of it.")
    send(page.locator(".conversation"))
    seen(notice(page), "Your comment is published.")
    expect(comment(page, "About all of it.")).to_be_visible()
    expect(page.locator(".conversation q")).to_have_count(0)


def _type_the_words(page: Page, plot: Plot, words: str) -> Locator:
    talk = conversation_on(page, plot)
    talk.get_by_text("Comment on particular words").click()
    talk.get_by_label("The words that you comment on").fill(words)
    talk.get_by_label("What do you want to say?").fill("Typed by hand.")
    send(talk)
    return talk


def test_words_typed_into_the_plain_field(
    visit: Visits, width: int, script: bool, plot: Plot, citizen: str
) -> None:
    page = visit(width, script, who=citizen)
    _type_the_words(page, plot, f" {PHRASE.replace(' ', '  ', 1)}\n")
    seen(notice(page), "Your comment is published.")
    expect(comment(page, "Typed by hand.").locator("q")).to_have_text(PHRASE)


@pytest.mark.parametrize("quote", ["burns till midnight"])
def test_words_that_are_not_in_the_paragraph_are_refused_and_kept(
    visit: Visits, width: int, script: bool, plot: Plot, citizen: str, quote: str
) -> None:
    page = visit(width, script, who=citizen)
    talk = _type_the_words(page, plot, quote)
    seen(page.locator("[data-error-summary]"))
    expect(talk.get_by_label("The words that you comment on")).to_have_value(quote)
    expect(talk.get_by_label("What do you want to say?")).to_have_value("Typed by hand.")
    expect(page.locator(".conversation .comment")).to_have_count(0)
