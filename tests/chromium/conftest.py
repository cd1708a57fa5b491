"""Debian's Chromium, visiting a real site, watched at every step.

Every page that a test opens is recorded: a request to anywhere else, a breach of the content
security policy, an error in a script or an answer of 5xx fails the test that caused it.
"""

import os
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium.material import Plot
from tests.chromium.site import Site
from tests.chromium.watch import Watch

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHTS = {1280: 1000, 375: 800, 320: 640}
PATIENCE = 7_000  # milliseconds that anything on a page may take on a loaded machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.chromium)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the browser; without one the tests are skipped, and fail where CI is set."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing = "Chromium is not installed (Debian's package chromium)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give the site, served; at the end nothing may have gone wrong that only its log knows."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.fill_demo()
    site.add_material()
    site.serve()
    try:
        yield site
    finally:
        said = site.stop()
        site.registry["sessions"].kw["bind"].dispose()
    assert "Traceback" not in said, said


class Visits:
    """Opens pages of the site for a test, each in a browser context of its own."""

    def __init__(self, chromium: Browser, site: Site) -> None:
        self.chromium = chromium
        self.site = site
        self.watch = Watch(site.base)

    def __call__(
        self, width: int = 1280, script: bool = True, who: str = "", **options: Any
    ) -> Page:
        """Return an empty page on a screen `width` pixels wide; `who` is signed in (an address)."""
        context = self.chromium.new_context(
            base_url=self.site.base,
            viewport={"width": width, "height": HEIGHTS.get(width, 1000)},
            java_script_enabled=script,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        self.watch.over(context)
        if who:
            cookie = {"name": "session", "value": self.site.secret(who), "url": self.site.base}
            context.add_cookies([cookie])
        return context.new_page()

    def end(self) -> None:
        """Close everything that was opened, and fail if something happened that must not."""
        for context in self.watch.contexts:
            context.close()
        assert not self.watch.seen, "\n".join(self.watch.seen)


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Visits]:
    """Give what opens pages: ``visit(width=375, script=False, who="citizen@example.org")``."""
    visits = Visits(chromium, site)
    yield visits
    visits.end()


class Tour(Visits):
    """Visits every kind of page, with one page in the browser for each person and language."""

    def __init__(self, chromium: Browser, site: Site) -> None:
        super().__init__(chromium, site)
        self.page = cache(lambda who, locale="en-GB": self(who=who, locale=locale))


@pytest.fixture(scope="session")
def whole_tour(chromium: Browser, site: Site) -> Iterator[Tour]:
    letter = site.letter("/unsubscribe/")
    link = re.search(r"/unsubscribe/([\w.-]+)", letter.read_text(encoding="utf-8"))
    site.names |= {"letter": letter.name, "unsubscribe": link[1] if link else ""}
    tour = Tour(chromium, site)
    yield tour
    tour.end()


@pytest.fixture
def tour(whole_tour: Tour) -> Iterator[Tour]:
    """Give what shows pages of every kind: ``kind.show(tour.page(kind.who), tour.site)``."""
    yield whole_tour
    seen = list(whole_tour.watch.seen)
    whole_tour.watch.seen.clear()
    assert not seen, "\n".join(seen)


@pytest.fixture(params=[1280, 375])
def width(request: pytest.FixtureRequest) -> int:
    """Give the width of a desk's screen, and of a telephone's."""
    return int(request.param)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Give whether scripts run."""
    return bool(request.param)


@pytest.fixture
def plot(site: Site) -> Plot:
    """Give a paragraph of an open consultation that no other test touches."""
    return site.plot()
