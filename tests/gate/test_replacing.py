"""Something new stands where something was taken out that people had spoken of."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.alignment import FateKind
from consult.drafts.models import Fate
from consult.drafts.published import wording_in
from consult.fates.fates import fate_of
from consult.fates.impact import Stakes
from consult.fates.replacements import replacements
from consult.gate.passing import Undecided, look_over, pass_gate
from tests.gate.conftest import Gate, Plan
from tests.gate.pages import names, questions
from tests.gate.texts import Author

AUTHOR = Author(11)
A, B, C, D = (AUTHOR.paragraph() for _n in range(4))
#: The same matter in words of which none was there before.
X, Y = (Author(seed).paragraph() for seed in (101, 103))

U, E, M, R, N = (
    FateKind.UNCHANGED,
    FateKind.EDITED,
    FateKind.MOVED,
    FateKind.REMOVED,
    FateKind.NEW,
)


@pytest.mark.parametrize(
    ("fates", "expected"),
    [
        ([(0, 0, U), (1, None, R), (None, 1, N), (2, 2, E)], {1: 1}),
        # At the beginning and at the end, and one for one in order.
        ([(0, None, R), (None, 0, N), (1, 1, U), (2, None, R), (None, 2, N)], {0: 0, 2: 2}),
        ([(0, None, R), (1, None, R), (None, 0, N), (None, 1, N)], {0: 0, 1: 1}),
        # What went elsewhere or came from elsewhere is somebody else.
        ([(0, 0, U), (1, 3, M), (2, None, R), (None, 1, N), (3, 2, U)], {2: 1}),
        # Not as many, in another gap, or more than anybody would take one for one.
        ([(0, None, R), (None, 0, N), (None, 1, N)], {}),
        ([(0, None, R), (1, 0, U), (None, 1, N)], {}),
        ([*((i, None, R) for i in range(6)), *((None, j, N) for j in range(6))], {}),
    ],
)
def test_as_many_between_the_same_neighbours(
    fates: list[tuple[int | None, int | None, FateKind]], expected: dict[int, int]
) -> None:
    assert replacements(fates) == expected


def test_only_what_was_spoken_of_is_asked_about(gate: Gate, plan: Plan) -> None:
    first = plan.publishes(A, B, C, D)
    plan.imports(A, X, C, Y)
    page = gate.get()
    page.mustcontain("Nothing is in doubt")
    plan.comment(plan.at(first, 2), first)
    page = gate.get()
    assert questions(page) == [plan.at(first, 2).key]
    page.mustcontain("1 paragraph with comments is in doubt", "rewritten, or removed and replaced?")
    assert names(gate.get("?show=removed")) == ["2", "4"], "that is what the machine proposes"


def test_either_answer_is_one_key_away(gate: Gate, plan: Plan, db: Session) -> None:
    first = plan.publishes(A, B, C)
    b = plan.at(first, 2)
    plan.comment(b, first)
    second = plan.imports(A, X, C)
    page = gate.get()
    radios = page.html.select("[type=radio]")
    assert [radio["value"] for radio in radios] == [plan.at(second, 2).key, "removed", "other"]
    assert [radio.has_attr("checked") for radio in radios] == [False, True, False]
    gate.decide(page, b.key)
    assert [fate.kind for fate in fate_of(db, b, second)] == [R]
    gate.get().mustcontain("Nothing is in doubt", "<b>1</b> is on a removed paragraph")
    gate.decide(gate.get(f"?p={b.key}"), b.key, fate=plan.at(second, 2).key)
    assert [fate.kind for fate in fate_of(db, b, second)] == [E]
    gate.get().mustcontain("Nothing is in doubt", "<b>1</b> comment goes along")
    gate.browser.post(gate.path, {"act": "undo"})
    assert questions(gate.get()) == [b.key]


def test_what_is_said_to_be_rewritten_stays_the_same_paragraph(db: Session, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    b = plan.at(first, 2)
    second = plan.imports(A, X, C)
    hanging = {b.id: Stakes(comments=2)}
    assert look_over(db, second, {}).doubtful == 0
    assert not db.scalars(select(Fate).where(Fate.version_id == second.id, Fate.doubtful)).all()
    with pytest.raises(Undecided):
        pass_gate(db, second, hanging, what_changed="Much.")
    plan.decides(second, b, plan.at(second, 2))
    assert pass_gate(db, second, hanging, what_changed="Much.").along == Stakes(comments=2)
    wording = wording_in(db, b, second)
    assert wording is not None and wording.text == X
