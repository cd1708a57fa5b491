"""Looking at a working version, with one form open at most."""

from pyramid.response import Response
from pyramid.view import view_config

from consult.drafts.models import Document
from consult.intake.store import working_version
from consult.permissions import Permission
from consult.web import Request
from consult.workbench.bench import Bench, Panel, nothing_to_edit
from consult.workbench.forms import AddForm


@view_config(route_name="workbench", request_method="GET", permission=Permission.IMPORT)
def workbench(document: Document, request: Request) -> Response:
    """Show all paragraphs; ``?edit=KEY`` opens one of them, ``?add=KEY`` a new one behind it."""
    version = working_version(request.db, document)
    if version is None:
        return nothing_to_edit(document, request)
    bench = Bench(document, version, request)
    behind = request.GET.get("add", "")
    if behind and bench.wording(behind) is not None:
        return bench.answer(Panel(behind, AddForm(request)))
    return bench.answer(bench.opened(request.GET.get("edit", "")))
