"""A database from before reports were bound to a text is brought up to date without losing one."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from consult.commands.migrate import migrate
from tests.old_databases import NOON, Old

HOUR = timedelta(hours=1)


def filled(old: Old) -> list[tuple[int, int | None]]:
    """Fill an old database; return each report's id with the text that it must be found to be about."""
    people = [old.add("account", state="active", email=f"p{n}@example.org") for n in range(6)]
    old.add("department")
    old.add(
        "consultation", audience="public", phase="open", commenters="everyone", moderation="report"
    )
    old.add("document")
    old.add("paragraph")
    old.add("version", state="working", findings=[])

    def comment(revision: int, edited_at: datetime | None) -> int:
        return old.add(
            "comment", contribution="comment", stance="", status="published", revision=revision,
            parent_id=None, created_at=NOON, edited_at=edited_at,
        )  # fmt: skip

    def report(comment_id: int, by: int, at: datetime, state: str = "open") -> int:
        return old.add(
            "report", comment_id=comment_id, reporter_id=people[by], reason="abuse", note="Note.",
            state=state, created_at=at,
        )  # fmt: skip

    never = comment(1, None)
    often = comment(3, NOON + 4 * HOUR)
    old.add("comment_revision", comment_id=often, revision=1, created_at=NOON)
    old.add("comment_revision", comment_id=often, revision=2, created_at=NOON + 2 * HOUR)
    lost = comment(2, NOON + 4 * HOUR)  # of which no earlier text is there
    decided = comment(2, NOON + HOUR)
    old.add("comment_revision", comment_id=decided, revision=1, created_at=NOON)
    old.add(
        "decision", comment_id=decided, revision=1, move="publish", before="published",
        after="published", created_at=NOON + 2 * HOUR,
    )  # fmt: skip
    return [
        (report(never, 0, NOON + HOUR), 1),
        (report(often, 0, NOON + HOUR), 1),
        (report(often, 1, NOON + 3 * HOUR), 2),
        (report(often, 2, NOON + 5 * HOUR), 3),
        (report(often, 3, NOON - HOUR), 3),
        (report(lost, 0, NOON + HOUR), 2),
        # By the times it would be about the second text; whoever decided later saw the first.
        (report(decided, 0, NOON + HOUR, "dismissed"), 1),
        (report(decided, 1, NOON + 3 * HOUR), 2),
    ]


def test_every_report_is_kept_and_bound_to_the_text_that_stood_when_it_was_made(
    old: Old,
) -> None:
    expected = filled(old)
    migrate(old.engine)
    with old.engine.connect() as connection:
        rows = connection.execute(text("SELECT id, revision, note FROM report ORDER BY id")).all()
        assert [(row.id, row.revision) for row in rows] == expected
        assert {row.note for row in rows} == {"Note."}
        assert connection.scalar(text("SELECT count(*) FROM report WHERE state = 'dismissed'")) == 1


def test_what_the_database_refused_it_refuses_still(old: Old) -> None:
    filled(old)
    migrate(old.engine)
    (first, *_rest) = inspect(old.engine).get_unique_constraints("report")
    assert first["column_names"] == ["comment_id", "reporter_id", "revision"]
    assert not _rest
    checks = inspect(old.engine).get_check_constraints("report")
    assert sorted(str(check["name"]) for check in checks) == [
        "ck_report_reason",
        "ck_report_reportstate",
    ]
    insert = (
        "INSERT INTO report (id, comment_id, reporter_id, revision, reason, note, state, created_at)"
        " VALUES (:id, :comment, 1, :revision, :reason, '', :state, :at)"
    )
    fine = {"id": 90, "comment": 1, "revision": 2, "reason": "abuse", "state": "open", "at": NOON}
    with old.engine.begin() as connection:
        connection.execute(text(insert), fine)
    for wrong in ({"revision": 1}, {"reason": "dislike"}, {"state": "gone"}, {"comment": 99}):
        with pytest.raises(IntegrityError), old.engine.begin() as connection:
            connection.execute(text(insert), fine | {"id": 91, "revision": 3} | wrong)


def test_what_was_hidden_is_known_to_have_been(old: Old) -> None:
    filled(old)
    hidden, withdrawn, back = (
        old.add("comment", contribution="comment", stance="", status=status)
        for status in ("hidden", "withdrawn", "withdrawn")
    )
    decided = {"before": "published", "after": "hidden"}
    old.add("decision", comment_id=hidden, move="hide", **decided)
    old.add("decision", comment_id=back, move="hide", **decided)
    old.add("decision", comment_id=withdrawn, move="hide", **decided)
    old.add("decision", comment_id=back, move="publish", **decided)
    migrate(old.engine)
    found = old.asked("SELECT id FROM comment WHERE taken_down ORDER BY id")
    assert found == [(hidden,), (withdrawn,)]
