"""The page of one's account on which one chooses letters."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from wtforms import SelectMultipleField

from consult.accounts.models import Account
from consult.forms import RequestForm, choices
from consult.i18n import _, translate
from consult.notifications.kinds import CHOICES
from consult.notifications.muting import choose, wanted
from consult.permissions import Permission
from consult.web import Request

PAGE = "consult:notifications/templates/preferences.jinja2"


class PreferencesForm(RequestForm):
    """The kinds of letters that are sent."""

    letters = SelectMultipleField(
        _("Send me a letter when"),
        choices=choices((kind, choice.name) for kind, choice in CHOICES.items()),
    )


def _page(request: Request, form: PreferencesForm) -> dict[str, Any]:
    hints = {kind.value: translate(request, choice.hint) for kind, choice in CHOICES.items()}
    return {"form": form, "hints": hints, "account": request.identity}


@view_config(
    route_name="account_letters",
    request_method="GET",
    renderer=PAGE,
    permission=Permission.HOLD_ACCOUNT,
)
def show(request: Request) -> dict[str, Any]:
    """Show which letters are sent."""
    kinds = [kind.value for kind in wanted(request.db, request.identity)]
    return _page(request, PreferencesForm(request, data={"letters": kinds}))


@view_config(
    route_name="account_letters",
    request_method="POST",
    renderer=PAGE,
    permission=Permission.HOLD_ACCOUNT,
)
def change(request: Request) -> Any:
    """Send the letters that were ticked and no others."""
    account: Account = request.identity
    form = PreferencesForm(request)
    if not form.validate():
        request.response.status_int = 422
        return _page(request, form)
    choose(request.db, account, form["letters"].data)
    return HTTPSeeOther(request.route_path("account_letters", _query={"notice": "letters-chosen"}))
