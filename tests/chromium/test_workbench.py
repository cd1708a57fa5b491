"""Officials put an imported draft right, by keyboard, by mouse, and without scripts."""

import re
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.chromium.conftest import Visits
from tests.chromium.seen import seen
from tests.chromium.steps import tab_to

OFFICIAL = "official@example.org"
DESK = "/officials/consultations/cellar"
NUMBERS = count(1)
SOURCE = """# The well in the yard

1.1 The well is opened again. 1.2 Its water is tested every month.

1.3 The bucket stays

where it is.

![](bucket.png)

1.4 Horses drink first.
"""
WRONG = [
    "The well is opened again. 1.2 Its water is tested every month.",
    "The bucket stays",
    "where it is.",
    "Horses drink first.",
]
RIGHT = [
    "The well is opened again.",
    "Its water is tested every month.",
    "The bucket stays where it is.",
    "Horses drink first.",
]


@pytest.fixture
def bench(visit: Visits, width: int, script: bool) -> Page:
    """Give the workbench of a draft whose paragraphs were divided in the wrong places."""
    return _open(visit(width, script, who=OFFICIAL))


def _open(page: Page) -> Page:
    slug = f"well-{next(NUMBERS)}"
    page.goto(f"{DESK}/import")
    page.get_by_label("Or the text itself").fill(SOURCE)
    page.get_by_label("Address of the new document").fill(slug)
    page.get_by_role("button", name="Import and preview").click()
    seen(page.get_by_text("Preview of version 1."))
    page.get_by_role("link", name="Put it right in the workbench").click()
    expect(_texts(page)).to_have_text(WRONG)
    return page


def _rows(page: Page) -> Locator:
    return page.locator(".bench-row:not(.bench-title)")


def _texts(page: Page) -> Locator:
    return _rows(page).locator(".w p")


def _field(page: Page) -> Locator:
    return page.get_by_label("Text", exact=True)


def _said(page: Page, sentence: str) -> None:
    """See what the workbench says was done."""
    seen(page.locator("[data-status]"), sentence)


def _opened(page: Page) -> None:
    """See the open form's text."""
    expect(_field(page)).to_be_focused()
    expect(_field(page)).to_be_in_viewport(ratio=0.99)


@pytest.mark.parametrize("script", [True])
def test_a_wrong_split_is_mended_by_keyboard_alone(bench: Page, width: int) -> None:
    keys = bench.keyboard
    tab_to(bench, bench.locator(".bench-change").first)
    keys.press("ArrowDown")
    keys.press("Enter")
    _opened(bench)
    expect(_field(bench)).to_have_value(WRONG[0])
    keys.press("Control+Home")
    for _step in RIGHT[0]:
        keys.press("ArrowRight")
    tab_to(bench, bench.get_by_role("button", name="Split at the cursor"))
    keys.press("Enter")
    _said(bench, "1.1 was split.")
    expect(_rows(bench).nth(0)).to_be_focused()
    expect(_rows(bench).nth(1).locator(".n")).to_have_text("1.2")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    _opened(bench)
    expect(_field(bench)).to_have_value("The bucket stays")
    tab_to(bench, bench.get_by_role("button", name="Merge with the next"))
    keys.press("Enter")
    _said(bench, "1.3 was merged")
    expect(_texts(bench)).to_have_text(RIGHT)
    keys.press("Control+z")
    _said(bench, "Undone: 1.3 was merged")
    keys.press("Control+z")
    expect(_texts(bench)).to_have_text(WRONG)
    keys.press("Control+Shift+Z")
    _said(bench, "1.1 was split.")
    keys.press("Control+y")
    _said(bench, "1.3 was merged")
    expect(_texts(bench)).to_have_text(RIGHT)
    keys.press("Control+z")
    _said(bench, "Undone: 1.3 was merged")
    bench.reload()
    bench.get_by_role("button", name="Redo").click()
    _said(bench, "1.3 was merged")
    expect(_texts(bench)).to_have_text(RIGHT)


@pytest.mark.parametrize("script", [False])
def test_the_same_without_scripts(bench: Page, width: int) -> None:
    bench.get_by_role("link", name="Change 1.1").click()
    _field(bench).fill("\n\n".join(WRONG[0].split(" 1.2 ", 1)))
    bench.get_by_role("button", name="Save").click()
    _said(bench, "1.1 was")
    expect(_rows(bench).nth(0)).to_be_in_viewport()
    bench.get_by_role("link", name="Change 1.3").click()
    _field(bench).fill(" ")
    bench.get_by_role("button", name="Save").click()
    seen(bench.locator("[data-error-summary]"), "There is no text left")
    _said(bench, "Nothing was stored yet.")
    _field(bench).fill("The bucket stays")
    bench.get_by_role("button", name="Merge with the next").click()
    expect(_texts(bench)).to_have_text(RIGHT)
    _said(bench, "1.3 was merged")
    bench.get_by_role("button", name="Undo").click()
    _said(bench, "Undone: 1.3 was merged")
    bench.get_by_role("button", name="Undo").click()
    _said(bench, "Undone: 1.1 was")
    expect(_texts(bench)).to_have_text(WRONG)


