"""The verbs that operators and other rooms use."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.accounts import forgetting, keys, people
from consult.accounts.models import (
    Account,
    AccountState,
    KeyPurpose,
    LetterKey,
    LoginSession,
    Role,
)
from consult.audit import LogEntry
from tests.factories import Factory


def test_an_account_is_made_once_and_brought_up_to_date(db: Session) -> None:
    first = people.create_account(db, "Jo@Example.org", "Jo Larch", "tall green bicycle")
    hashed = first.password_hash
    again = people.create_account(db, "jo@example.ORG", "Jo  Larch-Elm")
    assert again is first and first.display_name == "Jo Larch-Elm"
    assert first.state is AccountState.ACTIVE and first.password_hash == hashed
    for email, name, password in (
        ("nowhere", "Jo", None),
        ("jo@example.org", "", None),
        ("jo@example.org", "Jo", "short"),
    ):
        with pytest.raises(people.Refused, match=r"\.$"):
            people.create_account(db, email, name, password)


def test_a_guest_never_changes_an_account_that_exists(db: Session, make: Factory) -> None:
    known = make.account(email="known@example.org", display_name="Known Name")
    new = people.guest(db, "New@example.org", "New Name", locale="en")
    assert (new.state, new.email) == (AccountState.GUEST, "new@example.org")
    assert people.guest(db, "known@example.org", "Other") is known
    assert people.guest(db, "new@example.org", "Other") is new
    assert (known.display_name, new.display_name) == ("Known Name", "New Name")


def test_departments_have_names_that_cannot_be_confused(db: Session) -> None:
    roads = people.create_department(db, "Department for Röads & Rivers")
    assert roads.slug == "department-for-roads-rivers"
    assert people.find_department(db, roads.slug) is roads
    for name in ("department for roads rivers", "Department for R0ads & Rivers", "", "x" * 121):
        with pytest.raises(people.Refused):
            people.create_department(db, name)
    with pytest.raises(people.Refused, match="slug"):
        people.create_department(db, "Another", slug=roads.slug)
    assert people.create_department(db, "水利局").slug == "department"
    people.rename_department(db, roads, "Department for Roads and Rivers")
    assert roads.name == "Department for Roads and Rivers"


def test_roles_are_given_once_taken_once_and_logged(db: Session, make: Factory) -> None:
    person, department = make.account(), make.department(slug="roads")
    given = people.grant(db, person, Role.OFFICIAL, "department:roads")
    assert given.place == f"department:{department.id}" and given.department is department
    assert people.grant(db, person, Role.OFFICIAL, given.place) is given
    people.revoke(db, given, by=person)
    assert person.grants == []
    log = db.scalars(select(LogEntry).where(LogEntry.subject == f"account:{person.id}")).all()
    assert [(entry.act, entry.actor_id) for entry in log] == [
        ("give role", None),
        ("take role", person.id),
    ]
    assert list(audit.broken_links(db)) == []


@pytest.mark.parametrize(
    "place", ["", "nowhere", "department:no", "department:0", "consultation:x", "site "]
)
def test_roles_hold_only_at_places(db: Session, make: Factory, place: str) -> None:
    with pytest.raises(people.Refused):
        people.grant(db, make.account(), Role.MODERATOR, place)


def test_only_confirmed_people_hold_roles_and_one_administrator_stays(
    db: Session, make: Factory
) -> None:
    with pytest.raises(people.Refused, match="confirmed"):
        people.grant(db, make.account(state=AccountState.GUEST), Role.MODERATOR)
    first = people.grant(db, make.account(), Role.ADMINISTRATOR)
    with pytest.raises(people.Refused, match="only administrator"):
        people.revoke(db, first)
    people.grant(db, make.account(), Role.ADMINISTRATOR)
    people.revoke(db, first)


def test_whoever_speaks_for_a_department_signs_with_it_there_only(
    db: Session, make: Factory
) -> None:
    person, roads, libraries = make.account(), make.department(), make.department()
    people.grant(db, person, Role.MODERATOR)
    assert people.byline(person, roads.id, 7) == ("", "")
    people.grant(db, person, Role.SIGNATORY, f"department:{roads.id}")
    assert people.byline(person, roads.id, 7) == ("signatory", roads.name)
    assert people.byline(person, libraries.id, 7) == ("", "")
    people.grant(db, person, Role.OFFICIAL, "consultation:7", libraries)
    assert people.byline(person, roads.id, 7) == ("official", libraries.name)
    people.grant(db, person, Role.OFFICIAL)
    assert people.byline(person, libraries.id, 8) == ("official", "")


def test_a_letters_key_works_once_in_time_and_for_its_purpose(db: Session, make: Factory) -> None:
    person = make.account()
    hour = timedelta(hours=1)
    secret = keys.issue(db, person, KeyPurpose.CONFIRM_COMMENT, hour, subject="c1")
    assert keys.redeem(db, secret, KeyPurpose.RESET) is None
    assert keys.peek(db, secret, KeyPurpose.CONFIRM_COMMENT) is not None
    key = keys.redeem(db, secret, KeyPurpose.CONFIRM_COMMENT)
    assert key is not None and (key.account, key.subject) == (person, "c1")
    assert keys.redeem(db, secret, KeyPurpose.CONFIRM_COMMENT) is None
    late = keys.issue(db, person, KeyPurpose.RESET, -hour)
    assert keys.redeem(db, late, KeyPurpose.RESET) is None


def test_old_sessions_and_keys_are_forgotten(db: Session, make: Factory) -> None:
    person: Account = make.account()
    make.login_session(person, "ended").expires_at = clock.now()
    make.login_session(person, "going on")
    keys.issue(db, person, KeyPurpose.RESET, timedelta(days=-31))
    keys.issue(db, person, KeyPurpose.RESET, timedelta(days=-1))
    forgetting.forget(db)
    assert db.scalar(select(func.count(LoginSession.id))) == 1
    assert db.scalar(select(func.count(LetterKey.id))) == 1
