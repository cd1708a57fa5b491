"""Where a letter is written: from the database, in the language of whoever gets it."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pyramid.i18n import TranslationString
from pyramid.registry import Registry
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.i18n import format_date, format_datetime, translate
from consult.outbox import Payload
from consult.redline.redlining import Pairs
from consult.settings import Settings
from consult.text import clean_line
from consult.text.lettering import html_of, letter_html, letter_lines, without_links
from consult.web import Request

WIDTH = 72  # characters in a line of the text form

# What programs that show letters make links of, as far as it stands in one word.
_LIKE_A_LINK = re.compile(r"\S*(?:://|@|\w\.[^\W\d_]{2})\S*")


class Form(StrEnum):
    """What a part of a letter is."""

    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LINK = "link"
    REDLINE = "redline"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter, in plain text; both of the letter's forms are made from it."""

    form: Form
    words: str
    address: str = ""  # where a link leads
    changes: Pairs = ()  # of a redline; `words` say the same with marks
    html: str = ""  # of a quotation, safe; `words` say the same in lines


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter of some kind says; `recipient` only where it is not the account's address."""

    subject: str
    parts: tuple[Part | None, ...]
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that is needed to write one letter."""

    session: Session
    request: Request
    account: Account
    payload: Payload

    @property
    def settings(self) -> Settings:
        """The site's settings."""
        return self.request.consult

    def say(self, message: TranslationString, **values: Any) -> str:
        """Return `message` in the recipient's language, each ``${name}`` replaced by its value.

        What people typed stays in its place in the sentence: on one line, in its direction.
        """
        values = {"site": self.settings.site_name, "contact": self.settings.contact} | values
        values = {
            name: clean_line(value) if isinstance(value, str) else value
            for name, value in values.items()
        }
        return translate(self.request, message % values)

    def paragraph(self, message: TranslationString, **values: Any) -> Part:
        """Return a paragraph that says `message`."""
        return Part(Form.PARAGRAPH, self.say(message, **values))

    def link(self, message: TranslationString, route: str, **place: Any) -> Part:
        """Return a link to a page of the site."""
        return Part(Form.LINK, self.say(message), self.address(route, **place))

    def address(self, route: str, **place: Any) -> str:
        """Return the address of a page as the operator publishes it, whatever host was asked."""
        url = self.request.route_url(route, _app_url=self.settings.public_url, **place)
        return str(url)

    def when(self, moment: datetime, zone: Any = None) -> str:
        """Return day and time as the recipient's language has them."""
        return format_datetime(self.request, moment, zone)

    def day(self, moment: datetime, zone: Any = None) -> str:
        """Return the day as the recipient's language has it."""
        return format_date(self.request, moment, zone)

    @property
    def written_at(self) -> datetime:
        """When the letter was promised: it has this date however often it is sent."""
        return datetime.fromisoformat(self.payload["at"])


def desk(registry: Registry, session: Session, account: Account, payload: Payload) -> Desk:
    """Return a desk at which a letter to `account` can be written."""
    settings: Settings = registry["settings"]
    request = Request.blank("/", base_url=settings.public_url)
    request.registry = registry
    known = account.locale in settings.locales
    request.locale_name = account.locale if known else settings.locales[0]
    return Desk(session, request, account, payload)


def quote(html: str, *, of_recipient: bool = False) -> Part | None:
    """Return somebody's words, sanitised HTML, whole as a part; None if there are none.

    Words of others lose what programs would make a link of: a letter of ours is trusted more than
    a page on which everybody can write.
    """
    safe = html if of_recipient else without_links(html)
    lines = letter_lines(safe, WIDTH - len("> "))
    if not lines:
        return None
    return Part(Form.QUOTE, "\n".join(lines), html=letter_html(safe))


def quote_text(text: str) -> Part | None:
    """Return what officials or moderators wrote as plain text, whole as a part."""
    return quote(html_of(text), of_recipient=True)


def harmless(text: str) -> str:
    """Return `text` with an ellipsis for every word that programs would make a link of."""
    return _LIKE_A_LINK.sub("…", text)
