"""Forms that somebody has begun to fill in: every one of the site that takes words."""

from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from pyramid.interfaces import IRoutesMapper
from pyramid.request import Request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webtest.forms import Checkbox, Field, File, Form, Hidden, MultipleSelect, Radio, Select, Text
from webtest.response import TestResponse

from consult.accounts.models import Account, LoginSession, Role
from consult.consultations.phases import Phase
from consult.db import Base
from tests.accounts.conftest import PASSWORD
from tests.browser import Browser
from tests.factories import Factory
from tests.gate.conftest import Plan
from tests.reading.versions import paragraph, revise

TREES = "The council plants forty lime trees along the harbour."
OAKS = "The council plants sixty oaks along the harbour."


class Begun:
    """A site with something to write everywhere, and the people who would."""

    def __init__(self, make: Factory, db: Session, plan: Plan, hashed: str) -> None:
        self.db = db
        self.document = make.document(["A draft", TREES, "Buses run all night."])
        consultation = self.document.consultation
        self.citizen = make.account(password_hash=hashed)
        self.official = make.holder(Role.OFFICIAL, consultation.department, password_hash=hashed)
        self.moderator = make.holder(Role.MODERATOR, password_hash=hashed)
        self.admin = make.holder(Role.ADMINISTRATOR, password_hash=hashed)
        self.comment = make.comment(paragraph(db, self.document, "k2"), author=self.citizen)
        self.other = make.comment(paragraph(db, self.document, "k3"))
        self.reply = make.reply(self.other, status="draft", author=self.official)
        revise(db, self.document, [("k1", "A draft"), ("k2", OAKS), ("k3", "Buses run all night.")])
        self.working = make.document(
            ["A plan", "Parks are open."], published=False, consultation=consultation
        )
        closed = make.consultation(Phase.CLOSED, department=consultation.department)
        self.closed = f"/officials/consultations/{closed.slug}"
        self.plan = plan
        plan.official.password_hash = hashed
        plan.publishes(TREES, "Buses run all night.")
        plan.imports(OAKS, "Lamps burn from dusk until dawn, and longer in winter.")
        db.commit()
        slug = consultation.slug
        self.public = f"/consultations/{slug}/{self.document.slug}"
        self.desk = f"/officials/consultations/{slug}"
        self.bench = f"{self.desk}/{self.working.slug}/workbench"

    def key(self) -> str:
        """Return a paragraph about which the gate asks."""
        first = self.plan.document.versions[0]
        return self.plan.at(first, 2).key


#: Route, who writes there, and on which page.
FORMS: dict[str, tuple[str, Callable[[Begun], str]]] = {
    "account": ("citizen", lambda it: "/account"),
    "admin_departments": ("admin", lambda it: "/admin/departments"),
    "because": ("official", lambda it: f"{it.desk}/{it.document.slug}/because/k2?version=2"),
    "comment_decide": ("moderator", lambda it: f"/c/{it.other.public_id}/decide"),
    "comment_edit": ("citizen", lambda it: f"/c/{it.comment.public_id}/edit"),
    "comment_reply": ("official", lambda it: f"/c/{it.comment.public_id}/reply"),
    "comment_report": ("citizen", lambda it: f"/c/{it.other.public_id}/report"),
    "consultation_edit": ("official", lambda it: f"{it.desk}/edit"),
    "consultation_new": ("official", lambda it: "/officials/consultations/new"),
    "consultation_phase": ("official", lambda it: f"{it.closed}/phase?move=reopen"),
    "gate": ("planner", lambda it: f"{it.plan.base}/gate?p={it.key()}"),
    "gate_pass": ("planner", lambda it: f"{it.plan.base}/gate"),
    "import": ("official", lambda it: f"{it.desk}/import"),
    "paragraph": ("citizen", lambda it: f"{it.public}/p/k2"),
    "publish": ("official", lambda it: f"{it.desk}/{it.working.slug}/preview"),
    "reply": ("official", lambda it: f"/officials/replies/{it.reply.public_id}"),
    "verdict": ("citizen", lambda it: f"{it.public}/p/k2/verdict?version=2"),
    "workbench_add": ("official", lambda it: f"{it.bench}?add=k2"),
    "workbench_paragraph": ("official", lambda it: f"{it.bench}?edit=k2"),
}

