"""The ways to narrow a search down, each with the number of results that it would give."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consult.comments.models import Contribution
from consult.search.asking import Asked
from consult.search.entries import EntryKind
from consult.search.indexing import ANSWERED, UNANSWERED
from consult.search.results import Facets, Order
from consult.web import Request

_MOST = 12  # consultations to choose from


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that sets a filter, or with the value "" takes it away."""

    value: str
    href: str
    n: int | None  # None where a number would say nothing
    here: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What the page offers; a list is empty where there is nothing to choose."""

    kind: list[Choice]
    consultation: list[Choice]
    contribution: list[Choice]
    status: list[Choice]
    order: list[Choice]


def filters(asked: Asked, facets: Facets, request: Request) -> Filters:
    """Return the filters of a search with those counts."""
    every = _Offer(asked, request)
    popular = [slug for slug, _n in facets.consultation.most_common(_MOST)]
    if asked.consultation and asked.consultation not in popular:
        popular.append(asked.consultation)
    return Filters(
        kind=every.choices("kind", EntryKind, facets.kind),
        consultation=every.choices("consultation", popular, facets.consultation),
        contribution=every.choices("contribution", Contribution, facets.contribution),
        status=every.choices("status", (ANSWERED, UNANSWERED), facets.status),
        order=[
            Choice(order, asked.address(request, order=order), None, asked.order is order)
            for order in Order
        ],
    )


class _Offer:
    def __init__(self, asked: Asked, request: Request) -> None:
        self._asked = asked
        self._request = request

    def choices(self, name: str, values: Iterable[str], counts: Counter[str]) -> list[Choice]:
        """Return the choices that lead anywhere, after the one that takes the filter away."""
        chosen = getattr(self._asked, name)
        found = [
            self._choice(name, value, counts[value])
            for value in values
            if counts[value] or value == chosen
        ]
        if chosen is None and len(found) < 2:
            return []
        # Every entry has a kind and a consultation, so that their sum is what there is in all.
        total = counts.total() if name in ("kind", "consultation") else None
        return [self._choice(name, None, total), *found]

    def _choice(self, name: str, value: str | None, n: int | None) -> Choice:
        changes: dict[str, Any] = {name: value}
        href = self._asked.address(self._request, **changes)
        return Choice(value or "", href, n, value == getattr(self._asked, name))
