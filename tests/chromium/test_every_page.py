"""Every kind of page: nothing that axe finds, nothing that scrolls sideways, at any width."""

import pytest
from playwright.sync_api import Page

from tests.chromium.conftest import HEIGHTS, Visits
from tests.chromium.pages import PAGES, Kind, routes_with_pages
from tests.chromium.site import CHECKOUT, Site

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = CHECKOUT / "static" / "vendor" / "axe.min.js"


def test_every_route_that_shows_a_page_is_looked_at(site: Site) -> None:
    assert routes_with_pages(site.registry) == {kind.route for kind in PAGES}


def _violations(page: Page) -> list[str]:
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        RULES,
    )
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} -- {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]


def _resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.id)
def test_everybody_can_use_the_page(kind: Kind, visit: Visits) -> None:
    page = visit(who=kind.who)
    kind.show(page, visit.site)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = {}
    for width in (1280, 375):
        _resize(page, width)
        found[width] = _violations(page)
    _resize(page, 320)
    found[320] = page.evaluate("document.documentElement.scrollWidth")
    assert found == {1280: [], 375: [], 320: 320}
