"""What paragraphs are called: a note is never taken for a numbered paragraph."""

from sqlalchemy.orm import Session

from consult import clock
from consult.blocks.blocks import Kind
from consult.comments.places import places_of
from consult.drafts.models import Document, VersionState
from consult.drafts.published import wordings
from consult.fates.wording_rows import words_of
from tests.browser import Browser
from tests.factories import Factory

TEXTS = ["A plan", "Trees are planted, and:", "By hand.", "oaks", "Anything goes."]
CAST = [
    (Kind.TITLE, ""),
    (Kind.PARAGRAPH, "2.1"),
    (Kind.NOTE, "7"),
    (Kind.ITEM, "(a)"),
    (Kind.NOTE, ""),
]
NAMES = ["2.1", "note 7", "2.1 (a)", "paragraph 4"]


def plan(make: Factory, db: Session) -> Document:
    """A draft in which a note stands between a paragraph and its item."""
    document = make.document(TEXTS, published=False)
    (version,) = document.versions
    for wording, (kind, label) in zip(wordings(db, version), CAST, strict=True):
        wording.kind, wording.label, wording.level = kind, label, int(kind is Kind.ITEM)
    db.flush()
    version.state, version.published_at = VersionState.PUBLISHED, clock.now()
    db.commit()
    return document


def test_a_note_is_called_one_and_gives_no_item_its_number(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = plan(make, db)
    here = f"/consultations/{document.consultation.slug}/{document.slug}"
    page = browser.get(here)
    assert [i.text for i in page.html.select(".w .c i")] == [f" on {name}" for name in NAMES]
    for number, name in enumerate(NAMES, 2):
        assert browser.get(f"{here}/p/k{number}").html.h1.b.text == name


def test_it_is_called_so_away_from_its_text(make: Factory, db: Session) -> None:
    document = plan(make, db)
    paragraphs = [make.paragraph(document, position) for position in range(2, 6)]
    above = ["", "", "2.1", ""]
    found = words_of(db, document.id, [p.id for p in paragraphs])
    assert [words.above for words in found] == above
    comments = [make.comment(p) for p in paragraphs]
    places = places_of(db, comments)
    assert [places[comment.id].above for comment in comments] == above


def test_a_comment_is_shown_as_made_on_a_note(browser: Browser, make: Factory, db: Session) -> None:
    comment = make.comment(make.paragraph(plan(make, db), 3))
    db.commit()
    page = browser.signed_in(make.account()).get(f"/c/{comment.public_id}/report")
    assert "What the draft says: note 7" in " ".join(page.html.main.text.split())
