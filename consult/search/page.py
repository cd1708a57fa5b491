"""The search page: one box over drafts, comments and official replies."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pyramid.view import view_config

from consult.layout.caching import fresh
from consult.permissions import Permission
from consult.search.asking import Asked, read_address
from consult.search.engine import SearchUnavailable
from consult.search.filters import filters
from consult.search.index_updates import engine_of, not_shown_any_more
from consult.search.loading import load
from consult.search.query import Query, parse
from consult.search.readable import Searched, readable
from consult.search.results import DEEPEST, Hit, Results
from consult.web import Request

log = logging.getLogger(__name__)

_RETRY_AFTER = "30"  # seconds; a site of 20,000 comments has its index again by then


@view_config(
    route_name="search",
    request_method="GET",
    renderer="consult:search/templates/search.jinja2",
    permission=Permission.BROWSE,
    decorator=fresh,
)
def search_page(request: Request) -> dict[str, Any]:
    """Show what was found, or how to search."""
    consultations = readable(request)
    asked = read_address(request.GET, consultations)
    query = parse(asked.q)
    values: dict[str, Any] = {
        "asked": asked,
        "query": query,
        "consultations": consultations,
        "results": None,
        "found": [],
        "unavailable": False,
    }
    if not query:
        return values
    try:
        return values | _found(request, asked, query, consultations)
    except SearchUnavailable as error:
        log.warning("nobody can search: %s", error)
        # To a reader the page says so; nobody's cache and no crawler may take it for "no results".
        request.response.status_int = 503
        request.response.headers["Retry-After"] = _RETRY_AFTER
        return values | {"unavailable": True}


def _found(
    request: Request, asked: Asked, query: Query, consultations: dict[str, Searched]
) -> dict[str, Any]:
    results = engine_of(request.registry).search(
        query,
        consultation=asked.consultation,
        kind=asked.kind,
        contribution=asked.contribution,
        status=asked.status,
        within=consultations.keys(),
        without=not_shown_any_more(request.db),
        order=asked.order,
        page=asked.page,
    )
    found = load(request, results.hits, consultations.values(), query)
    results = _without(results, (hit for hit in results.hits if hit.id not in found))
    before, after = asked.page > 1, asked.page < results.pages
    return {
        "results": results,
        "found": list(found.values()),
        "filters": filters(asked, results.facets, request),
        "deepest": DEEPEST,
        "previous": asked.address(request, asked.page - 1) if before else None,
        "next": asked.address(request, asked.page + 1) if after else None,
    }


def _without(results: Results, vanished: Iterable[Hit]) -> Results:
    """Count hits out that went between the index's answer and the database's."""
    for hit in vanished:
        results = replace(results, total=results.total - 1)
        facets = results.facets
        for counts, value in (
            (facets.consultation, hit.consultation),
            (facets.kind, hit.kind.value),
            (facets.contribution, hit.contribution),
            (facets.status, hit.status),
        ):
            if value:
                counts[value] -= 1
    return results
