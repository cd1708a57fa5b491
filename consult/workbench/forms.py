"""The forms of the workbench: one for everything that can be done to a paragraph, one for a new one."""

from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField

from consult.blocks.blocks import Kind
from consult.drafts.models import Wording
from consult.drafts.pictures import LONGEST_DESCRIPTION, description, parted, pictured
from consult.forms import RequestForm, at_most, choices, one_line
from consult.i18n import _
from consult.importing.limits import MAX_BLOCK_CHARACTERS
from consult.text import clean_text
from consult.web import Request
from consult.workbench.marks import Manner, parts, typed
from consult.workbench.recast import DEEPEST, KINDS, kinds_of
from consult.workbench.sheet import seen

LONGEST_LABEL = 100
NAMES = {
    Kind.TITLE: _("Title"),
    Kind.HEADING: _("Heading"),
    Kind.PARAGRAPH: _("Paragraph"),
    Kind.ITEM: _("List item"),
    Kind.TABLE: _("Table"),
    Kind.FIGURE: _("Figure"),
    Kind.NOTE: _("Note"),
    Kind.QUOTATION: _("Quotation"),
    Kind.CODE: _("Code"),
}
HINTS = {
    Manner.MARKS: _(
        "An empty line splits the paragraph. *Emphasis*, **strong**, [words](https://address) for"
        " a link."
    ),
    Manner.CODE: _("Code stays as it is typed, line by line."),
    Manner.HTML: _(
        "This is written in HTML: change the words between > and <, and leave the tags."
    ),
    Manner.CAPTION: _(
        "What stands below the picture; may be empty. *Emphasis*, **strong**,"
        " [words](https://address) for a link."
    ),
}
PICTURES = _('Between alt=" and " stands what is said of a picture to those who cannot see it.')
LEAVE = _("Leave <sup> and the like as they are; Markdown has no mark for them.")


def text_lines(value: Any) -> str:
    """Filter: clean a text whose beginning may be indented; a file in its place counts as nothing."""
    return clean_text(value).strip("\n").rstrip() if isinstance(value, str) else ""


class TextForm(RequestForm):
    """The text of a paragraph and what it is."""

    text = TextAreaField(_("Text"), [at_most(MAX_BLOCK_CHARACTERS)], filters=[text_lines])
    kind = SelectField(_("Kind"), choices=[])
    level = SelectField(
        _("Level"), choices=choices((n, str(n)) for n in range(1, DEEPEST + 1)), default="1"
    )
    label = StringField(_("Number"), [at_most(LONGEST_LABEL)], filters=[one_line])

    def __init__(self, request: Request, key: str, kinds: tuple[Kind, ...], **kw: Any) -> None:
        super().__init__(request, **kw)
        self.kind.choices = choices((kind.value, self._said(NAMES[kind])) for kind in kinds)
        # Several paragraphs may be open on one page.
        for field in self:
            field.id = f"{field.id}-{key}"


class ParagraphForm(TextForm):
    """What an official types about one paragraph, and what that was when it was opened.

    `seen` says which state of the paragraph, `next` which paragraph behind it they had before them.
    """

    description = TextAreaField(
        _("Description of the picture"),
        [at_most(LONGEST_DESCRIPTION)],
        filters=[one_line],
        description=_("What it shows: read out in its place to those who cannot see it."),
    )
    place = StringField(_("Place"), filters=[one_line])
    seen = HiddenField()
    next = HiddenField()

    def __init__(self, request: Request, wording: Wording, next_key: str = "") -> None:
        self.manner, source = typed(wording.kind, wording.html)
        self.picture, _caption = parted(wording.kind, wording.html)
        said = description(wording.kind, wording.html) or ""
        super().__init__(
            request,
            wording.paragraph.key,
            kinds_of(wording.kind),
            text=source,
            description=said,
            kind=wording.kind.value,
            level=str(max(wording.level, 1)),
            label=wording.label,
            place=str(wording.position - 1),
            seen=seen(wording),
            next=next_key,
        )
        self.wording = wording
        self.was = (text_lines(source), one_line(said))
        self.text.description = self._said(HINTS[self.manner])
        if self.manner is Manner.CAPTION:
            self.text.label.text = self._said(_("Caption"))
        else:
            del self.description
        if self.manner in (Manner.MARKS, Manner.CAPTION) and "<" in source:
            self.text.description += " " + self._said(LEAVE)
        if self.manner is Manner.HTML and "<img" in source:
            self.text.description += " " + self._said(PICTURES)

    @property
    def rewritten(self) -> bool:
        """True where the words are others than they were."""
        said = self.description.data if self.description else self.was[1]
        return (self.text.data, said) != self.was

    def parts(self) -> list[str]:
        """Return the HTML of the paragraphs that were typed; see `marks.parts`."""
        found = parts(self.wording.kind, self.manner, self.text.data or "")
        if self.manner is Manner.CAPTION:
            return [pictured(self.picture, self.description.data or "", found[0])]
        return found


class AddForm(TextForm):
    """A new paragraph."""

    def __init__(self, request: Request) -> None:
        super().__init__(request, "new", KINDS, kind=Kind.PARAGRAPH.value)
        self.text.description = self._said(HINTS[Manner.MARKS])
