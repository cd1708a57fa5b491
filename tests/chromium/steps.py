"""What people do on the pages, in their own words; with and without JavaScript alike."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.chromium.material import Plot
from tests.chromium.seen import scrolled, seen

DRAFT = "/consultations/streets/draft-policy"
BENCHES = "3.12"  # the paragraph of the demo that people talk about most


# Where on the screen a phrase begins and ends; reading a position changes nothing on the page.
ENDS = """(root, phrase) => {
    const node = root.querySelector(":scope > p").firstChild;
    const range = document.createRange();
    range.setStart(node, node.data.indexOf(phrase));
    range.setEnd(node, node.data.indexOf(phrase) + phrase.length);
    const rects = [...range.getClientRects()].filter(rect => rect.width > 1);
    const [first, last] = [rects[0], rects.at(-1)];
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
}"""


def paragraph(page: Page, label: str) -> Locator:
    """Find a paragraph of the reading page by its number."""
    number = page.locator(".n", has_text=re.compile(rf"^{re.escape(label)}$"))
    return page.locator(".text .w").filter(has=number)


def conversation_on(page: Page, plot: Plot) -> Locator:
    """Go to the text and open the conversation on `plot`, in the margin or on its own page."""
    page.goto(plot.document)
    page.locator(f"#p-{plot.key} > .c").click()
    talk = page.locator(".conversation")
    expect(talk.locator("form[data-draft]")).to_be_visible()
    return talk


def send(talk: Locator, label: str = "Post comment") -> float:
    """Press the form's button; return how far the page was scrolled then."""
    button = talk.get_by_role("button", name=label, exact=True)
    button.scroll_into_view_if_needed()
    before = scrolled(talk.page)
    button.click()
    return before


def comment_on(page: Page, plot: Plot, text: str) -> Locator:
    """Post a comment on `plot` as whoever is signed in; return it as it stands on the page."""
    talk = conversation_on(page, plot)
    talk.get_by_label("What do you want to say?").fill(text)
    send(talk)
    seen(notice(page), "Your comment is published.")
    posted = comment(page, text)
    expect(posted).to_be_visible()
    return posted


def comment(page: Page, text: str) -> Locator:
    """Find the comment that says `text` (not those under which it stands)."""
    said = page.locator(":scope > .said", has_text=text)
    return page.locator(".comment").filter(has=said)


def public_id(posted: Locator) -> str:
    """Return the short address's last part of a comment that stands on a page."""
    return (posted.get_attribute("id") or "").removeprefix("c-")


def path_of(page: Page) -> str:
    """Return the path of the page's address."""
    return urlsplit(page.url).path


def focused(page: Page) -> Locator:
    """Find what has the focus."""
    return page.locator("*:focus")


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until `wanted` has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{most} presses of Tab do not lead to {wanted}")


def drag_over(page: Page, words: Locator, phrase: str) -> None:
    """Select a phrase of a paragraph with the mouse."""
    words.scroll_into_view_if_needed()
    left, top, right, bottom = words.evaluate(ENDS, phrase)
    page.mouse.move(left + 1, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=3)
    page.mouse.move(right - 1, bottom, steps=3)
    page.mouse.up()


def highlighted(page: Page) -> list[str]:
    """Return the words of the text that are highlighted for the comments of the open conversation."""
    words: list[str] = page.evaluate(
        "[...CSS.highlights.get('quotes') ?? []].map((range) => range.toString())"
    )
    return words


def older(posted: Locator) -> Locator:
    return posted.locator("summary", has_text="On version 1; the text has since changed")


def group(page: Page, label: str) -> Locator:
    """Find a field of a form with its label and whatever is said about it."""
    field = page.get_by_label(label, exact=True)
    return page.locator(".govuk-form-group").filter(has=field)


def notice(page: Page) -> Locator:
    """Find the sentence in which the site says what has been done."""
    return page.locator("[data-notice]")
