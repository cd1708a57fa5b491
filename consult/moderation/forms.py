"""The forms of readers who report and of moderators who decide."""

from typing import Any

from wtforms import Field, Form, HiddenField, RadioField, TextAreaField
from wtforms.validators import ValidationError

from consult.comments.models import Comment
from consult.comments.status import Move
from consult.consultations.models import Consultation
from consult.forms import RequestForm, at_most, choices, lines, one_line, required
from consult.i18n import _
from consult.moderation.models import Reason
from consult.moderation.rules import OWN, RULES, rule_named, title_of
from consult.text import clean_line
from consult.web import Request, whole_number

MAX_NOTE = 2_000
MAX_REASONS = 5_000
MAX_RULE = 200
SHORTEST_REASONS = 10  # characters

REASONS = {
    Reason.ABUSE: _("It insults, threatens or shows contempt"),
    Reason.PERSONAL_DATA: _("It gives away somebody's personal details"),
    Reason.ADVERTISING: _("It is advertising"),
    Reason.OFF_TOPIC: _("It is not about the draft"),
    Reason.UNLAWFUL: _("It is against the law"),
    Reason.OTHER: _("Something else"),
}

MOVES = {
    Move.PUBLISH: _("Publish it"),
    Move.HIDE: _("Hide it"),
}


def numbered(value: Any) -> int | None:
    """Filter: read an id or a revision; None for whatever is none."""
    return whole_number(one_line(str(value if value is not None else "")))


class ReportForm(RequestForm):
    """Why a reader thinks that a comment should not stand."""

    reason = RadioField(
        _("What is wrong with it?"),
        choices=choices(REASONS.items()),
        validators=[required(_("Choose what is wrong with the comment."))],
        validate_choice=False,
    )
    note = TextAreaField(
        _("Anything that the moderator should know"),
        description=_("Optional. Only moderators read it."),
        filters=[lines],
        validators=[at_most(MAX_NOTE)],
    )
    revision = HiddenField(filters=[numbered])

    def validate_reason(self, field: Field) -> None:
        """Check that the reason is one of those offered."""
        if field.data not in tuple(Reason):
            raise ValidationError(_("Choose what is wrong with the comment."))


def _to_hide(form: Form) -> bool:
    return bool(form["move"].data == Move.HIDE)


def _rule_if_hidden(form: Form, field: Field) -> None:
    if _to_hide(form) and not field.data:
        raise ValidationError(_("Choose the house rule that the comment breaks."))


def _reasons_if_hidden(form: Form, field: Field) -> None:
    if _to_hide(form) and len(clean_line(field.data or "")) < SHORTEST_REASONS:
        raise ValidationError(
            _(
                "Tell the author why, in at least ${length} characters.",
                mapping={"length": SHORTEST_REASONS},
            )
        )


class DecideForm(RequestForm):
    """What a moderator decides, on which text, and why."""

    move = RadioField(
        _("What is to become of the comment?"),
        choices=choices(MOVES.items()),
        validate_choice=False,
    )
    rule = RadioField(
        _("The house rule that it breaks"),
        filters=[one_line, rule_named],
        validators=[_rule_if_hidden, at_most(MAX_RULE)],
        validate_choice=False,
    )
    reasons = TextAreaField(
        _("Statement of reasons"),
        description=_("The author reads it. Say which words, and what would make it publishable."),
        filters=[lines],
        validators=[_reasons_if_hidden, at_most(MAX_REASONS)],
    )
    revision = HiddenField(filters=[numbered])
    seen = HiddenField(filters=[numbered])

    def validate_move(self, field: Field) -> None:
        """Check that the move is one that moderators make."""
        if field.data not in tuple(MOVES):
            raise ValidationError(_("Choose whether to publish or to hide the comment."))

    def validate_revision(self, field: Field) -> None:
        """Check that the text which was seen is named."""
        if field.data is None:
            raise ValidationError(_("Load the page again: it does not say which text you saw."))

    def show(self, comment: Comment, seen: int) -> None:
        """Bind what is sent next to the text as it stands and to the last decision (0: none)."""
        self["revision"].data, self["seen"].data = comment.revision, seen


def decide_form(request: Request, consultation: Consultation) -> DecideForm:
    """Return the form with the rules that can be cited in `consultation`."""
    form = DecideForm(request)
    names = [rule.name for rule in RULES] + ([OWN] if consultation.house_rules else [])
    form.rule.choices = [(name, title_of(request, name)) for name in names]
    return form
