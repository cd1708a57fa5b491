"""Takes the picture in the README: the reading page of the demo with a conversation open."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import expect, sync_playwright

from tests.chromium.conftest import ARGUMENTS, PROGRAMS
from tests.chromium.site import CHECKOUT, Site
from tests.chromium.steps import BENCHES, DRAFT, paragraph

PICTURE = CHECKOUT / "static" / "images" / "reading.png"


def main() -> int:
    """Serve the demo from a folder of its own, and write the picture."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        print("Chromium is not installed (Debian's package chromium).", file=sys.stderr)
        return 1
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder))
        site.fill_demo()
        site.serve()
        try:
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            page = browser.new_page(
                base_url=site.base, viewport={"width": 1280, "height": 700}, locale="en-GB"
            )
            page.goto(DRAFT)
            benches = paragraph(page, BENCHES)
            benches.locator(":scope > .c").click()
            expect(page.locator(".conversation .comment").first).to_be_visible()
            benches.evaluate("one => scrollTo(0, one.offsetTop - 240)")
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=PICTURE)
            browser.close()
        finally:
            site.stop()
    print(f"{PICTURE.relative_to(CHECKOUT)}: {PICTURE.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
