"""Forms of people about themselves."""

from typing import Any

from wtforms import Field, Form, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import ValidationError

from consult.accounts import addresses, names, passwords
from consult.accounts.destinations import local_path
from consult.accounts.models import Account
from consult.forms import RequestForm, at_most, one_line, required
from consult.i18n import _, locale_of
from consult.refusal import Refused
from consult.web import Request


def _address(_form: Form, field: Field) -> None:
    # What was sent is looked at and not the tidied text, so that no letter goes to an address that
    # nobody typed.
    try:
        addresses.normalise((field.raw_data or [""])[0])
    except Refused as refused:
        raise ValidationError(refused.message) from None


def _good_password(form: Form, field: Field) -> None:
    facts = [form[name].data or "" for name in ("email", "name") if name in form]
    try:
        passwords.check(field.data, [*facts, *getattr(form, "about", ())])
    except Refused as refused:
        raise ValidationError(refused.message) from None


EMAIL_MISSING = _("Enter your e-mail address.")
PASSWORD_MISSING = _("Enter your password.")


class NameField(StringField):
    """The name that others see."""

    def __init__(self, label: str, **kw: Any) -> None:
        checks = [
            required(_("Enter the name to show beside your comments.")),
            at_most(names.LONGEST),
        ]
        super().__init__(label, filters=[one_line], validators=checks, **kw)


class EmailForm(RequestForm):
    """An address, for somebody who forgot the password, and where they wanted to go."""

    email = StringField(
        _("E-mail address"), filters=[one_line], validators=[required(EMAIL_MISSING), _address]
    )
    next = HiddenField(filters=[local_path])


class RegisterForm(RequestForm):
    """What somebody registers with."""

    name = NameField(
        _("Your name"),
        description=_(
            "Everybody sees it beside your comments. It need not be your full name, but it must "
            "not look like an official’s."
        ),
    )
    email = StringField(
        _("E-mail address"),
        description=_("Nobody else sees it. We send you a letter to make sure that it is yours."),
        filters=[one_line],
        validators=[required(EMAIL_MISSING), _address],
    )
    password = PasswordField(
        _("Password"),
        description=_("At least 10 characters. Three or four words that you can remember do well."),
        validators=[required(_("Choose a password.")), _good_password],
    )
    next = HiddenField(filters=[local_path])


class SignInForm(RequestForm):
    """Address and password; their shape is not looked at, only whether they are right."""

    email = StringField(
        _("E-mail address"), filters=[one_line], validators=[required(EMAIL_MISSING)]
    )
    password = PasswordField(_("Password"), validators=[required(PASSWORD_MISSING)])
    next = HiddenField(filters=[local_path])


class ConfirmForm(RequestForm):
    """The button in reply to a letter, with the password where it is asked for."""

    password = PasswordField(_("The password that you chose when you registered"))


class NewPasswordForm(RequestForm):
    """A new password in reply to a letter; `about`: what it may not contain."""

    password = PasswordField(
        _("New password"),
        description=_("At least 10 characters. Three or four words that you can remember do well."),
        validators=[required(_("Choose a password.")), _good_password],
    )
    about: tuple[str, ...] = ()


class ChangePasswordForm(NewPasswordForm):
    """A new password from somebody who knows the present one."""

    current = PasswordField(
        _("Current password"), validators=[required(_("Enter your current password."))]
    )


class CloseForm(RequestForm):
    """The password, as a sign that it is really the person who closes the account."""

    password = PasswordField(_("Password"), validators=[required(PASSWORD_MISSING)])


class ProfileForm(RequestForm):
    """Name and language; the language only where the site has several."""

    name = NameField(
        _("Your name"),
        description=_("What you have already written keeps the name that you signed it with."),
    )
    locale = SelectField(_("Language"), description=_("Of the site, and of letters to you."))

    @classmethod
    def of(cls, request: Request) -> "ProfileForm":
        """Return the form with what `request`'s account has now, or what was sent."""
        account: Account = request.identity
        form = cls(request, name=account.display_name, locale=account.locale)
        enabled = request.consult.locales
        form.locale.choices = [
            (name, locale_of(name).get_display_name() or name) for name in enabled
        ]
        if len(enabled) == 1:
            del form["locale"]
        return form
