"""Saying no to a kind of letters by the link at its end, without signing in.

The link's key names account and kind, and is signed: it works for as long as the site keeps its
secret, and nothing is stored for it.
"""

import base64
import hashlib
import hmac
import re
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from consult.accounts.models import Account
from consult.accounts.secret import site_secret
from consult.i18n import translate
from consult.notifications.context import Desk
from consult.notifications.kinds import CHOICES, LetterKind
from consult.notifications.muting import is_muted, mute, unmute
from consult.permissions import Permission
from consult.settings import Settings
from consult.web import Request

PAGE = "consult:notifications/templates/unsubscribe.jinja2"
KEY = re.compile(r"([0-9]{1,9})\.([a-z-]{1,40})\.[A-Za-z0-9_-]{43}")


def unsubscribe_key(desk: Desk, kind: LetterKind) -> str:
    """Return the key for the link that ends letters of `kind` to the desk's account."""
    return _signed(desk.settings, desk.account.id, kind.value)


def _signed(settings: Settings, account_id: int, kind: str) -> str:
    said = f"unsubscribe.{account_id}.{kind}"
    digest = hmac.digest(site_secret(settings), said.encode(), hashlib.sha256)
    signature = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return f"{account_id}.{kind}.{signature}"


def _meant(request: Request) -> tuple[Account, LetterKind]:
    """Return whose letters of which kind the key is about; raise HTTPNotFound if it is not ours."""
    key = request.matchdict["key"]
    parts = KEY.fullmatch(key)
    if parts is None:
        raise HTTPNotFound
    ours = _signed(request.consult, int(parts[1]), parts[2])
    account = request.db.get(Account, int(parts[1]))
    if not hmac.compare_digest(key, ours) or account is None or parts[2] not in CHOICES:
        raise HTTPNotFound
    return account, LetterKind(parts[2])


def _page(request: Request, account: Account, kind: LetterKind) -> dict[str, Any]:
    return {
        "name": translate(request, CHOICES[kind].name),
        "muted": is_muted(request.db, account, kind),
    }


@view_config(
    route_name="unsubscribe",
    request_method="GET",
    renderer=PAGE,
    permission=Permission.BROWSE,
)
def ask(request: Request) -> dict[str, Any]:
    """Show the button: programs that check letters follow links, but press no buttons."""
    return _page(request, *_meant(request))


# A mail program's own button sends this by itself, without ever having seen our page (RFC 8058), so
# there is no token that it could send. The signed key is what only the letter's reader has.
@view_config(
    route_name="unsubscribe",
    request_method="POST",
    renderer=PAGE,
    permission=Permission.BROWSE,
    require_csrf=False,
)
def unsubscribe(request: Request) -> dict[str, Any]:
    """Send no more letters of the kind, and offer the way back."""
    account, kind = _meant(request)
    mute(request.db, account, kind)
    return _page(request, account, kind)


@view_config(
    route_name="unsubscribe",
    request_method="POST",
    request_param="again",
    renderer=PAGE,
    permission=Permission.BROWSE,
)
def send_again(request: Request) -> dict[str, Any]:
    """Take it back, by the button on the page."""
    account, kind = _meant(request)
    unmute(request.db, account, kind)
    return _page(request, account, kind)
