"""The redline of any two published versions: the whole document with what changed between them."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.analysis.outcomes import causes_between
from consult.drafts.models import Document, Version
from consult.drafts.published import published_versions
from consult.fates.comparing import compare
from consult.fates.tracing import trail_to
from consult.fates.wording_rows import whole_text
from consult.i18n import direction_of
from consult.permissions import Permission
from consult.reading.change_comments import Remarks
from consult.reading.document import next_change
from consult.reading.figures import tally
from consult.reading.keeping import Kept
from consult.reading.marked_versions import Redline, mark
from consult.reading.page_cache import keep
from consult.web import Request, whole_number

TEMPLATE = "consult:reading/templates/redline.jinja2"
MOST_VERSIONS = 999_999  # of a document; addresses name no more


@view_config(
    route_name="redline", request_method="GET", renderer=TEMPLATE, permission=Permission.READ
)
def redline_page(document: Document, request: Request) -> dict[str, Any] | Response:
    """Show what changed from version ``from`` to version ``to``, by default in the latest one."""
    consultation = document.consultation
    keep(request, document, next_change(consultation, request.arrived_at))
    versions = {version.number: version for version in published_versions(request.db, document)}
    if len(versions) < 2:
        raise HTTPNotFound
    since, until = _asked(request, max(versions))
    if since not in versions or until not in versions:
        raise HTTPNotFound
    if since >= until:
        since, until = (until, since) if since > until else (max(1, until - 1), max(2, until))
        return HTTPSeeOther(address(request, document, since, until))
    redline, became = _redline(request, versions[since], versions[until])
    counted = tally(request.db, document).gathered(became)
    causes = causes_between(request.db, document, since, until)
    remarks = Remarks(request, counted, causes, became)
    language = versions[until].language
    whole = counted.whole
    return {
        "consultation": consultation,
        "document": document,
        "here": request.route_path("document", slug=consultation.slug, document=document.slug),
        "since": versions[since],
        "until": versions[until],
        "latest": max(versions),
        "versions": sorted(versions.values(), key=lambda version: version.number),
        "text": remarks.filled(redline),
        "text_lang": language,
        "text_dir": direction_of(language) if language else "",
        "redline": redline,
        "notes": [
            version
            for number, version in sorted(versions.items())
            if since < number <= until and version.what_changed
        ],
        "n": whole.n,
        "people": whole.people,
        "questions": whole.questions,
        "answered": whole.questions_answered,
    }


def address(request: Request, document: Document, since: int, until: int, key: str = "") -> str:
    """Return the address of a redline, or of what it says of the paragraph of that key."""
    return str(
        request.route_path(
            "redline",
            slug=document.consultation.slug,
            document=document.slug,
            _query={"from": since, "to": until},
            _anchor=f"p-{key}" if key else None,
        )
    )


def _asked(request: Request, latest: int) -> tuple[int, int]:
    until = _number(request, "to", latest)
    return _number(request, "from", max(1, until - 1)), until


def _number(request: Request, name: str, default: int) -> int:
    given = request.GET.get(name, "")
    if not given:
        return default
    number = whole_number(given, MOST_VERSIONS)
    if number is None:
        raise HTTPNotFound
    return number


def _redline(request: Request, old: Version, new: Version) -> tuple[Redline, dict[int, int]]:
    """Return the redline of two published versions, and where comments on what is gone count.

    Neither version ever changes, so it is made once and kept.
    """
    kept: Kept[tuple[int, int, str], tuple[Redline, dict[int, int]]] = request.registry["redlines"]
    key = (old.id, new.id, request.locale_name)
    made = kept.get(key)
    if made is None:
        trail = trail_to(request.db, new)
        olds, news = whole_text(request.db, old), whole_text(request.db, new)
        changes = compare(trail, olds, news, old.number, new.number)
        made = mark(changes, request.localizer), trail.became()
        kept.put(key, made)
    return made
