"""Signing in in the midst of writing, and coming back to one's words."""

import re

import pytest
from playwright.sync_api import Page, expect

from consult.accounts.models import LoginSession
from tests.chromium.conftest import Visits
from tests.chromium.material import Plot
from tests.chromium.pages import DESK
from tests.chromium.seen import seen
from tests.chromium.site import Site
from tests.chromium.steps import comment, conversation_on, notice, path_of, send

CITIZEN = "citizen@example.org"
OFFICIAL = "official@example.org"
PASSWORD = "consult-demo"
TEXT = "What do you want to say?"


def end_sessions(site: Site) -> None:
    """Sign everybody out behind their backs."""
    with site.db() as db:
        db.query(LoginSession).delete()


def sign_in(page: Page, email: str) -> None:
    main = page.get_by_role("main")
    main.get_by_label("E-mail address").fill(email)
    main.get_by_label("Password", exact=True).fill(PASSWORD)
    main.get_by_role("button", name="Sign in", exact=True).click()


def go_on(page: Page, script: bool) -> None:
    """Press the button that leads back; a script has pressed it."""
    if not script:
        page.get_by_role("main").get_by_role("button", name=re.compile("^Go on as ")).click()


def test_a_session_that_ends_while_a_citizen_writes(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot
) -> None:
    page = visit(width, script, who=CITIZEN)
    talk = conversation_on(page, plot)
    talk.get_by_label(TEXT).fill("Long thought about.\n\nAnd written in two paragraphs.")
    end_sessions(site)
    send(talk)
    told = page.get_by_role("heading", name="You have been signed out")
    expect(told).to_be_in_viewport()
    words = page.get_by_label("What you wrote")
    expect(words).to_have_value(re.compile("Long thought about"))
    sign_in(page, CITIZEN)
    go_on(page, script)
    if script:
        seen(page.locator("#comment-form .notice"), "Nothing has been sent yet")
    else:
        seen(page.locator(".notice").first, "Nothing has been sent yet")
        page.get_by_role("link", name="Go to the form").click()
        seen(page.locator("#comment-form .notice"), "Nothing has been sent yet")
    field = page.locator(".conversation").get_by_label(TEXT)
    expect(field).to_have_value("Long thought about.\n\nAnd written in two paragraphs.")
    assert path_of(page) == plot.page
    send(page.locator(".conversation"))
    expect(comment(page, "Long thought about.")).to_be_visible()


def test_a_guest_begins_and_signs_in(visit: Visits, width: int, script: bool, plot: Plot) -> None:
    page = visit(width, script)
    talk = conversation_on(page, plot)
    talk.get_by_label(TEXT).fill("Begun as a guest.")
    send(talk, "Sign in and keep what you wrote")
    expect(page.get_by_label("What you wrote")).to_have_value(re.compile("Begun as a guest."))
    sign_in(page, CITIZEN)
    go_on(page, script)
    talk = page.locator(".conversation")
    expect(talk.get_by_label(TEXT)).to_have_value("Begun as a guest.")
    send(talk)
    expect(comment(page, "Begun as a guest.")).to_be_visible()


def test_the_header_leads_back_to_the_paragraph_with_what_was_begun(
    visit: Visits, plot: Plot
) -> None:
    page = visit()
    page.goto(plot.page)
    page.get_by_label(TEXT).press_sequentially("Hardly begun")
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    sign_in(page, CITIZEN)
    expect(page.get_by_label(TEXT)).to_have_value("Hardly begun")
    assert path_of(page) == plot.page


@pytest.mark.parametrize("answer", [False, True], ids=["comment", "reply"])
def test_the_header_leads_back_into_the_conversation_beside_the_text(
    visit: Visits, site: Site, width: int, plot: Plot, answer: bool
) -> None:
    page = visit(width, who=CITIZEN)
    talk = conversation_on(page, plot)
    talk.get_by_label(TEXT).fill("Somebody was here before.")
    send(talk)
    expect(notice(page)).to_be_focused()
    visit.sign_in(page, "")
    page.goto(plot.document)
    page.locator(f"#p-{plot.key} > .c").click()
    talk = page.locator(".conversation")
    if answer:
        talk.locator("a[data-parent]").first.click()
        expect(talk).to_contain_text("Your reply to")
    talk.get_by_label(TEXT).press_sequentially("Hardly begun")
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    sign_in(page, CITIZEN)
    assert path_of(page) == plot.document
    seen(page.get_by_text("Restored from what you had begun to write."))
    expect(page.locator(".conversation").get_by_label(TEXT)).to_have_value("Hardly begun")


def test_the_header_leads_back_to_the_part_of_the_page(visit: Visits, plot: Plot) -> None:
    page = visit()
    page.goto(f"{plot.document}#p-{plot.key}")
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    sign_in(page, CITIZEN)
    expect(page.locator(f"#p-{plot.key}")).to_be_in_viewport()
    assert page.url.endswith(f"{plot.document}#p-{plot.key}")


def test_a_session_that_ends_on_the_workbench(visit: Visits, site: Site, script: bool) -> None:
    page = visit(script=script, who=OFFICIAL)
    page.goto(f"{DESK}/cellar/draft-policy/workbench")
    page.locator(".bench-change").nth(1).click()
    field = page.locator(".bench-panel").get_by_label("Text", exact=True)
    before = field.input_value()
    field.fill("Rewritten at length.")
    end_sessions(site)
    page.locator(".bench-panel").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()
    expect(page.get_by_label("What you wrote")).to_have_value(re.compile("Rewritten at length."))
    sign_in(page, OFFICIAL)
    go_on(page, script)
    field = page.locator(".bench-panel").get_by_label("Text", exact=True)
    expect(field).to_have_value("Rewritten at length.")
    other = visit(script=script, who=OFFICIAL)
    other.goto(f"{DESK}/cellar/draft-policy/workbench")
    expect(other.locator(".bench-row").nth(1)).to_contain_text(before[:30])
    page.locator(".bench-panel").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".bench-row").nth(1)).to_contain_text("Rewritten at length.")
    expect(page.get_by_text("Nothing has been sent yet")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".bench-row").nth(1)).to_contain_text(before[:30])
