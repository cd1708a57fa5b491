"""An original in a real browser: it is saved and not shown, and comes and goes for readers."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.chromium.conftest import Visits
from tests.chromium.seen import seen
from tests.chromium.steps import notice


def saved(page: Page, name: str) -> tuple[str, bytes]:
    """Follow the link called `name`; return what the browser saves under which name."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_an_original_goes_to_readers_and_is_taken_back(
    visit: Visits, width: int, script: bool
) -> None:
    reading = "/consultations/streets/draft-policy"
    original = f"/officials{reading}/v1/original"
    official, reader = (visit(width, script, who=who) for who in ("official@example.org", ""))
    official.goto("/officials/consultations/streets")
    name, source = saved(official, "streets.md")
    assert name == "streets.md" and source.startswith(b"#")

    official.goto(original)
    expect(official.get_by_role("main")).to_contain_text("may carry comments")
    official.get_by_role("button", name="Let readers download it").click()
    seen(notice(official), "Readers may have the original")
    reader.goto(reading)
    assert saved(reader, "Original file (Markdown") == (name, source)

    official.get_by_role("button", name="Take it back from readers").click()
    seen(notice(official), "for officials again")
    reader.goto(reading)
    expect(reader.get_by_role("link", name="Original file")).to_have_count(0)
