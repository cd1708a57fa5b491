"""The form under a paragraph's conversation, and what its fields may hold."""

import secrets
from typing import Any

from wtforms import Field, Form, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from consult.comments.models import Contribution, Stance
from consult.forms import (
    IdempotencyField,
    RequestForm,
    at_most,
    choices,
    lines,
    one_line,
    required,
)
from consult.i18n import _
from consult.text import clean_line
from consult.web import Request

MAX_TEXT = 5_000
MAX_SUGGESTION = 10_000

KINDS = (
    (Contribution.COMMENT, _("Comment")),
    (Contribution.QUESTION, _("Question – for officials to answer")),
    (Contribution.OBJECTION, _("Objection – why not, or not like this")),
    (Contribution.EVIDENCE, _("Evidence – facts, figures, experience")),
    (Contribution.DRAFTING, _("Drafting fix – a mistake, or a plainer word")),
    (Contribution.SUPPORT, _("Support – why it should stay")),
)
STANCES = (
    (Stance.NONE, _("I would rather not say")),
    (Stance.AGREE, _("For")),
    (Stance.DISAGREE, _("Against")),
    (Stance.NEUTRAL, _("Neither for nor against")),
)


def text_or_suggestion(form: Form, field: Field) -> None:
    """Check that something was said; a text of invisible characters says nothing."""
    if not clean_line(field.data or "") and not clean_line(form["suggestion"].data or ""):
        field.errors = []
        raise StopValidation(_("Write what you want to say."))


def _kind(value: Any) -> str:
    return str(value) if value is not None and str(value) else Contribution.COMMENT.value


def _stance(value: Any) -> str:
    """Take "none" for no stance, as the form of votes does."""
    return str(value) if value is not None and str(value) != "none" else Stance.NONE.value


class CommentForm(RequestForm):
    """What somebody who is signed in says about a paragraph."""

    text = TextAreaField(
        _("What do you want to say?"),
        filters=[lines],
        validators=[text_or_suggestion, at_most(MAX_TEXT)],
    )
    quote = TextAreaField(_("The words that you comment on"), filters=[lines])
    quote_prefix = HiddenField(filters=[lines])
    quote_suffix = HiddenField(filters=[lines])
    kind = SelectField(
        _("What is it?"), choices=choices(KINDS), coerce=_kind, default=Contribution.COMMENT
    )
    stance = RadioField(
        _("Are you for or against what the paragraph says?"),
        choices=choices(STANCES),
        coerce=_stance,
        default=Stance.NONE,
    )
    parent = HiddenField(filters=[one_line])
    suggestion = TextAreaField(
        _("The paragraph as you would write it"),
        filters=[lines],
        validators=[at_most(MAX_SUGGESTION)],
    )
    idempotency_key = IdempotencyField()

    def renew_key(self) -> None:
        """Make what is sent next another comment and not a repetition."""
        self["idempotency_key"].data = secrets.token_urlsafe(16)


class GuestCommentForm(CommentForm):
    """The same from somebody without an account, who leaves a name and an address."""

    name = StringField(
        _("Your name"),
        filters=[one_line],
        validators=[required(_("Enter the name to show beside your comment."))],
    )
    email = StringField(
        _("Your e-mail address"),
        filters=[one_line],
        validators=[
            required(_("Enter your e-mail address. We send one letter there; it is never shown."))
        ],
    )


def comment_form(request: Request, **values: Any) -> CommentForm:
    """Return the form for whoever asks; `values` fill it in, such as ``parent``."""
    form_class = CommentForm if request.identity is not None else GuestCommentForm
    return form_class(request, data=values)
