"""The small number in a paragraph leads to its note, and never to another one."""

from sqlalchemy.orm import Session

from consult import clock
from consult.blocks.blocks import Kind
from consult.drafts.models import Document, Paragraph, VersionState, Wording
from consult.drafts.published import wordings
from consult.reading.notes import called_notes, linked
from consult.text import plain_text
from tests.browser import Browser
from tests.factories import Factory

CALL = '<sup class="note">{}</sup>'
ONE, TWO = CALL.format("1"), CALL.format("2")


def text(*lines: tuple[str, str]) -> list[Wording]:
    """A text of paragraphs ("p"), headings ("h") and notes (the number is the first word)."""
    found = []
    for place, (label, html) in enumerate(lines, 1):
        kind = {"p": Kind.PARAGRAPH, "h": Kind.HEADING}.get(label, Kind.NOTE)
        found.append(
            Wording(
                paragraph=Paragraph(key=f"k{place}"),
                paragraph_id=place,
                position=place,
                kind=kind,
                label=label if kind is Kind.NOTE else "",
                html=html,
            )
        )
    return found


def leads(*lines: tuple[str, str]) -> dict[int, list[str]]:
    """To which keys the calls of each paragraph lead."""
    wordings = text(*lines)
    names = {w.paragraph_id: f"note {w.label}" for w in wordings}
    return {
        place: [note.key for note in found]
        for place, found in called_notes(wordings, names).items()
    }


def test_a_note_is_found_behind_its_paragraph_and_from_elsewhere() -> None:
    assert leads(
        ("p", f"Trees{ONE} and oaks{TWO}."),
        ("1", "All."),
        ("2", f"Not all{ONE}."),
        ("p", f"More{TWO}."),
    ) == {1: ["k2", "k3"], 3: ["k2"], 4: ["k3"]}


def test_where_numbers_begin_again_none_is_guessed() -> None:
    again = [("p", f"Trees{ONE}"), ("1", "Oaks."), ("p", f"Buses{ONE}"), ("1.", "Red ones.")]
    assert leads(*again, ("h", "End"), ("p", f"Trams{ONE}")) == {1: ["k2"], 3: ["k4"]}


def test_a_number_that_is_no_note_leads_nowhere() -> None:
    assert leads(("p", f"Trees{TWO} m<sup>1</sup>"), ("1", "Oaks."), ("", "No number.")) == {}


def test_calls_become_links_and_the_words_stay() -> None:
    wordings = text(("p", ""), ("1", "All."))
    wordings[0].html = html = (
        f'Trees{ONE}, <a href="https://example.org/">oaks{ONE}</a>, <em>elms{ONE}</em>{TWO}.'
    )
    (notes,) = called_notes(wordings, {2: 'note "1"'}).values()
    shown = linked(html, notes)
    call = f'<a class="call" href="#p-k2" aria-label="note &#34;1&#34;">{ONE}</a>'
    assert shown.startswith(f"Trees{call}, <a href")
    assert (
        shown.count(call) == 2 and f"oaks{ONE}</a>" in shown and f"elms{call}</em>{TWO}." in shown
    )
    assert plain_text(shown) == plain_text(html)


def draft(make: Factory, db: Session) -> Document:
    document = make.document(
        ["A plan", f"Trees are planted{ONE}.", "By <em>hand</em>."], published=False
    )
    (version,) = document.versions
    note = wordings(db, version)[2]
    note.kind, note.label, note.text = Kind.NOTE, "1", "By hand."
    wordings(db, version)[1].text = "Trees are planted."
    db.flush()
    version.state, version.published_at = VersionState.PUBLISHED, clock.now()
    db.commit()
    return document


def test_readers_get_from_the_call_to_the_note(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = draft(make, db)
    here = f"/consultations/{document.consultation.slug}/{document.slug}"
    page = browser.get(here).html
    call = page.select_one("#p-k2 a.call")
    assert (call["href"], call["aria-label"], call.text) == ("#p-k3", "note 1", "1")
    note = page.select_one("#p-k3")
    assert "t" in note["class"] and note.select_one(".n")["aria-label"] == "note 1"
    own = browser.get(f"{here}/p/k2").html
    assert own.select_one(".one-text a.call")["href"] == "#p-k3"
    assert own.select_one(".one-notes #p-k3 em").text == "hand"
    assert own.select_one(".one-notes a")["href"].endswith("/p/k3")
    assert not browser.get(f"{here}/p/k3").html.select(".one-notes")
