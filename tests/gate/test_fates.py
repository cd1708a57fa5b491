"""What became of paragraphs, over several versions."""

import pytest
from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.alignment import FateKind
from consult.drafts.frozen import Frozen
from consult.drafts.models import Fate
from consult.fates.fates import (
    changed_paragraphs,
    destinations,
    fate_of,
    fates,
    origins_of,
    told,
    where_now,
)
from tests.gate.conftest import Plan
from tests.gate.texts import Author
from tests.queries import counted

AUTHOR = Author(3)
A, B, C, D, F = (AUTHOR.paragraph() for _n in range(5))
FIRST_HALF, SECOND_HALF = C[: len(C) // 3] + ".", C[len(C) // 3 :].strip().capitalize()


def test_every_paragraph_has_a_fate_and_an_origin(db: Session, plan: Plan) -> None:
    plan.publishes(A, B, C, D)
    second = plan.publishes(B, FIRST_HALF, SECOND_HALF, f"{D} More.", F)
    assert plan.stated(second) == {
        (1, 0, "removed"),
        (2, 1, "unchanged"),
        (3, 2, "split"),
        (3, 3, "split"),
        (4, 4, "edited"),
        (0, 5, "new"),
    }
    kinds = [fate.kind.value for fate in fates(db, second)]
    assert kinds == ["unchanged", "removed", "unchanged", "split", "split", "edited", "new"]
    assert [f.kind.value for f in changed_paragraphs(db, second)] == [
        "removed",
        "split",
        "split",
        "edited",
    ]


def test_identities_follow_fates(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C, D)
    second = plan.publishes(B, FIRST_HALF, SECOND_HALF, f"{A} {D}", F)
    a, b, c, d = plan.paragraphs(first)
    one, _two, three, four, five = plan.paragraphs(second)
    assert (one, three) == (b, c), "the larger part of what was split keeps the identity"
    assert four in (a, d) and five not in (a, b, c, d)
    merged = a if four == d else d
    assert destinations(db, second) == {merged: four}
    assert {f.old_id for f in origins_of(db, plan.at(second, 4), second)} == {a, d}
    assert {f.new_id for f in fate_of(db, plan.at(first, 3), second)} == set(
        plan.paragraphs(second)[1:3]
    )


def test_a_way_leads_through_versions(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C, D)
    plan.publishes(f"{A} {B}", C, D)
    plan.publishes(C, f"{A} {B} And more.", D)
    fourth = plan.publishes(C, D)
    b = plan.at(first, 2)
    way = where_now(db, b, first, fourth)
    assert [(step.number, step.kind.value) for step in way] == [
        (2, "merged"),
        (3, "edited"),
        (4, "removed"),
    ]
    assert way[1].paragraph is not None and way[2].paragraph is None
    a_or_b = {plan.at(first, 1).id, b.id}
    assert destinations(db, fourth) == dict.fromkeys(a_or_b)
    d = plan.at(first, 4)
    assert [(s.kind.value, s.paragraph) for s in where_now(db, d, first, fourth)] == [
        ("unchanged", d)
    ] * 3
    assert where_now(db, d, fourth, fourth) == []


def test_of_a_split_the_other_parts_are_told_too(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, C)
    second = plan.publishes(A, FIRST_HALF, SECOND_HALF)
    (step,) = where_now(db, plan.at(first, 2), first, second)
    assert step.kind is FateKind.SPLIT and step.paragraph == plan.at(first, 2)
    assert step.others == (plan.at(second, 2),)


def test_each_question_costs_few_queries(db: Session, plan: Plan, connection: Connection) -> None:
    first = plan.publishes(A, B, C, D)
    second = plan.publishes(B, C, D, F)
    paragraph = plan.at(first, 1)
    assert (first.number, second.number) == (1, 2), "both are loaded"
    for ask, number in (
        (lambda: fates(db, second)[0].old, 1),
        (lambda: [(t.before and t.before.text, t.fate.new) for t in told(db, second)], 1),
        (lambda: destinations(db, second), 1),
        (lambda: where_now(db, paragraph, first, second), 2),
    ):
        with counted(connection) as statements:
            ask()
        assert len(statements) == number


def test_wordings_are_told_with_their_fates(db: Session, plan: Plan) -> None:
    plan.publishes(A, B)
    second = plan.publishes(f"{B} More.")
    rows = {
        (t.before and t.before.text, t.after and t.after.text)
        for t in told(db, second, [FateKind.EDITED, FateKind.REMOVED])
    }
    assert rows == {(A, None), (B, f"{B} More.")}


def test_the_fates_of_a_published_version_never_change(
    db: Session, plan: Plan, connection: Connection
) -> None:
    plan.publishes(A, B)
    second = plan.publishes(B, C)
    fate = fates(db, second)[0]
    fate.likeness = 0.5
    with pytest.raises(Frozen):
        db.flush()
    db.rollback()
    row = {"version_id": second.id, "kind": FateKind.NEW, "likeness": 0.0, "doubtful": False}
    for statement in (
        update(Fate).where(Fate.version_id == second.id).values(doubtful=True),
        delete(Fate).where(Fate.version_id == second.id),
        insert(Fate).values(**row, new_id=plan.paragraphs(second)[0]),
    ):
        with pytest.raises(DBAPIError, match="never change"), connection.begin_nested():
            connection.execute(statement)
