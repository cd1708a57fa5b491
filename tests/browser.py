"""A browser without JavaScript for tests: forms, cookies, redirects."""

from typing import Any

from pyramid.router import Router
from sqlalchemy.orm import Session
from webtest import TestApp
from webtest.response import TestResponse

from consult.accounts.models import Account
from consult.accounts.security import digest
from tests.factories import Factory


class Browser:
    """Visits pages of the application as one person; `status` defaults are those of success."""

    def __init__(self, app: Router, db: Session) -> None:
        self.router = app
        self.db = db
        # As our server says of every body; WebOb would copy long ones to a file that nobody closes.
        environ = {"REMOTE_ADDR": "203.0.113.7", "webob.is_body_seekable": True}
        self.app = TestApp(app, extra_environ=environ)

    def signed_in(self, account: Account) -> "Browser":
        """Return another browser in which `account` is signed in."""
        other = Browser(self.router, self.db)
        secret = f"secret of {account.id} {id(other)}"
        Factory(self.db).login_session(account, digest(secret))
        self.db.commit()
        other.app.set_cookie("session", secret)
        return other

    def get(self, path: str, status: int | str = 200, **kw: Any) -> TestResponse:
        """Visit `path`."""
        response = self.app.get(path, status=status, **kw)
        self.db.expire_all()
        return response

    def post(self, path: str, fields: Any = (), status: int | str = 303, **kw: Any) -> TestResponse:
        """Send `fields` with a valid token, as the page's own form would."""
        # A page that was visited before may have set the cookie already.
        if "csrf" not in self.app.cookies:
            self.app.set_cookie("csrf", "token")
        fields = dict(fields) | {"csrf_token": self.app.cookies["csrf"].strip('"')}
        response = self.app.post(path, fields, status=status, **kw)
        self.db.expire_all()
        return response

    def raw_post(
        self, path: str, fields: Any = (), status: int | str = "*", **kw: Any
    ) -> TestResponse:
        """Send `fields` and nothing else."""
        return self.app.post(path, dict(fields), status=status, **kw)
