"""What officials answer at the gate: one paragraph, several at once, and taking back."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.drafts.models import Document
from consult.fates.deciding import confirm_alike, decide, take_back
from consult.gate.entries import Entry
from consult.gate.forms import DecideForm, meant
from consult.gate.opening import Gate, open_gate
from consult.gate.page import TEMPLATE, account_id, asked_show, elsewhere, page
from consult.gate.questions import Answered, value_of
from consult.i18n import _, translate
from consult.intake.preview_page import seen
from consult.permissions import Permission
from consult.refusal import Refused
from consult.web import Request

CHANGED = _("The draft was changed in the meantime. This is how it is now; decide again.")
OVERTAKEN = _(
    "Somebody else decided this in the meantime. Nothing of yours was kept; look at it again."
)
NOTHING = _("Tick the paragraphs that you confirm.")


@view_config(
    route_name="gate",
    request_method="POST",
    request_param="act=decide",
    renderer=TEMPLATE,
    permission=Permission.PUBLISH,
)
def answer(document: Document, request: Request) -> dict[str, Any] | Response:
    """Take what an official says of one paragraph."""
    gate = open_gate(document, request)
    if gate is None:
        return elsewhere(document, request)
    form = DecideForm(request)
    entry = gate.by_key.get(form.p.data or "")
    if entry is None or entry.old is None:
        return _conflict(gate, CHANGED)
    answered = Answered({entry.key: form.fate.data or ""}, {entry.key: form.other.data or ""})
    means = meant(gate, form.fate.data or "", form.other.data or "")
    if means.unclear is not None:
        answered.found[entry.key] = means.found
        return _refused(gate, answered, translate(request, means.unclear))
    if form.seen.data != entry.stamp and [*means.lines] != entry.news:
        return _conflict(gate, OVERTAKEN if entry.decided else CHANGED, answered)
    try:
        news = [line.paragraph_id for line in means.lines]
        choice = {entry.old.paragraph_id: news}
        decide(request.db, gate.sides.version, choice, account_id=account_id(request))
    except Refused as refusal:
        return _refused(gate, answered, translate(request, refusal.message))
    return _back(gate, [entry])


@view_config(
    route_name="gate",
    request_method="POST",
    request_param="act=ticked",
    renderer=TEMPLATE,
    permission=Permission.PUBLISH,
)
def confirm_ticked(document: Document, request: Request) -> dict[str, Any] | Response:
    """Confirm what is proposed for several paragraphs; each is sent as its key and its stamp."""
    gate = open_gate(document, request)
    if gate is None:
        return elsewhere(document, request)
    ticked = [str(value).partition(":")[::2] for value in request.POST.getall("confirm")]
    entries = {gate.by_key[key].key: stamp for key, stamp in ticked if key in gate.by_key}
    if not ticked:
        return _refused(gate, Answered(), translate(request, NOTHING))
    stale = [key for key, stamp in entries.items() if gate.by_key[key].stamp != stamp]
    if stale or len(entries) < len(dict(ticked)):
        chosen = {key: value_of(gate.by_key[key].news) for key in stale}
        return _conflict(gate, OVERTAKEN if stale else CHANGED, Answered(chosen))
    mine = [gate.by_key[key] for key in entries]
    choices = {
        entry.old.paragraph_id: [line.paragraph_id for line in entry.news]
        for entry in mine
        if entry.old is not None
    }
    decide(request.db, gate.sides.version, choices, account_id=account_id(request))
    return _back(gate, mine)


@view_config(
    route_name="gate",
    request_method="POST",
    request_param="act=alike",
    renderer=TEMPLATE,
    permission=Permission.PUBLISH,
)
def confirm_all_alike(document: Document, request: Request) -> dict[str, Any] | Response:
    """Confirm whatever is proposed with a high likeness, of the text that the official looked at."""
    gate = open_gate(document, request)
    if gate is None:
        return elsewhere(document, request)
    if request.POST.get("seen") != seen(gate.sides.version):
        return _conflict(gate, CHANGED)
    confirm_alike(request.db, gate.sides.version, account_id=account_id(request))
    left = [entry for entry in gate.entries if entry.shown(asked_show(gate))]
    return _back(gate, [], left[:1])


@view_config(
    route_name="gate",
    request_method="POST",
    request_param="act=undo",
    renderer=TEMPLATE,
    permission=Permission.PUBLISH,
)
def undo(document: Document, request: Request) -> dict[str, Any] | Response:
    """Take back the decision on `p`, or else all that the official decided last at one stroke."""
    gate = open_gate(document, request)
    if gate is None:
        return elsewhere(document, request)
    entry = gate.by_key.get(str(request.POST.get("p", "")))
    entries = [entry] if entry is not None else gate.decided_last()
    if entry is not None and entry.stamp != request.POST.get("seen"):
        return _conflict(gate, OVERTAKEN, Answered({entry.key: value_of(entry.news)}))
    olds = [entry.old.paragraph_id for entry in entries if entry.old is not None]
    take_back(request.db, gate.sides.version, olds)
    return _back(gate, [], entries[:1], notice="decision-taken-back" if olds else "")


def _back(
    gate: Gate, done: list[Entry], to: list[Entry] | None = None, notice: str = ""
) -> Response:
    """Go back to the same filter: to the next entry, or to the first of `to`."""
    request = gate.request
    shown = [entry for entry in gate.entries if entry.shown(asked_show(gate))]
    keys = [entry.key for entry in shown]
    begin = request.params.get("from", "")
    following = ""
    if done and done[-1].key in keys:
        rest = [e.key for e in shown[keys.index(done[-1].key) + 1 :] if e not in done]
        following = rest[0] if rest else ""
    if begin in {entry.key for entry in done}:
        begin = following
    query = {"show": request.params.get("show", ""), "from": begin, "notice": notice}
    anchor = to[0].key if to else following
    place = request.route_path(
        "gate",
        slug=gate.document.consultation.slug,
        document=gate.document.slug,
        _query={name: value for name, value in query.items() if value},
        _anchor=f"p-{anchor}" if anchor else "entries",
    )
    return HTTPSeeOther(place)


def _refused(gate: Gate, answered: Answered, sentence: str) -> dict[str, Any]:
    gate.request.response.status_int = 422
    return page(gate, answered=answered, refused=[sentence])


def _conflict(gate: Gate, sentence: Any, answered: Answered | None = None) -> dict[str, Any]:
    gate.request.response.status_int = 409
    return page(gate, answered=answered, refused=[translate(gate.request, sentence)])
