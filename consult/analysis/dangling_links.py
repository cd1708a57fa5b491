"""Ties to a change that is not there any more: what was changed went out again, or is as it was.

Until a version is published the change may come back, by undoing or because it is written again, so
the tie is kept and officials are told of it. What is loose still when readers get the version would
tell them of a change that they cannot find: then it is let go, and the log says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from consult import audit
from consult.alignment.fates import FateKind
from consult.analysis.models import BecauseLink
from consult.drafts.models import Fate, Version
from consult.fates.absorbed import absorbed
from consult.fates.wording_rows import Words, called, words_of
from consult.intake.store import subject
from consult.layout.fragments import fragment
from consult.text import plain_text
from consult.web import Request
from consult.workbench.steps import last_row

#: By version number and paragraph id.
Known = dict[tuple[int, int], Words]


@dataclass(frozen=True, slots=True)
class Loose:
    """Ties to one paragraph whose change is not there.

    words: what it says or said last, None where nobody knows any more; gone: whether it went out of
    the working version, the only one that had it.
    """

    key: str
    links: Sequence[BecauseLink]
    words: Words | None
    gone: bool


def loose_ties(session: Session, version: Version) -> list[Loose]:
    """Return what is tied to no change, as the fates of a working version say. At most six queries."""
    tied = _tied(session, version)
    if not tied:
        return []
    fates = _fates(session, version, list(tied))
    beside = {fate.new_id for those in fates.values() for fate in those if fate.new_id is not None}
    found = words_of(session, version.document_id, {*tied, *beside})
    known = {(words.number, words.paragraph_id): words for words in found}
    loose = []
    for paragraph_id, links in tied.items():
        mine = fates.get(paragraph_id, [])
        if any(_changes(fate, known, version.number) for fate in mine):
            continue
        gone = all(fate.old_id is None for fate in mine)
        words = known.get((version.number - 1, paragraph_id))
        if gone:
            words = words_gone(session, version, paragraph_id)
        loose.append(Loose(links[0].paragraph.key, links, words, gone))
    return loose


def unchanged(one: Words, other: Words) -> bool:
    """Say whether two wordings differ in nothing that a reader could see."""
    return (one.kind, one.level, one.label, one.html) == (
        other.kind,
        other.level,
        other.label,
        other.html,
    )


def words_gone(session: Session, version: Version, paragraph_id: int) -> Words | None:
    """Return what a paragraph said before it went out of a working version; None if it is forgotten."""
    row = last_row(session, version, paragraph_id)
    if row is None:
        return None
    place = (row.paragraph_id, row.key, row.position, row.kind, row.level, row.label)
    return Words(version.number, *place, row.html, plain_text(row.html))


def tell_of_loose(request: Request, version: Version) -> Markup | None:
    """Tell officials what will be let go if it stays so."""
    loose = loose_ties(request.db, version)
    if not loose:
        return None
    names = [(one, called(one.words, request.localizer) if one.words else "") for one in loose]
    facts = {"version": version, "names": names, "comments": sum(len(one.links) for one in loose)}
    return fragment("consult:analysis/templates/loose.jinja2", facts, request)


def let_go(session: Session, version: Version, actor_id: int | None) -> None:
    """Delete what is tied to no change when a version is published."""
    for one in loose_ties(session, version):
        for link in one.links:
            session.delete(link)
        audit.append(
            session,
            actor_id,
            "because",
            subject(version.document),
            version=version.number,
            paragraph=one.key,
            tied=[],
            untied=[link.comment.public_id for link in one.links],
        )


def _tied(session: Session, version: Version) -> dict[int, list[BecauseLink]]:
    """Return all ties by the paragraph that has the words to which they were made."""
    links = session.scalars(
        select(BecauseLink)
        .where(BecauseLink.version_id == version.id)
        .options(joinedload(BecauseLink.paragraph), joinedload(BecauseLink.comment))
        .order_by(BecauseLink.id)
    ).all()
    went = absorbed(session, version) if links else {}
    tied: dict[int, list[BecauseLink]] = {}
    for link in links:
        tied.setdefault(went.get(link.paragraph_id, link.paragraph_id), []).append(link)
    return tied


def _fates(
    session: Session, version: Version, paragraph_ids: Sequence[int]
) -> dict[int, list[Fate]]:
    """Return the fates of paragraphs of the last version, and the origins of the others."""
    rows = session.scalars(
        select(Fate).where(
            Fate.version_id == version.id,
            or_(Fate.old_id.in_(paragraph_ids), Fate.new_id.in_(paragraph_ids)),
        )
    ).all()
    fates: dict[int, list[Fate]] = {}
    origins: dict[int, list[Fate]] = {}
    for fate in rows:
        for found, paragraph_id in ((fates, fate.old_id), (origins, fate.new_id)):
            if paragraph_id is not None:
                found.setdefault(paragraph_id, []).append(fate)
    return origins | fates


def _changes(fate: Fate, known: Known, number: int) -> bool:
    new = known.get((number, fate.new_id or 0))
    if fate.old_id is None:
        return new is not None
    old = known.get((number - 1, fate.old_id))
    if fate.kind is not FateKind.UNCHANGED or old is None or new is None:
        return True
    return not unchanged(old, new)
