"""A letter as mail servers take it (RFC 5322), with everything hostile kept out of the headers."""

from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any
from urllib.parse import urlsplit

from consult.notifications.letters import Letter
from consult.settings import Settings
from consult.text import clean_line


class Verbatim(UnstructuredHeader, BaseHeader):
    """A header that is written as it is.

    The library would turn an address that is longer than a line into encoded words, which have no
    meaning in this header (RFC 2369).
    """

    def fold(self, *, policy: Any) -> str:
        """Return the header as one line; headers refuse line breaks when they are set."""
        return f"{self.name}: {self}{policy.linesep}"


def _policy() -> "EmailPolicy[EmailMessage]":
    registry = HeaderRegistry()
    registry.map_to_type("list-unsubscribe", Verbatim)
    return SMTP.clone(header_factory=registry)


POLICY = _policy()


def message_of(letter: Letter, settings: Settings) -> EmailMessage:
    """Return the message with both forms of the letter.

    The same letter has the same Message-ID each time, so that a mail server or a person who gets it
    twice can tell. Letters that one can do without carry what mail programs need to offer their own
    button for it (RFC 8058).
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(_words(settings.site_name), addr_spec=settings.letters_from)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Reply-To"] = Address(addr_spec=settings.contact)
    message["Subject"] = _words(letter.subject)
    message["Date"] = letter.written_at
    message["Message-ID"] = f"<{letter.name}@{urlsplit(settings.public_url).hostname}>"
    # Asks automatic answers to stay away (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # The text's lines are short, so that it needs no encoding that hides it from the eye.
    message.set_content(letter.text, cte="8bit")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    # What is said of the content before there is any would become that of its first part.
    message["Content-Language"] = letter.language
    return message


def _words(typed: str) -> str:
    """Return words for a header: one line, in which nothing is encoded.

    The library decodes what looks like an encoded word (RFC 2047), and line breaks that come out of
    one would end the header.
    """
    return clean_line(typed).replace("=?", "= ?")
