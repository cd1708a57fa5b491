"""Officials decide at the gate; what follows holds until the version is published."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.audit import LogEntry
from consult.db import registry_of
from consult.drafts.models import Fate, Version, VersionState, Wording
from consult.drafts.published import wording_in
from consult.fates.deciding import confirm_alike, last_decided, take_back
from consult.fates.fate_store import propose
from consult.fates.fates import destinations, fate_of
from consult.fates.impact import Stakes
from consult.gate.passing import Undecided, look_over, pass_gate
from consult.intake.publish import publish_version
from consult.refusal import Refused
from tests.gate.conftest import Plan
from tests.gate.texts import Author

AUTHOR = Author(5)
A, B, C, D = (AUTHOR.paragraph() for _n in range(4))
#: So much is written anew that nobody can be sure.
B_ANEW, C_ANEW = AUTHOR.changed(B, 0.6), AUTHOR.changed(C, 0.6)


def says(db: Session, plan: Plan, version: Version, old: int, first: Version) -> str | None:
    """Return what the paragraph at an old place says in a version, or None."""
    wording = wording_in(db, plan.at(first, old), version)
    return None if wording is None else wording.text


def test_what_is_rewritten_is_in_doubt_until_somebody_decides(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, C)
    b = plan.at(first, 2)
    assert plan.doubtful(second) == {b.id}
    plan.decides(second, b, plan.at(second, 2))
    assert plan.doubtful(second) == set()
    (fate,) = fate_of(db, b, second)
    assert fate.decided_by_id == plan.official.id and fate.decided_at is not None
    publish_version(db, second)
    assert says(db, plan, second, 2, first) == B_ANEW


def test_a_decision_can_say_otherwise(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, D, C)
    b = plan.at(first, 2)
    plan.decides(second, b, plan.at(second, 3))
    assert (2, 3, "edited") in plan.stated(second) and (0, 2, "new") in plan.stated(second)
    publish_version(db, second)
    assert says(db, plan, second, 2, first) == D
    assert plan.at(second, 2).id not in plan.paragraphs(first)


def test_what_is_decided_to_be_removed_leaves_its_words_to_a_new_paragraph(
    db: Session, plan: Plan
) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, C)
    plan.decides(second, plan.at(first, 2))
    assert {(2, 0, "removed"), (0, 2, "new")} <= plan.stated(second)
    publish_version(db, second)
    assert says(db, plan, second, 2, first) is None
    assert destinations(db, second) == {plan.at(first, 2).id: None}
    assert plan.at(second, 2).id not in plan.paragraphs(first)


def test_paragraphs_can_change_places_in_a_circle(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B, f"{C} And so on.")
    for old, new in ((1, 2), (2, 3), (3, 1)):
        plan.decides(second, plan.at(first, old), plan.at(second, new))
    for old in (1, 2, 3):
        # What the machine was sure of is merged with what it is said to be, until that is decided.
        assert len(fate_of(db, plan.at(first, old), second)) == 1
    publish_version(db, second)
    assert [says(db, plan, second, old, first) for old in (1, 2, 3)] == [B, f"{C} And so on.", A]
    assert sorted(plan.paragraphs(second)) == sorted(plan.paragraphs(first))


def test_one_becomes_two_and_two_become_one(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, D, B_ANEW, C)
    plan.decides(second, plan.at(first, 2), plan.at(second, 2), plan.at(second, 3))
    plan.decides(second, plan.at(first, 3), plan.at(second, 3))
    assert plan.stated(second) >= {(2, 2, "split"), (2, 3, "split"), (3, 3, "merged")}
    assert (0, 4, "new") in plan.stated(second)
    publish_version(db, second)
    ids = plan.paragraphs(second)
    assert len(set(ids)) == 4 and plan.at(first, 2).id in ids


def test_decisions_outlive_changes_as_long_as_both_are_there(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, D, C)
    b, chosen = plan.at(first, 2), plan.at(second, 3)
    plan.decides(second, b, chosen)
    for position, text in ((2, f"{A} A little more."), (4, AUTHOR.changed(D, 0.3))):
        db.execute(
            update(Wording)
            .where(Wording.version_id == second.id, Wording.position == position)
            .values(text=text, html=text, digest=text[:20])
        )
    propose(db, second)
    assert [(f.new_id, f.decided_by_id) for f in fate_of(db, b, second)] == [
        (chosen.id, plan.official.id)
    ]
    assert (1, 1, "edited") in plan.stated(second)
    db.delete(wording_in(db, chosen, second))
    db.flush()
    propose(db, second)
    (fate,) = fate_of(db, b, second)
    assert fate.decided_by_id is None and fate.doubtful and fate.new == plan.at(second, 2)


def test_decisions_are_carried_over_to_a_file_that_says_the_same(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C, D)
    second = plan.imports(A, B_ANEW, C_ANEW)
    b, c, d = (plan.at(first, n) for n in (2, 3, 4))
    plan.decides(second, b, plan.at(second, 2))
    plan.decides(second, c, plan.at(second, 3))
    plan.decides(second, d)
    second = plan.imports(f"{A} More.", B_ANEW, AUTHOR.changed(C_ANEW, 0.1))
    assert [(f.new, f.decided_by_id) for f in fate_of(db, b, second)] == [
        (plan.at(second, 2), plan.official.id)
    ]
    assert [f.decided_by_id for f in fate_of(db, c, second)] == [None], "it says something else"
    assert [f.kind.value for f in fate_of(db, d, second)] == ["removed"]
    second = plan.imports(A, B_ANEW, D)
    (fate,) = fate_of(db, d, second)
    assert fate.new == plan.at(second, 3) and fate.decided_by_id is None, "there it is again"


def test_taking_back_restores_what_was_proposed(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, D, C)
    before = plan.stated(second), plan.doubtful(second)
    b = plan.at(first, 2)
    plan.decides(second, b, plan.at(second, 3))
    assert last_decided(db, second, plan.official.id) == [b.id]
    take_back(db, second, [b.id])
    assert (plan.stated(second), plan.doubtful(second)) == before
    assert last_decided(db, second, plan.official.id) == []


def test_what_is_much_alike_is_confirmed_at_a_stroke(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B, C, B_ANEW)
    a, b, c = (plan.at(first, n) for n in (1, 2, 3))
    # Doubt is the machine's affair; what it is in doubt of is given here.
    db.execute(update(Fate).where(Fate.version_id == second.id).values(doubtful=True))
    db.execute(update(Fate).where(Fate.old_id == c.id).values(likeness=0.89))
    db.expire_all()
    assert confirm_alike(db, second, account_id=plan.official.id) == 3, "both, and the title"
    assert set(last_decided(db, second, plan.official.id)) >= {a.id, b.id}
    assert c.id not in last_decided(db, second, plan.official.id)


def test_the_title_stays_the_title_and_strangers_are_refused(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B)
    second = plan.imports(A, B_ANEW)
    title, a = plan.at(first, 0), plan.at(first, 1)
    other = plan.make.paragraph(plan.make.document())
    for old, news in (
        (title, []),
        (title, [plan.at(second, 1)]),
        (a, [plan.at(second, 0)]),
        (a, [other]),
        (other, [plan.at(second, 1)]),
    ):
        with pytest.raises(Refused):
            plan.decides(second, old, *news)
    publish_version(db, second)
    with pytest.raises(Refused, match="published already"):
        plan.decides(second, a)
    with pytest.raises(Refused, match="first version"):
        plan.decides(Plan(db, plan.make, plan.data).imports(A), a)


def test_the_gate_stays_shut_while_comments_hang_on_what_is_in_doubt(
    db: Session, plan: Plan
) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW)
    b, c = plan.at(first, 2), plan.at(first, 3)
    stakes = {b.id: Stakes(3, 1, 2), c.id: Stakes(2)}
    with pytest.raises(Undecided, match=r"\(1\)"):
        pass_gate(db, second, stakes, what_changed="Much.")
    assert second.state is VersionState.WORKING
    with pytest.raises(Refused, match="Say what has changed"):
        pass_gate(db, second, {}, what_changed="  ")
    plan.decides(second, b, plan.at(second, 2))
    found = pass_gate(db, second, stakes, what_changed="Much.", actor_id=plan.official.id)
    assert (found.along, found.left, found.doubtful) == (Stakes(3, 1, 2), Stakes(2), 0)
    entry = db.scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
    assert entry is not None and entry.act == "publish"
    assert entry.detail["fates"] == {
        "unchanged": 2,
        "edited": 1,
        "moved": 0,
        "split": 0,
        "merged": 0,
        "removed": 1,
        "new": 0,
    }
    assert (entry.detail["comments_along"], entry.detail["comments_with_removed"]) == (3, 2)


def test_what_nobody_spoke_of_goes_as_it_is_proposed(db: Session, plan: Plan) -> None:
    plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, C)
    assert look_over(db, second, {}).doubtful == 1
    assert pass_gate(db, second, {}, what_changed="Much.").doubtful == 1
    assert second.state is VersionState.PUBLISHED and second.what_changed == "Much."


def test_rooms_above_are_told_which_paragraphs_become_which(
    db: Session, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[int, int]] = []

    def follower(_session: Session, _version: Version, changes: Any) -> None:
        told.append(dict(changes))

    monkeypatch.setitem(registry_of(db), "identity followers", [follower])
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, D, C)
    stood_for, b = plan.at(second, 3).id, plan.at(first, 2).id
    plan.decides(second, plan.at(first, 2), plan.at(second, 3))
    publish_version(db, second)
    ((changes,)) = told
    assert changes[stood_for] == b and changes[b] == plan.at(second, 2).id
