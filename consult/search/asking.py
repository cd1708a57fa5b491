"""What the address of the search page asks for, and the addresses of its neighbours."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from consult.comments.models import Contribution
from consult.search.entries import EntryKind
from consult.search.indexing import ANSWERED, UNANSWERED
from consult.search.query import LONGEST_QUERY
from consult.search.results import Order
from consult.web import Request, whole_number

MOST_PAGES = 999_999  # addresses name no more

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """One search. What the site does not know ("kind=nonsense") counts as not asked for."""

    q: str = ""
    kind: EntryKind | None = None
    consultation: str | None = None
    contribution: Contribution | None = None
    status: str | None = None
    order: Order = Order.BEST
    page: int = 1

    @property
    def shown(self) -> str:
        """As much of what was typed as is used and shown again."""
        return self.q.strip()[:LONGEST_QUERY]

    @property
    def filters(self) -> int:
        """How many filters are set."""
        every = (self.kind, self.consultation, self.contribution, self.status)
        return sum(value is not None for value in every)

    def query(self, page: int = 1) -> dict[str, str]:
        """Return the address's query, without what goes without saying."""
        said = {
            "q": self.shown,
            "in": self.kind,
            "consultation": self.consultation,
            "kind": self.contribution,
            "status": self.status,
            "order": None if self.order is Order.BEST else self.order,
            "page": str(page) if page > 1 else None,
        }
        return {name: str(value) for name, value in said.items() if value is not None}

    def address(self, request: Request, page: int = 1, **changes: Any) -> str:
        """Return the address of the same search with `changes`, from its first page on."""
        asked = replace(self, **changes)
        return str(request.route_path("search", _query=asked.query(page)))


def read_address(given: Mapping[str, str], consultations: Collection[str]) -> Asked:
    """Return what is asked for; a consultation counts if it is among those that one may read."""
    consultation, status = given.get("consultation"), given.get("status")
    return Asked(
        q=given.get("q", ""),
        kind=_member(EntryKind, given.get("in")),
        consultation=consultation if consultation in consultations else None,
        contribution=_member(Contribution, given.get("kind")),
        status=status if status in (ANSWERED, UNANSWERED) else None,
        order=_member(Order, given.get("order")) or Order.BEST,
        page=whole_number(given.get("page"), MOST_PAGES) or 1,
    )


def _member(words: type[Word], given: str | None) -> Word | None:
    return words(given) if given in list(words) else None
