"""What officials answer, and how it reaches those who asked."""

import pytest
from playwright.sync_api import expect

from tests.chromium.conftest import Visits
from tests.chromium.letters import link_in_letter
from tests.chromium.material import Plot
from tests.chromium.seen import seen
from tests.chromium.site import Site
from tests.chromium.steps import comment, comment_on, conversation_on, focused, notice, public_id


@pytest.fixture
def official(site: Site) -> str:
    """Give the address of an official of the demo's department."""
    return site.official()


def test_an_official_answers_in_the_thread_and_everybody_sees_it_at_once(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot, official: str
) -> None:
    asker = site.person()
    comment_on(visit(width, script, who=asker), plot, "Who pays for the oil?")
    page = visit(width, script, who=official)
    conversation_on(page, plot)
    comment(page, "Who pays for the oil?").get_by_role("link", name="Answer officially").click()
    page.get_by_label("Official reply").fill("The **Department** does.")
    page.get_by_role("button", name="Publish the reply").click()
    seen(notice(page), "is published")
    reader = visit(width, script)
    reader.goto(plot.document)
    count = reader.locator(f"#p-{plot.key} > .c")
    expect(count).to_contain_text("answered")
    count.click()
    answered = comment(reader, "Who pays for the oil?")
    expect(answered.locator(".comment-head")).to_contain_text("Answered")
    reply = answered.locator(".reply")
    expect(reply.locator(".official")).to_have_text("Official reply")
    expect(reply).to_contain_text("Department for Open Places")
    expect(reply.locator("strong")).to_have_text("Department")
    expect(reply.locator(".reply-foot")).to_contain_text("Priya Anand")
    asker_page = visit(width, script, who=asker)
    assert link_in_letter(asker_page, asker, "answered your comment").startswith("/c/")


def test_the_second_of_two_officials_reads_the_first_ones_answer_and_goes_on_with_one_press(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot, official: str
) -> None:
    comment_on(visit(width, script, who=site.person()), plot, "Who trims the wicks?")
    first, second = (visit(width, script, who=who) for who in (official, "signatory@example.org"))
    for page in (first, second):
        conversation_on(page, plot)
        comment(page, "Who trims").get_by_role("link", name="Answer officially").click()
    first.get_by_label("Official reply").fill("The parish does, on Fridays.")
    first.get_by_role("button", name="Publish the reply").click()
    second.get_by_label("Official reply").fill("Nobody has to: they are electric.")
    second.get_by_role("button", name="Publish the reply").click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text("Something happened while you were writing")
    expect(told).to_contain_text("Priya Anand has answered")
    expect(told).to_contain_text("on Fridays")
    expect(told).to_be_in_viewport()
    expect(second.get_by_label("Official reply")).to_have_value("Nobody has to: they are electric.")
    reader = visit(width, script)
    reader.goto(plot.page)
    expect(reader.locator(".reply")).to_have_count(1)
    second.get_by_role("button", name="Publish the reply all the same").click()
    expect(second.get_by_role("status").filter(has_text="is published")).to_have_count(1)
    reader.reload()
    expect(reader.locator(".reply")).to_have_count(2)


def test_a_draft_of_a_reply_is_seen_by_officials_only(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot, official: str
) -> None:
    comment_on(visit(width, script, who=site.person()), plot, "Why oil and not light bulbs?")
    page = visit(width, script, who=official)
    conversation_on(page, plot)
    comment(page, "light bulbs").get_by_role("link", name="Answer officially").click()
    page.get_by_label("Official reply").fill("We are thinking about it.")
    page.get_by_role("button", name="Keep as a draft").click()
    seen(notice(page), "draft is kept")
    reader = visit(script=script)
    reader.goto(plot.page)
    expect(comment(reader, "light bulbs")).to_be_visible()
    expect(reader.locator(".reply")).to_have_count(0)
    page.get_by_role("button", name="Publish the reply").click()
    seen(notice(page), "is published")
    expect(page.locator(".reply")).to_contain_text("We are thinking about it.")
    reader.reload()
    expect(reader.locator(".reply")).to_contain_text("We are thinking about it.")


def test_a_published_reply_is_withdrawn_and_a_draft_thrown_away(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot, official: str
) -> None:
    posted = public_id(comment_on(visit(width, script, who=site.person()), plot, "Which oil?"))
    page = visit(width, script, who=official)
    for label, told in (("Publish the reply", "Withdraw"), ("Keep as a draft", "Throw it away")):
        page.goto(f"/c/{posted}/reply")
        page.get_by_label("Official reply").fill("Rape-seed oil.")
        page.get_by_role("button", name=label).click()
        seen(notice(page))
        if label == "Publish the reply":
            page.goto(f"/c/{posted}/reply")
            page.get_by_role("link", name="See or withdraw this reply").click()
        page.get_by_role("button", name=told).click()
        seen(notice(page), "withdrawn" if told == "Withdraw" else "thrown away")


def test_an_officials_own_comment_carries_the_department(
    visit: Visits, plot: Plot, official: str
) -> None:
    posted = comment_on(visit(who=official), plot, "We measured it ourselves.")
    expect(posted.locator(".comment-head")).to_contain_text("Official")
    expect(posted.locator(".comment-head")).to_contain_text("Department for Open Places")


def test_the_desk_leads_to_what_waits_for_an_answer(
    visit: Visits, width: int, official: str
) -> None:
    page = visit(width, who=official)
    page.goto("/")
    page.get_by_role("link", name="Officials").click()
    page.get_by_role("link", name="Streets people want to stay in").click()
    page.get_by_role("link", name="Answer officially").first.click()
    page.get_by_role("button", name="Publish the reply").click()
    seen(page.locator("[data-error-summary]"), "Write the reply.")
    expect(focused(page)).to_have_class("govuk-error-summary")
