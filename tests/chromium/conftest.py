"""Debian's Chromium, visiting a real site, watched at every step.

Every page that a test opens is recorded: a request to anywhere else, a breach of the content
security policy, an error in a script or an answer of 5xx fails the test that caused it.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
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
    # A process for each page, and one in reserve, would cost more than the pages do. The list that
    # Playwright gives is replaced by this one and has to be in it.
    "--disable-features=AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose"
    ",HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding"
    ",ThirdPartyStoragePartitioning,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled"
    ",PreconnectToSearch,SpareRendererForSitePerProcess,CrossOriginOpenerPolicy",
]
# The first is the same browser without what no page has: windows, menus, extensions.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
HEIGHTS = {1280: 1000, 375: 800, 320: 640}
PATIENCE = 7_000  # milliseconds that anything on a page may take on a loaded machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.chromium)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the browser; without one the tests are skipped, and fail where CI is set."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
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
    """Opens pages of the site for a test, each in a browser context that no other page shares.

    Contexts are used again, without their cookies, by the tests that follow: to begin one costs
    more than most tests do.
    """

    def __init__(self, chromium: Browser, site: Site) -> None:
        self.chromium = chromium
        self.site = site
        self.watch = Watch(site.base)
        self.free: defaultdict[tuple[Any, ...], list[Page]] = defaultdict(list)
        self.lent: list[tuple[tuple[Any, ...], Page]] = []

    def __call__(
        self, width: int = 1280, script: bool = True, who: str = "", **options: Any
    ) -> Page:
        """Return an empty page on a screen `width` pixels wide; `who` is signed in (an address)."""
        key = (script, *sorted(options.items()))
        page = self.free[key].pop() if self.free[key] else self._new(script, options)
        # To go to another part of the page that the last test ended on would load nothing.
        page.goto("about:blank")
        self.lent.append((key, page))
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        self.sign_in(page, who)
        return page

    def sign_in(self, page: Page, who: str) -> None:
        """Make whoever `page` belongs to somebody else, or nobody ("")."""
        page.context.clear_cookies()
        if who:
            secret = self.site.secret(who)
            page.context.add_cookies([{"name": "session", "value": secret, "url": self.site.base}])

    def take_back(self) -> list[str]:
        """Take all pages back; return what happened on them that must not."""
        for key, page in self.lent:
            self.free[key].append(page)
        self.lent.clear()
        seen = list(self.watch.seen)
        self.watch.seen.clear()
        return seen

    def _new(self, script: bool, options: dict[str, Any]) -> Page:
        context = self.chromium.new_context(
            base_url=self.site.base, java_script_enabled=script, **{"locale": "en-GB"} | options
        )
        context.set_default_timeout(PATIENCE)
        self.watch.over(context)
        return context.new_page()


@pytest.fixture(scope="session")
def visits(chromium: Browser, site: Site) -> Visits:
    return Visits(chromium, site)


@pytest.fixture
def visit(visits: Visits) -> Iterator[Visits]:
    """Give what opens pages: ``visit(width=375, script=False, who="citizen@example.org")``."""
    yield visits
    seen = visits.take_back()
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


@pytest.fixture
def citizen(site: Site) -> str:
    """Give the address of somebody who has an account and has done nothing yet."""
    return site.person()
