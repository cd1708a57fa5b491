"""Pages in a language that runs from right to left, and in one that shows what was not translated."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import update

from consult.accounts.models import Account
from tests.chromium.conftest import HEIGHTS, Visits
from tests.chromium.pages import PAGES, Kind
from tests.chromium.site import Site

# What people wrote, and what reads the same in every language.
WRITTEN = ", ".join(
    [
        '[dir="auto"]',
        ".draft",
        ".said",
        ".text .w",
        ".one-text",
        ".site-name",
        "bdi",
        "time",
        "kbd",
        "pre",
        "code",
        "main .card:has(> p > a)",  # the HTML of a letter
        *(
            f"select[name={name}] option"
            for name in ("consultation", "department", "document", "locale", "place", "time_zone")
        ),
        'label[for^="also-"], label[for^="comments-"], [id^="comments-"]',  # comments to choose from
    ]
)

# Interface text of en_XA stands between brackets; this gives what stands outside of them, by the
# block in which it stands, and the words of attributes that people hear or see.
OUTSIDE = """written => {
    const found = new Set();
    const site = document.querySelector(".site-name").textContent;
    const plain = text => /[A-Za-z]{2,}/.test(text.replace(/\\S*[@/]\\S*/g, "").replace(site, ""));
    const inline = new Set(["inline", "inline-block", "contents", "inline-flex"]);
    const blockOf = node => {
        let at = node.parentElement;
        while (inline.has(getComputedStyle(at).display)) at = at.parentElement;
        return at;
    };
    const depths = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (parent.closest("script, style") || parent.closest(written)) continue;
        const block = blockOf(node);
        let depth = depths.get(block) ?? 0;
        let outside = "";
        for (const character of node.data) {
            if (character === "[") depth += 1;
            else if (character === "]") depth = Math.max(0, depth - 1);
            else if (!depth) outside += character;
        }
        depths.set(block, depth);
        if (plain(outside)) found.add(`${outside.trim()} in ${parent.outerHTML.slice(0, 160)}`);
    }
    const bare = text => {
        for (let before = null; before !== text;) {
            before = text;
            text = text.replace(/\\[[^\\[\\]]*\\]/g, "");
        }
        return text;
    };
    for (const name of ["aria-label", "placeholder", "title", "alt"]) {
        for (const one of document.querySelectorAll(`[${name}]`)) {
            if (!one.matches(written) && plain(bare(one.getAttribute(name)))) {
                found.add(`${name} in ${one.outerHTML.slice(0, 160)}`);
            }
        }
    }
    return [...found];
}"""


def _speaking(site: Site, locale: str) -> None:
    with site.db() as db:
        db.execute(update(Account).values(locale=locale))


@pytest.fixture(scope="module", params=["en_XA", "ar_XB"])
def language(request: pytest.FixtureRequest, site: Site) -> Iterator[str]:
    """Have everybody's account speak the language; browsers ask for it too."""
    _speaking(site, request.param)
    yield request.param.replace("_", "-")
    _speaking(site, "en")


def _translated(page: Page) -> None:
    found = page.evaluate(OUTSIDE, WRITTEN)
    assert not found, "\n".join(found)


def _mirrored(page: Page) -> None:
    assert page.locator("html").get_attribute("dir") == "rtl"
    widths = {}
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        widths[width] = page.evaluate("document.documentElement.scrollWidth")
    assert widths == {width: width for width in widths}


CHECKS = {"en-XA": _translated, "ar-XB": _mirrored}


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.id)
def test_every_page_in_another_language(kind: Kind, visit: Visits, language: str) -> None:
    page = visit(who=kind.who, locale=language)
    kind.show(page, visit.site)
    assert page.locator("html").get_attribute("lang") == language
    CHECKS[language](page)


def test_a_language_can_be_asked_for_in_the_address(visit: Visits) -> None:
    page = visit()
    page.goto("/?lang=ar_XB")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.goto("/?lang=xx")
    assert page.locator("html").get_attribute("lang") == "en"
