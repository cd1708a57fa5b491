"""A letter, written: its two forms are made from the same parts by two templates."""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context

from consult.accounts.models import AccountState
from consult.i18n import _, direction_of
from consult.notifications import account_letters, comment_letters, decision_letters
from consult.notifications.context import WIDTH, Desk, Draft
from consult.notifications.kinds import CHOICES, KINDS, LetterKind
from consult.notifications.muting import is_muted
from consult.notifications.rights import may_read
from consult.notifications.unsubscribing import unsubscribe_key
from consult.notifications.version_letters import version_published

WRITERS: Mapping[LetterKind, Callable[[Desk], Draft | None]] = {
    LetterKind.CONFIRM_ADDRESS: account_letters.confirm_address,
    LetterKind.REGISTRATION_REPEATED: account_letters.registration_repeated,
    LetterKind.RESET_PASSWORD: account_letters.reset_password,
    LetterKind.PASSWORD_CHANGED: account_letters.password_changed,
    LetterKind.ACCOUNT_CLOSED: account_letters.account_closed,
    LetterKind.CONFIRM_COMMENT: comment_letters.confirm_comment,
    LetterKind.COMMENT_HIDDEN: decision_letters.comment_hidden,
    LetterKind.COMMENT_PUBLISHED: decision_letters.comment_published,
    LetterKind.OFFICIAL_REPLY: comment_letters.official_reply,
    LetterKind.COMMENT_ANSWERED: comment_letters.comment_answered,
    LetterKind.VERSION_PUBLISHED: version_published,
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that can be sent; `unsubscribe` is an address, "" where the letter is essential."""

    name: str  # tells it from all others, and is the same each time that it is sent
    kind: LetterKind
    recipient: str
    language: str  # BCP 47
    subject: str
    text: str
    html: str
    written_at: datetime
    unsubscribe: str


def write(desk: Desk) -> Letter | None:
    """Return the letter that was promised; None if by now it is pointless, unwanted or not allowed."""
    kind = LetterKind(desk.payload["letter"])
    if is_muted(desk.session, desk.account, kind) or not may_read(desk, kind):
        return None
    draft = WRITERS[kind](desk)
    if draft is None or not _reaches(desk, draft):
        return None
    unsubscribe = ""
    if kind in CHOICES:
        unsubscribe = desk.address("unsubscribe", key=unsubscribe_key(desk, kind))
    language = desk.request.locale_name.replace("_", "-")
    values = {
        "request": desk.request,
        "lang": language,
        "dir": direction_of(language),
        "subject": draft.subject,
        "greeting": _greeting(desk),
        "parts": [part for part in draft.parts if part is not None],
        "why": desk.say(KINDS[kind].why),
        "site_name": desk.settings.site_name,
        "home": desk.address("home"),
        "unsubscribe": unsubscribe,
    }
    return Letter(
        name=desk.payload["name"],
        kind=kind,
        recipient=draft.recipient or desk.account.email,
        language=language,
        subject=draft.subject,
        text=ENVIRONMENT.get_template("letter.txt.jinja2").render(values),
        html=ENVIRONMENT.get_template("letter.html.jinja2").render(values),
        written_at=desk.written_at,
        unsubscribe=unsubscribe,
    )


def _reaches(desk: Desk, draft: Draft) -> bool:
    # A closed account has no address any more.
    return bool(draft.recipient) or desk.account.state is not AccountState.CLOSED


def _greeting(desk: Desk) -> str:
    # Before an address is confirmed, the name is what anybody typed into the form.
    if desk.account.state in (AccountState.GUEST, AccountState.UNCONFIRMED):
        return desk.say(_("Hello,"))
    return desk.say(_("Hello ${name},"), name=desk.account.display_name)


def wrapped(words: str, prefix: str = "") -> str:
    """Return `words` in lines that every mail program shows whole, each after `prefix`."""
    lines = [
        textwrap.fill(
            line,
            WIDTH,
            initial_indent=prefix,
            subsequent_indent=prefix,
            break_on_hyphens=False,
        )
        or prefix.rstrip()
        for line in words.splitlines()
    ]
    return "\n".join(lines)


def quoted(lines: str) -> str:
    """Return lines that are short already as those of somebody else (RFC 3676, 4.5)."""
    return "\n".join(f"> {line}".rstrip() for line in lines.split("\n"))


@pass_context
def _gettext(context: Context, message: str) -> str:
    return str(context["request"].localizer.translate(message, domain="consult"))


@pass_context
def _ngettext(context: Context, one: str, many: str, n: int) -> str:
    return str(context["request"].localizer.pluralize(one, many, n, domain="consult"))


def _environment() -> Environment:
    # Pages take their language from the request that a thread is answering; a letter is written for
    # somebody else, often where there is no such request.
    environment = Environment(
        loader=PackageLoader("consult.notifications"),
        autoescape=select_autoescape(["html.jinja2"], ["txt.jinja2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True
    )
    environment.filters["wrapped"] = wrapped
    environment.filters["quoted"] = quoted
    return environment


ENVIRONMENT = _environment()
