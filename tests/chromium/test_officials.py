"""An official makes a consultation: from nothing to the home page."""

from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.chromium.conftest import Visits
from tests.chromium.seen import seen
from tests.chromium.steps import notice, paragraph

SOURCE = """# The well in the yard

## 1 Water

1.1 The well is opened again, and its water is tested every month.

1.2 The bucket stays where it is:

- for the gardens,
- for the horses.

| Month | Litres |
|---|---|
| May | 400 |
"""


def test_a_consultation_from_nothing_to_the_home_page(
    visit: Visits, tmp_path: Path, width: int, script: bool
) -> None:
    title = f"The well in the yard, {width} {'with' if script else 'without'} scripts"
    page = visit(width, script, who="official@example.org")
    page.goto("/officials")
    page.get_by_role("link", name="New consultation").click()
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Make the consultation").click()
    seen(page.locator("[data-error-summary]"))
    page.get_by_label("Summary").fill("Whether the well is opened again, and for whom.")
    closes = datetime.now() + timedelta(days=30)
    page.get_by_label("Closes").fill(closes.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Make the consultation").click()
    seen(notice(page), "The consultation has been made.")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    page.get_by_role("link", name="Import a draft").click()
    page.get_by_role("button", name="Import and preview").click()
    seen(page.locator("[data-error-summary]"))
    draft = tmp_path / "well.md"
    draft.write_text(SOURCE, encoding="utf-8")
    page.get_by_label("File", exact=True).set_input_files(draft)
    page.get_by_role("button", name="Import and preview").click()
    seen(page.get_by_text("Preview of version 1."))
    expect(page.locator(".preview .block")).to_have_count(6)
    expect(page.locator(".preview .n", has_text="1.2")).to_be_visible()

    page.locator("summary", has_text="Publish version 1").click()
    page.get_by_role("button", name="Publish it for readers").click()
    seen(notice(page), "published")
    page.get_by_role("link", name="Open it now").click()
    page.get_by_role("button", name="Open it now").click()
    seen(notice(page), "The consultation is open: people can comment now.")
    expect(page.locator(".strip")).to_contain_text("closes in")

    reader = visit(width, script)
    reader.goto("/")
    feature = reader.locator(".feature", has_text=title)
    feature.get_by_role("link", name="Read and comment").click()
    expect(paragraph(reader, "1.2")).to_contain_text("The bucket stays where it is")
    expect(reader.locator("td", has_text="400")).to_be_visible()
