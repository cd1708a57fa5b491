"""Whoever has done something is told so where they look, in a conversation too long for any screen."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from consult.consultations.models import Moderation
from tests.chromium.busy import FIRST, LAST, OWN, Talk, busy_talk
from tests.chromium.conftest import Visits
from tests.chromium.letters import link_in_letter
from tests.chromium.seen import scrolled, seen
from tests.chromium.site import Site
from tests.chromium.steps import comment, group, notice, send

TEXT = "What do you want to say?"


@dataclass(frozen=True, slots=True)
class Room:
    """A busy conversation, opened in `page`: beside the text, or on its own page without scripts."""

    page: Page
    talk: Talk
    script: bool

    @property
    def conversation(self) -> Locator:
        return self.page.locator(".conversation")

    def open(self) -> None:
        self.page.goto(self.talk.document)
        self.page.locator(f"#p-{self.talk.key} > .c").click()
        if self.script:
            seen(self.conversation.get_by_role("heading", name="On 1.2", exact=True))
        else:
            expect(self.page.get_by_role("heading", level=1)).to_be_in_viewport()

    def send(self, label: str = "Post comment") -> float | None:
        """Press the form's button; return how far the page was scrolled, where that does not leave it."""
        before = send(self.conversation, label)
        return before if self.script else None

    def say(self, text: str, label: str = "Post comment") -> None:
        self.conversation.get_by_label(TEXT).fill(text)
        since = self.send(label)
        seen(notice(self.page), "Your comment is published.", since=since)
        posted = comment(self.page, text).locator(":scope > .said")
        expect(posted).to_be_in_viewport()
        if self.script:
            expect(notice(self.page)).to_be_focused()


@pytest.fixture
def talk(site: Site) -> Talk:
    return busy_talk(site)


@pytest.fixture
def room(visit: Visits, talk: Talk, width: int, script: bool) -> Room:
    """Give a busy conversation to one of those who took part in it."""
    room = Room(visit(width, script, who=talk.author), talk, script)
    room.open()
    return room


def test_what_was_posted(room: Room) -> None:
    room.say("The frogs come in March.")
    room.say("And the toads in April.")


def test_what_was_replied(room: Room) -> None:
    reply = comment(room.page, FIRST).get_by_role("link", name="Reply")
    reply.scroll_into_view_if_needed()
    since = scrolled(room.page) if room.script else None
    reply.click()
    field = room.conversation.get_by_label(TEXT)
    seen(room.page.get_by_role("heading", name=re.compile("Your reply to")))
    seen(group(room.page, TEXT), since=since)
    if room.script:
        expect(field).to_be_focused()
    room.say("My grandmother says otherwise.", "Post reply")


@pytest.mark.parametrize("way", ["add yours", "Comment on 1.2 instead"])
def test_whoever_meant_to_comment_and_not_to_reply(room: Room, way: str) -> None:
    comment(room.page, FIRST).get_by_role("link", name="Reply").click()
    seen(room.page.get_by_role("heading", name=re.compile("Your reply to")))
    room.conversation.get_by_role("link", name=way).click()
    seen(room.page.get_by_role("heading", name="Your comment on 1.2"))
    room.say("To everybody, then.")
    expect(comment(room.page, FIRST)).not_to_contain_text("To everybody, then.")


def test_what_was_refused(room: Room) -> None:
    since = room.send()
    seen(room.page.locator("[data-error-summary]"), "There is a problem", since=since)
    room.say("Now with words.")


def test_what_one_thinks_of_a_comment(room: Room) -> None:
    for button, told in (
        ("Agree", "You agree with this comment."),
        ("Disagree", "You disagree with this comment."),
        ("Disagree", "You neither agree nor disagree with this comment any more."),
    ):
        liked = comment(room.page, FIRST)
        liked.get_by_role("button", name=re.compile(f"^{button}")).click()
        seen(notice(room.page), told)
        expect(liked.locator(":scope > .said")).to_be_in_viewport()


def test_what_was_reported(room: Room) -> None:
    comment(room.page, FIRST).get_by_role("link", name="Report").click()
    seen(room.page.get_by_role("heading", name="Report a comment"))
    room.page.get_by_role("button", name="Report this comment").click()
    seen(room.page.locator("[data-error-summary]"))
    room.page.get_by_label("It is advertising").check()
    room.page.get_by_role("button", name="Report this comment").click()
    seen(notice(room.page), "A moderator looks at the comment.")
    expect(comment(room.page, FIRST).locator(":scope > .said")).to_be_in_viewport()


