"""Publishing through the gate: what was looked at, and nothing else."""

import pytest
from sqlalchemy.orm import Session

from consult.drafts.events import VersionPublished
from consult.drafts.models import Paragraph, Version, VersionState
from consult.drafts.published import wording_in, wordings
from consult.fates.fates import fate_of
from consult.intake.preview_page import seen
from consult.intake.publish import publish_version
from consult.intake.store import working_version
from consult.workbench.correct import correct
from consult.workbench.recast import recast
from consult.workbench.rows import at
from tests.browser import Browser
from tests.gate.conftest import Gate, Plan
from tests.gate.pages import questions
from tests.gate.texts import Author

AUTHOR = Author(7)
A, B, C, D = (AUTHOR.paragraph() for _n in range(4))
B_ANEW, C_ANEW = (AUTHOR.changed(text, 0.6) for text in (B, C))


def test_publishing_through_the_gate(gate: Gate, plan: Plan, db: Session, browser: Browser) -> None:
    seen: list[int] = []

    def told(event: VersionPublished) -> None:
        seen.append(event.version.number)

    registry = browser.router.registry
    registry.registerHandler(told, (VersionPublished,))
    first = plan.publishes(A, B, C)
    plan.comment(plan.at(first, 2), first)
    second = plan.imports(A, B_ANEW)
    page = gate.get("?show=changed")
    gate.browser.post(f"{gate.path}/pass", {"seen": "x", "what_changed": "Much."}, status=422)
    fields = {"seen": gate_seen(gate), "what_changed": "Much."}
    gate.browser.post(f"{gate.path}/pass", fields, status=422).mustcontain("still in doubt (1)")
    gate.decide(gate.get(), plan.at(first, 2).key)
    page = gate.get()
    gate.publish(page, "  ", 422).mustcontain("Say what has changed")
    answer = gate.publish(page, "Benches.\n<b>Trees</b>.")
    registry.unregisterHandler(told, (VersionPublished,))
    assert answer.headers["Location"].endswith("?notice=version-published")
    db.expire_all()
    assert second.state is VersionState.PUBLISHED and second.what_changed.startswith("Benches.")
    assert seen == [2]
    again = gate.browser.post(f"{gate.path}/pass", fields)
    assert again.headers["Location"].endswith(f"/{plan.consultation.slug}")


def gate_seen(gate: Gate) -> str:
    """Return what is seen; while the gate is shut, the page has no form that says it."""
    version = working_version(gate.plan.db, gate.plan.document)
    assert version is not None
    return seen(version)


def says(db: Session, plan: Plan, version: Version, place: int, html: str) -> None:
    """Correct what stands at a place on the workbench."""
    wording = at(db, version, place + 1)
    assert wording is not None
    correct(db, version, wording, html, actor_id=plan.official.id)
    db.commit()


def test_a_change_in_the_meantime_is_noticed(gate: Gate, plan: Plan, db: Session) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, f"{B} More.", C)
    page = gate.get()
    says(db, plan, second, 2, B_ANEW)
    refused = gate.publish(page, "Much.", 422)
    refused.mustcontain("replaced or changed since you looked", "Much.")
    page = gate.get()
    assert questions(page) == [plan.at(first, 2).key], "the fates were worked out anew"
    stale = gate.form(page, act="decide", p=plan.at(first, 2).key)
    plan.imports(A, D, C)
    page = gate.browser.post(gate.path, stale | {"fate": "removed"}, status="*")
    assert page.status_int in (303, 409)


CELLS = "<table><tr><{0}>Tree</{0}></tr><tr><td>Lime</td></tr></table>"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (B, f"<em>{B}</em>"),
        (f'<a href="https://example.org/a">{B}</a>', f'<a href="https://example.org/b">{B}</a>'),
        (CELLS.format("td"), CELLS.format("th")),
        ('<img alt="A tree" src="/figures/0">', '<img alt="A tree" src="/figures/1">'),
    ],
    ids=["emphasis", "link", "header cells", "picture"],
)
def test_a_change_of_nothing_but_marks_is_noticed_and_undoes_no_decision(
    gate: Gate, plan: Plan, db: Session, was: str, now: str
) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(f"{A} More.", B, C_ANEW)
    c = plan.at(first, 3)
    plan.comment(c, first)
    gate.decide(gate.get(), c.key)
    says(db, plan, second, 2, was)
    page = gate.get()
    says(db, plan, second, 2, now)
    refused = gate.publish(page, "Much.", 422)
    refused.mustcontain("replaced or changed since you looked", "Nothing is in doubt")
    assert [f.decided_by_id for f in fate_of(db, c, second)] == [plan.official.id]
    # Whoever has looked at it as it is now can publish from there.
    gate.publish(refused, "Much.")
    assert second.state is VersionState.PUBLISHED


def test_another_number_or_level_is_noticed(gate: Gate, plan: Plan, db: Session) -> None:
    plan.publishes(A, B)
    second = plan.imports(f"{A} More.", B)
    page = gate.get()
    wording = at(db, second, 3)
    assert wording is not None
    recast(db, second, wording, wording.kind, wording.level, "2a", actor_id=plan.official.id)
    db.commit()
    gate.publish(page, "Much.", 422).mustcontain("replaced or changed since you looked")


def test_identities_of_the_doubtful_are_settled_by_what_is_confirmed(
    gate: Gate, plan: Plan, db: Session
) -> None:
    first = plan.publishes(A, B, C)
    b: Paragraph = plan.at(first, 2)
    second = plan.imports(A, D, B_ANEW, C)
    gate.decide(gate.get(), b.key, fate=plan.at(second, 2).key)
    gate.publish(gate.get(), "Much.")
    wording = wording_in(db, b, second)
    assert wording is not None and wording.text == D
    said = [wording.text for wording in wordings(db, second)]
    assert said == ["A plan", A, D, B_ANEW, C]


def test_a_session_of_no_site_publishes_nothing(db: Session, plan: Plan) -> None:
    version = plan.imports(*AUTHOR.some(3))
    db.commit()
    with (
        Session(db.connection(), join_transaction_mode="create_savepoint") as stray,
        pytest.raises(RuntimeError, match="belongs to no site"),
    ):
        publish_version(stray, stray.get_one(Version, version.id))
