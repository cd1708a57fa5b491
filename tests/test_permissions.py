"""Who may do what: every view from the registry, every role, every phase.

The two tables are written out here a second time, by permission and by address, so that neither the
table of phases nor a view's declaration changes without somebody reading it.
"""

from datetime import timedelta
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Account, Role
from consult.accounts.security import permits
from consult.comments.status import CommentStatus
from consult.consultations.coverage import readable
from consult.consultations.models import Consultation
from consult.consultations.phases import Audience, Commenters, Phase
from consult.permissions import Permission
from tests.factories import Factory

ROLES = "vcaosmA"  # visitor, citizen, author of the comment, official, signatory, moderator, Administrator

#                          draft     scheduled  open       closed     answered
EXPECTED = {
    # Of the consultation itself; of a document and what stands in it, READ is READ_TEXT.
    Permission.READ: ("osmA", "vcaosmA", "vcaosmA", "vcaosmA", "vcaosmA"),
    Permission.READ_TEXT: ("osmA", "osmA", "vcaosmA", "vcaosmA", "vcaosmA"),
    Permission.COMMENT: ("", "", "vcaosmA", "", ""),
    # Not on one's own comment.
    Permission.VOTE: ("", "", "cosmA", "", ""),
    Permission.REPORT: ("", "", "caosmA", "caosmA", "caosmA"),
    Permission.REVISE: ("", "", "a", "", ""),
    Permission.WITHDRAW: ("", "", "a", "a", "a"),
    Permission.REPLY: ("", "", "os", "os", "os"),
    Permission.MODERATE: ("", "", "mA", "mA", "mA"),
    Permission.SEE_WORKING: ("osmA", "osmA", "osmA", "osmA", "osmA"),
    Permission.IMPORT: ("oA", "oA", "oA", "oA", ""),
    Permission.PUBLISH: ("oA", "oA", "oA", "oA", ""),
    Permission.MANAGE: ("oA", "oA", "oA", "oA", "oA"),
}


def people(make: Factory, author: Account) -> dict[str, Account | None]:
    return {
        "v": None,
        "c": make.account(),
        "a": author,
        "o": make.holder(Role.OFFICIAL),
        "s": make.holder(Role.SIGNATORY),
        "m": make.holder(Role.MODERATOR),
        "A": make.holder(Role.ADMINISTRATOR),
    }


def allowed(context: Any, permission: Permission, account: Account | None) -> bool:
    return bool(permits(account, context, permission))


def test_every_permission_in_every_phase_for_every_role(make: Factory) -> None:
    for column, phase in enumerate(Phase):
        comment = make.comment(make.paragraph(make.document(consultation=make.consultation(phase))))
        who = people(make, comment.author)
        for permission, row in EXPECTED.items():
            thing = comment.document.consultation if permission == Permission.READ else comment
            found = "".join(r for r in ROLES if allowed(thing, permission, who[r]))
            assert found == row[column], (permission, phase)
        for text in (comment, comment.paragraph, comment.document):
            found = "".join(r for r in ROLES if allowed(text, Permission.READ, who[r]))
            assert found == EXPECTED[Permission.READ_TEXT][column], (text, phase)


def test_nothing_is_left_out() -> None:
    about_the_site = {
        Permission.NOBODY,
        Permission.BROWSE,
        Permission.HOLD_ACCOUNT,
        Permission.WORK_AS_OFFICIAL,
        Permission.WORK_AS_MODERATOR,
        Permission.CREATE_CONSULTATION,
        Permission.ADMINISTER,
    }
    assert set(Permission) == set(EXPECTED) | about_the_site


@pytest.mark.parametrize(
    "status", [CommentStatus.UNCONFIRMED, CommentStatus.PENDING, CommentStatus.HIDDEN]
)
def test_what_is_not_visible_is_read_by_author_and_moderators_alone(
    make: Factory, status: CommentStatus
) -> None:
    comment = make.comment(status=status)
    who = people(make, comment.author)
    assert "".join(r for r in ROLES if allowed(comment, Permission.READ, who[r])) == "amA"
    assert not any(allowed(comment, Permission.VOTE, account) for account in who.values())


def test_of_a_withdrawn_comment_nothing_is_left_but_its_address(make: Factory) -> None:
    comment = make.comment(status=CommentStatus.WITHDRAWN)
    acts = [
        Permission.COMMENT,
        Permission.VOTE,
        Permission.REPORT,
        Permission.REVISE,
        Permission.WITHDRAW,
        Permission.REPLY,
    ]
    for account in people(make, comment.author).values():
        assert not [act for act in acts if allowed(comment, act, account)]


def test_a_consultation_for_officials_is_read_by_those_who_hold_a_role(make: Factory) -> None:
    consultation = make.consultation(audience=Audience.OFFICIALS)
    who = people(make, make.account())
    assert "".join(r for r in ROLES if allowed(consultation, Permission.READ, who[r])) == "osmA"
    elsewhere = make.holder(Role.OFFICIAL, make.department())
    assert allowed(consultation, Permission.READ, elsewhere)
    assert not allowed(consultation, Permission.MANAGE, elsewhere)


