"""A reader reports a comment, a moderator decides, the author is told, nobody else sees it."""

from playwright.sync_api import Page, expect

from tests.chromium.conftest import Visits
from tests.chromium.letters import link_in_letter
from tests.chromium.material import Plot
from tests.chromium.seen import seen
from tests.chromium.site import Site
from tests.chromium.steps import comment, comment_on, notice, public_id

MODERATOR = "moderator@example.org"
REASONS = "It calls a neighbour a name; without that it can be published."


def _report(page: Page, plot: Plot, text: str) -> None:
    page.goto(plot.page)
    comment(page, text).get_by_role("link", name="Report").click()
    page.get_by_label("It insults, threatens or shows contempt").check()
    page.get_by_role("button", name="Report this comment").click()
    seen(notice(page), "A moderator looks")


def _hide(page: Page, text: str) -> None:
    page.goto("/moderation?why=reported")
    item = page.locator(".desk-item", has_text=text)
    expect(item).to_contain_text("Reported: It insults, threatens or shows contempt")
    item.get_by_role("link", name="Open the case").click()
    page.get_by_role("button", name="Decide, and go to the next").click()
    seen(page.locator("[data-error-summary]"))
    page.get_by_label("Hide it").check()
    page.get_by_label("Argue with opinions, not with people.").check()
    page.get_by_label("Statement of reasons").fill(REASONS)
    page.get_by_role("button", name="Decide, and go to the next").click()
    seen(notice(page), "Hidden.")


def test_a_hidden_comment_is_seen_by_its_author_with_the_reasons_and_by_nobody_else(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot
) -> None:
    author, text = site.person(), f"Old Grizzleworth{plot.key} is a goose."
    posted = public_id(comment_on(visit(width, script, who=author), plot, text))
    _report(visit(width, script, who="frank.dunmore@example.org"), plot, text)
    reader = visit(width, script)
    reader.goto(plot.page)
    expect(comment(reader, text)).to_be_visible()
    _hide(visit(width, script, who=MODERATOR), text)

    reader.reload()
    expect(reader.locator(".conversation-head")).to_contain_text("0 comments")
    expect(reader.get_by_text("Grizzleworth")).to_have_count(0)
    reader.goto(plot.document)
    expect(reader.locator(f"#p-{plot.key} > .c")).to_have_text(f"Comment on {plot.name}")
    reader.goto(f"/search?q=Grizzleworth{plot.key}")
    expect(reader.get_by_text("Nothing was found.")).to_be_visible()
    answer = reader.goto(f"/c/{posted}")
    assert answer is not None and answer.status == 404

    mine = visit(width, script, who=author)
    mine.goto(plot.page)
    expect(comment(mine, text)).to_contain_text("Hidden")
    mine.goto("/account/comments")
    expect(mine.locator(f"#c-{posted}")).to_contain_text(REASONS)
    expect(mine.locator(f"#c-{posted}")).to_contain_text("Argue with opinions, not with people.")
    mine.goto(link_in_letter(mine, author, "hidden"))
    expect(mine.locator("main")).to_contain_text(REASONS)


def test_of_two_moderators_one_decides_and_the_other_is_told(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot
) -> None:
    text = "Two people look at this at once."
    posted = public_id(comment_on(visit(width, script, who=site.person()), plot, text))
    first, second = (
        visit(width, script, who=MODERATOR),
        visit(width, script, who="admin@example.org"),
    )
    for page in (first, second):
        page.goto(f"/c/{posted}/decide")
        page.get_by_label("Hide it").check()
        page.get_by_label("Stay with the subject.").check()
        page.get_by_label("Statement of reasons").fill(REASONS)
    for page in (first, second):
        page.get_by_role("button", name="Decide, and go to the next").click()
    seen(notice(first), "Hidden.")
    seen(second.get_by_text("decided on in the meantime"))
    # It is hidden already: these reasons must not go out with its publication.
    seen(second.get_by_role("alert").get_by_text(REASONS).first)
    expect(second.get_by_label("Statement of reasons")).to_have_value("")


def test_what_waits_is_published_from_the_queue(
    visit: Visits, site: Site, width: int, script: bool, plot: Plot
) -> None:
    text = f"Reported {plot.key} without need."
    comment_on(visit(width, script, who=site.person()), plot, text)
    _report(visit(width, script, who="frank.dunmore@example.org"), plot, text)
    page = visit(width, script, who=MODERATOR)
    page.goto("/moderation")
    item = page.locator(".desk-item", has_text=text)
    item.get_by_role("button", name="Let it stand").click()
    seen(notice(page), "in the log")
    expect(page.locator(".desk-item", has_text=text)).to_have_count(0)
    reader = visit(width, script)
    reader.goto(plot.page)
    expect(comment(reader, text)).to_be_visible()