@pytest.mark.parametrize("script", [True])
def test_paragraphs_are_moved_by_keys_and_by_dragging(bench: Page, width: int) -> None:
    bench.locator(".bench-change").nth(2).focus()
    bench.keyboard.press("Alt+ArrowUp")
    _said(bench, "1.3 was moved.")
    expect(_rows(bench).nth(0)).to_be_focused()
    _rows(bench).nth(0).evaluate("row => row.scrollIntoView()")
    _rows(bench).nth(0).locator(".w").hover()
    start = bench.locator(".bench-handle").bounding_box()
    end = _rows(bench).nth(3).bounding_box()
    assert start and end
    bench.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    bench.mouse.down()
    bench.mouse.move(end["x"] + 50, end["y"] + end["height"] - 5, steps=8)
    expect(_rows(bench).nth(3)).to_have_class(re.compile("bench-landing"))
    bench.mouse.up()
    _said(bench, "was moved.")
    expect(_texts(bench)).to_have_text([WRONG[0], WRONG[2], WRONG[3], WRONG[1]])


@pytest.mark.parametrize("script", [True])
def test_moving_leaves_the_form_open_with_the_focus_on_the_button(bench: Page, width: int) -> None:
    bench.locator(".bench-change").nth(1).click()
    down = bench.get_by_role("button", name="Move down")
    down.click()
    _said(bench, "1.1 was moved.")
    expect(down).to_be_focused()
    bench.keyboard.press("Enter")
    expect(_texts(bench).nth(2)).to_have_text(WRONG[0])
    expect(down).to_be_focused()
    bench.keyboard.press("Escape")
    expect(down).to_have_count(0)
    expect(_rows(bench).nth(2).locator(".bench-change")).to_be_focused()


@pytest.mark.parametrize("script", [True])
def test_a_paragraph_higher_than_the_screen_opens_in_sight(bench: Page, width: int) -> None:
    bench.get_by_role("link", name="Change 1.4").click()
    _opened(bench)
    _field(bench).fill(" ".join(["Horses drink first, and nobody hurries them."] * 120))
    bench.get_by_role("button", name="Save").click()
    _said(bench, "The text of 1.4 was corrected.")
    bench.keyboard.press("Enter")
    _opened(bench)
    _field(bench).fill(" ")
    bench.get_by_role("button", name="Save").click()
    seen(bench.locator("[data-error-summary]"), "There is no text left")


def test_two_officials_at_one_paragraph_see_both_texts(
    bench: Page, visit: Visits, width: int, script: bool
) -> None:
    colleague = visit(width, who="admin@example.org")
    colleague.goto(bench.url.split("#")[0])
    for page, text in ((bench, "Mules drink first."), (colleague, "Cows drink first.")):
        page.get_by_role("link", name="Change 1.4").click()
        _field(page).fill(text)
    colleague.get_by_role("button", name="Save").click()
    expect(_texts(colleague).nth(3)).to_have_text("Cows drink first.")
    bench.get_by_role("button", name="Save").click()
    seen(bench.locator("[data-theirs]"), "changed this paragraph while you had it open")
    expect(bench.locator("[data-theirs]")).to_contain_text("Cows drink first.")
    if script:
        expect(bench.locator("[data-theirs]")).to_be_focused()
    expect(_field(bench)).to_have_value("Mules drink first.")
    bench.get_by_role("button", name="Save").click()
    _said(bench, "The text of 1.4 was corrected.")
    expect(_texts(bench).nth(3)).to_have_text("Mules drink first.")


def test_the_report_is_ticked_off(bench: Page, script: bool) -> None:
    bench.get_by_role("link", name="line 9").click()
    expect(_rows(bench).nth(2)).to_be_in_viewport()
    expect(bench.locator(".bench-flags")).to_have_count(1)
    bench.get_by_role("checkbox").check()
    if not script:
        bench.get_by_role("button", name="Keep these marks").click()
    seen(bench.locator(".report summary"), "1 of 1 looked at")
    expect(bench.locator(".bench-flags:visible")).to_have_count(0)
    bench.reload()
    expect(bench.get_by_text("1 of 1 looked at")).to_be_visible()


@pytest.mark.parametrize("script", [True])
def test_a_paragraph_is_added_below_another(bench: Page, width: int) -> None:
    bench.locator(".bench-change").nth(4).click()
    bench.get_by_role("link", name="Add one below").click()
    expect(_field(bench).last).to_be_focused()
    bench.keyboard.type("Mules wait.")
    bench.get_by_role("button", name="Add it").click()
    _said(bench, "was added")
    expect(_texts(bench)).to_have_text([*WRONG, "Mules wait."])
    expect(_rows(bench).nth(4)).to_be_focused()
    bench.locator(".bench-change").nth(4).click()
    _field(bench).fill(" ")
    bench.get_by_role("button", name="Save").click()
    expect(seen(bench.locator("[data-error-summary]"))).to_be_focused()
    _field(bench).fill(WRONG[3])
    bench.get_by_role("button", name="Drop").click()
    _said(bench, "was dropped")
    expect(_texts(bench)).to_have_text([*WRONG[:3], "Mules wait."])
