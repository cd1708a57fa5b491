"""People: registering, signing in, departments, grants."""

from pyramid.config import Configurator

from consult.accounts import asking
from consult.accounts.forgetting import tick
from consult.accounts.security import SecurityPolicy
from consult.i18n import _
from consult.web import site

ROUTES = {
    "register": "/register",
    "confirm": "/confirm/{key}",
    "sign_in": "/sign-in",
    "sign_out": "/sign-out",
    "forgotten": "/forgotten-password",
    "reset": "/reset-password/{key}",
    "account": "/account",
    "account_password": "/account/password",
    "account_session": "/account/sessions",
    "account_close": "/account/close",
    "admin": "/admin",
    "admin_accounts": "/admin/accounts",
    "admin_account": "/admin/accounts/{id:\\d{1,9}}",
    "admin_departments": "/admin/departments",
}

NOTICES = {
    "letter-sent": (
        "information",
        _(
            "We have sent a letter to the address that you gave. Open the link in it within three "
            "days. If nothing has come after ten minutes, look among unwanted mail, then try again."
        ),
    ),
    "confirm-first": (
        "warning",
        _(
            "Your password is right, but your address is not confirmed yet. We have sent you "
            "another letter: open the link in it, then you are signed in."
        ),
    ),
    "confirmed": ("success", _("Your address is confirmed, and you are signed in. Welcome!")),
    "signed-out": ("success", _("You are signed out.")),
    "reset-sent": (
        "information",
        _(
            "If somebody has an account with that address, a letter is on its way. Open the link "
            "in it within two hours."
        ),
    ),
    "password-reset": (
        "success",
        _("Your password is changed, and all devices are signed out. Sign in with the new one."),
    ),
    "password-changed": (
        "success",
        _("Your password is changed, and all your other devices are signed out."),
    ),
    "profile-changed": ("success", _("Your changes are saved.")),
    "device-signed-out": ("success", _("Signed out there.")),
    "account-closed": ("success", _("Your account is closed. Thank you for having taken part.")),
    "job-retried": ("success", _("The job is tried again now.")),
    "job-gone": ("information", _("Somebody else has already had this job tried again.")),
    "role-given": ("success", _("The role is given.")),
    "role-taken": ("success", _("The role is taken away.")),
    "department-added": ("success", _("The department is added.")),
    "department-renamed": ("success", _("The department is renamed.")),
}


def includeme(config: Configurator) -> None:
    config.set_security_policy(SecurityPolicy())
    for name, path in ROUTES.items():
        config.add_route(name, path, factory=site)
    for name, (kind, sentence) in NOTICES.items():
        config.add_notice(name, kind, sentence)
    config.add_job_handler(asking.REGISTER, asking.keep_registrations)
    config.add_job_handler(asking.RESET, asking.keep_resets)
    config.add_worker_tick(tick)
    config.add_form_page("account_session", "account")
    config.add_form_page("sign_out", "home")
    config.include("consult.accounts.destinations")
    config.include("consult.accounts.ended")
    config.scan("consult.accounts")