@pytest.mark.parametrize("status", CommentStatus)
def test_an_authors_rights_end_with_the_right_to_read(make: Factory, status: CommentStatus) -> None:
    official = make.holder(Role.OFFICIAL, make.department())
    consultation = make.consultation(audience=Audience.OFFICIALS)
    paragraph = make.paragraph(make.document(consultation=consultation))
    comment = make.comment(paragraph, author=official, status=status)
    revisable = status is not CommentStatus.WITHDRAWN
    assert allowed(comment, Permission.READ, official)
    assert allowed(comment, Permission.REVISE, official) is revisable
    make.db.delete(official.grants[0])
    make.db.flush()
    make.db.refresh(official)
    assert not [act for act in Permission if allowed(comment, act, official)]


def test_lists_ask_in_sql_for_what_the_table_grants(make: Factory, db: Session) -> None:
    now, hour = clock.now(), timedelta(hours=1)
    dates = [(None, None), (now - hour, now + hour), (now + hour, now + 2 * hour)]
    dates += [
        (now - 2 * hour, now - hour),
        (now - hour, None),
        (now, now + hour),
        (now - hour, now),
    ]
    places = [
        make.consultation(phase, audience=audience, opens_at=opens, closes_at=closes)
        for phase in Phase
        for audience in Audience
        for opens, closes in dates
    ]
    here = places[0]
    people = [None, make.account(), make.holder(Role.OFFICIAL, make.department())]
    people += [make.holder(role, on) for role in Role for on in (None, here, here.department)]
    for consultation in places:
        consultation.asked_at = now
    for person in people:
        for permission in (Permission.READ, Permission.READ_TEXT):
            query = select(Consultation.id).where(readable(person, permission, now))
            expected = {place.id for place in places if allowed(place, permission, person)}
            assert set(db.scalars(query)) & {place.id for place in places} == expected


@pytest.mark.parametrize(
    ("commenters", "expected"),
    [
        (Commenters.EVERYONE, "vcaosmA"),
        (Commenters.ACCOUNTS, "caosmA"),
        (Commenters.OFFICIALS, "osmA"),
    ],
)
def test_who_may_comment(make: Factory, commenters: Commenters, expected: str) -> None:
    consultation = make.consultation(commenters=commenters)
    who = people(make, make.account())
    assert (
        "".join(r for r in ROLES if allowed(consultation, Permission.COMMENT, who[r])) == expected
    )


@pytest.mark.parametrize("role", list(Role))
def test_a_role_holds_where_it_was_given_and_nowhere_else(make: Factory, role: Role) -> None:
    here, there = make.consultation(), make.consultation()
    for holder in (make.holder(role, here), make.holder(role, here.department)):
        assert allowed(here, Permission.SEE_WORKING, holder)
        assert not allowed(there, Permission.SEE_WORKING, holder)


def views(app: Router) -> dict[tuple[str, str], Permission | str | None]:
    """Return the permission of every view (None: undeclared), by its route's name and method."""
    found: dict[tuple[str, str], Permission | str | None] = {}
    for entry in app.registry.introspector.get_category("views"):
        view = entry["introspectable"]
        if not view["route_name"] or view["route_name"].startswith("__"):
            continue
        permission = next(
            (p["value"] for p in entry["related"] if p.category_name == "permissions"), None
        )
        methods = view["request_methods"] or ("ANY",)
        for method in (methods,) if isinstance(methods, str) else methods:
            found[view["route_name"], method] = permission
    return found


def test_every_view_declares_a_permission(app: Router) -> None:
    undeclared = [name for name, p in views(app).items() if p not in set(Permission)]
    assert not undeclared
    closed = [name for name, p in views(app).items() if p == Permission.NOBODY]
    assert not closed


def test_every_route_has_a_view_and_every_write_needs_a_token(app: Router) -> None:
    introspector = app.registry.introspector
    routes = {entry["introspectable"]["name"] for entry in introspector.get_category("routes")}
    served = {name for name, _method in views(app)}
    assert {r for r in routes if not r.startswith("__")} == served
    unprotected = {
        view["route_name"]
        for view in (entry["introspectable"] for entry in introspector.get_category("views"))
        # Views without a route show errors.
        if view["require_csrf"] is False and view["route_name"]
    }
    # A mail provider sends this one on behalf of the reader (RFC 8058); its key is the secret.
    assert unprotected <= {"unsubscribe"}


def test_a_write_without_token_or_from_another_site_is_refused(
    browser: Any, make: Factory, db: Session
) -> None:
    document = make.document()
    db.commit()
    path = f"/consultations/{document.consultation.slug}/{document.slug}/p/k2"
    citizen = browser.signed_in(make.account())
    assert citizen.raw_post(path, {"text": "x"}).status_int == 419
    foreign = {"Origin": "https://evil.example"}
    assert citizen.post(path, {"text": "x"}, status=403, headers=foreign)
    assert citizen.post(path, {"text": "x"}, status=403, headers={"Sec-Fetch-Site": "cross-site"})
