"""What an official and a citizen do with the draft of `living`, from its file to its second version."""

from datetime import datetime, timedelta

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.chromium import living
from tests.chromium.seen import seen
from tests.chromium.steps import comment, drag_over, focused, notice, paragraph, send, tab_to

DESK = "/officials/consultations/trees-in-our-streets"
DRAFT = "/consultations/trees-in-our-streets/trees-in-our-streets"
BEECH = "A beech in a street, its roots in a pit that reaches under the pavement."
EVENING, OFTEN = "in the evening and never at noon", "every ten years"
ON_EVENING, ON_OFTEN = "My evenings are when I can help.", "By then half of them are dead."
ON_FENCES = "The fences are what keeps them alive."
TOLD = "Young trees are watered for two summers more, and all are counted twice as often."


def make_consultation(page: Page) -> None:
    page.goto("/officials/consultations/new")
    page.get_by_label("Title").fill(living.TITLE)
    page.get_by_label("Summary").fill("Where trees are planted, and who waters them.")
    closes = datetime.now() + timedelta(days=30)
    page.get_by_label("Closes").fill(closes.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("When somebody reports it").check()
    page.get_by_role("button", name="Make the consultation").click()
    seen(notice(page), "The consultation has been made.")


def import_first(page: Page) -> None:
    page.get_by_role("link", name="Import a draft").click()
    choose_file(page, "trees.docx", living.first_version())
    page.get_by_role("button", name="Import and preview").click()
    seen(page.get_by_text("Preview of version 1."))
    report = page.get_by_role("listitem").filter(has_text="Describe this picture")
    expect(report).to_have_count(1)
    report.get_by_role("link", name="paragraph 7").click()
    expect(page.get_by_text("No description yet")).to_be_in_viewport()
    expect(page.get_by_text(f"Description: {living.MAP}")).to_be_visible()
    page.get_by_role("link", name="Put it right in the workbench").click()


def choose_file(page: Page, name: str, data: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=data)
    page.get_by_label("File", exact=True).set_input_files(file)


def row(page: Page, words: str) -> Locator:
    """Find a row of the workbench by its words."""
    return page.locator(".bench-row").filter(has_text=words)


def walk_to(page: Page, wanted: Locator, key: str) -> None:
    """Go from row to row with an arrow key."""
    for _press in range(20):
        page.keyboard.press(key)
        if wanted.evaluate("row => row.contains(document.activeElement)"):
            return
    raise AssertionError(f"{key} does not lead to {wanted}")


def said(page: Page, sentence: str) -> None:
    """See what the workbench says was done."""
    seen(page.locator("[data-status]"), sentence)


def describe_picture(page: Page) -> None:
    """By keyboard, from the report to the picture."""
    tab_to(page, page.locator(".bench-change").first)
    walk_to(page, row(page, "No description yet"), "ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Description of the picture")).to_be_focused()
    expect(page.get_by_label("Description of the picture")).to_be_in_viewport(ratio=0.99)
    page.keyboard.type(BEECH)
    tab_to(page, page.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    said(page, "The text of ¶7 was corrected.")
    expect(page.get_by_role("img", name=BEECH)).to_be_visible()
    expect(page.get_by_text("1 of 1 looked at")).to_be_visible()


def mend(page: Page) -> None:
    """By keyboard: two paragraphs that came as one, one that came as two, and one too far up."""
    whole = living.WATERED.format(n="five")
    walk_to(page, row(page, whole), "ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    page.keyboard.press("Control+End")
    for _letter in living.HELPED:
        page.keyboard.press("ArrowLeft")
    tab_to(page, page.get_by_role("button", name="Split at the cursor"))
    page.keyboard.press("Enter")
    said(page, "1.2 was split.")
    expect(row(page, whole)).not_to_contain_text(living.HELPED)
    merge_what_is_one(page)
    walk_to(page, row(page, living.LEAVES), "ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    said(page, "2.4 was moved.")
    expect(page.locator(".bench-row").last).to_contain_text(living.FENCED)


def merge_what_is_one(page: Page) -> None:
    """Merge, think again, and do it after all."""
    walk_to(page, row(page, living.FELLED), "ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Merge with the next"))
    page.keyboard.press("Enter")
    said(page, "1.3 was merged")
    merged = row(page, f"{living.FELLED} {living.REPLACED}")
    expect(merged).to_be_visible()
    page.keyboard.press("Control+z")
    said(page, "Undone: 1.3 was merged")
    expect(merged).to_have_count(0)
    page.keyboard.press("Control+y")
    expect(merged).to_be_visible()


def publish_first(page: Page) -> None:
    page.get_by_role("link", name="To the preview").click()
    expect(page.get_by_text("1 thing is settled.")).to_be_visible()
    page.locator("summary", has_text="Publish version 1").click()
    page.get_by_role("button", name="Publish it for readers").click()
    seen(notice(page), "The version has been published.")
    for _time in range(2):
        page.get_by_role("link", name="Open it now").or_(
            page.get_by_role("button", name="Open it now")
        ).click()
    seen(notice(page), "The consultation is open: people can comment now.")
    expect(page.locator(".strip")).to_contain_text("closes in")


# What a citizen says of it.


def select_and_comment(page: Page, words: str, phrase: str, text: str) -> None:
    page.goto(DRAFT)
    drag_over(page, page.locator(".text .w").filter(has_text=words), phrase)
    page.get_by_role("button", name="Comment on these words").click()
    expect(page.get_by_label("What do you want to say?")).to_be_focused()
    page.keyboard.type(text)
    send(page.locator(".conversation"))
    seen(notice(page), "Your comment is published.")
    expect(comment(page, text).locator("q")).to_have_text(phrase)


def comment_on_evening(page: Page) -> None:
    select_and_comment(page, living.WATERED.format(n="five"), EVENING, ON_EVENING)


def comment_on_counting(page: Page) -> None:
    select_and_comment(page, living.COUNTED, OFTEN, ON_OFTEN)


def comment_on_fences(page: Page) -> None:
    page.goto(DRAFT)
    paragraph(page, "2.3").get_by_role("link", name="Comment").click()
    page.get_by_label("What do you want to say?").fill(ON_FENCES)
    send(page.locator(".conversation"))
    seen(notice(page), "Your comment is published.")
    expect(comment(page, ON_FENCES)).to_be_visible()


# What officials do with the second file.


def import_second(page: Page) -> None:
    page.goto(DESK)
    page.get_by_role("link", name="Import a draft").click()
    choose_file(page, "trees again.docx", living.second_version())
    page.get_by_label("Which document is it?").select_option(label=living.TITLE)
    page.get_by_role("button", name="Import and preview").click()
    seen(page.get_by_text("Preview of version 2."))
    expect(page.get_by_text(f"Description: {BEECH}")).to_be_visible()
    page.get_by_role("link", name="Go on to publish version 2").click()


def decide_what_is_doubtful(page: Page) -> None:
    """By keyboard: the count was rewritten, the fences were removed."""
    expect(page.get_by_text("2 paragraphs with comments are in doubt.")).to_be_visible()
    expect(page.get_by_text("Keys:")).to_be_visible()
    page.keyboard.press("j")
    expect(focused(page)).to_contain_text(living.FENCED)
    page.keyboard.press("Enter")
    seen(page.locator("[data-undo]"), "You decided: 2.3 is removed.")
    expect(focused(page)).to_contain_text(living.COUNTED)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    seen(page.locator("[data-undo]"), "You decided: 2.2 is now 2.2.")
    expect(page.get_by_text("Nothing is in doubt. Version 2 can be published.")).to_be_visible()


def tie_to_comment(page: Page) -> None:
    """By keyboard: the new way of counting was brought about by what somebody said."""
    tab_to(page, page.get_by_role("link", name="Look through all changes"))
    page.keyboard.press("Enter")
    edited = page.get_by_role("listitem").filter(has_text=living.MEASURED[:20])
    tab_to(page, edited.get_by_role("link", name="Because of which comments?"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/because/**")
    tab_to(page, page.get_by_role("checkbox", name="Wanda Walker"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    seen(notice(page), "The change now names the comments that led to it.")
    page.get_by_role("link", name="Publish version 2").press("Enter")


def publish_second(page: Page) -> None:
    """By keyboard, saying what has changed."""
    tab_to(page, page.locator("summary", has_text="Publish version 2"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("What has changed, for readers"))
    page.keyboard.type(TOLD)
    tab_to(page, page.get_by_role("button", name="Publish it for readers"))
    page.keyboard.press("Enter")
    seen(notice(page), "The version has been published.")
