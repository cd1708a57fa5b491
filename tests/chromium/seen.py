"""What a person sees right after an act, on the screen as it is then: nobody scrolls to find it."""

import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

LOWEST = 24  # pixels that what tells the result is high at least

WHERE = "told => [scrollX, scrollY, told.getBoundingClientRect().left, told.getBoundingClientRect().top]"
PATIENCE = 3.0  # seconds after which what tells the result has to be seen
PAUSE = 40  # milliseconds between two looks
FRAMES = 4  # looks without a difference, after which nothing scrolls any more

# Where it is, what lies over it, and what cuts it off.
LOOK = """told => {
    const lines = root => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(node);
            // What only screen readers say is one pixel wide.
            const spoken = node.parentElement.getBoundingClientRect().width <= 2;
            if (node.data.trim() && !spoken) found.push(...range.getClientRects());
        }
        return found.length ? found : [root.getBoundingClientRect()];
    };
    const box = told.getBoundingClientRect();
    const { clientWidth: width, clientHeight } = document.documentElement;
    const height = Math.min(innerHeight, clientHeight);
    const name = one => one ? one.outerHTML.slice(0, 120) : "nothing";
    const wrong = [];
    if (box.top < -1 || box.left < -1 || box.bottom > height + 1 || box.right > width + 1) {
        wrong.push(`it is not on the screen of ${width} x ${height}`);
    }
    for (let at = told.parentElement; at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at);
        const frame = at.getBoundingClientRect();
        const cut = (overflowY !== "visible" && (box.top < frame.top - 1 || box.bottom > frame.bottom + 1))
            || (overflowX !== "visible" && (box.left < frame.left - 1 || box.right > frame.right + 1));
        if (cut) wrong.push(`it is cut off by ${name(at)}`);
    }
    for (const { left, top, width: wide, height: high } of lines(told)) {
        for (const across of [.05, .5, .95]) {
            const over = document.elementFromPoint(left + across * wide, top + high / 2);
            const own = over && (told.contains(over) || over.contains(told));
            if (!own) wrong.push(`${name(over)} lies over it`);
        }
    }
    return {
        wrong: [...new Set(wrong)],
        height: box.height,
        where: `from ${Math.round(box.top)} to ${Math.round(box.bottom)}`,
        top: box.top,
        bottom: box.bottom,
        screen: height,
        scrolled: scrollY,
        words: told.innerText.trim() || told.value || "",
    };
}"""


def scrolled(page: Page) -> float:
    """Return how far down the page is scrolled, to be compared with after an act: ``seen(..., since=)``."""
    return float(page.evaluate("scrollY"))


def seen(told: Locator, words: Any = None, *, since: float | None = None) -> Locator:
    """Assert that one sees `told`, what tells the result of an act, without doing anything.

    `words`: what it says. `since`: how far the page was scrolled before an act that leaves it
    open; it may have moved only if what tells the result was out of sight, and then no further
    than to the middle of the screen.
    """
    expect(told).to_have_count(1)
    if words is not None:
        expect(told).to_contain_text(words)
    expect(told).to_be_visible()
    look = _looked(told)
    assert not look["wrong"], (
        f"one does not see {look['words']!r} ({look['where']}): {look['wrong']}"
    )
    assert look["words"], f"nothing is said in words: {told}"
    assert look["height"] >= LOWEST, f"{look['words']!r} is {look['height']} pixels high"
    if since is not None:
        moved = look["scrolled"] - since
        needed = max(0, -(look["top"] + moved), look["bottom"] + moved - look["screen"])
        most = needed + look["screen"] / 2 if needed else LOWEST
        assert abs(moved) <= most, f"the page moved by {moved}, to show what was {needed} away"
    return told


def _looked(told: Locator) -> Any:
    """Look once nothing scrolls any more; a loaded machine may take a while to begin with it."""
    until = time.monotonic() + PATIENCE
    while True:
        _rest(told)
        look = told.evaluate(LOOK)
        if not look["wrong"] or time.monotonic() > until:
            return look


def _rest(told: Locator) -> None:
    """Wait until nothing scrolls, smoothly or not. (Without scripts a page calls nobody back.)"""
    last, still = None, 0
    while still < FRAMES:
        now = told.evaluate(WHERE)
        still = still + 1 if now == last else 0
        last = now
        told.page.wait_for_timeout(PAUSE)
