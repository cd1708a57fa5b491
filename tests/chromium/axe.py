"""What axe finds on a page."""

from playwright.sync_api import Page

from tests.chromium.site import CHECKOUT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = CHECKOUT / "static" / "vendor" / "axe.min.js"


def violations(page: Page) -> list[str]:
    """Return what is wrong with the page as it is shown now."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        RULES,
    )
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} -- {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]
