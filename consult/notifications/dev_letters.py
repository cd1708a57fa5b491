"""The letters in the folder, to look at. Routes and views exist in development only."""

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from consult.notifications.folder import NAME, folder_of
from consult.permissions import Permission
from consult.text import sanitise_wording
from consult.text.markup import stored
from consult.web import Request

SIZE = 50
_ADDRESS = re.compile(r"(https?://\S+)")
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)

# Marks of a redline, which no wording may hold, as such that one may.
_MARKS = {"del>": "s>", "ins>": "strong>"}


@view_config(
    route_name="dev_letters",
    request_method="GET",
    renderer="consult:notifications/templates/dev_letters.jinja2",
    permission=Permission.BROWSE,
)
def letters(request: Request) -> dict[str, Any]:
    """List the letters, the newest first."""
    folder = folder_of(request.consult)
    before = request.GET.get("before", "") or "~"  # which sorts after every name
    found = sorted(
        (p.name for p in folder.glob("*.eml") if NAME.fullmatch(p.name) and p.name < before),
        reverse=True,
    )
    page = found[:SIZE]
    more = len(found) > SIZE
    return {
        "letters": [(name, _read(request, name)) for name in page],
        "more": request.route_path("dev_letters", _query={"before": page[-1]}) if more else None,
        "folder": folder,
    }


@view_config(
    route_name="dev_letter",
    request_method="GET",
    renderer="consult:notifications/templates/dev_letter.jinja2",
    permission=Permission.BROWSE,
)
def letter(request: Request) -> dict[str, Any]:
    """Show one letter: its headers, its text and its HTML."""
    name = request.matchdict["letter"]
    if not NAME.fullmatch(name):
        raise HTTPNotFound
    message = _read(request, name)
    found = _BODY.search(_part(message, "html"))
    body = re.sub("|".join(_MARKS), lambda mark: _MARKS[mark[0]], found[1] if found else "")
    return {
        "message": message,
        "text": list(_linked(_part(message, "plain"))),
        # A page of the site shows nothing that did not go through the gates, its own letters too.
        "html": stored(sanitise_wording(body)),
    }


def _read(request: Request, name: str) -> EmailMessage:
    try:
        with (folder_of(request.consult) / name).open("rb") as file:
            return BytesParser(EmailMessage, policy=policy.default).parse(file)
    except FileNotFoundError:
        raise HTTPNotFound from None


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    return str(part.get_content()) if part else ""


def _linked(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether it is an address."""
    for number, piece in enumerate(_ADDRESS.split(text)):
        if piece:
            yield piece, number % 2 == 1
