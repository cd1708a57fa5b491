"""Who may do what in which phase: one table, which an official can read and correct."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from pyramid.authorization import Allow, Authenticated, Deny, Everyone

from consult.accounts.models import Role
from consult.permissions import Permission


class Phase(StrEnum):
    """Where a consultation stands in its life."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"


class Audience(StrEnum):
    """Who may know of the consultation at all."""

    PUBLIC = "public"
    OFFICIALS = "officials"


class Commenters(StrEnum):
    """Who may comment while it is open."""

    EVERYONE = "everyone"  # guests too, once they confirmed their address
    ACCOUNTS = "accounts"
    OFFICIALS = "officials"


ACTS = {
    "read": Permission.READ,
    "text": Permission.READ_TEXT,
    "comment": Permission.COMMENT,
    "vote": Permission.VOTE,
    "report": Permission.REPORT,
    "revise": Permission.REVISE,
    "withdraw": Permission.WITHDRAW,
    "reply": Permission.REPLY,
    "moderate": Permission.MODERATE,
    "working": Permission.SEE_WORKING,
    "import": Permission.IMPORT,
    "publish": Permission.PUBLISH,
    "manage": Permission.MANAGE,
}

# A visitor is anybody, a citizen anybody signed in, an author the person who wrote the comment in
# question. Whoever holds two roles may do what either may. "read" is about the consultation, "text" is
# its documents with everything said and answered there.
TABLE = """
phase      role           may
draft      official       read text working import publish manage
draft      signatory      read text working
draft      moderator      read text working
draft      administrator  read text working import publish manage

scheduled  visitor        read
scheduled  citizen        read
scheduled  official       read text working import publish manage
scheduled  signatory      read text working
scheduled  moderator      read text working
scheduled  administrator  read text working import publish manage

open       visitor        read text comment
open       citizen        read text comment vote report
open       author         revise withdraw
open       official       read text comment vote report reply working import publish manage
open       signatory      read text comment vote report reply working
open       moderator      read text comment vote report moderate working
open       administrator  read text comment vote report moderate working import publish manage

closed     visitor        read text
closed     citizen        read text report
closed     author         withdraw
closed     official       read text report reply working import publish manage
closed     signatory      read text report reply working
closed     moderator      read text report moderate working
closed     administrator  read text report moderate working import publish manage

answered   visitor        read text
answered   citizen        read text report
answered   author         withdraw
answered   official       read text report reply working manage
answered   signatory      read text report reply working
answered   moderator      read text report moderate working
answered   administrator  read text report moderate working manage
"""

VISITOR, CITIZEN, AUTHOR = "visitor", "citizen", "author"


def _read(table: str) -> dict[tuple[Phase, str], frozenset[Permission]]:
    rows = [line.split() for line in table.strip().splitlines()[1:] if line]
    return {
        (Phase(phase), role): frozenset(ACTS[act] for act in acts) for phase, role, *acts in rows
    }


MAY = _read(TABLE)


def may(phase: Phase, role: str) -> frozenset[Permission]:
    """Return what `role` may do in `phase` where nothing else is restricted."""
    return MAY.get((phase, role), frozenset())


def principals(role: Role, department_id: int, consultation_id: int) -> list[str]:
    """Return the principals of those who hold `role` for a consultation, wherever granted."""
    return [
        f"{role}@site",
        f"{role}@department:{department_id}",
        f"{role}@consultation:{consultation_id}",
    ]


def acl(
    phase: Phase,
    audience: Audience,
    commenters: Commenters,
    department_id: int,
    consultation_id: int,
) -> list[Any]:
    """Return the access control list of a consultation that stands in `phase`."""
    entries = [
        (Allow, principal, tuple(may(phase, role)))
        for role in Role
        for principal in principals(role, department_id, consultation_id)
    ]
    if audience is Audience.PUBLIC:
        entries += _public(phase, commenters)
    elif phase is not Phase.DRAFT:
        # Officials talk across departments, inside: any of them reads and comments.
        entries += [(Allow, "inside", tuple(may(phase, CITIZEN)))]
    return [*entries, (Deny, Everyone, tuple(ACTS.values()))]


def acl_of_text(entries: Sequence[Any]) -> list[Any]:
    """Return what is left of a consultation's list for its documents and all that stands in them.

    Whoever may not read the text has no other right to it either: to them there is no such document.
    """
    return [entry for entry in entries if entry[0] == Deny or Permission.READ_TEXT in entry[2]]


def _public(phase: Phase, commenters: Commenters) -> Iterable[Any]:
    for principal, role, admitted in (
        (Everyone, VISITOR, commenters is Commenters.EVERYONE),
        (Authenticated, CITIZEN, commenters is not Commenters.OFFICIALS),
    ):
        granted = may(phase, role)
        yield (Allow, principal, tuple(granted if admitted else granted - {Permission.COMMENT}))
