"""Departments, as administrators keep them."""

from typing import Any

from pyramid.view import view_config
from sqlalchemy import select

from consult.accounts import people
from consult.accounts.admin_forms import DepartmentForm
from consult.accounts.models import Department
from consult.accounts.views.common import PAGES, to
from consult.accounts.views.paging import page
from consult.i18n import _
from consult.permissions import Permission
from consult.refusal import Refused
from consult.web import Request, whole_number


@view_config(
    route_name="admin_departments",
    request_method="GET",
    renderer=PAGES + "admin_departments.jinja2",
    permission=Permission.ADMINISTER,
)
def departments(request: Request) -> dict[str, Any]:
    """List departments, with the form for a new one or, asked by ``?rename=id``, for a new name."""
    renamed = _asked(request, request.GET.get("rename"))
    form = DepartmentForm(request, renamed)
    form["seen"].data = renamed.name if renamed else ""
    return _page(request, form, renamed)


def _asked(request: Request, text: object) -> Department | None:
    return request.db.get(Department, whole_number(text) or 0)


def _page(request: Request, form: DepartmentForm, renamed: Department | None) -> dict[str, Any]:
    listed = page(request, request.db, select(Department), Department.id)
    return {"form": form, "renamed": renamed, "page": listed}


@view_config(
    route_name="admin_departments",
    request_method="POST",
    renderer=PAGES + "admin_departments.jinja2",
    permission=Permission.ADMINISTER,
)
def save(request: Request) -> Any:
    """Add a department, or rename the one named in the field ``department``."""
    renamed = _asked(request, request.POST.get("department"))
    form = DepartmentForm(request)
    if form.validate():
        try:
            if renamed is None:
                people.create_department(request.db, form["name"].data)
                return to(request, "admin_departments", "department-added")
            if _seen(request, renamed, form):
                people.rename_department(request.db, renamed, form["name"].data)
                return to(request, "admin_departments", "department-renamed")
            request.response.status_int = 409
            return _page(request, form, renamed)
        except Refused as refused:
            form.refuse("name", refused.message)
    request.response.status_int = 422
    return _page(request, form, renamed)


def _seen(request: Request, department: Department, form: DepartmentForm) -> bool:
    """Return whether it is still called as it was when the form was opened; if not, say so."""
    request.db.refresh(department, with_for_update=True)
    if form["seen"].data in ("", department.name):
        return True
    form["seen"].data = department.name
    form.refuse(
        "name",
        _(
            "Somebody else has called it “${name}” meanwhile. Save again if yours is right.",
            mapping={"name": department.name},
        ),
    )
    return False
