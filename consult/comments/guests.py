"""People who comment without an account: they leave a name and confirm an address."""

from dataclasses import dataclass

from consult.accounts import addresses, names
from consult.comments.form import GuestCommentForm
from consult.refusal import Refused
from consult.web import Request


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody as they described themselves: a name that may be shown and a normalised address."""

    name: str
    email: str


def described(request: Request, form: GuestCommentForm) -> Guest | None:
    """Return who the form says is writing; None, with errors on the form, if that cannot be."""
    name = email = ""
    try:
        name = names.check(request.db, form["name"].data, site_name=request.consult.site_name)
    except Refused as refused:
        form.refuse("name", refused.message)
    try:
        email = addresses.normalise(form["email"].data)
    except Refused as refused:
        form.refuse("email", refused.message)
    return Guest(name, email) if name and email else None
