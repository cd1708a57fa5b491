"""Notes that a number calls: “Schedule¹” is a label and a note, and labels are plain text."""

from consult.importing.law.vocabulary import Vocabulary
from consult.importing.trees import Element, local_name


def call_from_text(root: Element, words: Vocabulary) -> None:
    """Move notes out of numbers to the end of the first text that follows the number.

    That is its heading, or its first paragraph. Where nothing follows under the same number, the
    note stands by itself behind it.
    """
    for number in [e for e in root.iter() if local_name(e) in words.numbers]:
        notes = [e for e in number.iterdescendants() if local_name(e) in words.notes]
        if not notes:
            continue
        text = _text_behind(number, words)
        for note in notes:
            _take_out(note)
            if text is None:
                number.addnext(note)
            else:
                text.append(note)


def _text_behind(number: Element, words: Vocabulary) -> Element | None:
    passed_over = words.notes | words.unread
    for sibling in number.itersiblings():
        if local_name(sibling) in words.numbers:
            return None
        found = _first_text(sibling, words.numbers | passed_over)
        if found is not None:
            return found
    return None


def _first_text(element: Element, passed_over: frozenset[str]) -> Element | None:
    name = local_name(element)
    if not name or name in passed_over:
        return None
    if (element.text or "").strip():
        return element
    found = (_first_text(child, passed_over) for child in element)
    return next((text for text in found if text is not None), None)


def _take_out(note: Element) -> None:
    """Remove an element and leave what follows it."""
    parent, before = note.getparent(), note.getprevious()
    assert parent is not None, "it stands in a number"
    if before is not None:
        before.tail = (before.tail or "") + (note.tail or "")
    else:
        parent.text = (parent.text or "") + (note.tail or "")
    note.tail = None
    parent.remove(note)
