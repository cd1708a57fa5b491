"""Every kind of page: nothing that axe finds, nothing that scrolls sideways, at any width."""

import pytest
from playwright.sync_api import Page

from tests.chromium.axe import violations
from tests.chromium.conftest import HEIGHTS, Visits
from tests.chromium.pages import PAGES, Kind, routes_with_pages
from tests.chromium.site import Site


def test_every_route_that_shows_a_page_is_looked_at(site: Site) -> None:
    assert routes_with_pages(site.registry) == {kind.route for kind in PAGES}


def _resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.id)
def test_everybody_can_use_the_page(kind: Kind, visit: Visits) -> None:
    page = visit(who=kind.who)
    kind.show(page, visit.site)
    found = {}
    for width in (1280, 375):
        _resize(page, width)
        found[width] = violations(page)
    _resize(page, 320)
    found[320] = page.evaluate("document.documentElement.scrollWidth")
    assert found == {1280: [], 375: [], 320: 320}
