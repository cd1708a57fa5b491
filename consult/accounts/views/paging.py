"""Lists in pages, by key: what is added meanwhile shifts nothing, and page 1,000 costs what page 1 does."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from consult.web import Request, whole_number

T = TypeVar("T")
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows in ascending order of their key, and the addresses of the pages around them, if any."""

    rows: list[T]
    previous: str | None
    next: str | None


def page(
    request: Request, session: Session, query: Select[T], key: InstrumentedAttribute[int]
) -> Page[T]:
    """Return the page of `query` that the request's address asks for by ``after`` or ``before``.

    `query` has no order of its own; its rows have the attribute ``id``, which is `key`. What makes
    no sense in the address leads to the first page.
    """
    after = whole_number(request.GET.get("after")) or 0
    before = whole_number(request.GET.get("before")) or 0
    backwards = bool(before) and not after
    query = query.where(key < before) if backwards else query.where(key > after)
    query = query.order_by(key.desc() if backwards else key).limit(SIZE + 1)
    found = list(session.scalars(query))
    more, rows = len(found) > SIZE, found[:SIZE]
    if backwards:
        rows.reverse()
    ahead = bool(rows) and (more or backwards)
    behind = bool(rows) and (more if backwards else bool(after))
    return Page(
        rows,
        _address(request, before=rows[0].id) if behind else None,  # type: ignore[attr-defined]
        _address(request, after=rows[-1].id) if ahead else None,  # type: ignore[attr-defined]
    )


def _address(request: Request, **place: int) -> str:
    kept = {
        name: value
        for name, value in request.GET.items()
        if name not in ("after", "before", "notice")
    }
    address: str = request.current_route_path(_query=kept | place)
    return address
