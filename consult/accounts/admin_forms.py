"""Forms of administrators about people and departments."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectField, StringField

from consult.accounts.models import SITE, Department, Role
from consult.accounts.people import LONGEST_DEPARTMENT
from consult.forms import RequestForm, at_most, choices, one_line, required
from consult.i18n import _, translate
from consult.web import Request

ROLES = {
    Role.OFFICIAL: _("Official"),
    Role.SIGNATORY: _("Signatory"),
    Role.MODERATOR: _("Moderator"),
    Role.ADMINISTRATOR: _("Administrator"),
}


class GrantForm(RequestForm):
    """A role to give; whether there is such a place is for the verb to find."""

    role = SelectField(_("Role"), choices=choices(ROLES.items()))
    place = SelectField(_("Where it holds"), validate_choice=False)
    department = SelectField(
        _("Department that the name carries"),
        description=_("For officials and signatories on the whole site."),
        validate_choice=False,
    )

    @classmethod
    def of(cls, request: Request, departments: Sequence[Department], **values: Any) -> "GrantForm":
        """Return the form with these departments to choose from."""
        form = cls(request, **values)
        there = [(f"department:{each.id}", each.name) for each in departments]
        form.place.choices = [(SITE, translate(request, _("The whole site"))), *there]
        form.department.choices = [("", translate(request, _("That of the consultation"))), *there]
        return form


class DepartmentForm(RequestForm):
    """The name of a department."""

    name = StringField(
        _("Name of the department"),
        filters=[one_line],
        validators=[
            required(_("Enter the name of the department.")),
            at_most(LONGEST_DEPARTMENT),
        ],
    )
    seen = HiddenField(filters=[one_line])  # the name that it had when it was to be renamed
