"""Who is asking, and what they may do: Pyramid's security policy on server-side sessions."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from pyramid.authorization import ACLHelper, Authenticated, Everyone
from pyramid.interfaces import ISecurityPolicy
from pyramid.request import RequestLocalCache
from pyramid.response import Response
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.accounts import devices
from consult.accounts.models import Account, AccountState, Grant, LoginSession
from consult.permissions import Permission
from consult.settings import Settings
from consult.web import Request

_ACL = ACLHelper()

# How stale "last seen" may be: writing it at every request would make every page a write.
SEEN_STEP = timedelta(hours=1)

# Asked with every page of whoever is signed in: one question, put together once.
_BY_TOKEN = (
    select(LoginSession)
    .where(LoginSession.token_digest == bindparam("digest"))
    .options(
        joinedload(LoginSession.account, innerjoin=True)
        .joinedload(Account.grants)
        .joinedload(Grant.department)
    )
)


def cookie_name(settings: Settings) -> str:
    """Return the sign-in cookie's name; over TLS with the prefix that browsers enforce (RFC 6265bis)."""
    return "__Host-session" if settings.secure else "session"


def digest(secret: str) -> str:
    """Return what is stored of a secret: secrets of 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin_session(request: Request, account: Account) -> LoginSession:
    """Sign `account` in on this device; the cookie goes out with whatever response is sent.

    The session that the browser held before ends, whoever's it was: secrets are never taken over.
    """
    _forget(request)
    secret = secrets.token_urlsafe(32)
    moment = clock.now()
    login = LoginSession(
        token_digest=digest(secret),
        account=account,
        created_at=moment,
        seen_at=moment,
        expires_at=moment + timedelta(days=request.consult.session_days),
    )
    request.db.add(login)
    age = request.consult.session_days * 86400
    request.add_response_callback(lambda _request, response: _set(response, request, secret, age))
    devices.remember(request, account)
    request.registry.getUtility(ISecurityPolicy).signed_in(request, account)
    return login


def end_session(request: Request) -> None:
    """Sign this device out and have the browser forget the cookie."""
    _forget(request)
    request.add_response_callback(lambda _request, response: _set(response, request, "", 0))


def held_digest(request: Request) -> str:
    """Return the digest of the secret in the browser's cookie; "" where there is none."""
    secret = request.cookies.get(cookie_name(request.consult))
    return digest(secret) if secret else ""


def _forget(request: Request) -> None:
    held = held_digest(request)
    if held:
        request.db.execute(delete(LoginSession).where(LoginSession.token_digest == held))


def end_all_sessions(session: Session, account: Account, *, but: str = "") -> None:
    """Sign `account` out everywhere, as after a new password; `but`: the digest of one to keep."""
    session.execute(
        delete(LoginSession).where(
            LoginSession.account_id == account.id, LoginSession.token_digest != but
        )
    )


def _set(response: Response, request: Request, secret: str, age: int) -> None:
    response.set_cookie(
        cookie_name(request.consult),
        secret,
        max_age=age,
        path="/",
        secure=request.consult.secure,
        httponly=True,
        samesite="Lax",
    )


class SecurityPolicy:
    """Finds the account behind the cookie and asks the lineage's access control lists."""

    def __init__(self) -> None:
        self._cache = RequestLocalCache(self._look_up)

    def identity(self, request: Request) -> Account | None:
        """Return the signed-in account or None; looked up once for each request."""
        account: Account | None = self._cache.get_or_create(request)
        return account

    def _look_up(self, request: Request) -> Account | None:
        secret = request.cookies.get(cookie_name(request.consult))
        if not secret:
            return None
        login = request.db.scalars(_BY_TOKEN, {"digest": digest(secret)}).unique().first()
        moment = clock.now()
        if login is None or login.expires_at <= moment:
            return None
        if login.account.state is not AccountState.ACTIVE:
            return None
        if moment - login.seen_at > SEEN_STEP and request.method == "POST":
            login.seen_at = moment
        return login.account

    def signed_in(self, request: Request, account: Account) -> None:
        """Take `account` for who is asking from now on, though its cookie only goes out with the answer."""
        self._cache.set(request, account)

    def authenticated_userid(self, request: Request) -> int | None:
        """Return the id of the signed-in account."""
        account = self.identity(request)
        return None if account is None else account.id

    def permits(self, request: Request, context: Any, permission: str) -> Any:
        """Say whether whoever asks has `permission` on `context`."""
        return permits(self.identity(request), context, permission)

    def remember(self, request: Request, userid: int, **kw: Any) -> list[tuple[str, str]]:
        """Give no headers: signing in goes through `begin_session`, which needs the database."""
        return []

    def forget(self, request: Request, **kw: Any) -> list[tuple[str, str]]:
        """Give no headers: signing out goes through `end_session`."""
        return []


def permits(account: Account | None, context: Any, permission: str) -> Any:
    """Say whether `account`, None standing for a visitor, has `permission` on `context`.

    Of a thing with a ``__within__`` that must be readable first: rights that people have to what is
    their own, as authors to their comments, end with the right to read what it stands in.
    """
    principals = principals_of(account)
    within = getattr(context, "__within__", None)
    if within is not None:
        readable = _ACL.permits(within, principals, Permission.READ)
        if not readable:
            return readable
    return _ACL.permits(context, principals, permission)


def principals_of(account: Account | None) -> list[str]:
    """Return everything that `account` counts as: itself, and its roles with and without place."""
    if account is None:
        return [Everyone]
    roles = {grant.role.value for grant in account.grants}
    placed = [f"{grant.role}@{grant.place}" for grant in account.grants]
    # Whoever holds a role sits inside the government and may read what is for officials only.
    inside = ["inside"] if roles else []
    return [Everyone, Authenticated, f"account:{account.id}", *sorted(roles), *inside, *placed]


def me(request: Request) -> Account | None:
    """Return the account that is signed in."""
    account: Account | None = request.identity
    return account


def my_id(request: Request) -> int | None:
    """Return the id of the account that is signed in, for logs and limits."""
    account = me(request)
    return None if account is None else account.id
