"""A draft that lives: from a Word file to what became of a comment, as officials and citizens see it.

One draft goes through two versions. What officials do with it and citizens say of it happens once;
the tests read what came of it, on a desk's screen and on a telephone without scripts.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import living, tending
from tests.chromium.axe import violations
from tests.chromium.conftest import Visits
from tests.chromium.letters import link_in_letter
from tests.chromium.seen import seen
from tests.chromium.site import Site
from tests.chromium.steps import comment, highlighted, notice, older, paragraph, tab_to

OFFICIAL = "official@example.org"


@dataclass(frozen=True, slots=True)
class Screen:
    """What a reader has before them: how wide it is, and whether scripts run."""

    width: int
    script: bool


@pytest.fixture(params=[(1280, True), (375, False)], ids=["desk", "telephone without scripts"])
def screen(request: pytest.FixtureRequest) -> Screen:
    return Screen(*request.param)


def done_by(visits: Visits, who: str, *steps: Callable[[Page], None]) -> None:
    """Have somebody do things one after another; nothing may happen on the way that must not."""
    page = visits(who=who)
    for step in steps:
        step(page)
    assert not visits.take_back()


@pytest.fixture(scope="module")
def citizen(site: Site) -> str:
    """Somebody who cares for trees."""
    return site.person("Wanda Walker")


@pytest.fixture(scope="module")
def first(visits: Visits, citizen: str) -> str:
    """Version 1, mended, published and commented on; its address."""
    done_by(
        visits,
        OFFICIAL,
        tending.make_consultation,
        tending.import_first,
        tending.describe_picture,
        tending.mend,
        tending.publish_first,
    )
    done_by(
        visits,
        citizen,
        tending.comment_on_evening,
        tending.comment_on_counting,
        tending.comment_on_fences,
    )
    return tending.DRAFT


@pytest.fixture(scope="module")
def second(visits: Visits, first: str) -> str:
    """Version 2 of the same."""
    done_by(
        visits,
        OFFICIAL,
        tending.import_second,
        tending.decide_what_is_doubtful,
        tending.tie_to_comment,
        tending.publish_second,
    )
    return first


def in_width(page: Page, screen: Screen) -> None:
    """Nothing makes the page wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= screen.width


def opened(page: Page, address: str, label: str) -> None:
    """Open what is said of a paragraph: in the margin, or on its own page without scripts."""
    page.goto(address)
    paragraph(page, label).locator(".c").click()
    expect(page.locator(".conversation .comment").first).to_be_visible()


def marked(page: Page, screen: Screen) -> list[str]:
    """The words of the text that stand out because comments are about them."""
    return highlighted(page) if screen.script else page.locator("mark").all_inner_texts()


def test_what_stood_in_the_file_stands_on_the_page(
    first: str, visit: Visits, screen: Screen
) -> None:
    page = visit(screen.width, screen.script)
    page.goto(f"{first}/v1")
    in_width(page, screen)
    expect(page.locator(".w").filter(has_text=living.HELPED)).not_to_contain_text("The council w")
    for said in (tending.BEECH, living.MAP):
        picture = page.get_by_role("img", name=said)
        expect(picture).to_be_visible()
        assert picture.evaluate("one => one.naturalWidth") == 640
    call = paragraph(page, "1.1").get_by_role("link", name="note 1")
    expect(call).to_have_text("1")
    call.click()
    note = paragraph(page, "1.1").locator("xpath=following-sibling::*[1]")
    expect(note).to_contain_text(living.MAINS)
    expect(note).to_be_in_viewport()
    expect(note.get_by_role("link", name="Comment on note 1")).to_be_visible()


def test_a_wide_table_scrolls_within_itself_and_by_keyboard(
    first: str, visit: Visits, screen: Screen
) -> None:
    page = visit(screen.width, screen.script)
    page.goto(f"{first}/v1")
    table = page.get_by_role("region", name="Table: paragraph 10")
    expect(table.get_by_role("columnheader", name="Height when grown")).to_be_visible()
    expect(table.get_by_role("row", name="Hornbeam")).to_contain_text("20 metres")
    paragraph(page, "2.1").get_by_role("link", name="Comment").focus()
    tab_to(page, table, most=3)
    in_width(page, screen)
    last = table.get_by_role("columnheader", name="Flowers")
    if screen.width < 1000:
        expect(last).not_to_be_in_viewport(ratio=0.95)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
    expect(last).to_be_in_viewport(ratio=0.95)


