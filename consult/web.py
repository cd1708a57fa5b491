"""The request as our views know it."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyramid.authorization import Allow, Authenticated, Everyone
from pyramid.request import Request as PyramidRequest
from webob.multidict import MultiDict, NestedMultiDict

from consult import clock
from consult.permissions import Permission
from consult.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ARRIVED = "consult.arrived_at"
# Marks a request whose answer has to be made without the database.
OFFLINE = "consult.offline"
FILLED_IN = "consult.filled_in"


class Request(PyramidRequest):
    """A Pyramid request, with what our features hang on it."""

    db: "Session"
    context: Any

    def __init__(self, environ: dict[str, Any], *args: Any, **kw: Any) -> None:
        super().__init__(environ, *args, **kw)
        environ.setdefault(ARRIVED, clock.now())

    @property
    def identity(self) -> Any:
        """Who is signed in, or None; nobody while the database cannot be asked."""
        return None if self.environ.get(OFFLINE) else super().identity

    @property
    def arrived_at(self) -> datetime:
        """When the request's first byte reached us: no queue, retry or lock makes anybody late."""
        moment: datetime = self.environ[ARRIVED]
        return moment

    @property
    def filled_in(self) -> "MultiDict[str, Any] | None":
        """What to fill the page's form with again, where that is asked; see `layout.carrying`."""
        return self.environ.get(FILLED_IN)

    @property
    def typed(self) -> "MultiDict[str, Any]":
        """The fields of the form that was sent, or that is to be filled in again; none of a visit."""
        if self.filled_in is not None:
            return self.filled_in
        # The body of a visit, if it has any, has not been looked at and may be anything.
        return MultiDict() if self.method in ("GET", "HEAD", "OPTIONS") else self.POST

    @property
    def params(self) -> NestedMultiDict:
        """What stands in the address and in the form, together."""
        return NestedMultiDict(self.GET, self.typed)

    @cached_property
    def consult(self) -> Settings:
        """The site's settings."""
        settings: Settings = self.registry["settings"]
        return settings


def whole_number(given: object, most: int = 999_999_999) -> int | None:
    """Return the whole number, from 0 to `most`, that an address or a form names; None for all else."""
    if not isinstance(given, str) or not given.isascii() or not given.isdecimal():
        return None
    # Python takes its time over numbers of many thousand digits.
    number = int(given) if len(given) <= len(str(most)) else most + 1
    return number if number <= most else None


class Site:
    """The root of the lineage: what may be done on the site as a whole."""

    __parent__ = None
    __name__ = ""
    __acl__ = [
        (Allow, Everyone, Permission.BROWSE),
        (Allow, Authenticated, Permission.HOLD_ACCOUNT),
        (Allow, "official", Permission.WORK_AS_OFFICIAL),
        (Allow, "official", Permission.CREATE_CONSULTATION),
        (Allow, "signatory", Permission.WORK_AS_OFFICIAL),
        (Allow, "moderator", Permission.WORK_AS_MODERATOR),
        (
            Allow,
            "administrator@site",
            (
                Permission.ADMINISTER,
                Permission.WORK_AS_OFFICIAL,
                Permission.WORK_AS_MODERATOR,
                Permission.CREATE_CONSULTATION,
            ),
        ),
    ]


SITE = Site()


def site(_request: Request) -> Site:
    """Find the site itself: the factory of routes that are about no particular thing."""
    return SITE
