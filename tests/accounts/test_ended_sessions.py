"""A session that ends while somebody writes: told as what it is, and no word is lost."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest.forms import Form, Upload
from webtest.response import TestResponse
from wtforms import PasswordField

from consult.comments.models import Comment
from consult.consultations.phases import Audience, Phase
from consult.forms import RequestForm
from consult.layout.carrying import SECRET
from consult.web import Request
from tests.accounts.begun import (
    FORMS,
    OPEN,
    WORDLESS,
    Begun,
    end_session,
    everything,
    fill,
    form_of,
    go_on,
    person,
    sign_in_on,
    state_of,
    text_of,
)
from tests.accounts.conftest import PASSWORD
from tests.browser import Browser
from tests.factories import Factory
from tests.gate.conftest import plan  # noqa: F401 - a fixture
from tests.test_permissions import views

TOLD = "You have been signed out"
FOR = "signed_in_as"


@pytest.fixture
def begun(make: Factory, db: Session, plan: Any, hashed: str) -> Begun:  # noqa: F811
    return Begun(make, db, plan, hashed)


def test_every_form_of_the_site_is_looked_at(app: Router) -> None:
    sent_to = {route for route, method in views(app) if method in ("POST", "ANY")}
    sent_to -= {route for route, method in views(app) if (route, "POST") not in views(app)}
    assert sent_to == set(FORMS) | set(WORDLESS) | OPEN


def _lose(browser: Browser, db: Session, way: str) -> None:
    """End the session; what the browser still sends of it depends."""
    if way in ("ended here", "no mark"):
        end_session(db)
    elif way == "cookie expired":
        csrf = browser.app.cookies["csrf"].strip('"')
        browser.app.reset()
        browser.app.set_cookie("csrf", csrf)
    else:
        end_session(db)
        browser.app.reset()


WAYS = ["ended here", "cookie expired", "token lost too", "no mark"]


@pytest.mark.parametrize("route", FORMS)
def test_words_outlive_the_session(browser: Browser, db: Session, begun: Begun, route: str) -> None:
    who = person(begun, FORMS[route][0])
    for way in WAYS:
        writer = browser.signed_in(who)
        shown = writer.get(FORMS[route][1](begun))
        form = form_of(writer, shown, route)
        typed = fill(form, route)
        chosen, before = state_of(form), everything(db)
        _lose(writer, db, way)
        told = _send(writer, shown, form, without=FOR if way == "no mark" else "")
        assert told.status_int == 401, (way, told.html.h1)
        assert TOLD in told.html.h1.text
        for words in typed.values():
            assert words in text_of(told)
        on = sign_in_on(told, who)
        assert who.display_name in on.html.main.text
        again = go_on(on)
        assert again.status_int == 200
        assert state_of(form_of(writer, again, route)) == chosen
        assert "Nothing has been sent yet" in " ".join(
            told.text for told in again.html.select("[data-notice]")
        )
        assert everything(db) == before


def _send(writer: Browser, page: TestResponse, form: Form, without: str = "") -> TestResponse:
    fields = [(n, v) for n, v in form.submit_fields() if v is not None and n != without]
    answer = writer.app.post(form.action or page.request.path_qs, fields, status="*")
    writer.db.expire_all()
    return answer


@pytest.fixture
def paragraph(begun: Begun) -> str:
    return f"{begun.public}/p/k2"


def _comment_form(browser: Browser, path: str, text: str) -> tuple[TestResponse, Form]:
    page = browser.get(path)
    form = form_of(browser, page, "paragraph")
    form["text"] = text
    return page, form


def test_what_has_no_words_is_told_too_and_leads_back(
    browser: Browser, db: Session, begun: Begun
) -> None:
    working = f"{begun.desk}/{begun.working.slug}"
    sent = {
        "/account/close": "/account/close",
        "/account/letters": "/account/letters",
        "/account/password": "/account/password",
        "/account/sessions": "/account",
        "/admin": "/admin",
        f"/admin/accounts/{begun.citizen.id}": f"/admin/accounts/{begun.citizen.id}",
        f"/c/{begun.other.public_id}/vote": f"/c/{begun.other.public_id}",
        f"/c/{begun.comment.public_id}/withdraw": f"/c/{begun.comment.public_id}/withdraw",
        f"{working}/discard": f"{working}/preview",
        f"/officials{begun.public}/v1/original": f"/officials{begun.public}/v1/original",
        f"{working}/workbench/findings": f"{working}/workbench",
        f"{working}/workbench/steps": f"{working}/workbench",
    }
    assert len(sent) == len(WORDLESS)
    before = everything(db)
    for path, page in sent.items():
        fields = {FOR: "1", "value": "agree", "current": PASSWORD, "password": "my secret words"}
        told = browser.post(path, fields, status=401)
        assert TOLD in told.html.h1.text
        assert "secret words" not in told and PASSWORD not in told
        assert told.html.select_one("[name=next]")["value"] == page
    assert everything(db) == before


def test_no_password_is_ever_carried() -> None:
    def all_of(parent: type[RequestForm]) -> Iterator[type[RequestForm]]:
        for child in parent.__subclasses__():
            yield child
            yield from all_of(child)

    secret = {
        name
        for form in all_of(RequestForm)
        for name, field in vars(form).items()
        if getattr(field, "field_class", None) is PasswordField
    }
    assert secret == SECRET


def test_nobody_learns_whether_there_is_something(
    browser: Browser, make: Factory, db: Session
) -> None:
    hidden = make.document(consultation=make.consultation(audience=Audience.OFFICIALS))
    db.commit()
    there = f"/consultations/{hidden.consultation.slug}/{hidden.slug}/p/k2"
    nowhere = "/consultations/none/none/p/k2"
    browser.app.set_cookie("session", "of a session that has ended")
    for fields in ({FOR: "7", "text": "Some words."}, {"text": "Some words."}):
        one, other = (browser.post(path, fields, status=401).text for path in (there, nowhere))
        assert one.replace(there, nowhere).replace(quote(there, ""), quote(nowhere, "")) == other
    browser.app.reset()
    for path in (there, nowhere):
        assert "Some words." in browser.post(path, {"text": "Some words."}, status=404)


def test_what_one_person_began_is_not_sent_as_another(
    browser: Browser, db: Session, begun: Begun, paragraph: str
) -> None:
    writer = browser.signed_in(begun.citizen)
    page, form = _comment_form(writer, paragraph, "I, the citizen, object.")
    before = everything(db)
    other = browser.signed_in(begun.moderator)
    writer.app.set_cookie("session", other.app.cookies["session"].strip('"'))
    told = _send(writer, page, form)
    assert told.status_int == 401
    assert "You are signed in as somebody else" in told.html.h1.text
    assert begun.moderator.display_name in told.html.main.text
    assert "I, the citizen, object." in told.html.main.textarea.text
    again = go_on(told)
    assert everything(db) == before
    found = form_of(writer, again, "paragraph")
    assert found["text"].value == "I, the citizen, object."
    found.submit(status=303)
    made = db.scalars(select(Comment).order_by(Comment.id.desc())).first()
    assert made and made.author is begun.moderator


def test_whoever_signs_in_then_has_their_own_rights_and_no_others(
    browser: Browser, db: Session, begun: Begun
) -> None:
    official = browser.signed_in(begun.official)
    path = f"/c/{begun.comment.public_id}/reply"
    page = official.get(path)
    form = form_of(official, page, "comment_reply")
    form["text"] = "The department says so."
    end_session(db)
    before = everything(db)
    on = sign_in_on(_send(official, page, form), begun.citizen)
    to = on.html.main.form["action"]
    no = next(f for f in on.forms.values() if f.action == to).submit(status=403)
    assert "The department says so." in no.html.main.textarea.text
    assert everything(db) == before


def test_a_guest_signs_in_and_keeps_the_words(
    browser: Browser, db: Session, begun: Begun, paragraph: str
) -> None:
    _page, form = _comment_form(browser, paragraph, "Begun as a guest.")
    form["email"] = begun.citizen.email
    form["suggestion"] = "The council plants <fifty> oaks."
    asked = form.submit("sign_in_first", status=401)
    assert asked.html.h1.text == "Sign in"
    entry = next(f for f in asked.forms.values() if f.action == "/sign-in")
    assert entry["email"].value == begun.citizen.email
    again = go_on(sign_in_on(asked, begun.citizen))
    found = form_of(browser, again, "paragraph")
    assert found["text"].value == "Begun as a guest."
    assert found["suggestion"].value == "The council plants <fifty> oaks."
    place = found.submit(status=303).location
    assert "notice=comment-p" in place
    assert db.scalars(select(Comment.author_id).order_by(Comment.id.desc())).first() == (
        begun.citizen.id
    )


def test_a_wrong_password_or_an_address_to_confirm_loses_nothing(
    browser: Browser, db: Session, begun: Begun, paragraph: str, hashed: str, sent: list[Any]
) -> None:
    browser.post("/register", {"name": "Ellen", "email": "e@example.org", "password": PASSWORD})
    assert len(sent) == 1  # the worker has been, and there is an account now
    _page, form = _comment_form(browser, paragraph, "Begun as a guest.")
    asked = form.submit("sign_in_first", status=401)
    entry = next(f for f in asked.forms.values() if f.action == "/sign-in")
    entry["email"], entry["password"] = "e@example.org", "not my password"
    wrong = entry.submit(status=422)
    assert "Begun as a guest." in wrong.html.main.find("textarea", readonly=True).text
    entry = next(f for f in wrong.forms.values() if f.action == "/sign-in")
    entry["email"], entry["password"] = "e@example.org", PASSWORD
    waits = entry.submit(status=200)
    assert "come back to this page" in waits.html.main.text
    assert len(sent) == 2
    browser.post(f"/confirm/{sent[1].secret}")
    # By now one is signed in, and the page that was left open leads on.
    left = next(f for f in waits.forms.values() if f.action == "/sign-in")
    fields = left.submit_fields("fill_in_again")
    button = waits.html.select_one("button[formaction]")
    again = browser.app.post(button["formaction"], fields)
    assert form_of(browser, again, "paragraph")["text"].value == "Begun as a guest."


def test_the_way_back_stays_open_for_nobody(
    browser: Browser, db: Session, begun: Begun, paragraph: str
) -> None:
    """Going on without having signed in, or with a token that is lost, loses nothing either."""
    path = f"/c/{begun.comment.public_id}/reply"
    fields = {"kept.text": "Some words.", "fill_in_again": "yes"}
    told = browser.post(path, fields, status=401)
    assert told.html.select_one("[name='kept.text']")["value"] == "Some words."
    assert told.html.select_one("[name=next]")["value"] == path
    official = browser.signed_in(begun.official)
    stale = official.raw_post(path, fields, status=419)
    assert "Some words." in stale.html.main.textarea.text
    assert form_of(official, go_on(stale), "comment_reply")["text"].value == "Some words."
    page = browser.raw_post("/sign-in", {"kept.text": "Some words.", "next": path}, status=419)
    assert page.html.select_one("[name='kept.text']")["value"] == "Some words."
    assert page.html.select_one("[name=next]")["value"] == path


def test_a_token_that_is_lost_leads_back_with_the_words(
    browser: Browser, db: Session, begun: Begun
) -> None:
    admin = browser.signed_in(begun.admin)
    page = admin.get("/admin/departments")
    form = form_of(admin, page, "admin_departments")
    form["name"] = "Roads"
    form["csrf_token"] = "of yesterday"
    before = everything(db)
    again = go_on(form.submit(status=419))
    assert form_of(admin, again, "admin_departments")["name"].value == "Roads"
    assert everything(db) == before


def test_a_form_from_another_site_is_not_carried_on(
    browser: Browser, begun: Begun, paragraph: str
) -> None:
    citizen = browser.signed_in(begun.citizen)
    fields = {"kept.text": "Evil words.", "fill_in_again": "yes"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = citizen.post(paragraph, fields, status=403, headers=headers)
        assert "Evil words." not in answer


def test_a_file_cannot_be_kept_which_is_said(browser: Browser, db: Session, begun: Begun) -> None:
    official = browser.signed_in(begun.official)
    form = form_of(official, official.get(f"{begun.desk}/import"), "import")
    form["title"], form["file"] = "A longer title", Upload("plan.md", b"# Words of the file")
    end_session(db)
    told = form.submit(status=401)
    assert "choose it again" in told.html.main.text
    assert "Words of the file" not in told
    again = go_on(sign_in_on(told, begun.official))
    assert form_of(official, again, "import")["title"].value == "A longer title"


def test_long_texts_go_along_whole(
    browser: Browser, db: Session, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    # WebOb would keep the body in a temporary file and leave it to Python to close it, some time.
    monkeypatch.setattr(Request, "request_body_tempfile_limit", 10_000_000)
    text = "“Ünïcode” & <tags>, line after line.\r\n" * 40_000
    official = browser.signed_in(begun.official)
    page = official.get(f"{begun.desk}/import")
    form = form_of(official, page, "import")
    form["text"] = text
    end_session(db)
    again = go_on(sign_in_on(_send(official, page, form), begun.official))
    kept = form_of(official, again, "import")["text"].value
    assert kept.split() == text.split()


def test_another_text_meanwhile_is_still_a_conflict(
    browser: Browser, db: Session, begun: Begun
) -> None:
    """What the form had seen holds: nobody decides on words that they have not read."""
    moderator = browser.signed_in(begun.moderator)
    path = f"/c/{begun.other.public_id}/decide"
    page = moderator.get(path)
    form = form_of(moderator, page, "comment_decide")
    form["move"], form["reasons"] = "hide", "These words are an insult to others."
    form["rule"].force_value(form["rule"].options[0][0])
    end_session(db)
    begun.other.source, begun.other.html, begun.other.revision = "Mild.", "<p>Mild.</p>", 2
    db.commit()
    again = go_on(sign_in_on(_send(moderator, page, form), begun.moderator))
    form_of(moderator, again, "comment_decide").submit(status=409)


def test_where_the_form_is_gone_meanwhile_the_words_are_still_there(
    browser: Browser, db: Session, begun: Begun, paragraph: str
) -> None:
    citizen = browser.signed_in(begun.citizen)
    page, form = _comment_form(citizen, paragraph, "Written in the last minute.")
    end_session(db)
    on = sign_in_on(_send(citizen, page, form), begun.citizen)
    begun.document.consultation.phase = Phase.CLOSED
    db.commit()
    again = go_on(on)
    assert "Closed for comments" in again.html.main.text
    assert "Written in the last minute." in again.html.find("textarea", readonly=True).text
