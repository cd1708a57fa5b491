"""Browsers in which somebody has signed in before, so that strangers who guess cannot shut them out.

After OWASP's "Slow Down Online Guessing Attacks with Device Cookies": whoever signed in keeps a
signed cookie for each of their last few accounts, and from then on their attempts are counted by
it, apart from everybody else's. It lets nobody in, and is sent with nothing but signing in.
"""

import base64
import hashlib
import hmac
import re
import secrets

from pyramid.response import Response

from consult.accounts import addresses
from consult.accounts.models import Account
from consult.accounts.secret import site_secret
from consult.settings import Settings
from consult.web import Request

AGE = 365 * 86400  # seconds
MOST = 5  # accounts that share a browser
PATH = "/sign-in"
_MARK = re.compile(r"([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{43})")
_LONGEST = 1000


def cookie_name(settings: Settings) -> str:
    """Return the cookie's name; over TLS with the prefix that browsers enforce (RFC 6265bis)."""
    return "__Secure-device" if settings.secure else "device"


def known(request: Request, whom: str) -> str:
    """Return what stands for this browser if `whom` has signed in in it before, else "".

    `whom` is an address as `addresses.digest` gives it.
    """
    for mark in _marks(request):
        if _is_of(request, mark, whom):
            return mark.partition(".")[0]
    return ""


def remember(request: Request, account: Account) -> None:
    """Have the browser know that `account` signed in; the cookie goes out with the response."""
    whom = addresses.digest(account.email)
    marks = [mark for mark in _marks(request) if not _is_of(request, mark, whom)]
    nonce = secrets.token_urlsafe(12)
    value = "~".join([_signed(request, nonce, whom), *marks][:MOST])
    request.add_response_callback(lambda _request, response: _set(response, request, value))


def _marks(request: Request) -> list[str]:
    held = request.cookies.get(cookie_name(request.consult), "")[:_LONGEST]
    return [mark for mark in held.split("~")[:MOST] if _MARK.fullmatch(mark)]


def _is_of(request: Request, mark: str, whom: str) -> bool:
    return hmac.compare_digest(mark, _signed(request, mark.partition(".")[0], whom))


def _signed(request: Request, nonce: str, whom: str) -> str:
    said = f"device.{nonce}.{whom}"
    digest = hmac.digest(site_secret(request.consult), said.encode(), hashlib.sha256)
    return f"{nonce}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def _set(response: Response, request: Request, value: str) -> None:
    response.set_cookie(
        cookie_name(request.consult),
        value,
        max_age=AGE,
        path=PATH,
        secure=request.consult.secure,
        httponly=True,
        samesite="Lax",
    )
