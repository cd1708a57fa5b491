"""Handing letters to a mail server (RFC 5321)."""

import re
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import urlsplit

from consult.notifications.mail import POLICY
from consult.settings import Settings

TIMEOUT = 30  # seconds for each answer of the server

# Refusals that say nothing of the address: the server does not let us send (RFC 3463, 5.7).
_ABOUT_US = re.compile(r"5\.7\.|.*\brelay", re.IGNORECASE)


class NotDelivered(Exception):
    """The letter was not taken, and may be taken later; the message holds no address."""


class RecipientRefused(Exception):
    """The server says for good that it takes nothing for this address; the message holds none."""


def deliver(settings: Settings, recipient: str, message: EmailMessage) -> None:
    """Hand `message` over. Raises NotDelivered or RecipientRefused."""
    try:
        with _connection(settings) as server:
            _hand_over(server, settings, recipient, message)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = error.recipients[recipient]
        said = _said(code, words, recipient)
        if 500 <= code < 600 and not _ABOUT_US.match(_text(words)):
            raise RecipientRefused(said) from None
        raise NotDelivered(said) from None
    except smtplib.SMTPResponseException as error:
        raise NotDelivered(_said(error.smtp_code, error.smtp_error, recipient)) from None
    except (OSError, smtplib.SMTPException) as error:
        reason = str(error).replace(recipient, "...")
        raise NotDelivered(f"no letter could be handed over: {reason}") from None


def _connection(settings: Settings) -> smtplib.SMTP:
    # Our name in the greeting; the library would ask the name service for it.
    name = urlsplit(settings.public_url).hostname or "localhost"
    host, port = settings.smtp_host, settings.smtp_port
    # Certificates are verified, against the machine's authorities.
    context = ssl.create_default_context()
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, name, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(host, port, name, timeout=TIMEOUT)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
    except BaseException:
        server.close()
        raise
    return server


def _hand_over(
    server: smtplib.SMTP, settings: Settings, recipient: str, message: EmailMessage
) -> None:
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password)
    server.ehlo_or_helo_if_needed()
    eight_bits = server.has_extn("8bitmime")
    policy = POLICY if eight_bits else POLICY.clone(cte_type="7bit")
    server.sendmail(
        settings.letters_from,
        [recipient],
        message.as_bytes(policy=policy),
        mail_options=["BODY=8BITMIME"] if eight_bits else [],
    )


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


def _said(code: int, words: bytes | str, recipient: str) -> str:
    said = " ".join(_text(words).replace(recipient, "...").split())[:200]
    return f"the mail server answered {code} {said}"
