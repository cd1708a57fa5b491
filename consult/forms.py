"""The parent of all forms: they check shape only, and speak the page's language."""

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from pyramid.i18n import TranslationString
from webob.multidict import MultiDict
from wtforms import Field, FileField, Form, HiddenField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from consult.i18n import _, translate
from consult.text import clean_line, clean_text
from consult.web import Request

type_of_check = Callable[[Form, Field], None]


class RequestForm(Form):
    """A form filled from the request, whose labels and errors are in the page's language.

    CSRF protection is Pyramid's, before any view runs, so forms carry no token field of their own.
    """

    def __init__(self, request: Request, obj: Any = None, **kw: Any) -> None:
        self._request = request
        sent = request.method == "POST" or request.filled_in is not None
        data = request.typed if sent else None
        super().__init__(data, obj, **kw)
        for field in self:
            field.label.text = self._said(field.label.text)
            field.description = self._said(field.description)
            offered = getattr(field, "choices", None)
            if isinstance(offered, list):
                said = [
                    replace(choice, label=self._said(choice.label))
                    for choice in map(SelectChoice.from_input, offered)
                ]
                setattr(field, "choices", said)  # noqa: B010 - only some fields have it

    def process(self, formdata: Any = None, *args: Any, **kw: Any) -> None:
        """Fill the fields; a file that was sent where a text belongs counts as not sent."""
        if formdata is not None:
            files = {field.name for field in self if isinstance(field, FileField)}
            formdata = MultiDict(
                (name, value)
                for name, value in formdata.items()
                if isinstance(value, str) or name in files
            )
        super().process(formdata, *args, **kw)

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether the shape is right; errors are then on the fields, translated."""
        valid = super().validate(extra_validators)
        for field in self:
            field.errors = [self._said(error) for error in field.errors]
        return bool(valid)

    def refuse(self, field: str, message: TranslationString | str) -> None:
        """Add an error that only a verb could find, such as a name that is taken."""
        self[field].errors = [*self[field].errors, self._said(message)]

    def _said(self, message: Any) -> Any:
        return (
            translate(self._request, message) if isinstance(message, TranslationString) else message
        )


def required(message: TranslationString) -> type_of_check:
    """Check that something was typed."""

    def check(_form: Form, field: Field) -> None:
        if not (field.data.strip() if isinstance(field.data, str) else field.data):
            field.errors = []
            raise StopValidation(message)

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def optional(_form: Form, field: Field) -> None:
    """Stop checking where nothing was typed."""
    if not field.raw_data or not str(field.raw_data[0]).strip():
        field.errors = []
        raise StopValidation()


def at_most(length: int) -> type_of_check:
    """Check that a text is no longer than `length` characters."""

    def check(_form: Form, field: Field) -> None:
        if len(field.data or "") > length:
            raise ValidationError(
                _(
                    "This is ${given} characters long; at most ${length} are taken.",
                    mapping={"given": len(field.data), "length": length},
                )
            )

    return check


def at_least(length: int, message: TranslationString) -> type_of_check:
    """Check that a text is at least `length` characters long."""

    def check(_form: Form, field: Field) -> None:
        if len(field.data or "") < length:
            raise ValidationError(message)

    return check


SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def slug(_form: Form, field: Field) -> None:
    """Check that a text can stand in an address."""
    if not SLUG.fullmatch(field.data or "") or len(field.data) > 60:
        raise ValidationError(
            _("Use small letters a to z, digits and hyphens, at most 60, such as “open-streets”.")
        )


def one_line(value: Any) -> str:
    """Filter: clean a single line of input; a file sent in its place counts as nothing."""
    return clean_line(value) if isinstance(value, str) else ""


def lines(value: Any) -> str:
    """Filter: clean a text of several lines; a file sent in its place counts as nothing."""
    return clean_text(value).strip() if isinstance(value, str) else ""


def choices(values: Iterable[tuple[Any, TranslationString | str]]) -> list[Any]:
    """Return the choices of a select or radio field for members of an enum and their words."""
    return [SelectChoice(str(value), label) for value, label in values]


class IdempotencyField(HiddenField):
    """A number used once, so that a double click or a retry makes one thing and not two."""

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, default=lambda: secrets.token_urlsafe(16), **kw)

    def post_validate(self, form: BaseForm, validation_stopped: bool) -> None:
        """Make a number where the sender gave none, and cut one that is absurdly long."""
        self.data = (one_line(self.data) or secrets.token_urlsafe(16))[:100]