def test_an_old_comment_stands_beside_the_changed_paragraph(
    second: str, visit: Visits, screen: Screen
) -> None:
    page = visit(screen.width, screen.script)
    opened(page, second, "1.2")
    kept = comment(page, tending.ON_EVENING)
    older(kept).click()
    expect(kept.get_by_role("deletion")).to_have_text("deleted: five")
    expect(kept.get_by_role("insertion")).to_have_text("inserted: seven")
    assert marked(page, screen) == [tending.EVENING]
    opened(page, second, "2.2")
    lost = comment(page, tending.ON_OFTEN)
    expect(lost.locator("q")).to_have_text(tending.OFTEN)
    expect(lost).to_contain_text("These words are no longer in the text.")
    assert marked(page, screen) == []
    in_width(page, screen)
    lost.get_by_role("link", name="Led to a change in version 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed in version 2")
    expect(paragraph(page, "2.2")).to_be_in_viewport()


def test_a_removed_paragraph_keeps_its_words_and_its_conversation(
    second: str, visit: Visits, screen: Screen
) -> None:
    page = visit(screen.width, screen.script)
    page.goto(second)
    gone = page.locator("section").filter(
        has=page.get_by_role("heading", name="Removed in version 2")
    )
    expect(gone).to_contain_text("2.3 (1 comment)")
    gone.get_by_role("link", name="2.3").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("This paragraph was removed in version 2.")
    expect(main).to_contain_text("These are its last words, from version 1.")
    expect(page.locator(".one-text")).to_have_text(living.FENCED)
    expect(comment(page, tending.ON_FENCES)).to_be_visible()
    expect(page.get_by_role("heading", name="No longer in the text")).to_be_visible()
    expect(page.get_by_label("What do you want to say?")).to_have_count(0)
    in_width(page, screen)


def test_the_redline_counts_and_is_read_without_colours(
    second: str, visit: Visits, screen: Screen
) -> None:
    page = visit(screen.width, screen.script)
    page.goto(second)
    page.get_by_role("link", name="what changed").click()
    sums = page.get_by_role("list", name="Paragraphs").get_by_role("listitem")
    expect(sums).to_have_text(
        ["2 edited", "1 moved", "1 split", "1 removed", "1 new", "9 unchanged", "2 renumbered"]
    )
    expect(page.get_by_text(tending.TOLD)).to_be_visible()
    for element, line in (("del", "line-through"), ("ins", "underline")):
        for one in page.locator(f".text {element}").all():
            assert one.evaluate("one => getComputedStyle(one).textDecorationLine") == line
    expect(paragraph(page, "1.2").get_by_role("deletion")).to_have_text("deleted: five")
    for label, told in (
        ("1.4", "Split: part of 1.3 is now 1.5"),
        ("1.5", "Split off from 1.3"),
        ("2.2", "Because of Wanda Walker"),
    ):
        expect(paragraph(page, label)).to_contain_text(told)
    expect(page.locator(".text")).to_contain_text("Moved here from 2.4")
    in_width(page, screen)


def test_a_paragraph_tells_its_history(second: str, visit: Visits, screen: Screen) -> None:
    page = visit(screen.width, screen.script)
    opened(page, second, "2.2")
    if screen.script:
        page.get_by_role("link", name="open on its own page").click()
    entries = page.get_by_role("region", name="History").get_by_role("listitem")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("Because of comments by Wanda Walker")
    expect(entries.first.get_by_role("insertion").first).to_contain_text("Every tree is counted")
    entries.last.get_by_text("The words of version 1").click()
    expect(entries.last).to_contain_text(living.COUNTED)
    in_width(page, screen)


def test_everybody_can_use_its_notes_pictures_and_redlines(
    second: str, visit: Visits, screen: Screen
) -> None:
    page = visit(screen.width)
    page.goto(second)
    page.goto(paragraph(page, "1.1").locator(".c").evaluate("link => link.href"))
    expect(page.get_by_role("list", name="Notes")).to_contain_text(living.MAINS)
    assert violations(page) == []
    page.get_by_role("link", name="In the whole text").click()
    assert violations(page) == []
    page.goto(f"{second}/redline?from=1&to=2")
    assert violations(page) == []


def test_a_letter_asks_whether_it_meets_the_point_and_the_answer_counts(
    second: str, visit: Visits, citizen: str
) -> None:
    page = visit(375, who=citizen)
    page.goto(link_in_letter(page, citizen, "does it meet your point?") + "?version=2")
    expect(page.get_by_role("heading", level=1)).to_have_text("Does this meet your point?")
    expect(page.get_by_text(tending.ON_EVENING)).to_be_visible()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Answer").click()
    seen(notice(page), "Your answer counts")
    reader = visit(375, script=False)
    opened(reader, second, "1.2")
    told = "Of 1 person who had commented before version 2, 1 says that it meets their point."
    expect(reader.get_by_role("main")).to_contain_text(told)
