"""The reading page: a whole version, with how much is said about each paragraph."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.drafts.models import Document, Version
from consult.drafts.published import latest_version, version_number, wordings
from consult.fates.tracing import trail_to
from consult.i18n import direction_of
from consult.permissions import Permission
from consult.reading.figures import Tally, tally
from consult.reading.keeping import Kept
from consult.reading.page_cache import keep
from consult.reading.removed import no_more
from consult.reading.rendering import Frozen, freeze
from consult.web import Request

TEMPLATE = "consult:reading/templates/document.jinja2"
BUSIEST = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents or of what is talked about most."""

    href: str
    name: str
    n: int
    level: int = 1
    title: str = ""
    text: str = ""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """Paragraphs that were removed in version `number`: those that were commented on, and others."""

    number: int
    lines: list[Line]
    others: int


@view_config(
    route_name="document", request_method="GET", renderer=TEMPLATE, permission=Permission.READ
)
def document_page(document: Document, request: Request) -> dict[str, Any] | Response:
    """Show the latest published version."""
    version = latest_version(request.db, document)
    if version is None:
        raise HTTPNotFound
    asked = request.GET.get("go", "").strip()
    if asked:
        return _go_to(asked, document, version, request)
    return _page(document, version, version, request)


@view_config(
    route_name="version", request_method="GET", renderer=TEMPLATE, permission=Permission.READ
)
def version_page(document: Document, request: Request) -> dict[str, Any]:
    """Show a given published version."""
    version = version_number(request.db, document, int(request.matchdict["number"]))
    latest = latest_version(request.db, document)
    if version is None or latest is None:
        raise HTTPNotFound
    return _page(document, version, latest, request)


def _page(
    document: Document, version: Version, latest: Version, request: Request
) -> dict[str, Any]:
    consultation = document.consultation
    keep(request, document, next_change(consultation, request.arrived_at))
    frozen = frozen_version(request, version)
    counted = tally(request.db, document).gathered(frozen.became)
    here = request.route_path("document", slug=consultation.slug, document=document.slug)
    # Relative addresses: the text names one for each paragraph, and their bytes add up.
    at_a_version = request.matched_route.name == "version"
    base = "p/" if at_a_version else f"{document.slug}/p/"
    open_now = consultation.phase_now is Phase.OPEN
    whole = counted.whole
    return {
        "consultation": consultation,
        "document": document,
        "version": version,
        "latest": latest,
        "here": here,
        "text": frozen.filled(counted, base, request.localizer, open_now),
        "text_lang": version.language,
        "text_dir": direction_of(version.language) if version.language else "",
        "contents": contents(frozen, counted),
        "busiest": busiest(frozen, counted, here),
        "title_key": frozen.title_key,
        "title_n": counted.of(frozen.title_id).n,
        "removed": removed(frozen, counted, here),
        "n": whole.n,
        "people": whole.people,
        "questions": whole.questions,
        "answered": whole.questions_answered,
    }


def frozen_version(request: Request, version: Version) -> Frozen:
    """Return a published version's text with slots: it never changes, so it is made once."""
    kept: Kept[tuple[int, str], Frozen] = request.registry["frozen"]
    key = (version.id, request.locale_name)
    frozen = kept.get(key)
    if frozen is None:
        trail = trail_to(request.db, version)
        frozen = freeze(
            wordings(request.db, version),
            request.localizer,
            trail,
            no_more(request.db, trail, version.document_id, request.localizer),
        )
        kept.put(key, frozen)
    return frozen


def contents(frozen: Frozen, counted: Tally) -> list[Line]:
    """Return the headings with the number of comments on what stands under each."""
    return [
        Line(
            href=f"#p-{entry.key}",
            name=entry.title,
            title=entry.title,
            level=entry.level,
            n=sum(counted.of(paragraph_id).n for paragraph_id in entry.paragraph_ids),
        )
        for entry in frozen.contents
    ]


def busiest(frozen: Frozen, counted: Tally, here: str) -> list[Line]:
    """Return the paragraphs that most is said about, the whole draft left out."""
    slots = {slot.paragraph_id: slot for slot in frozen.slots}
    found = [i for i in counted.by_paragraph if i in slots]
    found.sort(key=lambda i: -counted.of(i).n)
    return [
        Line(
            href=f"{here}/p/{slots[i].key}",
            name=frozen.names[i],
            n=counted.of(i).n,
            text=frozen.excerpts[i],
            answered=bool(counted.of(i).answered),
        )
        for i in found[:BUSIEST]
    ]


def removed(frozen: Frozen, counted: Tally, here: str) -> list[Gone]:
    """Return for each version what was removed in it, the latest first.

    Only what somebody commented on is listed, the rest is counted: of a text written anew there may
    be thousands.
    """
    found = []
    for number, those in groupby(frozen.removed, key=lambda gone: gone.number):
        lines = [
            Line(f"{here}/p/{gone.key}", gone.name, counted.of(gone.paragraph_id).n)
            for gone in those
        ]
        said = [line for line in lines if line.n]
        found.append(Gone(number, said, len(lines) - len(said)))
    return found


def next_change(consultation: Consultation, now: datetime) -> datetime | None:
    """Return when the clock next changes the phase."""
    moments: Iterable[datetime | None] = (consultation.opens_at, consultation.closes_at)
    return min((m for m in moments if m is not None and m > now), default=None)


def _go_to(asked: str, document: Document, version: Version, request: Request) -> Response:
    """Without JavaScript, "go to 3.12" is a redirect to the paragraph of that label."""
    wanted = asked.casefold().rstrip(".")
    here = request.route_path("document", slug=document.consultation.slug, document=document.slug)
    frozen = frozen_version(request, version)
    for slot in frozen.slots:
        if frozen.names[slot.paragraph_id].casefold() == wanted:
            return HTTPSeeOther(f"{here}#p-{slot.key}")
    return HTTPSeeOther(f"{here}?notice=no-such-paragraph")