#: Routes that take something, but nothing that anybody types or that could be kept.
WORDLESS = {
    "account_close": "a password alone",
    "account_letters": "boxes to tick",
    "account_password": "passwords alone",
    "account_session": "a button",
    "admin": "a button",
    "admin_account": "choices",
    "comment_vote": "a button",
    "comment_withdraw": "a button",
    "discard": "a button",
    "original_page": "a button",
    "workbench_findings": "boxes to tick",
    "workbench_steps": "buttons",
}

#: Routes that anybody may send something to, signed in or not.
OPEN = {
    "comment_confirm",
    "confirm",
    "forgotten",
    "register",
    "reset",
    "sign_in",
    "sign_out",
    "unsubscribe",
}

NOT_TYPED = (Hidden, File)


def person(it: Begun, name: str) -> Account:
    found: Account = it.plan.official if name == "planner" else getattr(it, name)
    return found


def route_of(browser: Browser, page: TestResponse, form: Form) -> str:
    """Return the name of the route that `form` is sent to."""
    path = urlsplit(urljoin(page.request.url, form.action or page.request.path_qs)).path
    mapper = browser.router.registry.getUtility(IRoutesMapper)
    return str(mapper(Request.blank(path))["route"].name)


def form_of(browser: Browser, page: TestResponse, route: str) -> Form:
    """Find the form on a page that takes words for `route`."""
    for form in page.forms.values():
        if form.method.lower() == "post" and route_of(browser, page, form) == route:
            typed = [f for those in form.fields.values() for f in those if _is_typed(f)]
            if typed:
                return form
    raise AssertionError(f"no form for {route} at {page.request.url}")


def _is_typed(field: Any) -> bool:
    # Kinds of input that WebTest knows nothing about are plain fields to it.
    text = type(field) is Field or isinstance(field, Text)
    return text and not isinstance(field, NOT_TYPED) and bool(field.name)


def fill(form: Form, route: str) -> dict[str, str]:
    """Fill in and choose something other in every field; return what was typed."""
    typed = {}
    for name, fields in form.fields.items():
        for field in fields:
            if not name or isinstance(field, NOT_TYPED):
                continue
            if isinstance(field, Checkbox):
                field.checked = True
            elif isinstance(field, (Radio, Select)) and not isinstance(field, MultipleSelect):
                field.force_value(field.options[-1][0])
            elif _is_typed(field) and "readonly" not in field.attrs:
                kind = field.attrs.get("type")
                field.value = typed[name] = {
                    "datetime-local": "2031-05-06T07:08",
                    "password": "my own secret words",
                }.get(str(kind), f'Some “words” in {name}, "{route}" & <b>all</b>')
    return typed


def state_of(form: Form) -> dict[str, list[Any]]:
    """Return what stands in the fields that a person sees."""
    return {
        name: [getattr(field, "checked", field.value) for field in fields]
        for name, fields in form.fields.items()
        if name and not all(isinstance(f, NOT_TYPED) or "readonly" in f.attrs for f in fields)
    }


def everything(db: Session) -> dict[str, list[Any]]:
    """Return what the database holds, but for who is signed in."""
    db.expire_all()
    tables = [t for t in Base.metadata.sorted_tables if t.name != "login_session"]
    return {t.name: [*db.execute(select(t).order_by(*t.primary_key))] for t in tables}


def end_session(db: Session) -> None:
    """Sign everybody out behind their backs."""
    db.execute(delete(LoginSession))
    db.commit()


def sign_in_on(page: TestResponse, account: Account, status: int = 200) -> TestResponse:
    """Sign `account` in with the form that `page` offers."""
    form = next(f for f in page.forms.values() if f.action.startswith("/sign-in"))
    form["email"], form["password"] = account.email, PASSWORD
    return form.submit(status=status)


def go_on(page: TestResponse) -> TestResponse:
    """Press the button that leads back to the form."""
    to = page.html.main.form["action"]
    form = next(f for f in page.forms.values() if f.action == to)
    return form.submit()


def text_of(page: TestResponse) -> str:
    """Return the source of a page with its entities as the characters that they stand for."""
    return unescape(page.text)
