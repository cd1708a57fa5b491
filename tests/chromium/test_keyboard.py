"""From the home page to a posted comment without a mouse, seeing at every stop where one is."""

from playwright.sync_api import Page, expect

from tests.chromium.conftest import Visits
from tests.chromium.material import Plot
from tests.chromium.seen import seen
from tests.chromium.steps import comment, focused, notice

# What has the focus: its words, and whether one can see that it has it. A colour that is wholly
# transparent draws nothing.
FOCUS = """() => {
    const at = document.activeElement;
    const style = getComputedStyle(at);
    const drawn = colour => !/transparent|rgba\\(.*, 0\\)/.test(colour);
    const shadow = style.boxShadow !== "none" && drawn(style.boxShadow.split(") ")[0] + ")");
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const box = at.getBoundingClientRect();
    return {
        words: (at.labels?.[0] ?? at).textContent.trim().replace(/\\s+/g, " "),
        seen: (shadow || (outline && drawn(style.outlineColor))) && box.width > 0 && box.height > 0,
        what: at.outerHTML.slice(0, 160),
    };
}"""
FURTHEST = 120  # stops


def _stop(page: Page) -> str:
    """Return the words of what has the focus, after making sure that one sees that it has it."""
    stop = page.evaluate(FOCUS)
    assert stop["seen"], f"nobody sees that the focus is on {stop['what']}"
    return str(stop["words"])


def _tab_to(page: Page, words: str, key: str = "Tab") -> None:
    passed = []
    for _ in range(FURTHEST):
        page.keyboard.press(key)
        passed.append(_stop(page))
        if words in passed[-1]:
            return
    raise AssertionError(f"{words!r} was not among the stops: {passed}")


def test_a_comment_from_the_keyboard_alone(visit: Visits, width: int, plot: Plot) -> None:
    page = visit(width, who="citizen@example.org")
    page.goto("/")
    _tab_to(page, "Skip to main content")
    page.keyboard.press("Enter")
    _tab_to(page, "Read and comment on The lamps of Mill Lane")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{plot.document}")

    if width < 1000:
        _tab_to(page, "Contents")
        page.keyboard.press("Enter")
    _tab_to(page, "Go to paragraph")
    page.keyboard.type(plot.name)
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_text(plot.name)
    expect(focused(page)).to_be_in_viewport(ratio=0.99)
    _stop(page)
    _tab_to(page, f"Comment on {plot.name}")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_text(f"On {plot.name}")
    seen(focused(page))
    _stop(page)

    _tab_to(page, "What do you want to say?")
    page.keyboard.type("Typed without a mouse.")
    _tab_to(page, "What is it?")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "Comment on particular words")
    page.keyboard.press("Enter")
    _tab_to(page, "The paragraph")
    page.keyboard.press("Control+Home")
    for _ in "Lamp":
        page.keyboard.press("Shift+ArrowRight")
    _tab_to(page, "Quote the selected words")
    page.keyboard.press("Enter")
    _tab_to(page, "Post comment")
    page.keyboard.press("Enter")

    seen(notice(page), "Your comment is published.")
    expect(notice(page)).to_be_focused()
    _stop(page)
    posted = comment(page, "Typed without a mouse.")
    expect(posted.locator("q")).to_have_text("Lamp")
    expect(posted.locator(".kind")).to_have_text("Question")
    page.keyboard.press("Escape")
    expect(focused(page)).to_have_class("c")


def test_the_way_back_leads_past_the_same_stops(visit: Visits, plot: Plot) -> None:
    page = visit()
    page.goto(plot.page)
    _tab_to(page, "What do you want to say?")
    _tab_to(page, "In the whole text", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{plot.document}#p-{plot.key}")
    expect(page.locator(f"#p-{plot.key}")).to_be_in_viewport()
