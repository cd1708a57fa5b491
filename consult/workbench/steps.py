"""Changing the rows of a working version, so that every change can be undone and redone.

A change takes some rows out and puts some rows in. Undoing it is the same the other way round, and
because the last change is always undone first, the positions that were kept are true again.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pyramid.i18n import TranslationString
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.drafts.models import Document, Version, VersionState, WorkingStep
from consult.drafts.models import WorkingAct as Act
from consult.fates.absorbed import into
from consult.fates.identities import tell_followers
from consult.i18n import _
from consult.text import excerpt, plain_text
from consult.workbench.rows import Row, exchange

LONGEST_NAME = 40  # characters of a paragraph without a number


class Overtaken(Exception):
    """Somebody did something else in the meantime; `message` says so to the person who asked."""

    def __init__(self, message: TranslationString) -> None:
        super().__init__(message.interpolate())
        self.message = message


def lock_working(session: Session, document: Document) -> Version | None:
    """Return the document's working version, with nobody else changing it until we are done."""
    return session.scalar(
        select(Version)
        .where(Version.document_id == document.id, Version.state == VersionState.WORKING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def step(
    session: Session,
    version: Version,
    act: Act,
    before: Sequence[Row],
    after: Sequence[Row],
    *,
    actor_id: int | None,
) -> WorkingStep:
    """Put the rows `after` in the place of `before`, and remember it; what was undone is forgotten.

    Positions are as in `exchange`. The caller holds the version (`lock_working`).
    """
    _forget_undone(session, version)
    exchange(session, version, before, after)
    about = (before or after)[0]
    done = WorkingStep(
        version_id=version.id,
        number=version.revision,
        act=act,
        key=about.key,
        name=_name(about),
        before=[asdict(row) for row in before],
        after=[asdict(row) for row in after],
        actor_id=actor_id,
        created_at=clock.now(),
    )
    session.add(done)
    session.flush()
    return done


def _name(row: Row) -> str:
    """What a paragraph is called: its number, its first words, or its place, which all languages share."""
    words = excerpt(plain_text(row.html), LONGEST_NAME)
    return row.label.rstrip(".") or (f"“{words}”" if words else f"¶{row.position - 1}")


def _forget_undone(session: Session, version: Version) -> None:
    """Forget what could be redone so far; what had been split off by it is a part of the rest for good."""
    undone = session.scalars(_steps(version).where(WorkingStep.undone)).all()
    if undone:
        tell_followers(session, version, into(s for s in undone if s.act is Act.SPLIT))
        forgotten = delete(WorkingStep).where(WorkingStep.id.in_([step.id for step in undone]))
        session.execute(forgotten)


def undo(session: Session, version: Version, number: int) -> WorkingStep:
    """Take back the step `number`, which has to be the last one. Raises Overtaken."""
    last = last_done(session, version)
    if last is None or last.number != number:
        raise Overtaken(_("Something else was done in the meantime, so nothing was undone."))
    exchange(session, version, _rows(last.after), _rows(last.before))
    last.undone = True
    session.flush()
    return last


def redo(session: Session, version: Version, number: int) -> WorkingStep:
    """Do the step `number` again, which has to be the one that was undone last. Raises Overtaken."""
    following = next_undone(session, version)
    if following is None or following.number != number:
        raise Overtaken(_("Something else was done in the meantime, so nothing was redone."))
    exchange(session, version, _rows(following.before), _rows(following.after))
    following.undone = False
    session.flush()
    return following


def last_done(session: Session, version: Version) -> WorkingStep | None:
    """Return the step that undoing would take back, its actor loaded."""
    done = _steps(version).where(~WorkingStep.undone).order_by(WorkingStep.number.desc())
    return session.scalar(done.limit(1))


def next_undone(session: Session, version: Version) -> WorkingStep | None:
    """Return the step that redoing would do again, its actor loaded."""
    undone = _steps(version).where(WorkingStep.undone).order_by(WorkingStep.number)
    return session.scalar(undone.limit(1))


def last_row(session: Session, version: Version, paragraph_id: int) -> Row | None:
    """Return what a paragraph was before it went out of a version, if a step remembers it."""
    for done in session.scalars(_steps(version).order_by(WorkingStep.number.desc())):
        for row in _rows([*done.before, *done.after]):
            if row.paragraph_id == paragraph_id:
                return row
    return None


def _steps(version: Version) -> Select[WorkingStep]:
    own = select(WorkingStep).where(WorkingStep.version_id == version.id)
    return own.options(joinedload(WorkingStep.actor))


def _rows(kept: list[dict[str, Any]]) -> list[Row]:
    return [Row.kept(values) for values in kept]
