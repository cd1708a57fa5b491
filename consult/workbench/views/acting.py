"""Doing something to a paragraph, or putting one behind it."""

from collections.abc import Sequence

from pyramid.response import Response
from pyramid.view import view_config

from consult.accounts.security import my_id
from consult.blocks.blocks import Kind
from consult.drafts.models import Paragraph, Wording, WorkingStep
from consult.i18n import _, translate
from consult.permissions import Permission
from consult.refusal import Refused
from consult.web import Request
from consult.workbench.acts import Doing
from consult.workbench.add import add
from consult.workbench.bench import Bench, Panel, nothing_to_edit
from consult.workbench.conflict import conflict, gone
from consult.workbench.forms import AddForm, ParagraphForm
from consult.workbench.marks import Manner, parts
from consult.workbench.sheet import line_at, seen
from consult.workbench.step_sentences import told
from consult.workbench.steps import Overtaken, lock_working

# Whoever moves a paragraph up often wants it further up.
STAYING = ("up", "down", "place")


@view_config(route_name="workbench_paragraph", request_method="POST", permission=Permission.IMPORT)
def act(paragraph: Paragraph, request: Request) -> Response:
    """Store what was typed about a paragraph, and do what was pressed."""
    begun = _begin(paragraph, request)
    if isinstance(begun, Response):
        return begun
    bench, wording = begun
    form = bench.form(wording)
    if form.seen.data != seen(wording):
        return conflict(bench, wording, form)
    if not form.validate():
        return bench.answer(Panel(paragraph.key, form), 422)
    chosen = str(request.POST.get("act", "save"))
    doing = Doing(request.db, bench.version, wording, my_id(request))
    try:
        with request.db.begin_nested():
            doing.do(chosen, form, str(request.POST.get("behind", "")))
    except (Refused, Overtaken) as refusal:
        return _refused(bench, paragraph.key, form, refusal)
    stays = chosen in STAYING and "text" in request.POST
    return _done(bench, doing.steps, wording, bench.opened(paragraph.key) if stays else None)


@view_config(route_name="workbench_add", request_method="POST", permission=Permission.IMPORT)
def add_behind(paragraph: Paragraph, request: Request) -> Response:
    """Put a new paragraph behind another."""
    begun = _begin(paragraph, request)
    if isinstance(begun, Response):
        return begun
    bench, wording = begun
    form = AddForm(request)
    if not form.validate():
        return bench.answer(Panel(paragraph.key, form), 422)
    kind = Kind(form.kind.data)
    manner = Manner.CODE if kind is Kind.CODE else Manner.MARKS
    cast = (kind, int(form.level.data), form.label.data or "")
    try:
        said = parts(kind, manner, form.text.data or "")
    except Refused as refusal:
        return _refused(bench, paragraph.key, form, refusal)
    step = add(request.db, bench.version, wording, said, *cast, actor_id=my_id(request))
    return bench.done([step], step.key, told(request, step))


def _begin(paragraph: Paragraph, request: Request) -> tuple[Bench, Wording] | Response:
    """Hold the working version and find the paragraph in it, or answer that it is not there."""
    kept = request.POST.get("text", "")
    kept = kept if isinstance(kept, str) else ""
    version = lock_working(request.db, paragraph.document)
    if version is None:
        return nothing_to_edit(paragraph.document, request, kept)
    bench = Bench(paragraph.document, version, request)
    wording = bench.wording(paragraph.key)
    return gone(bench, kept) if wording is None else (bench, wording)


def _refused(
    bench: Bench, key: str, form: ParagraphForm | AddForm, refusal: Refused | Overtaken
) -> Response:
    """Show the form again with the reason; what was typed stays in it."""
    field = refusal.field if isinstance(refusal, Refused) else ""
    if field:
        form.refuse(field, refusal.message)
        return bench.answer(Panel(key, form), 422)
    sentence = translate(bench.request, refusal.message)
    status = 409 if isinstance(refusal, Overtaken) else 422
    return bench.answer(Panel(key, form, refused=(sentence,)), status)


def _done(
    bench: Bench, steps: Sequence[WorkingStep], wording: Wording, panel: Panel | None
) -> Response:
    if not steps:
        said = translate(bench.request, _("Nothing was changed."))
        return bench.done([], wording.paragraph.key, said, panel)
    said = " ".join(told(bench.request, step) for step in steps)
    last = steps[-1]
    focus = last.key
    if not last.after:
        behind = line_at(bench.session, bench.version, last.before[0]["position"] - 1)
        focus = "" if behind is None else behind.key
    return bench.done(steps, focus, said, panel)
