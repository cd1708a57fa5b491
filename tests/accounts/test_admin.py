"""Pages of administrators."""

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Department, Role
from consult.accounts.views.paging import SIZE
from consult.audit import LogEntry
from consult.outbox import Job, JobState
from tests.browser import Browser
from tests.factories import Factory

PAGES = ("/admin", "/admin/accounts", "/admin/accounts/1", "/admin/departments")


@pytest.fixture
def admin(browser: Browser, make: Factory) -> Browser:
    """Give a browser in which an administrator is signed in."""
    return browser.signed_in(make.holder(Role.ADMINISTRATOR, display_name="Sam Whitlock"))


def test_only_administrators_get_in(browser: Browser, make: Factory, db: Session) -> None:
    for path in PAGES:
        assert browser.get(path, status=303)
        browser.post(path, status=403) if path != "/admin/accounts" else None
    others = [make.account(), make.holder(Role.OFFICIAL), make.holder(Role.MODERATOR)]
    others.append(make.holder(Role.ADMINISTRATOR, make.department()))
    for other in map(browser.signed_in, others):
        for path in PAGES:
            assert other.get(path, status=403)


def test_jobs_that_were_given_up_are_shown_and_tried_again(admin: Browser, db: Session) -> None:
    moment = clock.now()
    job = Job(kind="letter", payload={"secret": "s3cret"}, run_at=moment, created_at=moment)
    job.state, job.attempts, job.last_error = JobState.DEAD, 12, "OSError: <no> route to host"
    db.add(job)
    db.commit()
    page = admin.get("/admin")
    assert "OSError: &lt;no&gt; route" in page.text and "s3cret" not in page.text
    admin.post("/admin", {"job": job.id})
    assert (job.state, job.attempts) == (JobState.WAITING, 0)
    assert "given up" in admin.get("/admin?notice=job-retried").text
    assert "notice=job-gone" in admin.post("/admin", {"job": "999999999999999"}).location


def test_accounts_are_found_by_the_beginning_of_name_or_address(
    admin: Browser, make: Factory, db: Session
) -> None:
    make.account(display_name="Zelda Quince", email="zq@example.org")
    make.account(display_name="100% Quince", email="other@example.org")
    db.commit()
    assert "Zelda Quince" in admin.get("/admin/accounts?q=zEl").text
    assert "Zelda Quince" in admin.get("/admin/accounts?q=ZQ@").text
    assert "Zelda Quince" not in admin.get("/admin/accounts?q=%25").text
    assert "No account" in admin.get("/admin/accounts?q=Quince").text
    assert admin.get("/admin/accounts?q=%27_&after=x&before=99999999999999")


def test_accounts_are_paged_by_key_with_few_queries(
    admin: Browser, make: Factory, db: Session, connection: Connection
) -> None:
    for number in range(SIZE):
        make.account(display_name=f"Row {number}")
    db.commit()
    statements: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    first = admin.get("/admin/accounts")
    selects = [said for said in statements if said.startswith("SELECT")]
    assert len(selects) == 2, selects  # session with account and its roles, the page
    assert "Previous page" not in first.text
    second = first.click("Next page")
    assert f"Row {SIZE - 1}" in second.text and "Next page" not in second.text
    back = second.click("Previous page")
    assert "Sam Whitlock" in back.text and "Previous page" not in back.text


def test_roles_are_given_and_taken_on_the_persons_page(
    admin: Browser, make: Factory, db: Session
) -> None:
    person, department = make.account(), make.department(name="Roads Office")
    db.commit()
    path = f"/admin/accounts/{person.id}"
    fields = {"role": "official", "place": "site", "department": f"department:{department.id}"}
    admin.post(path, fields)
    [grant] = person.grants
    assert (grant.role, grant.place, grant.department) == (Role.OFFICIAL, "site", department)
    page = admin.get(path)
    assert "Roads Office" in page.text
    entry = db.scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
    assert entry and entry.actor_id and entry.subject == f"account:{person.id}"
    assert "Choose where" in admin.post(path, fields | {"place": "moon"}, status=422).text
    assert admin.post(path, fields | {"role": "king"}, status=422)
    assert admin.post(path, status=422)
    admin.post(path, {"revoke": grant.id})
    assert person.grants == []
    admin.get("/admin/accounts/999999999", status=404)


def test_departments_are_added_and_renamed(admin: Browser, db: Session) -> None:
    assert "no department yet" in admin.get("/admin/departments").text
    admin.post("/admin/departments", {"name": "Roads Office"})
    page = admin.post("/admin/departments", {"name": "R0ads Office"}, status=422)
    assert "looks the same" in page.text
    roads = db.scalars(select(Department)).one()
    assert "Rename “Roads Office”" in admin.get(f"/admin/departments?rename={roads.id}").text
    admin.post("/admin/departments", {"name": "Roads and Paths", "department": roads.id})
    assert (roads.name, roads.slug) == ("Roads and Paths", "roads-office")
    admin.post("/admin/departments", {"name": ""}, status=422)


def test_of_two_who_rename_a_department_the_second_sees_what_the_first_called_it(
    admin: Browser, browser: Browser, make: Factory, db: Session
) -> None:
    department = make.department(name="Roads Office")
    other = browser.signed_in(make.holder(Role.ADMINISTRATOR))
    rename = f"/admin/departments?rename={department.id}"
    mine, theirs = (
        next(form for form in who.get(rename).forms.values() if "name" in form.fields)
        for who in (admin, other)
    )
    theirs["name"] = "Roads and Paths"
    theirs.submit(status=303)
    mine["name"] = "Office of Roads"
    page = mine.submit(status=409)
    assert "Roads and Paths" in page and "Office of Roads" in page
    db.expire_all()
    assert department.name == "Roads and Paths"
    next(form for form in page.forms.values() if "name" in form.fields).submit(status=303)
    db.expire_all()
    assert department.name == "Office of Roads"
