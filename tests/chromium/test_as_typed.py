"""What people typed, as others see it on the screen."""

import pytest
from playwright.sync_api import expect

from tests.chromium.conftest import Visits
from tests.chromium.material import Plot
from tests.chromium.steps import comment, comment_on

NUMBERS = ["1.", "3)", "07.", "1066.", "123456789."]
LISTED = "\n\n".join(f"{number} {{0}} lamps {{0}} lamps {{0}} lamps {{0}}" for number in NUMBERS)

# Of each number: its text, and whether the screen shows it from one end to the other.
SHOWN = """(said, numbers) => {
    const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
    const left = [];
    for (let node; (node = walker.nextNode());) {
        const number = numbers.find((one) => node.data.includes(one));
        if (!number) continue;
        const range = document.createRange();
        range.setStart(node, node.data.indexOf(number));
        range.setEnd(node, node.data.indexOf(number) + number.length);
        const box = range.getBoundingClientRect();
        node.parentElement.scrollIntoView({block: "center", behavior: "instant"});
        const now = range.getBoundingClientRect();
        const seen = [now.left + 1, (now.left + now.right) / 2, now.right - 1].every((x) => {
            const at = document.elementFromPoint(x, (now.top + now.bottom) / 2);
            return at && said.contains(at);
        });
        const frame = said.getBoundingClientRect();
        const inside = now.left >= frame.left - 1 && now.right <= frame.right + 1;
        const fits = now.left >= 0 && now.right <= innerWidth && box.width > 4;
        left.push([number, seen && inside && fits]);
    }
    return left;
}"""


@pytest.mark.parametrize("wide", [1280, 375, 320])
@pytest.mark.parametrize("word", ["More", "المزيد"])
def test_numbers_stand_on_the_screen_as_they_were_typed(
    visit: Visits, wide: int, word: str, plot: Plot, citizen: str
) -> None:
    page = visit(wide, who=citizen)
    said = LISTED.format(word) if word == "More" else LISTED.format(word).replace("lamps", word)
    posted = comment(page, NUMBERS[-1])
    page.goto(plot.page)
    page.get_by_label("What do you want to say?").fill(said)
    page.get_by_role("button", name="Post comment").click()
    expect(posted).to_be_visible()
    shown = posted.locator(".said").evaluate(SHOWN, NUMBERS)
    assert shown == [[number, True] for number in NUMBERS]
    direction = posted.locator(".said").evaluate("said => getComputedStyle(said).direction")
    assert direction == ("ltr" if word == "More" else "rtl")


def test_stars_between_numbers_are_seen(visit: Visits, plot: Plot, citizen: str) -> None:
    page = visit(who=citizen)
    posted = comment_on(page, plot, "Rates: 5*3*2 = 30 pounds.")
    expect(posted.locator(".said")).to_have_text("Rates: 5*3*2 = 30 pounds.")
