"""E-mail addresses: one way of writing each, so that nobody has two accounts for one mailbox."""

import hashlib

from email_validator import EmailNotValidError, validate_email

from consult.i18n import _
from consult.refusal import Refused

# RFC 5321, 4.5.3.1.3, less the angle brackets.
LONGEST = 254


def normalise(typed: str) -> str:
    """Return the one form in which an address is stored: small letters, the domain in ASCII.

    An ASCII domain (IDNA) can be written to through every mail server. Letters outside ASCII before
    the @ cannot, and are refused like everything else that is no address (RFC 5321).
    Nothing is looked up. Raises Refused.
    """
    typed = typed.strip()
    if len(typed) > LONGEST:
        raise Refused(
            _("An e-mail address has at most ${length} characters.", mapping={"length": LONGEST})
        )
    try:
        # The "test environment" admits the domain .test, with which a new site can be tried.
        found = validate_email(
            typed, check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except (EmailNotValidError, UnicodeError):
        raise Refused(
            _("Enter an e-mail address in the correct format, like name@example.org.")
        ) from None
    return (found.ascii_email or found.normalized).casefold()


def digest(typed: str) -> str:
    """Return what stands for an address where attempts are counted: the address itself stays out."""
    try:
        address = normalise(typed)
    except Refused:
        address = typed.strip().casefold()
    return hashlib.sha256(address.encode(errors="replace")).hexdigest()[:32]
