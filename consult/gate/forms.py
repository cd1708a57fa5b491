"""What officials send from the gate."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyramid.i18n import TranslationString
from wtforms import HiddenField, StringField, TextAreaField

from consult.fates.sides import Line
from consult.forms import RequestForm, at_most, lines, one_line, required
from consult.gate.opening import Gate
from consult.gate.questions import FOUND, OTHER, REMOVED
from consult.i18n import _
from consult.intake.publish import LONGEST_NOTE

LONGEST_SEARCH = 200  # characters


class PassForm(RequestForm):
    """What readers are told; `seen` says which state of the text the official looked at."""

    what_changed = TextAreaField(
        _("What has changed, for readers"),
        [
            required(_("Say what has changed, so that readers need not look for it.")),
            at_most(LONGEST_NOTE),
        ],
        filters=[lines],
        description=_("It stands at the top of the new version."),
    )
    seen = HiddenField(filters=[one_line])


class DecideForm(RequestForm):
    """What became of one old paragraph, `p`; `seen` is the stamp of the entry that was looked at."""

    p = HiddenField(filters=[one_line])
    seen = HiddenField(filters=[one_line])
    fate = HiddenField(filters=[one_line])
    other = StringField(filters=[one_line])


@dataclass(frozen=True, slots=True)
class Meant:
    """What an answer means: new paragraphs, none of them where it is removed, or why it is not clear.

    found: what a search found, to choose from.
    """

    lines: tuple[Line, ...] = ()
    unclear: TranslationString | None = None
    found: Sequence[Line] = ()


def meant(gate: Gate, fate: str, other: str) -> Meant:
    """Find out what an official chose, or typed as another paragraph."""
    if fate == REMOVED:
        return Meant()
    if fate == OTHER:
        return _searched(gate, other[:LONGEST_SEARCH])
    chosen = [gate.new_by_key.get(key) for key in fate.split()]
    lines_ = tuple(line for line in chosen if line is not None)
    if not chosen or len(lines_) < len(chosen):
        return Meant(unclear=_("Choose what became of the paragraph."))
    return Meant(lines_)


def _searched(gate: Gate, typed: str) -> Meant:
    """Find paragraphs by what they are called, several with commas between, or by their words."""
    if not typed:
        return Meant(unclear=_("Type the number of the other paragraph, or words of it."))
    called: dict[str, list[Line]] = {}
    for line in gate.sides.new:
        called.setdefault(_plain(gate.new_names[line.paragraph_id]), []).append(line)
    exact = [called.get(_plain(part), []) for part in typed.split(",")]
    if all(len(those) == 1 for those in exact):
        return Meant(tuple({those[0].paragraph_id: those[0] for those in exact}.values()))
    wanted = _plain(typed)
    found = [line for those in exact for line in those]
    found += [
        line
        for name, those in called.items()
        for line in those
        if line not in found and (wanted in name or wanted in line.text.casefold())
    ]
    if not found:
        return Meant(
            unclear=_(
                "Nothing in the new version is called “${typed}”, and nothing begins with such words.",
                mapping={"typed": typed},
            )
        )
    return Meant(unclear=_("Choose one of those that were found."), found=found[:FOUND])


def _plain(name: str) -> str:
    return name.strip().rstrip(".").casefold()
