"""Tying a change to the comments that caused it."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.accounts.models import Account
from consult.analysis.models import BecauseLink
from consult.comments.models import Comment
from consult.drafts.models import Paragraph, Version, Wording
from consult.intake.store import subject


def tied_to(session: Session, version: Version, paragraphs: Collection[int]) -> set[int]:
    """Return the ids of the comments that caused what `version` did to these paragraphs."""
    return {link.comment_id for link in _links(session, version, paragraphs)}


def _links(
    session: Session, version: Version, paragraphs: Collection[int]
) -> Sequence[BecauseLink]:
    return session.scalars(
        select(BecauseLink).where(
            BecauseLink.version_id == version.id, BecauseLink.paragraph_id.in_(paragraphs)
        )
    ).all()


def tie(
    session: Session,
    version: Version,
    paragraph: Paragraph,
    official: Account,
    *,
    offered: Collection[Comment],
    chosen: Collection[Comment],
    family: Collection[int] = (),
) -> None:
    """Say that the change to `paragraph` in `version` was made because of the `chosen` comments.

    Of those that were `offered` the others did not cause it, whatever was said before; what is in
    neither stays as it is. `family` are the ids of other paragraphs that are part of the change.
    `version` may be a working one: readers are told once it is published.
    """
    wanted = {comment.id: comment for comment in chosen}
    held: dict[int, list[BecauseLink]] = {}
    for link in _links(session, version, {paragraph.id, *family}):
        held.setdefault(link.comment_id, []).append(link)
    new = [comment for id_, comment in wanted.items() if id_ not in held]
    gone = [comment for comment in offered if comment.id in held and comment.id not in wanted]
    made = {"version": version, "paragraph": paragraph, "made_by_id": official.id}
    session.add_all(BecauseLink(**made, comment=comment, made_at=clock.now()) for comment in new)
    for link in (link for comment in gone for link in held[comment.id]):
        session.delete(link)
    if new or gone:
        session.flush()
        audit.append(
            session,
            official.id,
            "because",
            subject(version.document),
            version=version.number,
            paragraph=paragraph.key,
            tied=[comment.public_id for comment in new],
            untied=[comment.public_id for comment in gone],
        )


def follow(session: Session, version: Version, becomes: Mapping[int, int]) -> None:
    """Keep what was tied to new paragraphs while these stood for wordings of `version`.

    Whatever the last version has is named by its paragraph there, and stays so.
    """
    last = (
        select(Wording.paragraph_id)
        .join(Wording.version)
        .where(Version.document_id == version.document_id, Version.number == version.number - 1)
    )
    links = session.scalars(
        select(BecauseLink).where(
            BecauseLink.version_id == version.id, BecauseLink.paragraph_id.not_in(last)
        )
    ).all()
    for link in links:
        then = becomes.get(link.paragraph_id)
        if then is None:
            continue
        if link.comment_id in tied_to(session, version, [then]):
            session.delete(link)
        else:
            link.paragraph_id = then
        session.flush()
