"""Finished pages, kept in memory for readers who are not signed in.

Asking whether a kept page is still true costs one number from the database: the document's
activity, which counts up in the same transaction as every visible change. A page that says how long
something lasts is made anew after a minute in any case.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pyramid.registry import Registry
from pyramid.response import Response
from sqlalchemy import Connection, Engine

from consult import clock
from consult.accounts.security import cookie_name
from consult.drafts.models import Document
from consult.layout.caching import answer, etag_of
from consult.reading.keeping import Kept
from consult.settings import Settings
from consult.web import Request

KEEP_FOR = timedelta(minutes=1)
MOST_BYTES = 64 * 2**20

_ASKED = "consult.shelf"


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page and what it was made from."""

    body: bytes
    etag: str
    document_id: int
    activity: int
    until: datetime


Shelf = Kept[tuple[str, str, str], Page]


def make_shelf() -> Shelf:
    """Return an empty shelf; pages are kept by address, query and language."""
    return Kept(MOST_BYTES, lambda page: len(page.body))


def keep(request: Request, document: Document, changes_at: datetime | None) -> None:
    """Have the response that is being made kept, at most until `changes_at`.

    To be called before anything else is read for the page: a change that comes in between then
    makes the page outdated and never the other way round.
    """
    until = clock.now() + KEEP_FOR
    if changes_at is not None:
        until = min(until, changes_at)
    request.environ[_ASKED] = (document.id, document.activity, until)


def shelf_tween(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    """Answer from the shelf where a kept page is still true; keep what views ask to have kept."""
    settings: Settings = registry["settings"]
    cookie = cookie_name(settings)
    shelf: Shelf = registry["shelf"]

    def tween(request: Request) -> Response:
        environ = request.environ
        signed_in = cookie in environ.get("HTTP_COOKIE", "")
        if signed_in or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return handler(request)
        language = environ.get("HTTP_ACCEPT_LANGUAGE", "") if len(settings.locales) > 1 else ""
        key = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""), language)
        page = shelf.get(key)
        if page is not None and _still_true(registry, page):
            return answer(page.body, page.etag, request)
        response = handler(request)
        asked = environ.pop(_ASKED, None)
        if asked is None or response.status_int != 200:
            return response
        page = Page(response.body, etag_of(response.body), *asked)
        shelf.put(key, page)
        return answer(page.body, page.etag, request)

    return tween


def _still_true(registry: Registry, page: Page) -> bool:
    if clock.now() >= page.until:
        return False
    bind: Engine | Connection = registry["sessions"].kw["bind"]
    # Straight to the driver: SQLAlchemy's own way would double what a kept page costs.
    question = f"SELECT activity FROM document WHERE id = {page.document_id:d}"  # noqa: S608
    if isinstance(bind, Connection):
        return bind.exec_driver_sql(question).scalar() == page.activity
    connection = bind.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(question)
        row = cursor.fetchone()
    finally:
        connection.close()
    return row is not None and row[0] == page.activity
