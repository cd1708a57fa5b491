"""People: registering, signing in, departments, grants."""

from pyramid.config import Configurator

from consult.accounts.security import SecurityPolicy
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
    "admin": "/admin",
    "admin_accounts": "/admin/accounts",
    "admin_account": "/admin/accounts/{id:\\d{1,9}}",
    "admin_departments": "/admin/departments",
}


def includeme(config: Configurator) -> None:
    config.set_security_policy(SecurityPolicy())
    for name, path in ROUTES.items():
        config.add_route(name, path, factory=site)
    config.scan("consult.accounts")
