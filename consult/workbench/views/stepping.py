"""Undoing and redoing."""

from pyramid.response import Response
from pyramid.view import view_config

from consult.drafts.models import Document
from consult.i18n import translate
from consult.permissions import Permission
from consult.web import Request, whole_number
from consult.workbench.bench import Bench, nothing_to_edit
from consult.workbench.sheet import line_at
from consult.workbench.step_sentences import told, told_undone
from consult.workbench.steps import Overtaken, lock_working, redo, undo


@view_config(route_name="workbench_steps", request_method="POST", permission=Permission.IMPORT)
def steps(document: Document, request: Request) -> Response:
    """Undo or redo the step of which the official read."""
    version = lock_working(request.db, document)
    if version is None:
        return nothing_to_edit(document, request)
    bench = Bench(document, version, request)
    back = "undo" in request.POST
    number = whole_number(request.POST.get("undo" if back else "redo"))
    try:
        step = (undo if back else redo)(request.db, version, number or 0)
    except Overtaken as refusal:
        return bench.answer(None, 409, translate(request, refusal.message))
    rows, others = (step.before, step.after) if back else (step.after, step.before)
    key = rows[0]["key"] if rows else _key_before(bench, others[0]["position"])
    return bench.done([step], key, (told_undone if back else told)(request, step))


def _key_before(bench: Bench, position: int) -> str:
    line = line_at(bench.session, bench.version, position - 1)
    return "" if line is None else line.key
