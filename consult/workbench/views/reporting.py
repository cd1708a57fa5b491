"""Working through what the import found."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.drafts.models import Document
from consult.i18n import _, translate
from consult.intake.findings import look
from consult.permissions import Permission
from consult.web import Request, whole_number
from consult.workbench.bench import Bench, nothing_to_edit
from consult.workbench.steps import lock_working

REPLACED = _("The draft was replaced in the meantime; this is the report on the new one.")


@view_config(route_name="workbench_findings", request_method="POST", permission=Permission.IMPORT)
def findings(document: Document, request: Request) -> Response:
    """Mark what has been looked at."""
    version = lock_working(request.db, document)
    if version is None:
        return nothing_to_edit(document, request)
    bench = Bench(document, version, request)
    if request.POST.get("source") != version.source_digest:
        return bench.answer(None, 409, translate(request, REPLACED))
    look(version, _numbers(request, "looked"), _numbers(request, "was"))
    return HTTPSeeOther(bench.path("workbench", _anchor="report"))


def _numbers(request: Request, name: str) -> set[int]:
    found = map(whole_number, request.POST.getall(name))
    return {number for number in found if number is not None}
