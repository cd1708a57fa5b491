"""The key in a guest's letter that stands for signing in where the guest is asked for a verdict.

It names account and version and is signed: it works for as long as the site keeps its secret, opens
nothing else, and nothing is stored for it.
"""

import base64
import hashlib
import hmac
import re

from sqlalchemy.orm import Session

from consult.accounts.models import Account, AccountState
from consult.accounts.secret import site_secret
from consult.drafts.models import Version
from consult.settings import Settings

KEY = re.compile(r"([0-9]{1,9})\.[A-Za-z0-9_-]{43}")


def verdict_key(settings: Settings, account: Account, version: Version) -> str:
    """Return the key with which `account` answers what it is asked about `version`."""
    return _signed(settings, account.id, version.id)


def holder_of(session: Session, settings: Settings, key: str, version: Version) -> Account | None:
    """Return whose key it is; None where it is not one of ours for `version`."""
    parts = KEY.fullmatch(key)
    if parts is None:
        return None
    if not hmac.compare_digest(key, _signed(settings, int(parts[1]), version.id)):
        return None
    account = session.get(Account, int(parts[1]))
    return None if account is None or account.state is AccountState.CLOSED else account


def _signed(settings: Settings, account_id: int, version_id: int) -> str:
    said = f"verdict.{account_id}.{version_id}"
    digest = hmac.digest(site_secret(settings), said.encode(), hashlib.sha256)
    return f"{account_id}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"