def test_what_was_changed_and_withdrawn(room: Room) -> None:
    page = room.page
    comment(page, OWN).get_by_role("link", name="Edit").click()
    field = page.get_by_label("Your comment", exact=True)
    field.fill(" ")
    page.get_by_role("button", name="Save").click()
    seen(page.locator("[data-error-summary]"))
    field.fill("I have fished there since 1980.")
    page.get_by_role("button", name="Save").click()
    seen(notice(page), "Your comment has been changed.")
    mine = comment(page, "I have fished there since 1980.")
    expect(mine.locator(":scope > .said")).to_be_in_viewport()
    mine.get_by_role("link", name="Withdraw").click()
    seen(page.get_by_role("heading", name="Withdraw your comment?"))
    page.get_by_role("button", name="Withdraw it").click()
    seen(notice(page), "Your comment has been withdrawn.")


def test_what_a_guest_has_to_do_and_did(
    visit: Visits, talk: Talk, width: int, script: bool
) -> None:
    room = Room(visit(width, script), talk, script)
    room.open()
    email = f"angler-{talk.key}@example.org"
    room.conversation.get_by_label(TEXT).fill("I only fish here.")
    since = room.send()
    seen(room.page.locator("[data-error-summary]"), since=since)
    room.conversation.get_by_label("Your name").fill("Angler")
    room.conversation.get_by_label("Your e-mail address").fill(email)
    since = room.send()
    seen(notice(room.page), "letter", since=since)
    if script:
        expect(notice(room.page)).to_be_focused()
    room.page.goto(link_in_letter(room.page, email))
    room.page.get_by_role("button", name="Send my comment").click()
    seen(notice(room.page), "Your comment is published.")
    expect(comment(room.page, "I only fish here.")).to_be_in_viewport()


def test_what_waits_for_a_moderator(visit: Visits, site: Site, width: int, script: bool) -> None:
    talk = busy_talk(site, Moderation.BEFORE)
    room = Room(visit(width, script, who=talk.author), talk, script)
    room.open()
    room.conversation.get_by_label(TEXT).fill("May I speak?")
    since = room.send()
    seen(notice(room.page), "moderator", since=since)
    expect(comment(room.page, "May I speak?")).to_be_in_viewport()


def test_what_officials_answered(visit: Visits, talk: Talk, width: int, script: bool) -> None:
    page = visit(width, script, who=talk.official)
    page.goto(talk.page)
    comment(page, OWN).get_by_role("link", name="Answer officially").click()
    page.get_by_role("button", name="Publish the reply").click()
    seen(page.locator("[data-error-summary]"))
    page.get_by_label("Official reply").fill("So have we.")
    page.get_by_role("button", name="Publish the reply").click()
    seen(notice(page), "is published")
    expect(comment(page, OWN)).to_be_in_viewport()


def test_what_could_not_be_opened(visit: Visits, talk: Talk, width: int) -> None:
    room = Room(visit(width, who=talk.author), talk, script=True)
    room.open()
    reply = comment(room.page, LAST).get_by_role("link", name="Reply")
    # Somewhere on the way: the site itself is well.
    room.page.route("**/p/**", lambda route: route.fulfill(status=404), times=1)
    reply.click()
    seen(room.page.locator(".opening"), "The conversation could not be opened here.")


def test_what_came_too_fast(visit: Visits, talk: Talk, width: int, script: bool) -> None:
    room = Room(visit(width, script, who=talk.author), talk, script)
    room.open()
    form = room.conversation.locator("form[data-draft]")
    token = form.locator("[name=csrf_token]").input_value()
    for number in range(20):
        sent = room.page.request.post(
            talk.page,
            form={"csrf_token": token, "text": f"Frog {number}.", "idempotency_key": f"f{number}"},
            headers={"Origin": "/".join(room.page.url.split("/")[:3])},
        )
        assert sent.ok
    room.conversation.get_by_label(TEXT).fill("And another frog.")
    since = room.send()
    if script:
        told = seen(room.page.locator("[data-error-summary]"), "Too many tries", since=since)
        expect(told).to_contain_text("Wait 1 minute and try again.")
        expect(told).to_be_focused()
        expect(room.conversation.get_by_label(TEXT)).to_have_value("And another frog.")
    else:
        seen(room.page.get_by_role("heading", name="Too many tries"))
        expect(room.page.locator("main")).to_contain_text("And another frog.")


def test_what_got_no_answer(visits: Visits, visit: Visits, talk: Talk, width: int) -> None:
    room = Room(visit(width, who=talk.author), talk, script=True)
    room.open()
    room.conversation.get_by_label(TEXT).fill("Is anybody there?")
    room.page.context.set_offline(True)
    since = room.send()
    told = seen(room.page.locator("[data-error-summary]"), "The site did not answer", since=since)
    expect(told).to_be_focused()
    expect(room.conversation.get_by_label(TEXT)).to_have_value("Is anybody there?")
    # Chromium and htmx write down that there was no network, which is what this is about.
    visits.watch.seen.clear()
    room.page.context.set_offline(False)
    since = room.send()
    seen(notice(room.page), "Your comment is published.", since=since)
    expect(comment(room.page, "Is anybody there?")).to_have_count(1)
    expect(room.page.locator("[data-error-summary]")).to_have_count(0)
