"""The gate: what becomes of every paragraph before a later version is published."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.accounts.security import me
from consult.drafts.events import VersionPublished
from consult.drafts.models import Document
from consult.fates.deciding import SURE, lock
from consult.fates.impact import stakes_of
from consult.gate.entries import Show, page_of
from consult.gate.forms import DecideForm, PassForm
from consult.gate.opening import Gate, open_gate
from consult.gate.passing import pass_gate
from consult.gate.questions import Answered, questions_of
from consult.gate.rows import rows_of
from consult.gate.warnings import gate_warnings
from consult.i18n import direction_of, translate
from consult.intake.preview_page import REPLACED, seen, to_desk
from consult.intake.store import working_version
from consult.permissions import Permission
from consult.refusal import Refused
from consult.web import Request

TEMPLATE = "consult:gate/templates/gate.jinja2"
ROWS = 100
QUESTIONS = 20


@view_config(
    route_name="gate", request_method="GET", renderer=TEMPLATE, permission=Permission.PUBLISH
)
def show_gate(document: Document, request: Request) -> dict[str, Any] | Response:
    """Show what becomes of every paragraph; where nothing waits behind a published version, lead on."""
    gate = open_gate(document, request)
    if gate is None:
        return elsewhere(document, request)
    return page(gate, answered=begun(request))


def begun(request: Request) -> Answered:
    """Return what an official had begun to answer on a page that is filled in again."""
    if request.filled_in is None or "p" not in request.filled_in:
        return Answered()
    form = DecideForm(request)
    key = form.p.data or ""
    return Answered({key: form.fate.data or ""}, {key: form.other.data or ""})


@view_config(
    route_name="gate_pass", request_method="POST", renderer=TEMPLATE, permission=Permission.PUBLISH
)
def publish(document: Document, request: Request) -> dict[str, Any] | Response:
    """Publish the version whose fates the official has looked at."""
    gate = open_gate(document, request)
    if gate is None:
        return elsewhere(document, request)
    form, version = PassForm(request), gate.sides.version
    refused: list[str] = []
    try:
        # From here on nobody can change what was looked at.
        lock(request.db, version)
        if form.seen.data != seen(version):
            gate = open_gate(document, request) or gate
            form.seen.data = seen(gate.sides.version)
            refused.append(translate(request, REPLACED))
        elif form.validate():
            _pass(gate, form)
            return to_desk(gate.document, request, "version-published")
    except Refused as refusal:
        refused.append(translate(request, refusal.message))
    request.response.status_int = 422
    return page(gate, form=form, refused=refused)


def _pass(gate: Gate, form: PassForm) -> None:
    request, sides = gate.request, gate.sides
    pass_gate(
        request.db,
        sides.version,
        stakes_of(request.registry, request.db, sides.last),
        what_changed=form.what_changed.data or "",
        actor_id=account_id(request),
    )
    request.registry.notify(VersionPublished(sides.version))


def elsewhere(document: Document, request: Request) -> Response:
    """Lead on from where there is no gate: to the preview of a first version, or to the desk."""
    if working_version(request.db, document) is None:
        return to_desk(document, request)
    return HTTPSeeOther(
        request.route_path("preview", slug=document.consultation.slug, document=document.slug)
    )


def account_id(request: Request) -> int:
    """Return the id of the official who asks."""
    account = me(request)
    assert account is not None  # nobody else has the permission
    return account.id


def asked_show(gate: Gate) -> Show:
    """Return the filter that the address asks for; else what is in doubt, or what changed."""
    asked = gate.request.params.get("show", "")
    if asked in set(Show):
        return Show(asked)
    return Show.DOUBTFUL if gate.summary.doubtful else Show.CHANGED


def _counts(gate: Gate, show: Show) -> dict[Show, int]:
    """Return how many entries each filter lets through, without those that show nothing else."""
    counts = {s: sum(e.shown(s) for e in gate.entries) for s in Show}
    if counts[Show.WAITING] == counts[Show.DOUBTFUL] and show is not Show.WAITING:
        del counts[Show.WAITING]
    return {s: n for s, n in counts.items() if n or s is show}


def page(
    gate: Gate,
    *,
    form: PassForm | None = None,
    refused: Sequence[str] = (),
    answered: Answered | None = None,
) -> dict[str, Any]:
    """Return what the template shows; `answered` is what could not be taken and is asked again."""
    request, sides = gate.request, gate.sides
    answered = answered or Answered()
    show = asked_show(gate)
    one = gate.by_key.get(request.params.get("p", ""))
    again = [e for e in gate.entries if e.key in answered.chosen]
    asking = show in (Show.DOUBTFUL, Show.WAITING) or one is not None
    part = page_of(
        gate.entries, show, request.params.get("from", ""), QUESTIONS if asking else ROWS
    )
    asked = again or ([one] if one else list(part.entries) if asking else [])
    return {
        "gate": gate,
        "document": gate.document,
        "consultation": gate.document.consultation,
        "version": sides.version,
        "last": sides.last,
        "summary": gate.summary,
        "show": show,
        "counts": _counts(gate, show),
        "part": part,
        "one": bool(one or again),
        "questions": questions_of(gate, asked, answered) if asked else [],
        "rows": [] if asking or again else rows_of(request, sides, part.entries),
        "answered": answered,
        "alike": sum(e.doubtful and e.likeness >= SURE for e in gate.entries),
        "undo": gate.decided_last(),
        "form": form or PassForm(request, seen=seen(sides.version)),
        "seen": seen(sides.version),
        "refused": refused,
        "warnings": gate_warnings(request, sides.version),
        "text_lang": sides.version.language,
        "text_dir": direction_of(sides.version.language) if sides.version.language else "",
    }
