"""What the import says is in the language of whoever reads it, not of whoever imported."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.blocks.blocks import Finding
from consult.blocks.places import Place, Unit
from consult.drafts.models import Version
from consult.importing import wording
from consult.intake.messages import END, ISOLATE
from consult.locale.pseudo import ACCENTS, accented
from tests.browser import Browser
from tests.factories import Factory
from tests.intake.test_pages import Desk

# A heading without a blank, a picture on line 7, and no title.
DRAFT = "##A heading\n\nText.\n\n## Another\n\n![](x.png)\n"
HEADING = "${number} line without a blank behind “#” was read as a heading."
PICTURE = "A picture without a description was left out."
TITLE = "No title was found in the text; “${title}” was made from the file's name."


@pytest.fixture
def desk(app: Router, browser: Browser, make: Factory, monkeypatch: pytest.MonkeyPatch) -> Desk:
    spoken = replace(app.registry["settings"], locales=("en", "en_XA", "ar_XB"))
    monkeypatch.setitem(app.registry, "settings", spoken)
    return Desk(browser, make)


def report(desk: Desk, page: str) -> list[str]:
    """Return the findings as they stand on a page, the place in front."""
    answer = desk.browser.get(f"{desk.base}/plan/{page}")
    return [" ".join(li.text.split()) for li in answer.html.select(".report li")]


def kept(desk: Desk, db: Session, findings: list[dict[str, Any]]) -> None:
    """Import a working version with such a report."""
    desk.imports(text="# A plan\n\nText.\n", slug="plan")
    version = db.scalars(select(Version)).one()
    version.findings = findings
    db.commit()


def test_a_report_reads_in_the_language_of_the_page(desk: Desk) -> None:
    desk.imports(303, "plan.md", DRAFT.encode(), slug="plan")
    title = f"{ISOLATE}Plan{END}"
    assert report(desk, "preview") == [
        f"line 1: {HEADING.replace('${number}', '1')}",
        f"line 7: {PICTURE}",
        TITLE.replace("${title}", title),
    ]
    first, place = (accented("line ${number}").replace("${number}", n) for n in "17")
    heading = accented(HEADING).replace("${number}", "1")
    described = accented(TITLE).replace("${title}", title)
    assert report(desk, "preview?lang=en_XA") == [
        f"{first}: {heading}",
        f"{place}: {accented(PICTURE)}",
        described,
    ]
    assert report(desk, "workbench?lang=en_XA") == [
        f"{heading} {first}",
        f"{accented(PICTURE)} {place}",
        described,
    ]
    flags = desk.browser.get(f"{desk.base}/plan/workbench?lang=en_XA").html.select(".bench-flags")
    assert [accented(PICTURE) in flag.text for flag in flags] == [False, True]


def test_one_and_many_are_two_sentences_and_quantities_are_grouped(desk: Desk, db: Session) -> None:
    counted = [wording.hidden_words(number) for number in (1, 2, 1_001)]
    counted.append(wording.too_long(Place(Unit.LINE, 4_321)))
    kept(desk, db, [asdict(Finding(None, m)) for m in counted])
    assert report(desk, "preview") == [
        "1 hidden word was left out.",
        "2 hidden words were left out.",
        "1,001 hidden words were left out.",
        "One paragraph or table of this file (line 4321) is longer than 100,000 characters;"
        " divide it.",
    ]
    one, _two, many, long = report(desk, "preview?lang=en_XA")
    message = counted[0]
    assert one == accented(message.text).replace("${number}", "1")
    assert many == accented(message.plural).replace("${number}", "1,001")
    assert accented("line ${number}").replace("${number}", "4321") in long


def test_what_is_counted_at_several_places_is_told_in_one_sentence(desk: Desk, db: Session) -> None:
    lost = [Finding(Place(Unit.PAGE, n), wording.lost_links(n)) for n in (1, 2, 1_200)]
    rest = [Finding(Place(Unit.PAGE, 2), wording.hidden_words(1)), Finding(None, wording.MACROS)]
    kept(desk, db, [asdict(f) for f in (*lost, *rest, Finding(None, wording.lost_links(5)))])
    all_of_them = "1,203 links without a complete web address were made plain text."
    assert report(desk, "preview") == [
        f"{all_of_them} page 1, page 2, page 1200",
        "page 2: 1 hidden word was left out.",
        str(wording.MACROS),
        "5 links without a complete web address were made plain text.",
    ]
    assert all_of_them in report(desk, "workbench")[0]


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"MZ\x00\x01", "plan.exe", "This is a program; choose the draft as "),
        (b"%PDF-1.7 broken", "plan.pdf", "This PDF file is damaged or was not sent whole; "),
        (b"<p>&nbsp;", "plan.html", "No text was found in this file; if it holds "),
    ],
)
def test_a_refusal_reads_in_the_language_of_the_page(
    desk: Desk, data: bytes, name: str, message: str
) -> None:
    for language in ("en", "en_XA"):
        page = desk.browser.post(
            f"{desk.base}/import?lang={language}", {}, 422, upload_files=[("file", name, data)]
        )
        said = page.html.select_one(".govuk-error-message").text
        assert (message in said) == (language == "en")
        assert (message.translate(ACCENTS) in said) == (language == "en_XA")


def test_a_report_that_was_kept_as_words_is_shown_as_it_is(desk: Desk, db: Session) -> None:
    old = {"place": "line 3", "message": "A picture, ${number}."}
    kept(desk, db, [old, {"place": "", "message": "", "key": "k1", "looked": "yes"}])
    for page in ("preview?lang=en_XA", "workbench?lang=en_XA"):
        assert "A picture, ${number}." in report(desk, page)[0]


def test_words_of_a_file_are_words_and_no_markup(desk: Desk) -> None:
    page = b"<title>&lt;b&gt;${number} ${title}</title><p>Text.</p>"
    desk.imports(303, "plan.html", page, slug="plan")
    title = "<b>${number} ${title}"
    said = f"The title “{ISOLATE}{title}{END}” was taken from the title of the page."
    assert report(desk, "preview") == [said]
