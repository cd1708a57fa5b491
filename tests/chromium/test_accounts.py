"""Registering, signing in, signing out."""

from playwright.sync_api import expect

from tests.chromium.conftest import Visits
from tests.chromium.letters import link_in_letter
from tests.chromium.seen import seen
from tests.chromium.site import Site
from tests.chromium.steps import focused, notice, path_of

PASSWORD = "three lamps by the old pump"


def test_registering_ends_with_being_signed_in(visit: Visits, width: int, script: bool) -> None:
    email = f"newcomer-{width}-{script}@example.org".lower()
    page = visit(width, script)
    page.goto("/")
    page.get_by_role("link", name="Sign in", exact=True).click()
    page.get_by_role("link", name="I have no account yet").click()
    page.get_by_label("Name", exact=False).first.fill(f"Newcomer {width} {script}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    seen(notice(page), "We have sent a letter")
    page.goto(link_in_letter(page, email))
    page.get_by_role("button", name="Confirm and sign in").click()
    seen(notice(page), "you are signed in")
    page.get_by_role("button", name="Sign out").click()
    seen(notice(page), "You are signed out.")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    page.goto("/account")
    assert path_of(page) == "/sign-in"
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    seen(page.get_by_role("heading", name="Your account"))
    assert path_of(page) == "/account"


def test_a_wrong_password_is_refused_in_words(visit: Visits, width: int, script: bool) -> None:
    page = visit(width, script)
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("frank.dunmore@example.org")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    seen(page.locator("[data-error-summary]"))
    expect(page.get_by_label("E-mail address")).to_have_value("frank.dunmore@example.org")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    if script:
        expect(focused(page)).to_have_class("govuk-error-summary")


def test_a_password_can_be_shown_and_is_sent_hidden(visit: Visits) -> None:
    page = visit()
    page.goto("/sign-in")
    field = page.get_by_label("Password", exact=True)
    field.fill("not the password")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(field).to_have_attribute("type", "password")


def test_changes_of_an_account_are_told(
    visit: Visits, site: Site, width: int, script: bool
) -> None:
    page = visit(width, script, who=site.person())
    page.goto("/account")
    page.get_by_label("Your name").fill(" ")
    page.get_by_role("button", name="Save").click()
    seen(page.locator("[data-error-summary]"))
    page.get_by_label("Your name").fill(f"Renamed {width} {script}")
    page.get_by_role("button", name="Save").click()
    seen(notice(page), "Your changes are saved.")
    page.goto("/account/letters")
    page.get_by_role("button", name="Save").click()
    seen(notice(page), "Your choice of letters has been saved.")


def test_a_forgotten_password_is_asked_for(visit: Visits, width: int, script: bool) -> None:
    page = visit(width, script)
    page.goto("/forgotten-password")
    page.get_by_role("main").get_by_role("button").click()
    seen(page.locator("[data-error-summary]"))
    page.get_by_label("E-mail address").fill("frank.dunmore@example.org")
    page.get_by_role("main").get_by_role("button").click()
    seen(notice(page), "a letter is on its way")


def test_reading_leaves_no_cookie_and_nothing_stored(visit: Visits, script: bool) -> None:
    page = visit(script=script)
    for path in ("/", "/consultations/streets", "/consultations/streets/draft-policy", "/search"):
        page.goto(path)
    assert page.context.cookies() == []
    assert page.context.storage_state()["origins"] == []
