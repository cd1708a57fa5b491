"""Saying something, and what happens to it on the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.chromium.conftest import Visits
from tests.chromium.letters import link_in_letter
from tests.chromium.material import Plot
from tests.chromium.seen import seen
from tests.chromium.site import Site
from tests.chromium.steps import (
    comment,
    comment_on,
    conversation_on,
    focused,
    group,
    notice,
    public_id,
    send,
)

TEXT = "What do you want to say?"


def test_a_citizen_comments_and_everybody_sees_it(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot
) -> None:
    page = visit(width, script, who=site.person("Nora Fieldhouse"))
    comment_on(page, plot, "Lamp posts want paint.")
    reader = visit(width, script)
    reader.goto(plot.document)
    count = reader.locator(f"#p-{plot.key} > .c")
    expect(count).to_have_text(re.compile(rf"^1\s*comment on {re.escape(plot.name)}$"))
    count.click()
    expect(comment(reader, "Lamp posts want paint.")).to_contain_text("Nora Fieldhouse")


def test_the_short_address_of_a_comment_leads_to_it(
    visit: Visits, plot: Plot, citizen: str
) -> None:
    page = visit(who=citizen)
    posted = public_id(comment_on(page, plot, "Here for ever."))
    reader = visit()
    reader.goto(f"/c/{posted}")
    expect(reader.locator(f"#c-{posted}")).to_be_in_viewport()
    assert reader.url.endswith(f"#c-{posted}")


def test_a_guest_comments_once_the_address_is_confirmed(
    visit: Visits, width: int, script: bool, plot: Plot
) -> None:
    page = visit(width, script)
    email = f"passer-by-{plot.key}@example.org"
    talk = conversation_on(page, plot)
    talk.get_by_label(TEXT).fill("I only pass by.")
    talk.get_by_label("Your name").fill("Passer by")
    talk.get_by_label("Your e-mail address").fill(email)
    send(talk)
    seen(notice(page), "letter")
    expect(comment(page, "I only pass by.")).to_have_count(0)
    page.goto(link_in_letter(page, email))
    page.get_by_role("button", name="Send my comment").click()
    seen(notice(page), "Your comment is published.")
    expect(comment(page, "I only pass by.")).to_be_visible()
    reader = visit(width, script)
    reader.goto(plot.page)
    expect(comment(reader, "I only pass by.")).to_contain_text("Passer by")
    expect(reader.locator("body")).not_to_contain_text(email)


def test_people_answer_each_other(
    visit: Visits, width: int, script: bool, plot: Plot, citizen: str
) -> None:
    page = visit(width, script, who=citizen)
    first = comment_on(page, plot, "Who holds the ladder?")
    first.get_by_role("link", name="Reply").click()
    talk = page.locator(".conversation")
    seen(talk.get_by_role("heading", name=re.compile("Your reply to Walker")))
    talk.get_by_label(TEXT).fill("The neighbours do.")
    send(talk, "Post reply")
    seen(notice(page), "Your comment is published.")
    answer = comment(page, "Who holds the ladder?").locator(".replies .comment")
    expect(answer.locator(".said")).to_have_text("The neighbours do.")


def test_a_double_click_makes_one_comment(
    visit: Visits, width: int, plot: Plot, citizen: str
) -> None:
    page = visit(width, who=citizen)
    talk = conversation_on(page, plot)
    talk.get_by_label(TEXT).fill("Once is enough.")
    talk.get_by_role("button", name="Post comment").dblclick()
    seen(notice(page), "Your comment is published.")
    expect(comment(page, "Once is enough.")).to_have_count(1)
    page.goto(plot.page)
    expect(comment(page, "Once is enough.")).to_have_count(1)


def test_a_form_that_is_sent_again_makes_one_comment(
    visit: Visits, plot: Plot, citizen: str
) -> None:
    page = visit(script=False, who=citizen)
    page.goto(plot.page)
    form = page.locator("form[data-draft]")
    fields = {
        name: form.locator(f"[name={name}]").input_value()
        for name in ("csrf_token", "idempotency_key", "kind", "stance")
    }
    for _ in range(2):
        page.request.post(
            plot.page,
            form={**fields, "text": "Sent twice."},
            headers={"Origin": "/".join(page.url.split("/")[:3])},
        )
    page.goto(plot.page)
    expect(comment(page, "Sent twice.")).to_have_count(1)


def test_a_refused_form_says_why_and_keeps_the_text(
    visit: Visits, width: int, script: bool, plot: Plot
) -> None:
    page = visit(width, script)
    talk = conversation_on(page, plot)
    talk.get_by_label(TEXT).fill("I forgot to say who I am.")
    talk.get_by_label("Your e-mail address").fill("not an address")
    talk.get_by_label("What is it?").select_option("question")
    send(talk)
    summary = seen(page.locator("[data-error-summary]"))
    if script:
        expect(summary).to_be_focused()
    expect(talk.get_by_label(TEXT)).to_have_value("I forgot to say who I am.")
    expect(talk.get_by_label("Your e-mail address")).to_have_value("not an address")
    expect(talk.get_by_label("What is it?")).to_have_value("question")
    summary.get_by_role("link").first.click()
    seen(group(page, "Your name"))
    if script:
        expect(focused(page)).to_have_attribute("name", "name")
    talk.get_by_label("Your name").fill("Late Signer")
    talk.get_by_label("Your e-mail address").fill(f"late-{plot.key}@example.org")
    send(talk)
    seen(notice(page), "letter")


@pytest.mark.parametrize("own_page", [False, True], ids=["beside the text", "on its own page"])
def test_what_one_began_to_write_survives(
    visit: Visits, width: int, plot: Plot, citizen: str, own_page: bool
) -> None:
    page = visit(width, who=citizen)
    if own_page:
        page.goto(plot.page)
    else:
        conversation_on(page, plot)
    field = page.get_by_label(TEXT)
    field.fill("Half a thou")
    if own_page:
        page.goto("/house-rules")
        page.goto(plot.page)
    else:
        page.get_by_role("button", name="Close").click()
        page.locator(f"#p-{plot.key} > .c").click()
    expect(field).to_have_value("Half a thou")
    expect(page.get_by_text("Restored from what you had begun to write.")).to_be_visible()
    field.fill("Half a thought, finished.")
    send(page.locator(".conversation"))
    seen(notice(page), "Your comment is published.")
    expect(comment(page, "Half a thought, finished.")).to_be_visible()
    expect(field).to_have_value("")


def test_a_suggested_wording_shows_what_changes(
    visit: Visits, width: int, script: bool, plot: Plot, citizen: str
) -> None:
    page = visit(width, script, who=citizen)
    talk = conversation_on(page, plot)
    talk.get_by_text("Suggest another wording").click()
    better = plot.text.replace("midnight", "one o’clock")
    talk.get_by_label("The paragraph as you would write it").fill(better)
    send(talk)
    seen(notice(page), "Your comment is published.")
    suggestion = page.locator(".conversation .suggestion")
    expect(suggestion.locator("del")).to_contain_text("midnight")
    expect(suggestion.locator("ins")).to_contain_text("one o’clock")


def test_agreeing_counts_once_and_can_be_taken_back(
    visit: Visits, width: int, script: bool, plot: Plot, citizen: str
) -> None:
    author = visit(width, script, who=citizen)
    comment_on(author, plot, "Twelve lamps would do.")
    page = visit(width, script, who="frank.dunmore@example.org")
    page.goto(plot.page)
    button = comment(page, "Twelve lamps would do.").get_by_role(
        "button", name=re.compile("^Agree")
    )
    button.click()
    seen(notice(page), "You agree with this comment.")
    seen(button, "Agree 1")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    seen(notice(page), "any more")
    seen(button, "Agree 0")
