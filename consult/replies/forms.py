"""The forms in which officials answer."""

import secrets

from wtforms import Field, Form, HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

from consult.forms import IdempotencyField, RequestForm, at_most, lines, one_line
from consult.i18n import _
from consult.replies.models import ReplyStatus
from consult.text import clean_line

MAX_REPLY = 10_000


def _something(_form: Form, field: Field) -> None:
    """Check that something was said; a text of invisible characters says nothing."""
    if not clean_line(field.data or ""):
        field.errors = []
        raise StopValidation(_("Write the reply."))


def _text() -> TextAreaField:
    return TextAreaField(
        _("Official reply"),
        filters=[lines],
        validators=[_something, at_most(MAX_REPLY)],
    )


def _known_state(_form: Form, field: Field) -> None:
    if field.data not in ("", ReplyStatus.DRAFT, ReplyStatus.PUBLISHED):
        raise ValidationError(_("Publish the reply, or keep it as a draft."))


class ReplyForm(RequestForm):
    """A reply to one comment and, where chosen, to others on the same paragraph."""

    text = _text()
    also = SelectMultipleField(
        _("Other comments on this paragraph that it answers"),
        choices=[],
        default=[],
        validate_choice=False,
    )
    state = HiddenField(filters=[one_line], validators=[_known_state])
    # What was seen of this comment and of those that are offered beside it.
    seen = HiddenField(filters=[one_line])
    idempotency_key = IdempotencyField()

    @property
    def publishes(self) -> bool:
        """Whether it is shown at once: unless it is to be kept as a draft."""
        return bool(self["state"].data != ReplyStatus.DRAFT)

    def renew_key(self) -> None:
        """Make what is sent next another reply and not a repetition."""
        self["idempotency_key"].data = secrets.token_urlsafe(16)


class DraftForm(RequestForm):
    """A draft, and what is to be done with it."""

    text = _text()
    # The print of the reply, and after it what was seen of the comments that it answers.
    seen = HiddenField(filters=[one_line])

    def seen_of_it(self) -> str:
        """Return the print of the reply that was seen, or ""."""
        return str(self["seen"].data or "").partition(" ")[0]

    def seen_beside(self) -> str:
        """Return what was seen of the comments, or ""."""
        return str(self["seen"].data or "").partition(" ")[2]
