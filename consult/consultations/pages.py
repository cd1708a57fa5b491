"""The pages on which officials make a consultation and change it."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.accounts.models import Department
from consult.accounts.security import me, my_id
from consult.consultations.create import create_consultation, suggested_slug
from consult.consultations.edit import edit_consultation, hold, why_audience_stays
from consult.consultations.facts import Facts, differences, facts_of
from consult.consultations.form import ConsultationForm, shown
from consult.consultations.models import Consultation
from consult.consultations.places import departments_of
from consult.i18n import _
from consult.permissions import Permission
from consult.refusal import Refused
from consult.web import Request

TEMPLATE = "consult:consultations/templates/consultation_form.jinja2"


@view_config(
    route_name="consultation_new",
    request_method=("GET", "POST"),
    renderer=TEMPLATE,
    permission=Permission.CREATE_CONSULTATION,
)
def new(request: Request) -> dict[str, Any] | Response:
    """Make a consultation in the name of a department that the official works for."""
    form = ConsultationForm(request, _departments(request))
    if request.method == "POST":
        facts = form.facts(request.arrived_at)
        if facts is not None and _create(form, facts, request):
            return _to_desk(form.slug.data or "", "consultation-made", request)
        request.response.status_int = 422
    return {"form": form, "consultation": None, "saved": [], "locked": None}


def _create(form: ConsultationForm, facts: Facts, request: Request) -> bool:
    form.slug.data = form.slug.data or suggested_slug(facts.title)
    if not form.slug.data:
        form.refuse("slug", _("Write an address; the title has no letters that could make one."))
        return False
    try:
        create_consultation(request.db, form.slug.data, facts, actor_id=my_id(request))
    except Refused as refusal:
        form.refuse(refusal.field or "title", refusal.message)
        return False
    return True


@view_config(
    route_name="consultation_edit",
    request_method=("GET", "POST"),
    renderer=TEMPLATE,
    permission=Permission.MANAGE,
)
def edit(consultation: Consultation, request: Request) -> dict[str, Any] | Response:
    """Change a consultation, unless somebody else has changed it since the form was opened."""
    if request.method == "POST":
        hold(request.db, consultation)
    stored = facts_of(consultation)
    form = ConsultationForm(request, _departments(request, consultation), consultation, stored)
    locked = why_audience_stays(request.db, consultation)
    page: dict[str, Any] = {
        "form": form,
        "consultation": consultation,
        "saved": [],
        "locked": locked,
    }
    if request.method == "GET":
        return page
    facts = form.facts(request.arrived_at)
    if facts is not None and form.seen.data != stored.digest():
        page["saved"] = _saved_by_others(form, facts, stored)
        form.seen.data = stored.digest()
    elif facts is not None and _edit(form, consultation, facts, request):
        return _to_desk(consultation.slug, "consultation-changed", request)
    if locked is not None:
        # The page offers no choice, so it shows what stands.
        form.audience.data = stored.audience.value
    request.response.status_int = 422
    return page


def _edit(
    form: ConsultationForm, consultation: Consultation, facts: Facts, request: Request
) -> bool:
    try:
        edit_consultation(request.db, consultation, facts, actor_id=my_id(request))
    except Refused as refusal:
        form.refuse(refusal.field if refusal.field in form else "title", refusal.message)
        return False
    return True


def _saved_by_others(form: ConsultationForm, typed: Facts, stored: Facts) -> list[tuple[str, Any]]:
    """Return label and stored value of each field in which what was typed differs."""
    values = shown(stored)
    return [
        (form[name].label.text, _said(form, name, values[name]))
        for name in differences(stored, typed)
    ]


def _said(form: ConsultationForm, name: str, value: Any) -> str:
    choices: Any = getattr(form[name], "choices", None)
    if choices:
        return next(
            (str(label) for choice, label, *_rest in choices if choice == value), str(value)
        )
    return "–" if value in (None, "") else str(value)


def _departments(request: Request, consultation: Consultation | None = None) -> list[Department]:
    account = me(request)
    departments = [] if account is None else departments_of(request.db, account)
    if consultation is not None and consultation.department not in departments:
        departments.append(consultation.department)
    if not departments:
        raise HTTPForbidden
    return departments


def _to_desk(slug: str, notice: str, request: Request) -> Response:
    return HTTPSeeOther(
        request.route_path("consultation_desk", slug=slug, _query={"notice": notice})
    )
