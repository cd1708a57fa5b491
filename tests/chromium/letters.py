"""Letters, as a developer's site shows them."""

import time
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

PATIENCE = 20.0  # seconds that the worker may take to write one


def link_in_letter(page: Page, email: str, words: str = "") -> str:
    """Return the path of the first link in the newest letter to `email`, looking until it is there.

    `words`: something that stands in the letter's subject. The page ends at the letter.
    """
    row = page.get_by_role("row").filter(has_text=email).filter(has_text=words).first
    until = time.monotonic() + PATIENCE
    page.goto("/dev/letters")
    while not row.is_visible() and time.monotonic() < until:
        page.wait_for_timeout(200)
        page.reload()
    row.get_by_role("link").click()
    link = page.locator("main .card a").first
    expect(link).to_be_visible()
    address = urlsplit(link.get_attribute("href") or "")
    here = urlsplit(page.url)
    assert (address.scheme, address.netloc) == (here.scheme, here.netloc)
    return address.path
