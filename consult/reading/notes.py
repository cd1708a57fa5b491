"""Notes and their calls: what a small number in the text leads to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup

from consult.blocks.blocks import Kind
from consult.drafts.models import Wording
from consult.text.markup import stored
from consult.text.runs import Run, runs

_CALL = '<sup class="note">'
_LINKED_CALL = Markup('<a class="call" href="#p-{}" aria-label="{}">{}</a>')


@dataclass(frozen=True, slots=True)
class Note:
    """A note that some paragraph calls. html: what it says, sanitised; name: "note 4"."""

    key: str
    label: str
    html: str
    name: str


def called_notes(
    wordings: Sequence[Wording], names: Mapping[int, str]
) -> dict[int, tuple[Note, ...]]:
    """Return the notes that paragraphs call, by paragraph id; `wordings` are a whole version in order.

    A note stands right behind whatever calls it first. Where its number is that of no other note it
    is known from everywhere; of two with one number none is guessed.
    """
    numbered = [w for w in wordings if w.kind is Kind.NOTE and w.label]
    often = Counter(_label(w.label) for w in numbered)
    known = {_label(w.label): w for w in numbered if often[_label(w.label)] == 1}
    found = {}
    behind: dict[str, Wording] = {}
    for wording in reversed(wordings):
        calls = _calls(wording.html)
        notes = [note for label in calls if (note := behind.get(label) or known.get(label))]
        if notes:
            found[wording.paragraph_id] = tuple(
                Note(w.paragraph.key, w.label, w.html, names[w.paragraph_id]) for w in notes
            )
        if wording.kind is not Kind.NOTE:
            behind = {}
        elif wording.label:
            behind[_label(wording.label)] = wording
    return found


def linked(html: str, notes: Sequence[Note]) -> Markup:
    """Return the HTML of a wording whose calls lead to `notes`. A call within a link stays as it is."""
    if not notes:
        return stored(html)
    known = {_label(note.label): note for note in notes}
    parts = []
    links = 0
    for run in runs(html):
        links += (run.name == "a") - (run.name == "/a")
        note = known.get(_called(run)) if not links else None
        if note is None:
            parts.append(stored(run.html))
        else:
            parts.append(_LINKED_CALL.format(note.key, note.name, stored(run.html)))
    return Markup("").join(parts)


def _calls(html: str) -> list[str]:
    """The numbers that are called, each once."""
    if _CALL not in html:
        return []
    return list(dict.fromkeys(filter(None, map(_called, runs(html)))))


def _called(run: Run) -> str:
    if not run.html.startswith(_CALL):
        return ""
    return _label(unescape(run.html.removeprefix(_CALL).removesuffix("</sup>")))


def _label(label: str) -> str:
    return label.strip(" .()[]")
