"""Sending letters: to a mail server, or into a folder where one can look at them."""

import logging
from collections.abc import Sequence
from email.message import EmailMessage

from pyramid.registry import Registry

from consult.accounts.models import Account
from consult.notifications import folder, smtp
from consult.notifications.context import desk
from consult.notifications.letters import Letter, write
from consult.notifications.mail import message_of
from consult.outbox import Payload
from consult.settings import Settings

log = logging.getLogger(__name__)


def keep(registry: Registry, payloads: Sequence[Payload]) -> None:
    """Write and send the letters that were promised; raises if one has to be tried again."""
    settings: Settings = registry["settings"]
    for payload in payloads:
        letter = _written(registry, payload)
        if letter is None:
            log.info("letter %s (%s): not needed any more", payload["name"], payload["letter"])
        else:
            _send(settings, letter, message_of(letter, settings))


def _written(registry: Registry, payload: Payload) -> Letter | None:
    # The session ends here: a slow mail server must not keep a transaction open.
    with registry["sessions"]() as session:
        account = session.get(Account, payload["account_id"])
        return write(desk(registry, session, account, payload)) if account else None


def _send(settings: Settings, letter: Letter, message: EmailMessage) -> None:
    """Send one letter; the log never says to whom."""
    if settings.letters == "folder":
        folder.deliver(settings, letter, message)
    else:
        try:
            smtp.deliver(settings, letter.recipient, message)
        except smtp.RecipientRefused as refused:
            log.warning("letter %s (%s): dropped, %s", letter.name, letter.kind, refused)
            return
    log.info("letter %s (%s): sent", letter.name, letter.kind)
