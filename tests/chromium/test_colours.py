"""Colours that the reader chooses: what matters is drawn with lines, not with backgrounds alone."""

from playwright.sync_api import expect

from tests.chromium.conftest import Visits
from tests.chromium.steps import BENCHES, DRAFT, focused, paragraph

LINES = """one => {
    const style = getComputedStyle(one);
    const sides = ["Top", "Right", "Bottom", "Left"].map(side => parseFloat(style[`border${side}Width`]));
    return Math.max(...sides, style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth));
}"""


def test_marks_and_focus_show_in_forced_colours(visit: Visits, width: int) -> None:
    page = visit(width, forced_colors="active")
    page.goto(DRAFT)
    count = paragraph(page, BENCHES).locator(":scope > .c")
    count.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".conversation .reply").first).to_be_visible()
    assert page.locator(".reply .official").first.evaluate(LINES) > 0
    assert page.locator(".phase, .tag").first.evaluate(LINES) > 0
    page.keyboard.press("Tab")
    assert focused(page).evaluate(LINES) >= 2
    assert page.evaluate("document.documentElement.scrollWidth") == width
